#include "api/field_rules.hpp"

#include <boost/json/parse.hpp>

#include <gtest/gtest.h>

#include <string>

namespace clerk::instance::api {
namespace {

boost::json::value nested(int levels) {
  boost::json::value value = "x";
  for (int i = 0; i < levels; ++i)
    value = i % 2 == 0 ? boost::json::value({{"a", value}}) : boost::json::value(boost::json::array{value});
  return value;
}

TEST(FieldRules, a_text_with_a_nul_is_not_plain) {
  EXPECT_TRUE(isPlainText(""));
  EXPECT_TRUE(isPlainText("\u202e💩\r\n\x7f"));
  EXPECT_FALSE(isPlainText(std::string_view("a\0b", 3)));
  EXPECT_FALSE(isPlainText(std::string_view("\0", 1)));
  EXPECT_EQ(textNotPlain("name").first().paramName, "name");
}

TEST(FieldRules, a_path_with_a_nul_is_not_plain_whatever_its_query_says) {
  EXPECT_TRUE(isPlainPath("/users/user_1?query=%00"));
  EXPECT_FALSE(isPlainPath("/users/user_1%00x?query="));
}

TEST(FieldRules, depth_counts_objects_and_lists) {
  EXPECT_FALSE(isDeeperThan(nested(0), 0));
  EXPECT_TRUE(isDeeperThan(nested(1), 0));
  EXPECT_FALSE(isDeeperThan(nested(deepestJson), deepestJson));
  EXPECT_TRUE(isDeeperThan(nested(deepestJson + 1), deepestJson));
  EXPECT_TRUE(isDeeperThan(boost::json::value({1, "x", nested(3)}), 3));
}

TEST(FieldRules, what_is_too_deep_says_so_without_repeating_it) {
  const auto failure = jsonTooDeep("claims");
  EXPECT_EQ(failure.first().code, "form_param_format_invalid");
  EXPECT_EQ(failure.first().paramName, "claims");
}

}  // namespace
}  // namespace clerk::instance::api
