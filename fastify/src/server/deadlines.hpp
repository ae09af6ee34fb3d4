#pragma once
// Timeouts of many connections. All deadlines of one kind lie equally far ahead, so that the list of those who wait is
// in order by itself: to start one is to go to its end.

#include <async/event_loop.hpp>

#include <chrono>
#include <functional>
#include <optional>

namespace fastify::server {

using Clock = std::chrono::steady_clock;

/// A place in a `Deadlines` list; leaves it when it dies.
class Deadline {
 public:
  explicit Deadline(std::function<void()> passed) : passed_(std::move(passed)) {}
  Deadline(const Deadline&) = delete;
  Deadline& operator=(const Deadline&) = delete;
  ~Deadline() { leave(); }

  bool running() const noexcept { return next_ != nullptr; }
  void leave() noexcept {
    if (!next_) return;
    before_->next_ = next_;
    next_->before_ = before_;
    before_ = next_ = nullptr;
  }

 private:
  friend class Deadlines;
  Deadline() = default;
  std::function<void()> passed_;
  Deadline* before_ = nullptr;
  Deadline* next_ = nullptr;
  Clock::time_point at_{};
};

/// One kind of timeout. Belongs to its loop's thread.
class Deadlines {
 public:
  /// Zero: they never pass.
  Deadlines(async::EventLoop& loop, std::chrono::milliseconds after) : after_(after), timer_(loop) {
    ends_.before_ = ends_.next_ = &ends_;
  }
  ~Deadlines() {
    while (ends_.next_ != &ends_) ends_.next_->leave();
    ends_.next_ = nullptr;
  }

  bool enabled() const noexcept { return after_.count() > 0; }

  /// (Re)starts one, counted from now.
  void start(Deadline& deadline) {
    deadline.leave();
    if (!enabled()) return;
    deadline.at_ = Clock::now() + after_;
    deadline.before_ = ends_.before_;
    deadline.next_ = &ends_;
    ends_.before_->next_ = &deadline;
    ends_.before_ = &deadline;
    if (!armed_) arm();
  }

 private:
  // The timer is only ever set for the first of the list, and asks again when it fires: to restart a deadline costs no
  // timer operation.
  void arm() {
    timer_.start(ends_.next_->at_ - Clock::now(), [this] { fire(); });
    armed_ = true;
  }

  void fire() {
    armed_ = false;
    const auto now = Clock::now();
    while (ends_.next_ != &ends_ && ends_.next_->at_ <= now) {
      auto& first = *ends_.next_;
      first.leave();
      first.passed_();
    }
    if (ends_.next_ != &ends_) arm();
  }

  std::chrono::milliseconds after_;
  async::EventLoop::Timer timer_;
  Deadline ends_;
  bool armed_ = false;
};

}  // namespace fastify::server
