#include <fastify/rate_limit.hpp>

#include "../../support/route_config.hpp"
#include "limiter.hpp"
#include "ran.hpp"

#include <fastify/instance.hpp>

namespace fastify {
namespace {

using detail::Limiter;

const Decorator<std::shared_ptr<const Limiter>> rateLimiter{"rateLimit"};

std::shared_ptr<const Limiter> limiterOf(Fastify& instance, const RateLimitChange& change) {
  const auto& common = instance[rateLimiter];
  return change ? common->child(change) : common;
}

RequestCall hookOf(std::shared_ptr<const Limiter> limiter) {
  return [limiter = std::move(limiter)](Request& request, Reply& reply) -> Task<> {
    return limiter->limit(request, reply);
  };
}

void addToRoute(RouteOptions& route, const std::shared_ptr<const Limiter>& limiter) {
  const auto& hook = limiter->options().hook;
  auto add = [&](auto& list) { list.hooks().emplace_back(hookOf(limiter)); };
  if (hook == "onRequest") return add(route.onRequest);
  if (hook == "preParsing") return add(route.preParsing);
  if (hook == "preValidation") return add(route.preValidation);
  if (hook == "preHandler") return add(route.preHandler);
  throw FastifyError(500, "@fastify/rate-limit: hook must be onRequest, preParsing, preValidation or preHandler");
}

std::string groupOf(const JsonObject& config) {
  const auto* group = config.if_contains("groupId");
  if (!group) return {};
  if (!group->is_string()) throw FastifyError(500, "groupId must be a string");
  return std::string(group->get_string());
}

void limitRoute(const std::shared_ptr<const Limiter>& common, RouteOptions& route) {
  const auto* config = detail::findConfig(route.config, "rateLimit");
  if (!config || config->is_null()) {
    if (common->options().global) addToRoute(route, common);
    return;
  }
  if (config->is_bool() && !config->get_bool()) return;
  const auto* own = config->if_object();
  if (!own) throw FastifyError(500, "Unknown value for route rate-limit configuration");
  addToRoute(route, common->child(detail::changeFrom(*own), groupOf(*own)));
}

}  // namespace

RequestCall rateLimitHook(Fastify& instance, RateLimitChange change) { return hookOf(limiterOf(instance, change)); }

std::function<Task<RateLimitState>(Request&, bool)> createRateLimit(Fastify& instance, RateLimitChange change) {
  return [limiter = limiterOf(instance, change)](Request& request, bool increment) {
    return limiter->apply(request, increment);
  };
}

namespace detail {

Task<> startRateLimit(Fastify& instance, const RateLimitOptions& options) {
  auto limiter = std::make_shared<const Limiter>(options, std::make_shared<const int>());
  if (!instance.hasRequestDecorator(rateLimitRan.name())) instance.decorateRequest(rateLimitRan);
  if (!instance.hasDecorator(rateLimiter.name())) instance.decorate(rateLimiter, limiter);
  instance.addHook(onRoute, [limiter](RouteOptions& route) { limitRoute(limiter, route); });
  return Task<>();
}

}  // namespace detail
}  // namespace fastify
