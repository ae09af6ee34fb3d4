#pragma once
// One thread's loop: timers, sockets and posted work. What a handler awaits is resumed here.

#include <async/deferred.hpp>
#include <async/task.hpp>

#include <chrono>
#include <functional>
#include <memory>

namespace async {

/// Runs on the thread that calls `run`, `runUntil` or `blockOn`; that thread's `current()` is then this loop. Everything
/// but `post` and `stop` is for that thread alone.
class EventLoop {
 public:
  EventLoop();
  ~EventLoop();
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  /// The loop that runs on this thread. Throws std::logic_error when none does.
  static EventLoop& current();
  /// The same, or nullptr.
  static EventLoop* find() noexcept;

  /// Runs until `stop()`.
  void run();
  /// Makes `run()` return soon; from any thread.
  void stop();
  /// Runs until nothing is left to wait for.
  void runUntilIdle();
  /// Runs until `done()` is true; it is asked after every event.
  void runUntil(const std::function<bool()>& done);

  /// Calls `work` on the loop's thread, soon; from any thread.
  void post(std::function<void()> work);

  /// `run()` calls `hook` before it waits for the next event, when nothing is ready and `wanted()` (cheap, asked after
  /// every event) is true, and once before it returns. Neither may throw. Set it before `run()`.
  void beforeSleep(std::function<bool()> wanted, std::function<void()> hook);

  /// A timer that calls back once unless it is cancelled or destroyed before.
  class Timer {
   public:
    explicit Timer(EventLoop& loop);
    ~Timer();
    Timer(Timer&&) noexcept;
    Timer& operator=(Timer&&) noexcept;
    void start(std::chrono::nanoseconds after, std::function<void()> callback);
    void cancel();

   private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
  };

  /// Ends after `duration`.
  Task<> sleep(std::chrono::nanoseconds duration);

  struct Impl;
  Impl& impl() noexcept { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

/// Ends after `duration`, on the current loop.
Task<> sleep(std::chrono::nanoseconds duration);

/// Lets a task go on by itself; what it throws goes to `onError` (by default: it is dropped).
void detach(Task<> task, std::function<void(std::exception_ptr)> onError = {});

/// Runs `start()` and what it awaits to its end on this thread, on the loop that exists here or on one of its own.
/// For `main`, tests and programs without a loop; never call it from a handler.
template <class Start>
auto blockOn(Start&& start) {
  std::unique_ptr<EventLoop> own;
  EventLoop* loop = EventLoop::find();
  if (!loop) {
    own = std::make_unique<EventLoop>();
    loop = own.get();
  }
  decltype(start()) task;
  loop->post([&] { task = start(); });
  loop->runUntil([&] { return task.valid() && task.ready(); });
  return task.take();
}

}  // namespace async
