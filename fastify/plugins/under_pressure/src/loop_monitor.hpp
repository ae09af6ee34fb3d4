#pragma once
// How busy the workers' loops are, seen from a thread beside them.

#include <async/event_loop.hpp>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <ctime>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_map>

namespace fastify::detail {

class LoopMonitor {
 public:
  /// Asks each loop every 10 ms, and sums up after each `interval`.
  explicit LoopMonitor(std::chrono::milliseconds interval) : interval_(interval) {}
  ~LoopMonitor() { stop(); }

  /// On the loop's thread; a loop that is watched already is found quickly. The loop must outlive `stop()`.
  void watch(async::EventLoop& loop);
  /// Nothing is posted to a loop after this. Any thread but a loop's.
  void stop();

  /// Milliseconds, of the slowest loop.
  double delay() const noexcept { return delay_.load(std::memory_order_relaxed); }
  /// 0 to 1, of the busiest loop.
  double utilization() const noexcept { return utilization_.load(std::memory_order_relaxed); }

 private:
  using Clock = std::chrono::steady_clock;
  /// Shared with the work that is posted to a loop.
  struct Probe {
    std::atomic<std::int64_t> sum{0};  // nanoseconds
    std::atomic<std::int64_t> count{0};
    std::atomic<std::int64_t> asked{0};  // when the loop was asked; 0: it has answered
  };
  struct Watched {
    std::shared_ptr<Probe> probe = std::make_shared<Probe>();
    clockid_t cpu{};
    std::int64_t cpuBefore = 0;
  };
  void run();
  void ask(async::EventLoop& loop, Watched& watched);
  void sumUp(std::chrono::nanoseconds passed);

  const std::chrono::milliseconds interval_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopped_ = false;
  std::unordered_map<async::EventLoop*, Watched> loops_;
  std::thread thread_;
  std::atomic<double> delay_{0};
  std::atomic<double> utilization_{0};
};

}  // namespace fastify::detail
