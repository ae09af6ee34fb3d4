#include "frontend_api/rate_limiter.hpp"

#include "flows/flow_test.hpp"

#include <gtest/gtest.h>

namespace clerk::instance::frontend_api {
namespace {

using Kind = RateLimiter::Kind;

class RateLimiterTest : public FlowTest {
 protected:
  std::optional<std::chrono::seconds> count(RateLimiter& limiter, Kind kind, const std::string& address) {
    return run([&] { return limiter.count(kind, address, clock.now()); });
  }

  RateLimits limits{.enabled = true};
};

TEST(RateLimiter, knows_what_counts) {
  EXPECT_EQ(RateLimiter::kindOf("POST", "/client/sign_ins"), Kind::Creation);
  EXPECT_EQ(RateLimiter::kindOf("POST", "/client/sign_ups"), Kind::Creation);
  EXPECT_EQ(RateLimiter::kindOf("POST", "/client/sign_ins/:sign_in_id/attempt_first_factor"), Kind::Attempt);
  EXPECT_EQ(RateLimiter::kindOf("POST", "/client/sign_ups/:sign_up_id/attempt_verification"), Kind::Attempt);
  EXPECT_EQ(RateLimiter::kindOf("GET", "/client/sign_ins/:sign_in_id"), Kind::None);
  EXPECT_EQ(RateLimiter::kindOf("POST", "/client/sessions/:session_id/tokens"), Kind::None);
}

TEST(RateLimiter, a_household_is_one_address) {
  EXPECT_EQ(RateLimiter::neighbourhoodOf("192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(RateLimiter::neighbourhoodOf("::ffff:192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(RateLimiter::neighbourhoodOf("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
  EXPECT_EQ(RateLimiter::neighbourhoodOf("2001:db8:1:2:ffff::1"), "2001:db8:1:2::");
  EXPECT_EQ(RateLimiter::neighbourhoodOf("fe80::1%eth0"), "fe80::");
  EXPECT_EQ(RateLimiter::neighbourhoodOf("no address"), "no address");
}

TEST_F(RateLimiterTest, grants_so_many_a_window_to_each_address) {
  RateLimiter limiter(limits, core->store());
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(count(limiter, Kind::Attempt, "192.0.2.1"));
  clock.advance(3s);
  EXPECT_EQ(count(limiter, Kind::Attempt, "192.0.2.1"), 7s);
  EXPECT_FALSE(count(limiter, Kind::Attempt, "192.0.2.2"));
  EXPECT_FALSE(count(limiter, Kind::Creation, "192.0.2.1"));
  clock.advance(6s + 900ms);
  EXPECT_EQ(count(limiter, Kind::Attempt, "192.0.2.1"), 1s);
  clock.advance(100ms);
  EXPECT_FALSE(count(limiter, Kind::Attempt, "192.0.2.1"));
}

// As two processes over one PostgreSQL do.
TEST_F(RateLimiterTest, two_limiters_over_one_store_count_together) {
  RateLimiter one(limits, core->store()), other(limits, core->store());
  EXPECT_FALSE(count(one, Kind::Attempt, "192.0.2.1"));
  EXPECT_FALSE(count(other, Kind::Attempt, "192.0.2.1"));
  EXPECT_FALSE(count(one, Kind::Attempt, "192.0.2.1"));
  EXPECT_EQ(count(other, Kind::Attempt, "192.0.2.1"), 10s);
  EXPECT_EQ(count(one, Kind::Attempt, "192.0.2.1"), 10s);
}

TEST_F(RateLimiterTest, a_clock_that_is_set_back_locks_nobody_out) {
  RateLimiter limiter(limits, core->store());
  for (int i = 0; i < 4; ++i) count(limiter, Kind::Attempt, "192.0.2.1");
  clock.advance(-1h);
  EXPECT_FALSE(count(limiter, Kind::Attempt, "192.0.2.1"));
}

TEST_F(RateLimiterTest, is_off_unless_it_is_asked_for) {
  const RateLimits off;
  RateLimiter limiter(off, core->store());
  for (int i = 0; i < 100; ++i) EXPECT_FALSE(count(limiter, Kind::Attempt, "192.0.2.1"));
}

TEST_F(RateLimiterTest, what_is_over_is_forgotten) {
  RateLimiter limiter(limits, core->store());
  EXPECT_FALSE(count(limiter, Kind::Attempt, "192.0.2.1"));
  clock.advance(11s);
  run([&] { return core->tidy(); });
  core->store().writeNow([&](Transaction& tx) { EXPECT_EQ(tx.rateWindows().eraseEnded(clock.now(), 10), 0); });
}

}  // namespace
}  // namespace clerk::instance::frontend_api
