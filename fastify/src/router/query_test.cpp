#include "query.hpp"

#include <ecmascript/json_text.hpp>

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace fastify::router {
namespace {

// Scenarios query.*, the rest observed on fast-querystring 1.1.2.
TEST(Query, is_read_as_the_recorded_server_reads_it) {
  const std::vector<std::pair<std::string, std::string>> rows{
      {"", "{}"},
      {"a=1&b=two", R"({"a":"1","b":"two"})"},
      {"a=1&a=2&a=3", R"({"a":["1","2","3"]})"},
      {"a=1&b=x&a=2", R"({"a":["1","2"],"b":"x"})"},
      {"a=%26%3D%2B%23", R"({"a":"&=+#"})"},
      {"a=%zz&b=1", R"({"a":"%zz","b":"1"})"},
      {"a=%C3%28", R"({"a":"%C3%28"})"},
      {"a=x+y%zz", R"({"a":"x y%zz"})"},
      {"a[]=1&a[]=2&b[c]=d", R"({"a[]":["1","2"],"b[c]":"d"})"},
      {"a=1;b=2", R"({"a":"1;b=2"})"},
      {"a=1#b", R"({"a":"1#b"})"},
      {"a=%2B+%20", R"({"a":"+  "})"},
      {"a+b=1", R"({"a b":"1"})"},
      {"a", R"({"a":""})"},
      {"a=", R"({"a":""})"},
      {"=v", R"({"":"v"})"},
      {"=", R"({"":""})"},
      {"&&a=1&&", R"({"a":"1"})"},
      {"a=b=c", R"({"a":"b=c"})"},
      {"a=b=%3D", R"({"a":"b=="})"},
      {"%61=%62", R"({"a":"b"})"},
      {"__proto__=1", R"({"__proto__":"1"})"},
      {"a=%F0%9F%98%80", "{\"a\":\"\xf0\x9f\x98\x80\"}"},
      {"a=%00", R"({"a":"\u0000"})"},
  };
  for (const auto& [query, json] : rows) EXPECT_EQ(ecmascript::stringify(parseQuery(query)), json) << query;
}

}  // namespace
}  // namespace fastify::router
