#include "version_range.hpp"

#include <gtest/gtest.h>

using fastify::boot::satisfies;

TEST(VersionRange, accepts_what_npm_accepts) {
  for (const auto* range : {"5.x", "5", "^5.0.0", ">=5.0.0", ">= 5.0.0 <6", "~5.12", "5.12.8", "=5.12.8", "4.x || 5.x",
                            "*", "", ">4", "<=5", "5.x.x"}) {
    EXPECT_TRUE(satisfies("5.12.8", range)) << range;
  }
}

TEST(VersionRange, refuses_what_npm_refuses) {
  for (const auto* range :
       {"2.x", "4", "^4.0.0", ">=6", "<5", "~5.11", "5.12.7", ">5", "3.x || 4.x", "nonsense", "^5.13.0"}) {
    EXPECT_FALSE(satisfies("5.12.8", range)) << range;
  }
}

TEST(VersionRange, a_caret_on_zero_keeps_the_first_number_that_is_not) {
  EXPECT_TRUE(satisfies("0.2.9", "^0.2.1"));
  EXPECT_FALSE(satisfies("0.3.0", "^0.2.1"));
}
