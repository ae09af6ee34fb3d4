#include <async/event_loop.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace async {
namespace {

/// What a loop does that has `count` things to do, and then waits.
std::string logOf(int count) {
  EventLoop loop;
  EventLoop::Timer timer(loop);
  std::string log;
  bool waits = false;
  const auto passed = [&] {
    log += "timer ";
    waits = true;
    loop.stop();
  };
  loop.beforeSleep([&] { return waits; },
                   [&] {
                     log += "flush ";
                     if (log.find("timer") == log.npos) timer.start(std::chrono::milliseconds(1), passed);
                     waits = false;
                   });
  for (int i = 0; i < count; ++i) {
    loop.post([&] {
      log += "work ";
      waits = true;
    });
  }
  loop.run();
  return log;
}

TEST(EventLoop, before_sleep_comes_when_nothing_is_ready_and_something_waits) {
  EXPECT_EQ(logOf(1), "work flush timer flush ");
  EXPECT_EQ(logOf(2), "work work flush timer flush ");
  EXPECT_EQ(logOf(3), "work work work flush timer flush ");
}

}  // namespace
}  // namespace async
