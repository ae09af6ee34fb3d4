#include "schema/serializer.hpp"

#include "schema/merge.hpp"

#include <gtest/gtest.h>
#include <ecmascript/json_text.hpp>

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

SerializerOptions optionsOf(const JsonObject& given) {
  SerializerOptions options;
  const auto* rounding = given.if_contains("rounding");
  if (!rounding) return options;
  const std::string_view name = rounding->as_string();
  options.rounding = name == "floor"   ? Rounding::Floor
                     : name == "ceil"  ? Rounding::Ceil
                     : name == "round" ? Rounding::Round
                                       : Rounding::Trunc;
  return options;
}

// Merged schemas have invented names in fast-json-stringify's messages.
bool sameText(const std::string& answer, std::string_view expected) {
  const auto hole = expected.find("<merged>");
  if (hole == std::string_view::npos) return answer == expected;
  return answer.starts_with(expected.substr(0, hole)) && answer.ends_with(expected.substr(hole + 8));
}

// One case: {schema, shared: {id: schema}, options, error: text} or {…, data: [[value, {text} or {error}], …]}.
std::string difference(const JsonObject& test) {
  std::shared_ptr<const Serializer> serializer;
  try {
    SchemaRegistry registry;
    for (const auto& [id, shared] : test.at("shared").as_object()) registry.add(std::string(id), shared);
    serializer = compileSerializer(test.at("schema"), registry, optionsOf(test.at("options").as_object()));
  } catch (const SchemaError& error) {
    const auto* expected = test.if_contains("error");
    if (expected && sameText(error.what(), expected->as_string())) return {};
    return "  build error: " + std::string(error.what()) + "\n  expected " +
           (expected ? ecmascript::stringify(*expected) : "none");
  }
  if (const auto* expected = test.if_contains("error"))
    return "  no build error, expected " + ecmascript::stringify(*expected);
  std::string differences;
  for (const auto& row : test.at("data").as_array()) {
    JsonObject outcome;
    std::string out = "before";
    const auto& expected = row.at(1).as_object();
    bool same = false;
    std::string answer;
    try {
      serializer->serialize(row.at(0), out);
      answer = out.substr(6);
      same = expected.contains("text") && std::string_view(expected.at("text").as_string()) == answer;
    } catch (const SerializationError& error) {
      answer = error.what();
      same = out == "before" && expected.contains("error") && sameText(answer, expected.at("error").as_string());
    }
    if (!same) {
      differences += "  data     " + ecmascript::stringify(row.at(0)) + "\n  answer   " + answer + "\n  expected " +
                     ecmascript::stringify(expected) + "\n";
    }
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
      text = std::string("  threw ") + error.what();
    }
    if (text.empty()) continue;
    ++failed;
    if (failed <= 20) ADD_FAILURE() << ecmascript::stringify(test.at("schema")) << "\n" << text;
  }
  std::cout << path.filename() << ": " << count << " schemas, " << failed << " differ\n";
  EXPECT_EQ(failed, 0);
  EXPECT_GT(count, 0);
}

// Recorded from fast-json-stringify 7.3.6.
TEST(Serializer, writes_as_fast_json_stringify_does) {
  expectRecordedAnswers(std::filesystem::path(SCHEMA_TESTDATA) / "serializer_cases.json");
}

TEST(Serializer, writes_other_recorded_cases) {
  if (const char* more = std::getenv("SERIALIZER_CASES")) expectRecordedAnswers(more);
}

TEST(Serializer, numbers_that_are_none) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();
  const auto number = compileSerializer({{"type", "number"}});
  const auto integer = compileSerializer({{"type", "integer"}});
  EXPECT_EQ(number->serialize(infinity), "null");
  EXPECT_EQ(number->serialize(-0.0), "0");
  EXPECT_THROW(number->serialize(notANumber), SerializationError);
  EXPECT_THROW(integer->serialize(infinity), SerializationError);
  try {
    integer->serialize(notANumber);
    FAIL();
  } catch (const SerializationError& error) {
    EXPECT_STREQ(error.what(), "The value \"NaN\" cannot be converted to an integer.");
  }
}

TEST(Serializer, sixty_four_bits_are_kept) {
  EXPECT_EQ(compileSerializer({{"type", "integer"}})->serialize(std::numeric_limits<std::int64_t>::max()),
            "9223372036854775807");
  EXPECT_EQ(compileSerializer({{"type", "string"}})->serialize(std::numeric_limits<std::uint64_t>::max()),
            "\"18446744073709551615\"");
}

TEST(Serializer, values_too_deep_for_a_recursive_schema_are_an_error) {
  const auto serializer =
      compileSerializer({{"$id", "tree"}, {"type", "object"}, {"properties", {{"n", {{"$ref", "tree#"}}}}}});
  Json value = JsonObject();
  for (int i = 0; i < 900; ++i) value = JsonObject{{"n", std::move(value)}};
  EXPECT_EQ(serializer->serialize(value).size(), 900U * 6 + 2);
}

}  // namespace
}  // namespace fastify::schema
