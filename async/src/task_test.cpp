#include <async/event_loop.hpp>
#include <async/task.hpp>
#include <async/thread_pool.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>

using async::Deferred;
using async::EventLoop;
using async::Task;
using namespace std::chrono_literals;

namespace {
Task<int> answer() { co_return 42; }
Task<std::string> textAfter(Deferred<std::string> later) { co_return co_await later + "!"; }
Task<> failing() {
  throw std::runtime_error("broken");
  co_return;
}
}  // namespace

TEST(Task, runs_at_once_when_nothing_waits) {
  auto task = answer();
  ASSERT_TRUE(task.ready());
  EXPECT_EQ(task.take(), 42);
}

TEST(Task, resumes_when_the_deferred_is_resolved) {
  Deferred<std::string> later;
  auto task = textAfter(later);
  EXPECT_FALSE(task.ready());
  later.resolve("hello");
  ASSERT_TRUE(task.ready());
  EXPECT_EQ(task.take(), "hello!");
}

TEST(Task, gives_each_waiter_the_value) {
  Deferred<std::string> later;
  auto first = textAfter(later);
  auto second = textAfter(later);
  later.resolve("x");
  EXPECT_EQ(first.take(), "x!");
  EXPECT_EQ(second.take(), "x!");
}

TEST(Task, rethrows_in_the_awaiter) {
  auto outer = []() -> Task<std::string> {
    try {
      co_await failing();
    } catch (const std::runtime_error& error) {
      co_return error.what();
    }
    co_return "nothing thrown";
  }();
  EXPECT_EQ(outer.take(), "broken");
}

TEST(Task, goes_on_by_itself_when_dropped) {
  Deferred<> gate;
  auto ran = std::make_shared<bool>(false);
  {
    [[maybe_unused]] auto dropped = [](Deferred<> gate, std::shared_ptr<bool> ran) -> Task<> {
      co_await gate;
      *ran = true;
    }(gate, ran);
  }
  EXPECT_FALSE(*ran);
  gate.resolve();
  EXPECT_TRUE(*ran);
}

TEST(Task, calls_back_code_that_is_no_coroutine) {
  Deferred<std::string> later;
  auto task = textAfter(later);
  bool called = false;
  task.onDone([](void* flag) noexcept { *static_cast<bool*>(flag) = true; }, &called);
  later.resolve("x");
  EXPECT_TRUE(called);
  EXPECT_EQ(task.take(), "x!");
}

TEST(Task, awaits_a_million_finished_tasks_without_growing_the_stack) {
  auto sum = []() -> Task<long> {
    long total = 0;
    for (int i = 0; i < 1'000'000; ++i) total += co_await answer();
    co_return total;
  }();
  EXPECT_EQ(sum.take(), 42'000'000);
}

TEST(Task, carries_a_reference) {
  int value = 1;
  auto task = [](int& value) -> Task<int&> { co_return value; }(value);
  task.take() = 5;
  EXPECT_EQ(value, 5);
}

TEST(EventLoop, block_on_runs_timers_and_gives_the_result) {
  auto start = std::chrono::steady_clock::now();
  int result = async::blockOn([]() -> Task<int> {
    co_await async::sleep(5ms);
    co_return 7;
  });
  EXPECT_EQ(result, 7);
  EXPECT_GE(std::chrono::steady_clock::now() - start, 5ms);
}

TEST(EventLoop, block_on_rethrows) {
  EXPECT_THROW(async::blockOn([] { return failing(); }), std::runtime_error);
}

TEST(EventLoop, current_needs_a_running_loop) { EXPECT_THROW(EventLoop::current(), std::logic_error); }

TEST(EventLoop, runs_what_another_thread_posts_until_it_is_stopped) {
  EventLoop loop;
  std::thread::id ran;
  std::thread poster([&] {
    loop.post([&] { ran = std::this_thread::get_id(); });
    loop.stop();
  });
  loop.run();
  poster.join();
  EXPECT_EQ(ran, std::this_thread::get_id());
}

TEST(EventLoop, a_cancelled_timer_does_not_call_back) {
  EventLoop loop;
  bool called = false;
  EventLoop::Timer timer(loop);
  timer.start(1ms, [&] { called = true; });
  timer.cancel();
  loop.runUntilIdle();
  EXPECT_FALSE(called);
}

TEST(EventLoop, a_destroyed_timer_does_not_call_back) {
  EventLoop loop;
  bool called = false;
  { EventLoop::Timer timer(loop); timer.start(1ms, [&] { called = true; }); }
  loop.runUntilIdle();
  EXPECT_FALSE(called);
}

TEST(EventLoop, detach_reports_what_was_thrown) {
  std::string seen;
  async::detach(failing(), [&](std::exception_ptr error) {
    try {
      std::rethrow_exception(error);
    } catch (const std::exception& thrown) {
      seen = thrown.what();
    }
  });
  EXPECT_EQ(seen, "broken");
}

TEST(ThreadPool, gives_the_result_back_on_the_callers_thread) {
  async::ThreadPool pool(2);
  async::blockOn([&]() -> Task<> {
    auto here = std::this_thread::get_id();
    auto there = co_await pool.run([] { return std::this_thread::get_id(); });
    EXPECT_NE(here, there);
    EXPECT_EQ(here, std::this_thread::get_id());
  });
}

TEST(ThreadPool, gives_the_exception_back) {
  async::ThreadPool pool(1);
  EXPECT_THROW(async::blockOn([&]() -> Task<> { co_await pool.run([] { throw std::runtime_error("inside"); }); }),
               std::runtime_error);
}
