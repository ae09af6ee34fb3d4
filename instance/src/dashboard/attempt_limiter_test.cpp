#include "dashboard/attempt_limiter.hpp"

#include <gtest/gtest.h>

namespace clerk::instance::dashboard {
namespace {

using namespace std::chrono_literals;

constexpr Time start = fromMilliseconds(1'800'000'000'000);

TEST(AttemptLimiter, an_address_waits_after_its_failures_until_the_window_is_over) {
  AttemptLimiter limiter({.failures = 2, .window = 60s});
  EXPECT_FALSE(limiter.mustWait("a", start));
  limiter.countFailure("a", start);
  EXPECT_FALSE(limiter.mustWait("a", start));
  limiter.countFailure("a", start + 10s);
  EXPECT_EQ(limiter.mustWait("a", start + 10s), 50s);
  EXPECT_EQ(limiter.mustWait("a", start + 59s + 999ms), 1s) << "never zero";
  EXPECT_FALSE(limiter.mustWait("a", start + 60s));
}

TEST(AttemptLimiter, others_do_not_wait_for_it) {
  AttemptLimiter limiter({.failures = 1, .window = 60s});
  limiter.countFailure("a", start);
  EXPECT_TRUE(limiter.mustWait("a", start));
  EXPECT_FALSE(limiter.mustWait("b", start));
}

TEST(AttemptLimiter, a_new_window_counts_from_nothing) {
  AttemptLimiter limiter({.failures = 2, .window = 60s});
  limiter.countFailure("a", start);
  limiter.countFailure("a", start + 61s);
  EXPECT_FALSE(limiter.mustWait("a", start + 61s));
}

TEST(AttemptLimiter, a_clock_that_went_back_locks_nobody_out) {
  AttemptLimiter limiter({.failures = 1, .window = 60s});
  limiter.countFailure("a", start + 1h);
  EXPECT_FALSE(limiter.mustWait("a", start));
}

TEST(AttemptLimiter, many_addresses_do_not_fill_the_memory) {
  AttemptLimiter limiter({.failures = 1, .window = 60s});
  for (int i = 0; i < 25'000; ++i) limiter.countFailure(std::to_string(i), start);
  EXPECT_TRUE(limiter.mustWait("24999", start));
}

}  // namespace
}  // namespace clerk::instance::dashboard
