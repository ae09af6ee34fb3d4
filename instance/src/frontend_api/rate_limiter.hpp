#pragma once
// How often one address may start and try: it keeps guessing slow, whatever account is guessed at.

#include "model/time.hpp"
#include "settings/settings.hpp"
#include "store/store.hpp"

#include <async/task.hpp>

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace clerk::instance::frontend_api {

/// Counts per address and kind in windows of fixed length, in the store: all processes of an instance count together,
/// and a restart forgets nothing. Who has to wait is remembered here, too, so that a flood costs no writes. Safe from
/// any thread.
class RateLimiter {
 public:
  enum class Kind { None, Creation, Attempt };

  /// Both are borrowed.
  RateLimiter(const RateLimits& limits, Store& store) noexcept : limits_(limits), store_(store) {}

  /// What a request counts as: new sign-ins and sign-ups, and tries at a password or code.
  static Kind kindOf(std::string_view method, std::string_view path) noexcept;
  /// What counts as one address: of IPv6 the first 64 bits, which are one household's.
  static std::string neighbourhoodOf(std::string_view address);

  /// Counts one request; the time to wait when there were too many. Throws StoreError.
  async::Task<std::optional<std::chrono::seconds>> count(Kind kind, std::string address, Time now);

 private:
  std::optional<Time> endOfWait(const std::string& key, Time now);
  void rememberWait(const std::string& key, Time end, Time now);

  const RateLimits& limits_;
  Store& store_;
  std::mutex mutex_;
  std::unordered_map<std::string, Time> waits_;
};

}  // namespace clerk::instance::frontend_api
