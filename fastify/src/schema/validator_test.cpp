#include "schema/validator.hpp"

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

}  // namespace
}  // namespace fastify::schema
