#include "schema/validator.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <ecmascript/json_text.hpp>

#include <boost/json/monotonic_resource.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <limits>
#include <sstream>

namespace fastify::schema {
namespace {

Json readJson(const std::filesystem::path& path) {
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  boost::json::parse_options options;
  options.max_depth = 200;
  return boost::json::parse(text.str(), {}, options);
}

ValidatorOptions optionsOf(const JsonObject& given) {
  ValidatorOptions options;
  if (const auto* value = given.if_contains("allErrors")) options.ajv.allErrors = value->as_bool();
  if (const auto* value = given.if_contains("removeAdditional")) options.ajv.removeAdditional = value->as_bool();
  if (const auto* value = given.if_contains("useDefaults")) options.ajv.useDefaults = value->as_bool();
  if (const auto* value = given.if_contains("coerceTypes")) {
    options.ajv.coerceTypes = value->is_string() ? CoerceTypes::Array
                              : value->as_bool() ? CoerceTypes::Yes
                                                 : CoerceTypes::No;
  }
  return options;
}

// One case: {name, options, shared: [schemas], schema, error: text} or {…, warnings: [texts], data: [[value, {valid,
// errors, after}], …]}. Returns what differs from what was recorded.
std::string difference(const JsonObject& test) {
  auto options = optionsOf(test.at("options").as_object());
  JsonArray warnings;
  options.warn = [&](std::string_view text) { warnings.emplace_back(text); };
  std::shared_ptr<const Validator> validator;
  try {
    SchemaRegistry registry;
    for (const auto& shared : test.at("shared").as_array()) registry.add(shared);
    validator = compileValidator(test.at("schema"), registry, options);
  } catch (const SchemaError& error) {
    const auto* expected = test.if_contains("error");
    if (expected && std::string_view(expected->as_string()) == error.what()) return {};
    return "compile error: " + std::string(error.what()) + "\n  expected " +
           (expected ? ecmascript::stringify(*expected) : "none");
  }
  if (const auto* expected = test.if_contains("error"))
    return "no compile error, expected " + ecmascript::stringify(*expected);
  std::string differences;
  if (const auto* expected = test.if_contains("warnings"); expected && *expected != warnings) {
    differences +=
        "  warnings " + ecmascript::stringify(warnings) + "\n  expected " + ecmascript::stringify(*expected) + "\n";
  }
  for (const auto& row : test.at("data").as_array()) {
    Json data = row.at(0);
    const auto failures = validator->validate(data);
    JsonObject outcome{{"valid", failures.empty()}, {"errors", toJson(failures)}, {"after", data}};
    const auto text = ecmascript::stringify(outcome);
    const auto expected = ecmascript::stringify(row.at(1));
    if (text != expected) {
      differences +=
          "  data     " + ecmascript::stringify(row.at(0)) + "\n  answer   " + text + "\n  expected " + expected + "\n";
    }
    Json again = row.at(0);
    if (validator->isValid(again) != failures.empty()) differences += "  isValid disagrees\n";
  }
  return differences;
}

void expectRecordedAnswers(const std::filesystem::path& path) {
  int count = 0;
  int failed = 0;
  const auto tests = readJson(path);
  for (const auto& test : tests.as_array()) {
    ++count;
    std::string text;
    try {
      text = difference(test.as_object());
    } catch (const std::exception& error) {
      text = std::string("threw ") + error.what();
    }
    if (text.empty()) continue;
    ++failed;
    if (failed <= 20)
      ADD_FAILURE() << ecmascript::stringify(test.at("schema")) << " " << ecmascript::stringify(test.at("options"))
                    << "\n"
                    << text;
  }
  std::cout << path.filename() << ": " << count << " schemas, " << failed << " differ\n";
  EXPECT_EQ(failed, 0);
  EXPECT_GT(count, 0);
}

// Recorded from Ajv 8.20 with Fastify's options.
TEST(Validator, answers_as_ajv_does) {
  expectRecordedAnswers(std::filesystem::path(SCHEMA_TESTDATA) / "validator_cases.json");
}

TEST(Validator, answers_as_ajv_does_to_other_recorded_cases) {
  const char* more = std::getenv("SCHEMA_CASES");
  if (more) expectRecordedAnswers(more);
}

std::string validated(const Json& schema, Json data, const ValidatorOptions& options = {}) {
  const auto failures = compileValidator(schema, {}, options)->validate(data);
  return failures.empty() ? ecmascript::stringify(data) : failureText(failures, "body");
}

// Ajv unwraps such an array only to coerce its item to another type ([1] to true): nobody can want that.
TEST(Validator, an_array_of_one_item_stands_for_the_item_under_several_types_too) {
  EXPECT_EQ(validated({{"type", {"string", "null"}}}, JsonArray{"a"}), "\"a\"");
  EXPECT_EQ(validated({{"type", {"number", "boolean"}}}, JsonArray{1}), "1");
  EXPECT_EQ(validated({{"type", "string"}, {"nullable", true}}, JsonArray{nullptr}), "null");
}

// With Fastify's options Ajv cannot resolve this.
TEST(Validator, a_schema_without_id_can_refer_to_itself) {
  const Json schema{{"type", "object"}, {"properties", {{"v", {{"type", "integer"}}}, {"next", {{"$ref", "#"}}}}}};
  EXPECT_EQ(validated(schema, {{"next", {{"next", {{"v", "7"}}}}}}), R"({"next":{"next":{"v":7}}})");
  EXPECT_EQ(validated(schema, {{"next", {{"v", "x"}}}}), "body/next/v must be integer");
}

TEST(Validator, a_schema_that_refers_to_itself_without_end_is_an_error_not_a_crash) {
  Json data = 1;
  const auto validator = compileValidator({{"$ref", "#"}});
  EXPECT_THROW(validator->validate(data), std::runtime_error);
  // Coercion makes a list of each item, and of each item of that, …
  Json items = JsonArray{1, 2, JsonArray{3}};
  const auto recursive = compileValidator(
      R"({"$schema": "https://json-schema.org/draft/2019-09/schema", "$recursiveAnchor": true, "type": "array",
          "unevaluatedItems": {"$recursiveRef": "#"}})"_json);
  EXPECT_THROW(recursive->validate(items), std::runtime_error);
}

TEST(Validator, data_as_deep_as_bodies_can_be_is_validated) {
  const Json schema{{"type", "object"}, {"properties", {{"n", {{"allOf", {{{"$ref", "#"}}}}}}}}};
  Json data = JsonObject{{"n", 5}};
  for (int i = 0; i < 990; ++i) data = JsonObject{{"n", std::move(data)}};
  Json wrong = data;
  EXPECT_FALSE(compileValidator(schema)->isValid(wrong));
}

TEST(Validator, own_keywords_and_formats_can_be_named) {
  ValidatorOptions options;
  options.ajv.keywords = {{.name = "example"}};
  options.ajv.formats["even"] = [](std::string_view text) { return text.size() % 2 == 0; };
  const Json schema{{"type", "string"}, {"format", "even"}, {"example", "ab"}};
  EXPECT_EQ(validated(schema, "ab", options), "\"ab\"");
  EXPECT_EQ(validated(schema, "abc", options), "body must match format \"even\"");
}

TEST(Validator, without_strict_mode_unknown_keywords_are_ignored) {
  ValidatorOptions options;
  options.ajv.strictSchema = false;
  EXPECT_EQ(validated({{"madeUp", 1}, {"format", "nope"}}, "x", options), "\"x\"");
}

TEST(Validator, large_data_is_handled_in_linear_time) {
  Json object = JsonObject();
  Json array = JsonArray();
  for (int i = 0; i < 100'000; ++i) {
    object.get_object()["k" + std::to_string(i)] = i;
    array.get_array().emplace_back(JsonObject{{"i", i}});
  }
  EXPECT_EQ(
      validated({{"type", "object"}, {"additionalProperties", false}, {"properties", {{"k5", JsonObject()}}}}, object),
      R"({"k5":5})");
  EXPECT_TRUE(compileValidator({{"type", "array"}, {"uniqueItems", true}})->isValid(array));
}

TEST(Validator, data_keeps_the_memory_it_lives_in) {
  boost::json::monotonic_resource memory;
  Json data = boost::json::parse(R"({"n":"5","drop":1})", &memory);
  const Json schema{{"type", "object"},
                    {"additionalProperties", false},
                    {"properties", {{"n", {{"type", "integer"}}}, {"list", {{"default", JsonArray{1, 2}}}}}}};
  EXPECT_TRUE(compileValidator(schema)->isValid(data));
  EXPECT_EQ(ecmascript::stringify(data), R"({"n":5,"list":[1,2]})");
  EXPECT_EQ(data.at("list").storage().get(), &memory);
}

TEST(SchemaRegistry, schemas_are_added_once_and_by_id) {
  using enum SchemaRegistry::AddOutcome;
  SchemaRegistry registry;
  EXPECT_EQ(registry.add({{"$id", "a"}, {"type", "string"}}), Added);
  EXPECT_EQ(registry.add({{"$id", "a"}}), AlreadyPresent);
  EXPECT_EQ(registry.add({{"type", "string"}}), MissingId);
  auto child = registry;
  EXPECT_EQ(child.add({{"$id", "b"}}), Added);
  EXPECT_EQ(registry.find("b"), nullptr);
  ASSERT_NE(child.find("a"), nullptr);
  EXPECT_EQ(ecmascript::stringify(child.all()), R"({"a":{"$id":"a","type":"string"},"b":{"$id":"b"}})");
}

TEST(Validator, own_keywords_check_and_may_change_what_they_look_at) {
  ValidatorOptions options;
  options.ajv.keywords = {{.name = "even",
                           .type = "number",
                           .compile = [](const Json& on) -> std::function<bool(Json&)> {
                             return [on = on.as_bool()](Json& data) {
                               return !on || data.to_number<std::int64_t>() % 2 == 0;
                             };
                           }},
                          {.name = "shout",
                           .type = "string",
                           .compile = [](const Json&) -> std::function<bool(Json&)> {
                             return [](Json& data) {
                               for (auto& c : data.as_string())
                                 c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
                               return true;
                             };
                           },
                           .message = "must be loud"}};
  const Json schema{
      {"type", "object"},
      {"properties", {{"n", {{"type", "integer"}, {"even", true}}}, {"s", {{"type", "string"}, {"shout", true}}}}}};
  const auto validator = compileValidator(schema, {}, options);
  Json data{{"n", 3}, {"s", "ab"}};
  EXPECT_EQ(failureText(validator->validate(data), "body"), "body/n must pass \"even\" keyword validation");
  data = {{"n", 4}, {"s", "ab"}};
  EXPECT_TRUE(validator->isValid(data));
  EXPECT_EQ(data.at("s"), "AB");
}

TEST(Validator, takes_away_what_removeAdditional_says) {
  const Json schema = boost::json::parse(
      R"({"type":"object","properties":{"a":{"type":"integer"}},"additionalProperties":{"type":"integer"}})");
  const std::pair<RemoveAdditional::Choice, const char*> cases[] = {
      {RemoveAdditional::Yes, "data/x must be integer"},
      {RemoveAdditional::All, R"({"a":1})"},
      {RemoveAdditional::Failing, R"({"a":1,"y":2})"},
  };
  for (const auto& [choice, expected] : cases) {
    ValidatorOptions options;
    options.ajv.removeAdditional = choice;
    Json data{{"a", 1}, {"x", "text"}, {"y", 2}};
    const auto failures = compileValidator(schema, {}, options)->validate(data);
    EXPECT_EQ(failures.empty() ? ecmascript::stringify(data) : failureText(failures, "data"), expected);
  }
}

TEST(Validator, dollar_schema_chooses_the_draft) {
  const auto answer = [](std::string_view schema, std::string_view data) {
    return validated(boost::json::parse(schema), boost::json::parse(data));
  };
  constexpr std::string_view later = R"({"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object",
    "properties":{"a":{"type":"integer"}},"dependentRequired":{"a":["b"]},"unevaluatedProperties":false})";
  EXPECT_THAT(answer(later, R"({"a":1})"), testing::HasSubstr("must have property b when property a is present"));
  EXPECT_THAT(answer(later, R"({"c":1})"), testing::HasSubstr("must NOT have unevaluated properties"));
  EXPECT_THROW(answer(R"({"type":"object","dependentRequired":{"a":["b"]}})", "{}"), SchemaError);
}

}  // namespace
}  // namespace fastify::schema
