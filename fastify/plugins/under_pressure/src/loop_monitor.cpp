#include "loop_monitor.hpp"

#include <pthread.h>

#include <algorithm>

namespace fastify::detail {
namespace {

constexpr std::chrono::milliseconds resolution{10};

std::int64_t nowNanoseconds() { return std::chrono::steady_clock::now().time_since_epoch().count(); }

std::int64_t cpuNanoseconds(clockid_t clock) {
  timespec time{};
  return clock_gettime(clock, &time) == 0 ? time.tv_sec * 1'000'000'000LL + time.tv_nsec : 0;
}

}  // namespace

void LoopMonitor::watch(async::EventLoop& loop) {
  // A worker serves one app: one look at this is enough for its requests.
  thread_local const LoopMonitor* watching = nullptr;
  thread_local const async::EventLoop* watched = nullptr;
  if (watching == this && watched == &loop) return;
  watching = this;
  watched = &loop;
  const std::lock_guard lock(mutex_);
  if (stopped_) return;
  auto [at, isNew] = loops_.try_emplace(&loop);
  if (!isNew) return;
  if (pthread_getcpuclockid(pthread_self(), &at->second.cpu) == 0)
    at->second.cpuBefore = cpuNanoseconds(at->second.cpu);
  if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
}

void LoopMonitor::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void LoopMonitor::run() {
  std::unique_lock lock(mutex_);
  auto summed = Clock::now();
  while (!wake_.wait_for(lock, std::min(resolution, interval_), [this] { return stopped_; })) {
    for (auto& [loop, watched] : loops_) ask(*loop, watched);
    const auto now = Clock::now();
    if (now - summed < interval_) continue;
    sumUp(now - summed);
    summed = now;
  }
}

void LoopMonitor::ask(async::EventLoop& loop, Watched& watched) {
  if (watched.probe->asked.load() != 0) return;  // it has not answered yet
  watched.probe->asked = nowNanoseconds();
  loop.post([probe = watched.probe] {
    probe->sum += nowNanoseconds() - probe->asked.exchange(0);
    ++probe->count;
  });
}

void LoopMonitor::sumUp(std::chrono::nanoseconds passed) {
  double delay = 0, utilization = 0;
  for (auto& [loop, watched] : loops_) {
    const auto sum = watched.probe->sum.exchange(0), count = watched.probe->count.exchange(0);
    const auto asked = watched.probe->asked.load();
    const double mean = count > 0 ? static_cast<double>(sum) / static_cast<double>(count) : 0;
    // A loop that does not answer at all is late by what has passed.
    const double waiting = asked != 0 ? static_cast<double>(nowNanoseconds() - asked) : 0;
    delay = std::max({delay, mean / 1e6, count > 0 ? 0 : waiting / 1e6});
    const auto cpu = cpuNanoseconds(watched.cpu);
    utilization =
        std::max(utilization, static_cast<double>(cpu - watched.cpuBefore) / static_cast<double>(passed.count()));
    watched.cpuBefore = cpu;
  }
  delay_ = delay;
  utilization_ = std::min(utilization, 1.0);
}

}  // namespace fastify::detail
