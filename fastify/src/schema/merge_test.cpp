#include "schema/merge.hpp"

#include "schema/error.hpp"

#include <gtest/gtest.h>
#include <ecmascript/json_text.hpp>

namespace fastify::schema {
namespace {

std::string merged(std::string_view schemas) {
  const auto list = boost::json::parse(schemas);
  try {
    return ecmascript::stringify(mergeSchemas({list.as_array().begin(), list.as_array().end()}));
  } catch (const SchemaError& error) {
    return error.what();
  }
}

// Recorded from @fastify/merge-json-schemas 0.2.2 with onConflict "skip".
TEST(Merge, keywords_are_merged_each_in_its_way) {
  const std::pair<const char*, const char*> rows[] = {
      {R"([{"type":"string"},{"type":["string","null"]}])", R"({"type":"string"})"},
      {R"([{"type":"string"},{"type":"integer"}])", R"(Failed to merge "type" keyword schemas.)"},
      {R"([{"enum":[1,2,3]},{"enum":[3,2]}])", R"({"enum":[2,3]})"},
      {R"([{"required":["a"]},{"required":["b","a"]}])", R"({"required":["a","b"]})"},
      {R"([{"minimum":1,"maximum":5},{"minimum":2,"maximum":4}])", R"({"minimum":2,"maximum":4})"},
      {R"([{"properties":{"a":{"type":"integer"}}},{"properties":{"a":{"minimum":1},"b":{"type":"string"}}}])",
       R"({"properties":{"a":{"type":"integer","minimum":1},"b":{"type":"string"}}})"},
      {R"([{"properties":{"a":{"type":"integer"}}},{"additionalProperties":{"minimum":3}}])",
       R"({"properties":{"a":{"type":"integer","minimum":3}},"additionalProperties":{"minimum":3}})"},
      {R"([{"properties":{"ab":{"type":"integer"}}},{"patternProperties":{"^a":{"minimum":1}}}])",
       R"({"properties":{"ab":{"type":"integer","minimum":1}},"patternProperties":{"^a":{"minimum":1}}})"},
      {R"([{"additionalProperties":false},{"additionalProperties":{"type":"string"}}])",
       R"({"additionalProperties":false})"},
      {R"([{"items":{"type":"object"}},{"items":{"required":["a"]}}])",
       R"({"items":{"type":"object","required":["a"]}})"},
      {R"([{"items":[{"type":"string"}]},{"items":{"minLength":1}}])",
       R"({"items":[{"type":"string","minLength":1}]})"},
      {R"([{"items":[{"type":"string"}],"additionalItems":{"type":"null"}},{"items":[{"minLength":1},{"maxLength":2}]}])",
       R"({"items":[{"type":"string","minLength":1},{"type":"null","maxLength":2}],"additionalItems":{"type":"null"}})"},
      {R"([{"nullable":true},{"nullable":true}])", R"({"nullable":true})"},
      {R"([{"nullable":true},{"nullable":false}])", R"({"nullable":false})"},
      {R"([{"anyOf":[{"type":"string"},{"type":"integer"}]},{"anyOf":[{"type":"integer"},{"type":"null"}]}])",
       R"({"anyOf":[{"type":"integer"}]})"},
      {R"([{"oneOf":[{"minimum":1}]},{"oneOf":[{"maximum":2}]}])", R"({"oneOf":[{"minimum":1,"maximum":2}]})"},
      {R"([{"if":{"const":1},"then":{"minimum":1}},{"if":{"const":2},"else":{"maximum":2}}])",
       R"({"if":{"const":1},"then":{"minimum":1,"if":{"const":2},"else":{"maximum":2}}})"},
      {R"([{"const":1},{"const":1}])", R"({"const":1})"},
      {R"([{"const":1},{"const":2}])", R"(Failed to merge "const" keyword schemas.)"},
      {R"([{"default":1},{"default":2}])", R"(Failed to merge "default" keyword schemas.)"},
      {R"([{"format":"date"},{"format":"time"}])", R"(Failed to merge "format" keyword schemas.)"},
      {R"([{"title":"a"},{"title":"b"}])", R"({})"},
      {R"([{"title":"a"},{"description":"b"}])", R"({"title":"a","description":"b"})"},
      {R"([{"$id":"x","type":"string"},{"$id":"y"}])", R"({"type":"string"})"},
      {R"([true,{"type":"string"}])", R"({"type":"string"})"},
      {R"([true,true])", R"(true)"},
      {R"([false,{"type":"string"}])", R"(false)"},
      {R"([{}])", R"({})"},
      {R"([])", R"({})"},
      {R"([{"allOf":[{"type":"string"}]},{"allOf":[{"minLength":1}]}])",
       R"({"allOf":[{"type":"string"},{"minLength":1}]})"},
      {R"([{"not":{"type":"string"}},{"not":{"minimum":1}}])", R"({"not":{"type":"string","minimum":1}})"},
      {R"([{"dependencies":{"a":["b"]}},{"dependencies":{"a":["c"],"d":["e"]}}])",
       R"({"dependencies":{"a":["b","c"],"d":["e"]}})"},
      {R"([{"uniqueItems":false},{"uniqueItems":true}])", R"({"uniqueItems":true})"},
      {R"([{"definitions":{"a":{"type":"string"}}},{"definitions":{"a":{"minLength":1},"b":true}}])",
       R"({"definitions":{"a":{"type":"string","minLength":1},"b":true}})"},
  };
  for (const auto& [schemas, expected] : rows) EXPECT_EQ(merged(schemas), expected) << schemas;
}

}  // namespace
}  // namespace fastify::schema
