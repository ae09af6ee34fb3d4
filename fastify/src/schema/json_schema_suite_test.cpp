// The public JSON-Schema-Test-Suite: draft-07, 2019-09 and 2020-12.
#include "schema/meta_schema.hpp"
#include "schema/validator.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <ecmascript/json_text.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>
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

// A validator proper: nothing changes the data, and what it does not know is no error. In the drafts' own words a
// format is a note, unless a test is about formats.
ValidatorOptions plainOptions(Formats formats) {
  ValidatorOptions options;
  options.ajv = unchangingOptions();
  options.ajv.validateFormats = formats == Formats::Checked;
  options.ajv.ignoreKeywordsWithRef = true;
  return options;
}

// What differs, by the start of its name ("file: group: test"), and why.
struct Known {
  std::string_view start;
  std::string_view reason;
};

const Known* findKnown(std::string_view name, const std::vector<Known>& known) {
  const auto found = std::ranges::find_if(known, [&](const Known& one) { return name.starts_with(one.start); });
  return found == known.end() ? nullptr : &*found;
}

struct Draft {
  std::string_view id;
  std::string_view name;    // of the suite's folder
  std::string_view schema;  // the meta-schema
  std::vector<Known> required;
  std::vector<Known> optional;
  std::vector<Known> formats;
};

constexpr std::string_view ajvWay = "Ajv's answer, which Fastify's users see";
constexpr std::string_view noFormat = "not among the formats of ajv-formats: nothing is looked at";
constexpr std::string_view lenientFormat = "ajv-formats is more lenient, or stricter, here";
constexpr std::string_view byOption = "whether formats are looked at is an option (validateFormats), as in Ajv";

const std::vector<Known> emptyEnum{{"enum: empty enum", ajvWay}};

std::vector<Known> optional(std::vector<Known> more) {
  more.push_back({"float-overflow: ", "JavaScript's doubles: 1e308 / 0.5 is no number"});
  more.push_back({"unknownKeyword: ", "an $id in an unknown keyword names its schema in Ajv, too"});
  return more;
}

std::vector<Known> formats(std::vector<Known> more) {
  for (const auto* name : {"idn-email: ", "idn-hostname: ", "iri: ", "iri-reference: "})
    more.push_back({name, noFormat});
  for (const auto* name :
       {"date-time: validation of date-time strings: a numeric offset without minutes",
        "date-time: validation of date-time strings: hour 24",
        "ecmascript-regex: \\a is not an ECMA 262 control escape",
        "hostname: validation of A-label (punycode) host names: ", "hostname: validation of host names: trailing dot",
        "uri-reference: validation of URI References: ", "uri-template: format: uri-template: ",
        "uri: validation of URIs: non-numeric port", "uri: validation of URIs: square brackets"}) {
    more.push_back({name, lenientFormat});
  }
  return more;
}

std::vector<Known> laterFormats(std::vector<Known> more) {
  for (const auto* name : {"duration: validation of duration strings: hours and seconds",
                           "duration: validation of duration strings: years and days"}) {
    more.push_back({name, lenientFormat});
  }
  return formats(std::move(more));
}

std::vector<Draft> drafts() {
  const Known content{"content: ", "contentEncoding and contentMediaType are notes, as in Ajv"};
  const Known email{"email: validation of e-mail addresses: ", lenientFormat};
  const Known uuid{"uuid: uuid format: URN prefixed UUID", lenientFormat};
  return {
      {"draft7", "draft7", metaSchemaUri(Dialect::Draft07), {}, optional({content}), formats({})},
      {"draft2019_09", "draft2019-09", metaSchemaUri(Dialect::Draft201909), emptyEnum, optional({}),
       laterFormats({uuid})},
      {"draft2020_12", "draft2020-12", metaSchemaUri(Dialect::Draft202012), emptyEnum,
       optional({{"format-assertion: ", byOption}}), laterFormats({email, uuid})},
  };
}

