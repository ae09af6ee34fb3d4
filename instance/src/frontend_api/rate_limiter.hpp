#pragma once
// How often one address may start and try: it keeps guessing slow, whatever account is guessed at.

#include "model/time.hpp"
#include "settings/settings.hpp"

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace clerk::instance::frontend_api {

/// Counts per address and kind in windows of fixed length. Of this process alone: several share nothing, so that each
/// grants as much. Safe from any thread.
class RateLimiter {
 public:
  enum class Kind { None, Creation, Attempt };

  explicit RateLimiter(const RateLimits& limits) noexcept : limits_(limits) {}

  /// What a request counts as: new sign-ins and sign-ups, and tries at a password or code.
  static Kind kindOf(std::string_view method, std::string_view path) noexcept;

  /// Counts one request; the time to wait when there were too many.
  std::optional<std::chrono::seconds> count(Kind kind, std::string_view address, Time now);

 private:
  struct Window {
    Time begin{};
    int count = 0;
  };
  void forgetOld(Time now);

  const RateLimits& limits_;
  std::mutex mutex_;
  std::unordered_map<std::string, Window> windows_;
};

}  // namespace clerk::instance::frontend_api
