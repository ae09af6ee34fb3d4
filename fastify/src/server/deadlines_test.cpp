#include "deadlines.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace fastify::server {
namespace {

using namespace std::chrono_literals;

TEST(Deadlines, pass_in_the_order_in_which_they_were_started) {
  async::EventLoop loop;
  Deadlines deadlines(loop, 10ms);
  std::string passed;
  Deadline a([&] { passed += 'a'; }), b([&] { passed += 'b'; }), c([&] { passed += 'c'; });
  deadlines.start(a);
  deadlines.start(b);
  deadlines.start(c);
  deadlines.start(a);  // again: now the last
  EXPECT_TRUE(a.running());
  loop.runUntil([&] { return passed.size() == 3; });
  EXPECT_EQ(passed, "bca");
  EXPECT_FALSE(a.running());
}

TEST(Deadlines, those_that_left_do_not_pass) {
  async::EventLoop loop;
  Deadlines deadlines(loop, 5ms);
  std::string passed;
  Deadline stays([&] { passed += 's'; });
  {
    Deadline dies([&] { passed += 'd'; });
    Deadline leaves([&] { passed += 'l'; });
    deadlines.start(dies);
    deadlines.start(leaves);
    deadlines.start(stays);
    leaves.leave();
  }
  loop.runUntil([&] { return !passed.empty(); });
  EXPECT_EQ(passed, "s");
}

TEST(Deadlines, one_may_start_or_end_others_when_it_passes) {
  async::EventLoop loop;
  Deadlines deadlines(loop, 5ms);
  int rounds = 0;
  Deadline other([&] { FAIL() << "it was ended"; });
  Deadline* self = nullptr;
  Deadline again([&] {
    other.leave();
    if (++rounds < 3) deadlines.start(*self);
  });
  self = &again;
  deadlines.start(again);
  deadlines.start(other);
  loop.runUntil([&] { return rounds == 3; });
  EXPECT_FALSE(again.running());
}

TEST(Deadlines, of_zero_never_pass) {
  async::EventLoop loop;
  Deadlines deadlines(loop, 0ms);
  Deadline deadline([] { FAIL(); });
  deadlines.start(deadline);
  EXPECT_FALSE(deadline.running());
  EXPECT_FALSE(deadlines.enabled());
}

}  // namespace
}  // namespace fastify::server
