#pragma once
// The computer's clock, moved by what a test asks for.

#include "model/time.hpp"

#include <atomic>

namespace clerk::instance::test_control {

class ShiftedClock final : public Clock {
 public:
  Time now() const override { return real_.now() + Milliseconds(ahead_.load()); }

  /// How far it is ahead of the computer's; negative: behind.
  void setAhead(std::chrono::seconds ahead) noexcept { ahead_ = Milliseconds(ahead).count(); }
  std::chrono::seconds ahead() const noexcept {
    return std::chrono::duration_cast<std::chrono::seconds>(Milliseconds(ahead_.load()));
  }

 private:
  SystemClock real_;
  std::atomic<Milliseconds::rep> ahead_ = 0;
};

}  // namespace clerk::instance::test_control
