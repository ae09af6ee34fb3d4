#include "content/media_type.hpp"

#include <gtest/gtest.h>

namespace fastify::content {
namespace {

TEST(MediaType, spellings_have_one_normal_form) {
  const std::pair<const char*, const char*> rows[] = {
      {"application/json", "application/json"},
      {"APPLICATION/JSON", "application/json"},
      {" application/json ", "application/json"},
      {"application/json ; charset=utf-8", "application/json; charset=\"utf-8\""},
      {"application/json;", "application/json"},
      {"application/json;;charset=UTF-8", "application/json; charset=\"UTF-8\""},
      {"text/plain;Charset=\"utf-8\"", "text/plain; charset=\"utf-8\""},
      {"multipart/form-data; boundary=\"a;b\\\"c\"; x=1", "multipart/form-data; boundary=\"a;b\"c\"; x=\"1\""},
      {"a/b; c=1; c=2", "a/b; c=\"2\""},
      {"a/b; nonsense; c=1", "a/b; c=\"1\""},
      {"a/b; c=\"unfinished", "a/b"},
  };
  for (const auto& [header, expected] : rows) {
    const auto type = parseMediaType(header);
    ASSERT_TRUE(type) << header;
    EXPECT_EQ(type->normalized(), expected) << header;
  }
}

TEST(MediaType, malformed_types_are_none) {
  for (const auto* header : {"", "json", "/", "a/", "/b", "application/json, text/plain", "application/\tjson", "a b/c",
                             "a/b c", "a/b/c", "a@/b", ";charset=utf-8", "a;b/c"}) {
    EXPECT_FALSE(parseMediaType(header)) << header;
    EXPECT_EQ(essenceOf(header), "") << header;
  }
}

}  // namespace
}  // namespace fastify::content
