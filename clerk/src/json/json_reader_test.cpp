#include "json/json_reader.hpp"

#include <ecmascript/json_text.hpp>

#include <gtest/gtest.h>

using clerk::json::parseAsJavaScript;
using clerk::json::parseStrictly;

namespace {
std::string rewritten(std::string_view text) {
  const auto value = parseAsJavaScript(text);
  return value ? ecmascript::stringify(*value) : "malformed";
}
}  // namespace

TEST(JsonReader, reads_as_json_parse_does) {
  const std::pair<std::string_view, std::string_view> table[] = {
      {"\xef\xbb\xbf{\"a\":1}", "{\"a\":1}"},
      {" {\"a\" : 1.0, \"a\":2 } ", "{\"a\":2}"},
      {"\"\xff\"", "\"\xef\xbf\xbd\""},
      {R"("\ud800x\udc00")", R"("\ud800x\udc00")"},
      {R"("\ud83c\udf89 \\ud800")", "\"\xf0\x9f\x8e\x89 \\\\ud800\""},
      {"[12345678901234567890,-9223372036854775807,1e21,1e-7,-0]",
       "[12345678901234567000,-9223372036854776000,1e+21,1e-7,0]"},
  };
  for (auto [text, expected] : table) EXPECT_EQ(rewritten(text), expected) << text;
}

TEST(JsonReader, refuses_what_json_parse_refuses) {
  for (auto text : {"", "{", "{'a':1}", "{\"a\":1,}", "[1]x", "/**/1", "\"\\u12\"", "nul", "\"\n\""}) {
    EXPECT_FALSE(parseAsJavaScript(text)) << text;
  }
}

TEST(JsonReader, strict_reading_repairs_nothing) {
  for (auto text : {"\xef\xbb\xbf{}", "\"\xff\"", R"("\ud800")"}) EXPECT_FALSE(parseStrictly(text)) << text;
  EXPECT_TRUE(parseStrictly(R"({"a":"\ud83c\udf89"})"));
}

TEST(JsonReader, bounds_the_depth) {
  EXPECT_TRUE(parseAsJavaScript(std::string(400, '[') + std::string(400, ']')));
  EXPECT_FALSE(parseAsJavaScript(std::string(100'000, '[') + std::string(100'000, ']')));
}
