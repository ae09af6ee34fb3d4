#pragma once
// Points in time as Clerk's JSON counts them, and the clock that flows are given.

#include <chrono>
#include <cstdint>

namespace clerk::instance {

using Milliseconds = std::chrono::milliseconds;
/// Milliseconds since the Unix epoch, UTC.
using Time = std::chrono::sys_time<Milliseconds>;

/// The number that Clerk's JSON carries (milliseconds since the epoch).
constexpr std::int64_t toMilliseconds(Time time) noexcept { return time.time_since_epoch().count(); }
constexpr Time fromMilliseconds(std::int64_t count) noexcept { return Time(Milliseconds(count)); }
/// The number that tokens and `__client_uat` carry (whole seconds since the epoch, rounded down).
constexpr std::int64_t toSeconds(Time time) noexcept {
  return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
}

/// Tells the time. Safe from any thread.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Time now() const = 0;
};

/// The computer's clock.
class SystemClock final : public Clock {
 public:
  Time now() const override { return std::chrono::floor<Milliseconds>(std::chrono::system_clock::now()); }
};

}  // namespace clerk::instance
