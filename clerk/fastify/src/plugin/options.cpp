#include "plugin/options.hpp"

#include "request/backend_request.hpp"

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
  }
  if (options.apiVersion.empty()) options.apiVersion = "v1";
  if (options.apiUrl.empty()) options.apiUrl = apiUrlFromPublishableKey(options.publishableKey);
  if (options.userAgent.empty()) options.userAgent = kFrameworkUserAgent;
  return options;
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
          .strictness = options.strictness,
          .runtime = options.runtime};
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
          .runtime = options.runtime};
}

}  // namespace clerk::plugin
