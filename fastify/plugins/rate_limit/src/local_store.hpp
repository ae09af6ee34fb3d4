#pragma once
// Counts of this process alone, for a bounded number of clients.

#include <fastify/rate_limit.hpp>

#include <list>
#include <mutex>
#include <unordered_map>

namespace fastify::detail {

/// The client that was longest not seen is forgotten first. Safe from any thread.
class LocalStore final : public RateLimitStore {
 public:
  /// Milliseconds of a clock that never goes back.
  using Clock = std::function<std::int64_t()>;
  explicit LocalStore(RateLimitStoreOptions options, Clock clock = {});

  Task<Count> incr(std::string key, std::chrono::milliseconds timeWindow, std::int64_t max) override;
  Task<Count> read(std::string key, std::chrono::milliseconds timeWindow, std::int64_t max) override;
  std::size_t size() const;

 private:
  struct Entry {
    std::string key;
    std::int64_t current = 0;
    std::int64_t ttl = 0;
    std::int64_t started = 0;
  };
  Entry& entryOf(const std::string& key);

  const RateLimitStoreOptions options_;
  const Clock clock_;
  mutable std::mutex mutex_;
  std::list<Entry> entries_;  // the last seen is first
  std::unordered_map<std::string_view, std::list<Entry>::iterator> byKey_;
};

}  // namespace fastify::detail
