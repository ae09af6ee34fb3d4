#include "plugin/options.hpp"

#include "jwt/verification_key.hpp"
#include "keys/guidance.hpp"
#include "request/backend_request.hpp"

#include <boost/json/value_to.hpp>

#include <variant>

namespace clerk::plugin {

ClerkFastifyOptions completed(ClerkFastifyOptions options) {
  if (options.hookName != "onRequest" && options.hookName != "preHandler") {
    throw Error("Unsupported hookName: " + options.hookName);
  }
  options.runtime = runtimeOr(options.runtime);
  auto complete = [&](std::string& option, std::string_view variable) {
    if (option.empty()) option = options.runtime->environment(variable).value_or("");
  };
  complete(options.secretKey, "CLERK_SECRET_KEY");
  complete(options.publishableKey, "CLERK_PUBLISHABLE_KEY");
  complete(options.jwtKey, "CLERK_JWT_KEY");
  complete(options.machineSecretKey, "CLERK_MACHINE_SECRET_KEY");
  complete(options.apiVersion, "CLERK_API_VERSION");
  complete(options.apiUrl, "CLERK_API_URL");
  // A self-hosted Frontend API is not at the host of the publishable key: browsers are sent to its own address, below
  // which it answers under /__clerk. (Node's plugin wants the option for that.)
  const auto frontendApi = options.runtime->environment("CLERK_FAPI_URL").value_or("");
  const auto* ownProxy = std::get_if<bool>(&options.frontendApiProxy.enabled);
  if (options.proxyUrl.empty() && options.domain.empty() && ownProxy && !*ownProxy && !frontendApi.empty()) {
    options.proxyUrl = frontendApi + "/__clerk";
    // Nor are its pages at the account portal that follows from the key.
    if (options.signInUrl.empty() && options.signUpUrl.empty() && !options.isSatellite) {
      options.signInUrl = frontendApi + "/sign-in";
      options.signUpUrl = frontendApi + "/sign-up";
    }
  }
  if (options.apiVersion.empty()) options.apiVersion = "v1";
  if (options.apiUrl.empty()) options.apiUrl = apiUrlFromPublishableKey(options.publishableKey);
  if (options.userAgent.empty()) options.userAgent = kFrameworkUserAgent;
  return options;
}

void requireUsable(const ClerkFastifyOptions& options) {
  std::string missing;
  auto need = [&](const std::string& key, std::string_view variable) {
    if (key.empty()) missing += (missing.empty() ? "" : " and ") + std::string(variable);
  };
  need(options.publishableKey, "CLERK_PUBLISHABLE_KEY");
  need(options.secretKey, "CLERK_SECRET_KEY");
  if (!missing.empty()) {
    throw Error("Missing " + missing + ". Set " + (missing.find(' ') == std::string::npos ? "it" : "them") +
                " in the environment (a .env file will do), or give clerkPlugin its options publishableKey and "
                "secretKey." +
                std::string(kKeyGuidance));
  }
  if (!isPublishableKey(options.publishableKey)) {
    throw Error(
        "CLERK_PUBLISHABLE_KEY, or the option publishableKey of clerkPlugin, is not valid (expected format: "
        "pk_test_... or pk_live_...)." +
        std::string(kKeyGuidance));
  }
  if (!options.jwtKey.empty()) {
    const auto problem = jwt::keyOfPem(options.jwtKey, options.strictness)->unusableFor("RS256");
    if (!problem.empty())
      throw Error("CLERK_JWT_KEY, or the option jwtKey of clerkPlugin, is no public key: " + problem);
  }
  RequestAuthenticator(requestOptionsOf(options)).check();
}

AuthenticateRequestOptions requestOptionsOf(const ClerkFastifyOptions& options) {
  return {.secretKey = options.secretKey,
          .machineSecretKey = options.machineSecretKey,
          .publishableKey = options.publishableKey,
          .jwtKey = options.jwtKey,
          .apiUrl = options.apiUrl,
          .apiVersion = options.apiVersion,
          .userAgent = options.userAgent,
          .proxyUrl = options.proxyUrl,
          .domain = options.domain,
          .isSatellite = options.isSatellite,
          .satelliteAutoSync = options.satelliteAutoSync,
          .signInUrl = options.signInUrl,
          .signUpUrl = options.signUpUrl,
          .afterSignInUrl = options.afterSignInUrl,
          .afterSignUpUrl = options.afterSignUpUrl,
          .audience = options.audience,
          .authorizedParties = options.authorizedParties,
          .issuer = options.issuer,
          .clockSkew = options.clockSkew,
          .skipJwksCache = options.skipJwksCache,
          .acceptsToken = "any",  // getAuth chooses among what was found
          .organizationSyncOptions = options.organizationSyncOptions,
          .trustForwardedHeaders = options.trustForwardedHeaders.value_or(false),
          .requireInstanceIssuer = options.requireInstanceIssuer,
          .keySetPolicy = options.keySetPolicy,
          .cacheVerifiedTokens = options.cacheVerifiedTokens,
          .strictness = options.strictness,
          .runtime = options.runtime,
          .requestPolicy = options.requestPolicy,
          .onCall = options.onCall};
}

ClerkOptions clientOptionsOf(const ClerkFastifyOptions& options) {
  return {.secretKey = options.secretKey,
          .machineSecretKey = options.machineSecretKey,
          .publishableKey = options.publishableKey,
          .jwtKey = options.jwtKey,
          .apiUrl = options.apiUrl,
          .apiVersion = options.apiVersion,
          .userAgent = options.userAgent,
          .proxyUrl = options.proxyUrl,
          .domain = options.domain,
          .isSatellite = options.isSatellite,
          .audience = options.audience,
          .requestPolicy = options.requestPolicy,
          .strictness = options.strictness,
          .runtime = options.runtime,
          .onCall = options.onCall};
}

namespace {

constexpr std::string_view kConfigName = "clerk";

boost::json::array listOf(const std::vector<std::string>& texts) {
  return boost::json::array(texts.begin(), texts.end());
}

std::vector<std::string> textsOf(const boost::json::value& list) {
  return boost::json::value_to<std::vector<std::string>>(list);
}

}  // namespace

const fastify::JsonObject* routeOptionsIn(const fastify::Json& config) {
  const auto* members = config.if_object();
  const auto* own = members ? members->if_contains(kConfigName) : nullptr;
  return own ? own->if_object() : nullptr;
}

ClerkFastifyOptions withRouteOptions(ClerkFastifyOptions options, const fastify::JsonObject& own) {
  if (const auto* enabled = own.if_contains("enableHandshake")) options.enableHandshake = enabled->as_bool();
  if (const auto* audience = own.if_contains("audience")) options.audience = textsOf(*audience);
  if (const auto* parties = own.if_contains("authorizedParties")) options.authorizedParties = textsOf(*parties);
  if (const auto* skew = own.if_contains("clockSkew"))
    options.clockSkew = std::chrono::milliseconds(skew->to_number<std::int64_t>());
  return options;
}

}  // namespace clerk::plugin

namespace clerk {

fastify::Json routeConfig(const ClerkRouteOptions& options, fastify::Json config) {
  fastify::JsonObject own;
  if (options.enableHandshake) own["enableHandshake"] = *options.enableHandshake;
  if (options.audience) own["audience"] = plugin::listOf(*options.audience);
  if (options.authorizedParties) own["authorizedParties"] = plugin::listOf(*options.authorizedParties);
  if (options.clockSkew) own["clockSkew"] = options.clockSkew->count();
  if (!config.is_object()) throw Error("routeConfig: a route's config with Clerk's options in it is an object");
  config.as_object()[plugin::kConfigName] = std::move(own);
  return config;
}

}  // namespace clerk
