#pragma once
// How often one address may try a wrong key.

#include "model/time.hpp"

#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace clerk::instance::dashboard {

struct AttemptLimits {
  int failures = 5;
  std::chrono::seconds window = std::chrono::minutes(1);
};

/// Counts failures in windows of fixed length, per address alone: a limit for all would let strangers lock the operator
/// out, and a key of 40 random characters is not guessed at any rate. Of this process alone. Safe from any thread.
class AttemptLimiter {
 public:
  explicit AttemptLimiter(AttemptLimits limits = {}) noexcept : limits_(limits) {}

  /// How long this address has to wait before it may try; absent: it may now.
  std::optional<std::chrono::seconds> mustWait(std::string_view address, Time now);
  void countFailure(std::string_view address, Time now);

 private:
  struct Window {
    Time begin{};
    int failures = 0;
  };
  bool isOver(const Window& window, Time now) const noexcept {
    return now < window.begin || now - window.begin >= limits_.window;
  }
  void makeRoom(Time now);

  AttemptLimits limits_;
  std::mutex mutex_;
  std::unordered_map<std::string, Window> windows_;
};

}  // namespace clerk::instance::dashboard
