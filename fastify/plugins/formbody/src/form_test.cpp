#include <fastify/formbody.hpp>

#include <ecmascript/json_text.hpp>

#include <gtest/gtest.h>

namespace fastify {
namespace {

TEST(Form, fields_decode_as_fast_querystring_decodes_them) {
  struct Row {
    std::string body;
    std::string json;
  };
  const Row rows[] = {
      {"", "{}"},
      {"a=1&b=2", R"({"a":"1","b":"2"})"},
      {"first+name=Ada+Lovelace", R"({"first name":"Ada Lovelace"})"},
      {"a=%2B%20%26%3D", R"({"a":"+ &="})"},
      {"a=1&a=2&a=3", R"({"a":["1","2","3"]})"},
      {"a", R"({"a":""})"},
      {"a=", R"({"a":""})"},
      {"&&a=1&", R"({"a":"1"})"},
      {"=x", R"({"":"x"})"},
      {"a=b=c", R"({"a":"b=c"})"},
      {"a=%", R"({"a":"%"})"},
      {"a=%4", R"({"a":"%4"})"},
      {"a=%zz", R"({"a":"%zz"})"},
      {"a=%E4%BD%A0", "{\"a\":\"\xE4\xBD\xA0\"}"},
      {"a=%FF", R"({"a":"%FF"})"},
      {"a=\xFF", "{\"a\":\"\xEF\xBF\xBD\"}"},
      {"__proto__=x", R"({"__proto__":"x"})"},
  };
  for (const auto& row : rows) EXPECT_EQ(ecmascript::stringify(parseForm(row.body)), row.json) << row.body;
}

TEST(Form, a_body_of_a_megabyte_of_names_is_read_in_linear_time) {
  std::string body;
  for (int i = 0; i < 100'000; ++i) body += "n" + std::to_string(i) + "=&";
  EXPECT_EQ(parseForm(body).size(), 100'000u);
}

}  // namespace
}  // namespace fastify
