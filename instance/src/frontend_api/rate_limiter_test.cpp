#include "frontend_api/rate_limiter.hpp"

#include <gtest/gtest.h>

namespace clerk::instance::frontend_api {
namespace {

using namespace std::chrono_literals;
using Kind = RateLimiter::Kind;

const Time start = fromMilliseconds(1'800'000'000'000);

TEST(RateLimiter, knows_what_counts) {
  EXPECT_EQ(RateLimiter::kindOf("POST", "/client/sign_ins"), Kind::Creation);
  EXPECT_EQ(RateLimiter::kindOf("POST", "/client/sign_ups"), Kind::Creation);
  EXPECT_EQ(RateLimiter::kindOf("POST", "/client/sign_ins/:sign_in_id/attempt_first_factor"), Kind::Attempt);
  EXPECT_EQ(RateLimiter::kindOf("POST", "/client/sign_ups/:sign_up_id/attempt_verification"), Kind::Attempt);
  EXPECT_EQ(RateLimiter::kindOf("GET", "/client/sign_ins/:sign_in_id"), Kind::None);
  EXPECT_EQ(RateLimiter::kindOf("POST", "/client/sessions/:session_id/tokens"), Kind::None);
}

TEST(RateLimiter, grants_so_many_a_window_to_each_address) {
  const RateLimits limits{.enabled = true};
  RateLimiter limiter(limits);
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(limiter.count(Kind::Attempt, "192.0.2.1", start + 2s));
  EXPECT_EQ(limiter.count(Kind::Attempt, "192.0.2.1", start + 5s), 7s);
  EXPECT_FALSE(limiter.count(Kind::Attempt, "192.0.2.2", start + 5s));
  EXPECT_FALSE(limiter.count(Kind::Creation, "192.0.2.1", start + 5s));
  EXPECT_EQ(limiter.count(Kind::Attempt, "192.0.2.1", start + 11s + 900ms), 1s);
  EXPECT_FALSE(limiter.count(Kind::Attempt, "192.0.2.1", start + 12s));
}

TEST(RateLimiter, is_off_unless_it_is_asked_for) {
  const RateLimits limits;
  RateLimiter limiter(limits);
  for (int i = 0; i < 100; ++i) EXPECT_FALSE(limiter.count(Kind::Attempt, "192.0.2.1", start));
}

TEST(RateLimiter, forgets_addresses_that_went_away) {
  const RateLimits limits{.enabled = true};
  RateLimiter limiter(limits);
  for (int i = 0; i < 25'000; ++i) {
    EXPECT_FALSE(limiter.count(Kind::Attempt, std::to_string(i), start + std::chrono::milliseconds(10 * i)));
  }
}

}  // namespace
}  // namespace clerk::instance::frontend_api
