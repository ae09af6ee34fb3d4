#pragma once
// Threads for work that blocks or takes long: hashing, databases.

#include <async/deferred.hpp>
#include <async/event_loop.hpp>
#include <async/task.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace async {

/// A fixed number of threads with one queue. The destructor finishes what was queued.
class ThreadPool {
 public:
  explicit ThreadPool(std::size_t threads);
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  /// Runs `work()` on one of the threads and gives its result (or exception) back on the caller's EventLoop, which must
  /// be running and stay alive until then. `work` is moved to the other thread: it must own what it needs.
  template <class Work>
  Task<std::invoke_result_t<Work&>> run(Work work) {
    using Result = std::invoke_result_t<Work&>;
    using Slot = std::conditional_t<std::is_void_v<Result>, std::monostate, Result>;
    struct Job {
      Work work;
      std::optional<Slot> result;
      std::exception_ptr error;
      Deferred<> done;
    };
    auto job = std::make_shared<Job>(Job{std::move(work), {}, {}, {}});
    post(EventLoop::current(), [job] {
      try {
        if constexpr (std::is_void_v<Result>) {
          job->work();
          job->result.emplace();
        } else {
          job->result.emplace(job->work());
        }
      } catch (...) {
        job->error = std::current_exception();
      }
    }, [job] { job->done.resolve(); });
    co_await job->done;
    if (job->error) std::rethrow_exception(job->error);
    if constexpr (!std::is_void_v<Result>) co_return std::move(*job->result);
  }

 private:
  void post(EventLoop& loop, std::function<void()> work, std::function<void()> finished);

  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace async
