#include "header_lookup.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace fastify::http {
namespace {

std::optional<std::string> joined(const std::vector<HeaderField>& fields, std::string_view name) {
  std::string storage;
  const auto value = joinedHeader(fields, name, storage);
  return value ? std::optional<std::string>(*value) : std::nullopt;
}

TEST(HeaderLookup, finds_names_in_any_case) {
  const std::vector<HeaderField> fields{{"X-One", "1"}, {"x-two", ""}};
  EXPECT_EQ(findHeader(fields, "x-ONE"), "1");
  EXPECT_EQ(findHeader(fields, "X-Two"), "");
  EXPECT_EQ(findHeader(fields, "x-three"), std::nullopt);
}

TEST(HeaderLookup, joins_what_came_more_than_once) {
  const std::vector<HeaderField> fields{{"X-A", "1"},           {"Host", "example.test"}, {"x-a", "2"},
                                        {"Host", "other.test"}, {"Cookie", "a=1"},        {"cookie", "b=2"},
                                        {"Set-Cookie", "x"},    {"Set-Cookie", "y"}};
  EXPECT_EQ(joined(fields, "x-a"), "1, 2");
  EXPECT_EQ(joined(fields, "host"), "example.test");
  EXPECT_EQ(joined(fields, "cookie"), "a=1; b=2");
  EXPECT_EQ(joined(fields, "set-cookie"), "x");
  EXPECT_EQ(joined(fields, "accept"), std::nullopt);
}

TEST(HeaderLookup, the_first_wins_for_single_fields) {
  for (const auto* name : {"authorization", "Content-Type", "user-agent", "referer", "from", "etag", "host"}) {
    EXPECT_EQ(duplicatesOf(name), Duplicates::First) << name;
  }
  EXPECT_EQ(duplicatesOf("Set-Cookie"), Duplicates::List);
  EXPECT_EQ(duplicatesOf("x-forwarded-for"), Duplicates::Comma);
}

TEST(HeaderLookup, bytes_above_ascii_are_latin1) {
  const std::vector<HeaderField> fields{{"x", "caf\xe9"}, {"y", "\xff"}, {"y", "a"}};
  EXPECT_EQ(joined(fields, "x"), "caf\xc3\xa9");
  EXPECT_EQ(joined(fields, "y"), "\xc3\xbf, a");
}

TEST(HeaderLookup, a_value_that_needs_no_change_is_not_copied) {
  const std::string value = "plain";
  const std::vector<HeaderField> fields{{"x", value}};
  std::string storage;
  EXPECT_EQ(joinedHeader(fields, "x", storage)->data(), value.data());
}

}  // namespace
}  // namespace fastify::http
