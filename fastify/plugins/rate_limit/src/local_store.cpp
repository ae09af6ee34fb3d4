#include "local_store.hpp"

#include <algorithm>
#include <cmath>

namespace fastify::detail {
namespace {

constexpr std::int64_t longest = 9'007'199'254'740'991;  // JavaScript's largest exact integer

std::int64_t steadyMilliseconds() {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

std::int64_t doubled(std::int64_t window, std::int64_t times) {
  const double ttl = std::ldexp(static_cast<double>(window), static_cast<int>(std::min<std::int64_t>(times, 1000)));
  return ttl < static_cast<double>(longest) ? static_cast<std::int64_t>(ttl) : longest;
}

}  // namespace

LocalStore::LocalStore(RateLimitStoreOptions options, Clock clock)
    : options_(options), clock_(clock ? std::move(clock) : Clock(steadyMilliseconds)) {}

LocalStore::Entry& LocalStore::entryOf(const std::string& key) {
  if (const auto known = byKey_.find(key); known != byKey_.end()) {
    entries_.splice(entries_.begin(), entries_, known->second);
    return entries_.front();
  }
  if (entries_.size() >= std::max<std::size_t>(options_.cache, 1)) {
    byKey_.erase(entries_.back().key);
    entries_.pop_back();
  }
  entries_.push_front({.key = key});
  byKey_.emplace(entries_.front().key, entries_.begin());
  return entries_.front();
}

Task<RateLimitStore::Count> LocalStore::incr(std::string key, std::chrono::milliseconds timeWindow, std::int64_t max) {
  const auto now = clock_();
  const auto window = timeWindow.count();
  const std::lock_guard lock(mutex_);
  auto& entry = entryOf(key);
  if (entry.current == 0 || entry.started + window <= now) {
    entry = {.key = std::move(entry.key), .current = 1, .ttl = window, .started = now};
    co_return Count{1, window};
  }
  ++entry.current;
  const bool exceeded = entry.current > max;
  if (options_.continueExceeding && exceeded) {
    entry.ttl = window;
    entry.started = now;
  } else if (options_.exponentialBackoff && exceeded) {
    entry.ttl = doubled(window, entry.current - max - 1);
    entry.started = now;
  } else {
    entry.ttl = window - (now - entry.started);
  }
  co_return Count{entry.current, entry.ttl};
}

Task<RateLimitStore::Count> LocalStore::read(std::string key, std::chrono::milliseconds timeWindow, std::int64_t) {
  const auto now = clock_();
  const std::lock_guard lock(mutex_);
  const auto known = byKey_.find(key);
  if (known == byKey_.end() || known->second->started + timeWindow.count() <= now) co_return Count{};
  co_return Count{known->second->current, timeWindow.count() - (now - known->second->started)};
}

std::size_t LocalStore::size() const {
  const std::lock_guard lock(mutex_);
  return entries_.size();
}

}  // namespace fastify::detail
