#include "content/json_body.hpp"

#include <gtest/gtest.h>
#include <ecmascript/json_text.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

namespace fastify::content {
namespace {

std::string parsedText(std::string_view text, const JsonBodyOptions& options = {}) {
  const auto value = parseJsonBody(text, options);
  return value ? ecmascript::stringify(*value) : "refused";
}

struct Row {
  std::string_view body;
  std::string_view text;
};

// Recorded from Fastify 5.12.8 unless a comment says why not.
TEST(JsonBody, bodies_are_read_as_by_json_parse) {
  const Row rows[] = {
      {"12.50", "12.5"},
      {"null", "null"},
      {"\"text\"", "\"text\""},
      {" \r\n\t{\"a\": 1}\n ", R"({"a":1})"},
      {"\xEF\xBB\xBF{\"a\":1}", R"({"a":1})"},
      {R"({"a":1,"b":2,"a":3})", R"({"a":3,"b":2})"},
      {R"({"n":[1.0,1e3,1E-7,0.10,-0,1e400]})", R"({"n":[1,1000,1e-7,0.1,0,null]})"},
      {R"({"s":"\u00e9\u2713\ud83d\ude00\/"})", R"({"s":"é✓😀/"})"},
      {"{\"s\":\"\xFF\xE2\x9C\"}", "{\"s\":\"\xEF\xBF\xBD\xEF\xBF\xBD\"}"},
      {"{bad json}", "refused"},
      {R"({"a":)", "refused"},
      {R"({"a":1,})", "refused"},
      {R"({"a":1 /* x */})", "refused"},
      {R"({"a":NaN})", "refused"},
      {"{\"a\":\"x\x01y\"}", "refused"},
      {"", "refused"},
      {"\xEF\xBB\xBF", "refused"},
      {"\xEF\xBB\xBF\xEF\xBB\xBF{}", "refused"},
      {"{} {}", "refused"},
      {"{}x", "refused"},
      {std::string_view("{}\0", 3), "refused"},
      // All 64 bits are kept, where JavaScript would round to 12345678901234567000.
      {R"({"n":12345678901234567890})", R"({"n":12345678901234567890})"},
      // Strings of C++ are UTF-8, which has no place for half a pair: JavaScript would keep it.
      {R"({"s":"\ud83d!\ude00","t":"\\ud83d","u":"\ud83d\ude00\udbff"})",
       "{\"s\":\"\xEF\xBF\xBD!\xEF\xBF\xBD\",\"t\":\"\\\\ud83d\",\"u\":\"😀\xEF\xBF\xBD\"}"},
      // JavaScript would move integer-like keys to the front.
      {R"({"b":1,"10":2,"2":3})", R"({"b":1,"10":2,"2":3})"},
  };
  for (const auto& row : rows) EXPECT_EQ(parsedText(row.body), row.text) << row.body;
}

TEST(JsonBody, doubles_are_the_nearest) {
  for (const std::string text :
       {"0.30000000000000004", "4.35", "1.7976931348623157e+308", "5e-324", "0.1", "123456.789e3",
        "2.2250738585072011e-308", "9007199254740993.5", "-0.000001234567890123"}) {
    const auto value = parseJsonBody(text);
    ASSERT_TRUE(value && value->is_double()) << text;
    EXPECT_EQ(value->get_double(), std::strtod(text.c_str(), nullptr)) << text;
  }
}

TEST(JsonBody, poisoned_keys_are_refused_removed_or_kept) {
  constexpr auto proto = R"({"a":1,"__proto__":{"x":1},"b":[{"__proto__":1,"c":2}]})";
  constexpr auto escaped = R"({"\u005f_proto__":1,"z":0})";
  constexpr auto constructor = R"({"constructor":{"prototype":{"x":1}},"a":1})";
  constexpr auto plainConstructor = R"({"constructor":{"name":"x"}})";
  constexpr auto protoValue = R"({"a":"__proto__"})";

  EXPECT_EQ(parsedText(proto), "refused");
  EXPECT_EQ(parsedText(escaped), "refused");
  EXPECT_EQ(parsedText(constructor), "refused");
  EXPECT_EQ(parsedText(plainConstructor), plainConstructor);
  EXPECT_EQ(parsedText(protoValue), protoValue);
  EXPECT_EQ(parsedText(R"({"co\u006estructor":{"prototype":1}})"), "refused");

  const JsonBodyOptions remove{Poisoning::Remove, Poisoning::Remove};
  EXPECT_EQ(parsedText(proto, remove), R"({"a":1,"b":[{"c":2}]})");
  EXPECT_EQ(parsedText(escaped, remove), R"({"z":0})");
  EXPECT_EQ(parsedText(constructor, remove), R"({"a":1})");

  const JsonBodyOptions ignore{Poisoning::Ignore, Poisoning::Ignore};
  EXPECT_EQ(parsedText(proto, ignore), proto);
  EXPECT_EQ(parsedText(constructor, ignore), constructor);
  EXPECT_EQ(parsedText(constructor, {Poisoning::Error, Poisoning::Ignore}), constructor);
}

TEST(JsonBody, nesting_is_bounded) {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  EXPECT_TRUE(parseJsonBody(nested(maxJsonDepth)));
  EXPECT_FALSE(parseJsonBody(nested(maxJsonDepth + 1)));
  EXPECT_FALSE(parseJsonBody(std::string(1 << 20, '[')));
}

TEST(JsonBody, an_object_of_many_keys_keeps_their_order) {
  std::string text = "{";
  for (int i = 0; i < 5000; ++i)
    text += (i ? ",\"k" : "\"k") + std::to_string(i * 7919 % 5000) + "\":" + std::to_string(i);
  text += "}";
  EXPECT_EQ(parsedText(text), text);
}

// JSONTestSuite: y_ must be accepted, n_ refused, i_ either, without a crash.
TEST(JsonBody, json_test_suite) {
  const char* suites = std::getenv("CLERK_CPP_SUITES");
  if (!suites) {
    std::cout << "skipped: no suites\n";
    for (const auto* bad : {"[1,,2]", "[\"a\",]", "{'a':1}", "[1e]", "[.1]", "[01]", "[+1]", "[\"\\x\"]", "[\"\t\"]",
                            "[tru]", "{\"a\"}"}) {
      EXPECT_EQ(parsedText(bad), "refused") << bad;
    }
    return;
  }
  int accepted = 0;
  int refused = 0;
  int either = 0;
  for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(suites) / "json/test_parsing")) {
    const auto name = entry.path().filename().string();
    std::stringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    const bool parsed = parseJsonBody(text.str()).has_value();
    if (name.starts_with("y_")) {
      EXPECT_TRUE(parsed) << name;
      ++accepted;
    } else if (name.starts_with("n_")) {
      EXPECT_FALSE(parsed) << name;
      ++refused;
    } else {
      ++either;
    }
  }
  std::cout << "JSONTestSuite: " << accepted << " to accept, " << refused << " to refuse, " << either << " either\n";
  EXPECT_GT(accepted, 0);
  EXPECT_GT(refused, 0);
}

}  // namespace
}  // namespace fastify::content
