#include <fastify/helmet.hpp>

#include "../../support/route_config.hpp"
#include "content_security_policy.hpp"
#include "headers.hpp"

#include <fastify/instance.hpp>
#include <fastify/reply.hpp>
#include <fastify/request.hpp>

#include <crypto/digest.hpp>
#include <crypto/random.hpp>

#include <map>
#include <memory>
#include <mutex>

namespace fastify {
namespace {

using detail::findRouteConfig;

struct Helmet {
  JsonObject options;
  bool global = true;
  bool nonces = false;
  /// The plugin's own headers, made once. With nonces they are made for each answer.
  HeaderPairs headers;
};
const Decorator<std::shared_ptr<const Helmet>> helmetOf{"helmet"};

JsonObject optionsOf(const HelmetOptions& options) {
  JsonObject set{
      {"contentSecurityPolicy", options.contentSecurityPolicy},
      {"crossOriginEmbedderPolicy", options.crossOriginEmbedderPolicy},
      {"crossOriginOpenerPolicy", options.crossOriginOpenerPolicy},
      {"crossOriginResourcePolicy", options.crossOriginResourcePolicy},
      {"originAgentCluster", options.originAgentCluster},
      {"referrerPolicy", options.referrerPolicy},
      {"strictTransportSecurity", options.strictTransportSecurity},
      {"xContentTypeOptions", options.xContentTypeOptions},
      {"xDnsPrefetchControl", options.xDnsPrefetchControl},
      {"xDownloadOptions", options.xDownloadOptions},
      {"xFrameOptions", options.xFrameOptions},
      {"xPermittedCrossDomainPolicies", options.xPermittedCrossDomainPolicies},
      {"xPoweredBy", options.xPoweredBy},
      {"xXssProtection", options.xXssProtection},
  };
  return set;
}

JsonObject merged(const JsonObject& base, const JsonObject& above) {
  JsonObject result = base;
  for (const auto& [name, value] : above) result[name] = value;
  return result;
}

bool isFalse(const Json& value) { return value.is_bool() && !value.get_bool(); }

/// The route's options, or nullptr when it has none or is skipped.
const JsonObject* routeOptionsOf(const Json* config) { return config ? config->if_object() : nullptr; }

bool noncesWanted(const Helmet& helmet, const JsonObject* route) {
  const auto* own = route ? route->if_contains("enableCSPNonces") : nullptr;
  return own && own->is_bool() ? own->get_bool() : helmet.nonces;
}

/// `directives[name]` (or its camelCase spelling) with one more entry.
void addEntry(JsonObject& directives, std::string_view name, std::string_view camelCase, std::string entry) {
  const auto* dashed = directives.if_contains(name);
  const auto key = dashed && dashed->is_array() ? name : camelCase;
  auto& value = directives[key];
  if (!value.is_array()) value = JsonArray();
  value.get_array().emplace_back(std::move(entry));
}

void addNonces(JsonObject& options, const CspNonce& nonce) {
  auto& policy = options["contentSecurityPolicy"];
  if (isFalse(policy)) return;
  const bool usual = !policy.is_object();
  if (usual) policy = JsonObject{{"directives", detail::defaultDirectives()}};
  auto& directives = policy.get_object()["directives"];
  if (!directives.is_object()) directives = JsonObject();
  addEntry(directives.get_object(), "script-src", "scriptSrc", "'nonce-" + nonce.script + "'");
  addEntry(directives.get_object(), "style-src", "styleSrc", "'nonce-" + nonce.style + "'");
}

void makeNonces(Reply& reply) {
  reply[cspNonce] = {crypto::hexEncode(crypto::randomBytes(16)), crypto::hexEncode(crypto::randomBytes(16))};
}

void applyHeaders(const Helmet& helmet, Request& request, Reply& reply) {
  const auto* config = findRouteConfig(request, "helmet");
  if (config && isFalse(*config)) return;
  const auto* route = routeOptionsOf(config);
  if (!route && !helmet.global) return;
  if (!noncesWanted(helmet, route)) {
    reply.headers(route ? detail::helmetHeaders(merged(helmet.options, *route)) : helmet.headers);
    return;
  }
  makeNonces(reply);
  auto options = route ? merged(helmet.options, *route) : helmet.options;
  addNonces(options, reply[cspNonce]);
  reply.headers(detail::helmetHeaders(options));
}

void checkRoute(const Helmet& helmet, const RouteOptions& route) {
  const auto* config = detail::findConfig(route.config, "helmet");
  if (!config || isFalse(*config)) return;
  if (!config->is_object()) throw FastifyError(500, "Unknown value for route helmet configuration");
  detail::helmetHeaders(merged(helmet.options, config->get_object()));
}

}  // namespace

void setHelmetHeaders(Reply& reply, const JsonObject& options) {
  const auto& helmet = *reply.server()[helmetOf];
  const auto* route = routeOptionsOf(findRouteConfig(reply.request(), "helmet"));
  reply.headers(detail::helmetHeaders(merged(route ? merged(helmet.options, *route) : helmet.options, options)));
}

namespace detail {

Task<> startHelmet(Fastify& instance, const HelmetOptions& options) {
  auto made = std::make_shared<Helmet>(Helmet{optionsOf(options), options.global, options.enableCSPNonces, {}});
  made->headers = helmetHeaders(made->options);
  const std::shared_ptr<const Helmet> helmet = std::move(made);
  instance.decorate(helmetOf, helmet);
  instance.decorateReply(cspNonce);
  instance.addHook(onRoute, [helmet](RouteOptions& route) { checkRoute(*helmet, route); });
  instance.addHook(onRequest, [helmet](Request& request, Reply& reply) { applyHeaders(*helmet, request, reply); });
  return Task<>();
}

}  // namespace detail
}  // namespace fastify
