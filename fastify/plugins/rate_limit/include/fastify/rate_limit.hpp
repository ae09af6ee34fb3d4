#pragma once
// At most so many requests of one client in a while; @fastify/rate-limit for C++.

#include <fastify/callable.hpp>
#include <fastify/error.hpp>
#include <fastify/json.hpp>
#include <fastify/plugin.hpp>

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace fastify {

namespace detail {
/// A function of the program's, plain or coroutine.
template <class Result, class... Arguments>
class MaybeAsync {
 public:
  MaybeAsync() = default;
  template <class F>
    requires(!std::same_as<std::remove_cvref_t<F>, MaybeAsync> && std::is_invocable_v<F&, Arguments...>)
  MaybeAsync(F function)
      : call_([function = std::move(function)](Arguments... arguments) mutable -> Task<Result> {
          if constexpr (async::AnyTask<std::invoke_result_t<F&, Arguments...>>) {
            co_return Result(co_await function(arguments...));
          } else {
            co_return Result(function(arguments...));
          }
        }) {}
  explicit operator bool() const noexcept { return static_cast<bool>(call_); }
  Task<Result> operator()(Arguments... arguments) const { return call_(arguments...); }

 private:
  std::function<Task<Result>(Arguments...)> call_;
};
}  // namespace detail

/// What counts requests. One object is asked by all workers at once.
class RateLimitStore {
 public:
  struct Count {
    std::int64_t current = 0;
    /// Milliseconds until the count starts anew.
    std::int64_t ttl = 0;
  };
  virtual ~RateLimitStore() = default;
  /// Counts one request of `key` and tells how many came in its window.
  virtual Task<Count> incr(std::string key, std::chrono::milliseconds timeWindow, std::int64_t max) = 0;
  /// Tells without counting.
  virtual Task<Count> read(std::string key, std::chrono::milliseconds timeWindow, std::int64_t max) = 0;
};

struct RateLimitStoreOptions {
  std::size_t cache = 5000;
  bool continueExceeding = false;
  bool exponentialBackoff = false;
};

/// What an errorResponseBuilder may say.
struct RateLimitContext {
  int statusCode = 429;
  bool ban = false;
  std::int64_t max = 0;
  /// Milliseconds.
  std::int64_t ttl = 0;
  /// The same in words: "1 minute".
  std::string after;
};

/// Most of these a route may change: `config = {{"rateLimit", {{"max", 3}, {"timeWindow", "1 minute"}}}}`; `false`
/// lifts the limit. A route with a config counts on its own; routes of one `groupId` (there only) have keys of their
/// own.
struct RateLimitOptions {
  /// False: only routes with a `rateLimit` config are limited.
  bool global = true;
  std::variant<std::int64_t, detail::MaybeAsync<std::int64_t, Request&, std::string_view>> max = std::int64_t{1000};
  /// Milliseconds, "1 minute" (also s, hours, days, …), or a function.
  std::variant<std::chrono::milliseconds, std::string,
               detail::MaybeAsync<std::chrono::milliseconds, Request&, std::string_view>>
      timeWindow = std::chrono::milliseconds(60000);
  std::string hook = "onRequest";
  /// How many clients are remembered; the one that was longest away is forgotten first.
  std::size_t cache = 5000;
  /// Keys without a limit, or a function of request and key.
  std::variant<std::vector<std::string>, detail::MaybeAsync<bool, Request&, std::string_view>> allowList;
  /// 403 instead of 429 after so many refusals; -1: never.
  std::int64_t ban = -1;
  std::function<void(Request&, std::string_view key)> onExceeding;
  std::function<void(Request&, std::string_view key)> onExceeded;
  std::function<void(Request&, std::string_view key)> onBanReach;
  /// The window starts anew with each request that is refused.
  bool continueExceeding = false;
  /// The window doubles with each request that is refused.
  bool exponentialBackoff = false;
  /// Addresses of one IPv6 network of this size are one client.
  int ipv6Subnet = 64;
  /// Empty: the client's address, `request.ip()`.
  detail::MaybeAsync<std::string, Request&> keyGenerator;
  /// The answer to a refused request: an error, or JSON that is sent with its `statusCode`.
  std::function<std::variant<FastifyError, Json>(Request&, const RateLimitContext&)> errorResponseBuilder;
  /// Headers that are not sent with refusals: {"retry-after", false}, …
  std::map<std::string, bool> addHeaders;
  /// The same for other answers.
  std::map<std::string, bool> addHeadersOnExceeding;
  /// ratelimit-limit, … instead of x-ratelimit-limit, …
  bool enableDraftSpec = false;
  /// Lets requests pass when the store fails.
  bool skipOnError = false;
  /// Makes another store; called once, and once for each route that counts on its own.
  std::function<std::shared_ptr<RateLimitStore>(const RateLimitStoreOptions&)> store;
};

/// What is known of one request's client.
struct RateLimitState {
  /// On the allow list: nothing else here counts.
  bool isAllowed = false;
  std::string key;
  std::int64_t max = 0;
  std::chrono::milliseconds timeWindow{0};
  std::int64_t remaining = 0;
  std::int64_t ttl = 0;  // milliseconds
  std::int64_t ttlInSeconds = 0;
  bool isExceeded = false;
  bool isBanned = false;
};

using RateLimitChange = std::function<void(RateLimitOptions&)>;

/// `app.rateLimit(options)`: a hook that limits, for a not-found handler say; with the plugin's options after `change`.
/// Without it the hook counts together with the plugin. Throws FastifyError when the plugin is not registered.
RequestCall rateLimitHook(Fastify& instance, RateLimitChange change = {});

/// `app.createRateLimit(options)`: counts a request (or only tells, when `increment` is false) and refuses nothing.
std::function<Task<RateLimitState>(Request&, bool increment)> createRateLimit(Fastify& instance,
                                                                              RateLimitChange change = {});

namespace detail {
Task<> startRateLimit(Fastify& instance, const RateLimitOptions& options);
}

/// `app.registerPlugin(fastify::rateLimit, {.max = 100, .timeWindow = "1 minute"}).after()`: routes declared before the
/// plugin is loaded have no limit.
inline constexpr Plugin<RateLimitOptions> rateLimit{detail::startRateLimit, "@fastify/rate-limit", "5.x"};

}  // namespace fastify
