#pragma once
// The limit of one route, or of all that share one.

#include <fastify/rate_limit.hpp>

#include <memory>
#include <string>

namespace fastify::detail {

class Limiter {
 public:
  /// Throws FastifyError for options that cannot work.
  Limiter(RateLimitOptions options, std::shared_ptr<const void> plugin);
  /// One with other options and a count of its own.
  std::shared_ptr<const Limiter> child(const RateLimitChange& change, std::string groupId = {}) const;

  const RateLimitOptions& options() const noexcept { return options_; }
  /// Counts, or tells.
  Task<RateLimitState> apply(Request& request, bool increment) const;
  /// The hook: sets the headers, throws or answers when there were too many. Does so once a request.
  Task<> limit(Request& request, Reply& reply) const;

 private:
  Task<> limitNow(Request& request, Reply& reply) const;
  Task<std::string> keyOf(Request& request) const;
  Task<bool> isAllowed(Request& request, std::string_view key) const;
  Task<std::int64_t> maxOf(Request& request, std::string_view key) const;
  Task<std::chrono::milliseconds> timeWindowOf(Request& request, std::string_view key) const;
  void refuse(Request& request, Reply& reply, const RateLimitState& state) const;

  RateLimitOptions options_;
  std::shared_ptr<const void> plugin_;
  std::string groupId_;
  std::shared_ptr<RateLimitStore> store_;
};

/// A change that a route's `config.rateLimit` means. Throws FastifyError for what is not understood.
RateLimitChange changeFrom(const JsonObject& config);

}  // namespace fastify::detail
