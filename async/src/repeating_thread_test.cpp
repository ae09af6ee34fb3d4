#include <async/repeating_thread.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <future>

namespace async {
namespace {

using namespace std::chrono_literals;

TEST(RepeatingThread, goes_on_at_once_while_there_is_more) {
  std::promise<void> done;
  int calls = 0;
  RepeatingThread thread(1h, [&] {
    if (++calls == 3) done.set_value();
    return calls < 3;
  });
  EXPECT_EQ(done.get_future().wait_for(60s), std::future_status::ready);
}

TEST(RepeatingThread, comes_back_after_a_pause) {
  std::promise<void> done;
  int calls = 0;
  RepeatingThread thread(1ms, [&] {
    if (++calls == 3) done.set_value();
    return false;
  });
  EXPECT_EQ(done.get_future().wait_for(60s), std::future_status::ready);
}

TEST(RepeatingThread, may_begin_with_a_pause_and_ends_within_it) {
  std::atomic<int> calls = 0;
  {
    RepeatingThread thread(1h, [&] { return ++calls, false; }, RepeatingThread::Begin::AfterPause);
  }
  EXPECT_EQ(calls, 0);
}

}  // namespace
}  // namespace async
