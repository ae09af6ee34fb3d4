#include <async/event_loop.hpp>

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace async {
namespace {

TEST(EventLoop, before_sleep_comes_when_nothing_is_ready_and_something_waits) {
  EventLoop loop;
  std::string log;
  bool waits = false;
  loop.beforeSleep([&] { return waits; },
                   [&] {
                     log += waits ? "flush " : "last ";
                     waits = false;
                   });
  for (int i = 0; i < 3; ++i) {
    loop.post([&] {
      log += "work ";
      waits = true;
    });
  }
  EventLoop::Timer timer(loop);
  timer.start(std::chrono::milliseconds(20), [&] {
    log += "timer ";
    waits = true;
    loop.stop();
  });
  loop.run();
  EXPECT_EQ(log, "work work work flush timer flush ");
}

}  // namespace
}  // namespace async
