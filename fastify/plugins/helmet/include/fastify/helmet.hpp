#pragma once
// Headers that make browsers more careful; @fastify/helmet 13 for C++.

#include <fastify/decorator.hpp>
#include <fastify/json.hpp>
#include <fastify/plugin.hpp>

#include <string>

namespace fastify {

class Reply;

/// One option a header: null is helmet's default (all on but crossOriginEmbedderPolicy), `false` leaves the header
/// away, `true` sends it as usual, an object sets it:
///   contentSecurityPolicy {useDefaults, reportOnly, directives: {"script-src": ["'self'"], sandbox: [], …: null}}
///   crossOriginEmbedderPolicy, crossOriginOpenerPolicy, crossOriginResourcePolicy {policy}; referrerPolicy {policy:
///   text or list} strictTransportSecurity {maxAge, includeSubDomains, preload}; xDnsPrefetchControl {allow};
///   xFrameOptions {action}; xPermittedCrossDomainPolicies {permittedPolicies}
/// A route has its own on top of these: `config = {{"helmet", {{"xFrameOptions", false}}}}`, or `{{"helmet", false}}`.
/// Wrong values make the app fail to start (in a route: fail when it is declared after the plugin).
struct HelmetOptions {
  /// False: only routes with a `helmet` config have the headers.
  bool global = true;
  /// Adds nonces to script-src and style-src, new ones for each request: `reply[cspNonce]`.
  bool enableCSPNonces = false;
  Json contentSecurityPolicy;
  Json crossOriginEmbedderPolicy;
  Json crossOriginOpenerPolicy;
  Json crossOriginResourcePolicy;
  Json originAgentCluster;
  Json referrerPolicy;
  Json strictTransportSecurity;
  Json xContentTypeOptions;
  Json xDnsPrefetchControl;
  Json xDownloadOptions;
  Json xFrameOptions;
  Json xPermittedCrossDomainPolicies;
  Json xPoweredBy;
  Json xXssProtection;
};

struct CspNonce {
  std::string script;
  std::string style;
};
/// The nonces of one answer; empty without `enableCSPNonces`.
inline const Decorator<CspNonce> cspNonce{"cspNonce"};

/// `reply.helmet(options)`: sets the headers in a handler, on top of the route's and the plugin's options (same names).
/// Throws FastifyError for wrong values.
void setHelmetHeaders(Reply& reply, const JsonObject& options = {});

namespace detail {
Task<> startHelmet(Fastify& instance, const HelmetOptions& options);
}

/// `app.registerPlugin(fastify::helmet)`.
inline constexpr Plugin<HelmetOptions> helmet{detail::startHelmet, "@fastify/helmet", "5.x"};

}  // namespace fastify