void expectPlainValidation(std::string_view metaSchema) {
  const auto validator = compileValidator(Json{{"$schema", metaSchema},
                                               {"type", "object"},
                                               {"properties", {{"a", {{"type", "integer"}}}}},
                                               {"required", {"a"}}},
                                          {}, plainOptions(Formats::Ignored));
  for (const auto& [text, valid] :
       {std::pair{R"({"a":1})", true}, {R"({"a":1.0})", true}, {R"({"a":"1"})", false}, {"{}", false}, {"[]", false}}) {
    auto data = boost::json::parse(text);
    EXPECT_EQ(validator->isValid(data), valid) << text;
  }
}

// The suite's documents for references to other hosts: by their addresses, those of the draft at hand first.
SchemaRegistry remotes(const fs::path& suite, std::string_view draft) {
  SchemaRegistry registry;
  const auto addAll = [&](const fs::path& folder) {
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (entry.path().extension() != ".json") continue;
      auto schema = readJson(entry.path());
      const auto name = fs::relative(entry.path(), suite / "remotes").generic_string();
      if (schema.is_object()) registry.add("http://localhost:1234/" + name, std::move(schema));
    }
  };
  addAll(suite / "remotes" / draft);
  addAll(suite / "remotes");
  return registry;
}

struct Counts {
  int passed = 0;
  std::set<std::string> failed;
};

void runGroup(const Json& group, const std::string& groupName, const SchemaRegistry& registry, Formats formats,
              Counts& counts) {
  std::shared_ptr<const Validator> validator;
  try {
    validator = compileValidator(group.at("schema"), registry, plainOptions(formats));
  } catch (const std::exception& error) {
    counts.failed.insert(groupName + ": " + error.what());
    return;
  }
  for (const auto& test : group.at("tests").as_array()) {
    Json data = test.at("data");
    if (validator->isValid(data) == test.at("valid").as_bool()) {
      ++counts.passed;
    } else {
      counts.failed.insert(groupName + ": " + std::string(std::string_view(test.at("description").as_string())));
    }
  }
}

Counts runFolder(const fs::path& folder, const SchemaRegistry& registry, Formats formats) {
  Counts counts;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".json") continue;
    const auto groups = readJson(entry.path());
    for (const auto& group : groups.as_array()) {
      const auto name =
          entry.path().stem().string() + ": " + std::string(std::string_view(group.at("description").as_string()));
      runGroup(group, name, registry, formats, counts);
    }
  }
  return counts;
}

// Each difference is one of those that are known, and each of those is still there.
void expectOnly(const std::set<std::string>& failed, const std::vector<Known>& known) {
  std::set<std::string> unseen;
  for (const auto& [start, reason] : known) unseen.emplace(start);
  for (const auto& name : failed) {
    const auto* match = findKnown(name, known);
    EXPECT_TRUE(match) << name;
    if (match) unseen.erase(std::string(match->start));
  }
  EXPECT_THAT(unseen, testing::IsEmpty()) << "these pass now";
}

class JsonSchemaSuite : public testing::TestWithParam<Draft> {};

TEST_P(JsonSchemaSuite, is_answered_right) {
  const char* suites = std::getenv("CLERK_CPP_SUITES");
  if (!suites) {
    std::cout << "skipped: no suites\n";
    expectPlainValidation(GetParam().schema);
    return;
  }
  const auto suite = fs::path(suites) / "json-schema";
  const auto folder = suite / "tests" / GetParam().name;
  const auto registry = remotes(suite, GetParam().name);
  const auto required = runFolder(folder, registry, Formats::Ignored);
  const auto optional = runFolder(folder / "optional", registry, Formats::Ignored);
  const auto formats = runFolder(folder / "optional/format", registry, Formats::Checked);
  expectOnly(required.failed, GetParam().required);
  expectOnly(optional.failed, GetParam().optional);
  expectOnly(formats.failed, GetParam().formats);
  std::cout << GetParam().name << ": " << required.passed << " passed, " << required.failed.size()
            << " differ; optional: " << optional.passed << " passed, " << optional.failed.size()
            << " differ; formats: " << formats.passed << " passed, " << formats.failed.size() << " differ\n";
}

INSTANTIATE_TEST_SUITE_P(Drafts, JsonSchemaSuite, testing::ValuesIn(drafts()),
                         [](const auto& info) { return std::string(info.param.id); });

}  // namespace
}  // namespace fastify::schema
