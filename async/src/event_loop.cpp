#include <async/asio.hpp>
#include <async/event_loop.hpp>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <mutex>
#include <new>
#include <stdexcept>

namespace async {
namespace asio = boost::asio;

namespace {
thread_local EventLoop* running = nullptr;

/// Makes a loop the current one of this thread for a scope; loops may nest (inject inside a program that has one).
class Current {
 public:
  explicit Current(EventLoop& loop) : before_(std::exchange(running, &loop)) {}
  ~Current() { running = before_; }

 private:
  EventLoop* before_;
};
}  // namespace

struct EventLoop::Impl {
  // Sockets and timers are this thread's alone; what other threads post is what needs a lock.
  asio::io_context context{BOOST_ASIO_CONCURRENCY_HINT_UNSAFE_IO};
  /// Held while another thread wakes the loop: what it posted may run, and end the loop's life, before it is done
  /// waking.
  std::mutex waking;
  std::function<bool()> somethingWaits;
  std::function<void()> sleepHook;
};

EventLoop::EventLoop() : impl_(std::make_unique<Impl>()) {}
EventLoop::~EventLoop() {
  // Work that is destroyed unrun may ask for its loop.
  Current current(*this);
  {
    std::lock_guard wokenUp(impl_->waking);
  }
  impl_.reset();
}

EventLoop& EventLoop::current() {
  if (!running)
    throw std::logic_error("no EventLoop runs on this thread: call this from a handler, or use async::blockOn");
  return *running;
}
EventLoop* EventLoop::find() noexcept { return running; }

namespace {
void runUntilStopped(EventLoop::Impl& impl) {
  if (!impl.sleepHook) {
    impl.context.run();
    return;
  }
  // To ask whether more is ready costs a system call: only when the hook has something to do.
  while (!impl.context.stopped()) {
    if (impl.somethingWaits()) {
      if (impl.context.poll_one() > 0) continue;
      impl.sleepHook();
    }
    impl.context.run_one();
  }
  impl.sleepHook();
}
}  // namespace

void EventLoop::run() {
  Current current(*this);
  auto guard = asio::make_work_guard(impl_->context);
  impl_->context.restart();
  while (true) {
    try {
      return runUntilStopped(*impl_);
    } catch (const std::bad_alloc&) {
      // One thing is not done for want of memory; the loop is everybody's.
    }
  }
}

void EventLoop::beforeSleep(std::function<bool()> wanted, std::function<void()> hook) {
  impl_->somethingWaits = std::move(wanted);
  impl_->sleepHook = std::move(hook);
}

void EventLoop::stop() {
  std::lock_guard lock(impl_->waking);
  asio::post(impl_->context, [this] { impl_->context.stop(); });
}

void EventLoop::runUntilIdle() {
  Current current(*this);
  impl_->context.restart();
  impl_->context.run();
}

void EventLoop::runUntil(const std::function<bool()>& done) {
  Current current(*this);
  auto guard = asio::make_work_guard(impl_->context);
  impl_->context.restart();
  while (!done()) impl_->context.run_one();
}

void EventLoop::post(std::function<void()> work) {
  std::lock_guard lock(impl_->waking);
  asio::post(impl_->context, std::move(work));
}

struct EventLoop::Timer::Impl {
  explicit Impl(asio::io_context& context) : timer(context) {}
  asio::steady_timer timer;
};

EventLoop::Timer::Timer(EventLoop& loop) : impl_(std::make_unique<Impl>(loop.impl().context)) {}
EventLoop::Timer::~Timer() = default;
EventLoop::Timer::Timer(Timer&&) noexcept = default;
EventLoop::Timer& EventLoop::Timer::operator=(Timer&&) noexcept = default;

void EventLoop::Timer::start(std::chrono::nanoseconds after, std::function<void()> callback) {
  impl_->timer.expires_after(after);
  impl_->timer.async_wait([callback = std::move(callback)](boost::system::error_code failed) {
    if (!failed) callback();
  });
}
void EventLoop::Timer::cancel() { impl_->timer.cancel(); }

Task<> EventLoop::sleep(std::chrono::nanoseconds duration) {
  Deferred<> over;
  Timer timer(*this);
  timer.start(duration, [over] { over.resolve(); });
  co_await over;
}

Task<> sleep(std::chrono::nanoseconds duration) { return EventLoop::current().sleep(duration); }

namespace {
Task<> watch(Task<> task, std::function<void(std::exception_ptr)> onError) {
  try {
    co_await task;
  } catch (...) {
    if (onError) onError(std::current_exception());
  }
}
}  // namespace

void detach(Task<> task, std::function<void(std::exception_ptr)> onError) {
  [[maybe_unused]] auto dropped = watch(std::move(task), std::move(onError));
}

asio::io_context& ioContext(EventLoop& loop) noexcept { return loop.impl().context; }

}  // namespace async
