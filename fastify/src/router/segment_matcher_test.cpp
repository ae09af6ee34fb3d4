#include "segment_matcher.hpp"

#include <gtest/gtest.h>

#include <ctime>
#include <string>
#include <vector>

namespace fastify::router {
namespace {

using Kind = SegmentPart::Kind;

std::vector<std::string> match(const SegmentMatcher& matcher, std::string_view segment) {
  std::vector<std::string_view> values(matcher.parameterCount());
  if (!matcher.match(segment, values.data())) return {"no"};
  return {values.begin(), values.end()};
}

using Values = std::vector<std::string>;

// Observed on find-my-way 9.10.1, whose expressions are `^(.*?)-(-|(?:(?!-).)*)$` and the like.
TEST(SegmentMatcher, the_first_parameter_goes_to_the_last_separator) {
  const SegmentMatcher matcher({{Kind::First, ""}, {Kind::Text, "-"}, {Kind::Following, "-"}});
  EXPECT_EQ(match(matcher, "1-2"), (Values{"1", "2"}));
  EXPECT_EQ(match(matcher, "1-2-3"), (Values{"1-2", "3"}));
  EXPECT_EQ(match(matcher, "-"), (Values{"", ""}));
  EXPECT_EQ(match(matcher, "--"), (Values{"", "-"}));
  EXPECT_EQ(match(matcher, "-x-"), (Values{"-x", ""}));
  EXPECT_EQ(match(matcher, "x"), (Values{"no"}));
  EXPECT_EQ(match(matcher, "a\nb-c"), (Values{"no"}));
}

TEST(SegmentMatcher, separators_may_be_long) {
  const SegmentMatcher matcher({{Kind::First, ""}, {Kind::Text, "--"}, {Kind::Following, "--"}, {Kind::Text, ".x"}});
  EXPECT_EQ(match(matcher, "a--b.x"), (Values{"a", "b"}));
  EXPECT_EQ(match(matcher, "a--b-c.x"), (Values{"a", "b-c"}));
  EXPECT_EQ(match(matcher, "a--b--c.x"), (Values{"a--b", "c"}));
  EXPECT_EQ(match(matcher, "a----.x"), (Values{"a", "--"}));
  EXPECT_EQ(match(matcher, "a--b"), (Values{"no"}));
}

TEST(SegmentMatcher, expressions_are_anchored_to_their_part) {
  const SegmentMatcher time(
      {{Kind::Expression, "\\d{2}"}, {Kind::Text, "h"}, {Kind::Expression, "\\d{2}"}, {Kind::Text, "m"}});
  EXPECT_EQ(match(time, "08h24m"), (Values{"08", "24"}));
  EXPECT_EQ(match(time, "8h24m"), (Values{"no"}));
  const SegmentMatcher mixed({{Kind::Expression, "(a|b)+"}, {Kind::Text, "-"}, {Kind::First, ""}});
  EXPECT_EQ(match(mixed, "ab-c-d"), (Values{"ab", "c-d"}));
  const SegmentMatcher named({{Kind::Expression, "(?<year>\\d{4})"}});
  EXPECT_EQ(match(named, "2024"), (Values{"2024"}));
  const SegmentMatcher unicode({{Kind::Expression, "[\\u00e0-\\u00ff]+"}});
  EXPECT_EQ(match(unicode, "\xc3\xa9"), (Values{"\xc3\xa9"}));
}

TEST(SegmentMatcher, hostile_segments_cost_little) {
  const SegmentMatcher matcher({{Kind::First, ""},
                                {Kind::Text, "-"},
                                {Kind::Following, "-"},
                                {Kind::Text, "-"},
                                {Kind::Following, "-"},
                                {Kind::Text, "-"},
                                {Kind::Following, "-"},
                                {Kind::Text, ".end"}});
  std::string dashes(400, '-');
  std::string mixed;
  for (int i = 0; i < 200; ++i) mixed += "a-";
  const auto start = std::clock();
  EXPECT_EQ(match(matcher, dashes), (Values{"no"}));
  EXPECT_EQ(match(matcher, mixed), (Values{"no"}));
  EXPECT_LT(std::clock() - start, 1 * CLOCKS_PER_SEC);  // of this process, whatever else the machine does
}

}  // namespace
}  // namespace fastify::router
