#include "limiter.hpp"

#include "client_key.hpp"
#include "duration.hpp"
#include "local_store.hpp"
#include "ran.hpp"

#include <fastify/reply.hpp>
#include <fastify/request.hpp>

#include <crypto/digest.hpp>

#include <algorithm>

namespace fastify::detail {
namespace {

struct Labels {
  const char* limit;
  const char* remaining;
  const char* reset;
};
constexpr Labels usualLabels{"x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"};
constexpr Labels draftLabels{"ratelimit-limit", "ratelimit-remaining", "ratelimit-reset"};
constexpr const char* retryAfter = "retry-after";

void addHeader(Reply& reply, const std::map<std::string, bool>& wanted, const char* name, std::int64_t value) {
  const auto said = wanted.find(name);
  if (said == wanted.end() || said->second) reply.header(name, std::to_string(value));
}

/// Keys may be a header's text: a long one is remembered by its digest, so that memory stays bounded.
std::string bounded(std::string key) {
  if (key.size() <= 128) return key;
  return std::string(crypto::bytesOf(crypto::sha256(key)));
}

template <class Numbers>
std::int64_t numberOf(const Numbers& value, const char* name) {
  if (!value.is_number()) throw FastifyError(500, std::string("@fastify/rate-limit: ") + name + " must be a number");
  return static_cast<std::int64_t>(value.template to_number<double>());
}

}  // namespace

Limiter::Limiter(RateLimitOptions options, std::shared_ptr<const void> plugin)
    : options_(std::move(options)), plugin_(std::move(plugin)) {
  if (const auto* text = std::get_if<std::string>(&options_.timeWindow)) {
    const auto window = parseDuration(*text);
    if (!window) throw FastifyError(500, "@fastify/rate-limit: timeWindow is no length of time: " + *text);
    options_.timeWindow = *window;
  }
  options_.ipv6Subnet = std::clamp(options_.ipv6Subnet, 0, 128);
  const RateLimitStoreOptions storeOptions{options_.cache, options_.continueExceeding, options_.exponentialBackoff};
  store_ = options_.store ? options_.store(storeOptions) : std::make_shared<LocalStore>(storeOptions);
}

std::shared_ptr<const Limiter> Limiter::child(const RateLimitChange& change, std::string groupId) const {
  auto options = options_;
  change(options);
  auto limiter = std::make_shared<Limiter>(std::move(options), plugin_);
  limiter->groupId_ = std::move(groupId);
  return limiter;
}

Task<std::string> Limiter::keyOf(Request& request) const {
  std::string key;
  if (options_.keyGenerator)
    key = co_await options_.keyGenerator(request);
  else
    key = clientKey(request.ip(), options_.ipv6Subnet);
  co_return key + groupId_;
}

Task<bool> Limiter::isAllowed(Request& request, std::string_view key) const {
  if (const auto* keys = std::get_if<0>(&options_.allowList)) co_return std::ranges::find(*keys, key) != keys->end();
  const auto& function = std::get<1>(options_.allowList);
  co_return function&& co_await function(request, key);
}

Task<std::int64_t> Limiter::maxOf(Request& request, std::string_view key) const {
  if (const auto* number = std::get_if<0>(&options_.max)) co_return *number;
  co_return co_await std::get<1>(options_.max)(request, key);
}

Task<std::chrono::milliseconds> Limiter::timeWindowOf(Request& request, std::string_view key) const {
  if (const auto* window = std::get_if<0>(&options_.timeWindow)) co_return *window;
  co_return co_await std::get<2>(options_.timeWindow)(request, key);
}

Task<RateLimitState> Limiter::apply(Request& request, bool increment) const {
  RateLimitState state;
  state.key = co_await keyOf(request);
  state.isAllowed = co_await isAllowed(request, state.key);
  if (state.isAllowed) co_return state;
  state.max = co_await maxOf(request, state.key);
  state.timeWindow = co_await timeWindowOf(request, state.key);
  RateLimitStore::Count count;
  try {
    auto key = bounded(state.key);
    count = increment ? co_await store_->incr(std::move(key), state.timeWindow, state.max)
                      : co_await store_->read(std::move(key), state.timeWindow, state.max);
  } catch (...) {
    if (!options_.skipOnError) throw;
  }
  state.remaining = std::max<std::int64_t>(0, state.max - count.current);
  state.ttl = count.ttl;
  state.ttlInSeconds = count.ttl / 1000 + (count.ttl % 1000 > 0 ? 1 : 0);
  state.isExceeded = count.current > state.max;
  state.isBanned = options_.ban >= 0 && count.current - state.max > options_.ban;
  co_return state;
}

Task<> Limiter::limit(Request& request, Reply& reply) const {
  auto& plugins = request[rateLimitRan];
  if (std::ranges::find(plugins, plugin_.get()) != plugins.end()) return Task<>();
  plugins.push_back(plugin_.get());
  return limitNow(request, reply);
}

Task<> Limiter::limitNow(Request& request, Reply& reply) const {
  const auto state = co_await apply(request, true);
  if (state.isAllowed) co_return;
  const auto& labels = options_.enableDraftSpec ? draftLabels : usualLabels;
  const auto& wanted = state.isExceeded ? options_.addHeaders : options_.addHeadersOnExceeding;
  addHeader(reply, wanted, labels.limit, state.max);
  addHeader(reply, wanted, labels.remaining, state.remaining);
  addHeader(reply, wanted, labels.reset, state.ttlInSeconds);
  if (state.isExceeded) co_return refuse(request, reply, state);
  if (options_.onExceeding) options_.onExceeding(request, state.key);
}

void Limiter::refuse(Request& request, Reply& reply, const RateLimitState& state) const {
  addHeader(reply, options_.addHeaders, retryAfter, state.ttlInSeconds);
  if (options_.onExceeded) options_.onExceeded(request, state.key);
  RateLimitContext context{.max = state.max, .ttl = state.ttl, .after = durationText(state.ttlInSeconds * 1000)};
  if (state.isBanned) {
    context.statusCode = 403;
    context.ban = true;
    if (options_.onBanReach) options_.onBanReach(request, state.key);
  }
  if (!options_.errorResponseBuilder) {
    throw FastifyError(context.statusCode, "Rate limit exceeded, retry in " + context.after);
  }
  auto answer = options_.errorResponseBuilder(request, context);
  if (const auto* error = std::get_if<FastifyError>(&answer)) throw *error;
  const auto& json = std::get<Json>(answer);
  const auto* code = json.is_object() ? json.get_object().if_contains("statusCode") : nullptr;
  reply.code(code && code->is_number() ? code->to_number<int>() : context.statusCode).send(json);
}

RateLimitChange changeFrom(const JsonObject& config) {
  using Setter = void (*)(RateLimitOptions&, const Json&);
  static const std::map<std::string_view, Setter> setters{
      {"max", [](RateLimitOptions& o, const Json& v) { o.max = std::max<std::int64_t>(0, numberOf(v, "max")); }},
      {"timeWindow",
       [](RateLimitOptions& o, const Json& v) {
         if (v.is_string())
           o.timeWindow = std::string(v.get_string());
         else
           o.timeWindow = std::chrono::milliseconds(numberOf(v, "timeWindow"));
       }},
      {"cache",
       [](RateLimitOptions& o, const Json& v) {
         o.cache = static_cast<std::size_t>(std::max<std::int64_t>(1, numberOf(v, "cache")));
       }},
      {"ban", [](RateLimitOptions& o, const Json& v) { o.ban = numberOf(v, "ban"); }},
      {"hook", [](RateLimitOptions& o, const Json& v) { o.hook = v.as_string(); }},
      {"continueExceeding", [](RateLimitOptions& o, const Json& v) { o.continueExceeding = v.as_bool(); }},
      {"exponentialBackoff", [](RateLimitOptions& o, const Json& v) { o.exponentialBackoff = v.as_bool(); }},
      {"enableDraftSpec", [](RateLimitOptions& o, const Json& v) { o.enableDraftSpec = v.as_bool(); }},
      {"skipOnError", [](RateLimitOptions& o, const Json& v) { o.skipOnError = v.as_bool(); }},
      {"ipv6Subnet",
       [](RateLimitOptions& o, const Json& v) { o.ipv6Subnet = static_cast<int>(numberOf(v, "ipv6Subnet")); }},
      {"allowList",
       [](RateLimitOptions& o, const Json& v) {
         std::vector<std::string> keys;
         for (const auto& key : v.as_array()) keys.emplace_back(key.as_string());
         o.allowList = std::move(keys);
       }},
      {"groupId", [](RateLimitOptions&, const Json&) {}},
  };
  std::vector<std::pair<Setter, Json>> changes;
  for (const auto& [name, value] : config) {
    const auto setter = setters.find(name);
    if (setter == setters.end())
      throw FastifyError(500, "@fastify/rate-limit: unknown option of a route: " + std::string(name));
    changes.emplace_back(setter->second, value);
  }
  return [changes = std::move(changes)](RateLimitOptions& options) {
    for (const auto& [set, value] : changes) set(options, value);
  };
}

}  // namespace fastify::detail
