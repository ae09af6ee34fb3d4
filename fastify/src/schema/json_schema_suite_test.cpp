// The public JSON-Schema-Test-Suite, draft-07.
#include "schema/validator.hpp"

#include <gtest/gtest.h>
#include <ecmascript/json_text.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

namespace fastify::schema {
namespace {

namespace fs = std::filesystem;

Json readJson(const fs::path& path) {
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  boost::json::parse_options options;
  options.max_depth = 200;
  return boost::json::parse(text.str(), {}, options);
}

// A validator proper: nothing changes the data, and what it does not know is no error.
ValidatorOptions plainOptions() {
  ValidatorOptions options;
  options.ajv = {.allErrors = false, .removeAdditional = false, .useDefaults = false, .coerceTypes = CoerceTypes::No};
  options.strictSchema = false;
  return options;
}

// The suite's documents for references to other hosts.
SchemaRegistry remotes(const fs::path& suite) {
  SchemaRegistry registry;
  for (const auto& entry : fs::recursive_directory_iterator(suite / "remotes")) {
    if (entry.path().extension() != ".json") continue;
    const auto name = fs::relative(entry.path(), suite / "remotes").generic_string();
    if (name.starts_with("draft2") || name.starts_with("draft3") || name.starts_with("draft4") ||
        name.starts_with("draft6"))
      continue;
    auto schema = readJson(entry.path());
    if (auto* object = schema.if_object(); object && !object->contains("$id"))
      (*object)["$id"] = "http://localhost:1234/" + name;
    registry.add(std::move(schema));
  }
  return registry;
}

struct Counts {
  int passed = 0;
  std::vector<std::string> failed;
};

void runFile(const fs::path& path, const SchemaRegistry& registry, Counts& counts) {
  const auto groups = readJson(path);
  for (const auto& group : groups.as_array()) {
    const auto groupName =
        path.stem().string() + ": " + std::string(std::string_view(group.at("description").as_string()));
    std::shared_ptr<const Validator> validator;
    try {
      validator = compileValidator(group.at("schema"), registry, plainOptions());
    } catch (const SchemaError& error) {
      counts.failed.push_back(groupName + ": " + error.what());
      continue;
    }
    for (const auto& test : group.at("tests").as_array()) {
      Json data = test.at("data");
      if (validator->isValid(data) == test.at("valid").as_bool()) {
        ++counts.passed;
      } else {
        counts.failed.push_back(groupName + ": " + std::string(std::string_view(test.at("description").as_string())));
      }
    }
  }
}

// Ajv evaluates the keywords beside a $ref, which draft-07 says to ignore: schemas rely on that.
const std::vector<std::string> asInAjv{
    "ref: ref overrides any sibling keywords: ref valid, maxItems ignored",
    "ref: $ref prevents a sibling $id from changing the base uri: $ref resolves to /definitions/base_foo, data does "
    "not validate",
    "ref: $ref prevents a sibling $id from changing the base uri: $ref resolves to /definitions/base_foo, data "
    "validates",
};

TEST(JsonSchemaSuite, draft7) {
  const char* suites = std::getenv("CLERK_CPP_SUITES");
  if (!suites) {
    std::cout << "skipped: no suites\n";
    const auto validator =
        compileValidator(Json{{"type", "object"}, {"properties", {{"a", {{"type", "integer"}}}}}, {"required", {"a"}}},
                         {}, plainOptions());
    for (const auto& [text, valid] : {std::pair{R"({"a":1})", true},
                                      {R"({"a":1.0})", true},
                                      {R"({"a":"1"})", false},
                                      {"{}", false},
                                      {"[]", false}}) {
      auto data = boost::json::parse(text);
      EXPECT_EQ(validator->isValid(data), valid) << text;
    }
    return;
  }
  const auto suite = fs::path(suites) / "json-schema";
  const auto registry = remotes(suite);
  Counts required;
  for (const auto& entry : fs::directory_iterator(suite / "tests/draft7")) {
    if (entry.path().extension() == ".json") runFile(entry.path(), registry, required);
  }
  std::ranges::sort(required.failed);
  auto expected = asInAjv;
  std::ranges::sort(expected);
  EXPECT_EQ(required.failed, expected);
  Counts optional;
  for (const auto& entry : fs::recursive_directory_iterator(suite / "tests/draft7/optional")) {
    if (entry.path().extension() == ".json") runFile(entry.path(), registry, optional);
  }
  EXPECT_GT(optional.passed, 600);
  std::cout << "draft7: " << required.passed << " passed, " << required.failed.size()
            << " differ; optional: " << optional.passed << " passed, " << optional.failed.size()
            << " differ (formats that Ajv has not, and its leniencies)\n";
}

}  // namespace
}  // namespace fastify::schema
