#pragma once
// Files for handlers: what the kernel has in memory is taken at once, for the rest threads wait beside the loop.

#include "open_file.hpp"

#include <fastify/payload.hpp>

#include <async/thread_pool.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace fastify::detail {

/// From any worker. Its threads start when they are first needed.
class FileAccess {
 public:
  /// `work(patience)` from the kernel's memory; nullopt when that does not do.
  template <class Work>
  static auto now(Work& work) -> std::optional<decltype(work(Patience::FromCache))> {
    try {
      return work(Patience::FromCache);
    } catch (const WouldBlock&) {
      return std::nullopt;
    }
  }

  /// `work(Patience::Blocking)` on a thread, which needs all that it owns.
  template <class Work>
  Task<std::invoke_result_t<Work&, Patience>> later(Work work) {
    const std::lock_guard lock(mutex_);  // until it is in the queue
    return threads().run([work = std::move(work)]() mutable { return work(Patience::Blocking); });
  }

  /// Waits for the threads. Before the loops that wait for them go.
  void stop();

 private:
  async::ThreadPool& threads();

  std::mutex mutex_;
  std::unique_ptr<async::ThreadPool> threads_;
  bool stopped_ = false;
};

/// `length` bytes of `file` from `at` on, 64 KiB at a time: as much memory as that, however large the file is.
Stream streamOf(std::shared_ptr<FileAccess> access, std::shared_ptr<OpenFile> file, std::uint64_t at,
                std::uint64_t length);

}  // namespace fastify::detail
