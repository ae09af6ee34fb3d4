#include "auth/configuration.hpp"

#include "url/url.hpp"

namespace clerk::auth {
namespace {

KeySetSource sourceOf(const AuthenticateRequestOptions& options) {
  return {options.apiUrl.empty() ? "https://api.clerk.com" : options.apiUrl, options.apiVersion, options.secretKey,
          options.strictness};
}

request::Connection connectionOf(const AuthenticateRequestOptions& options) {
  request::Connection connection;
  connection.secretKey = options.secretKey;
  if (!options.apiUrl.empty()) connection.apiUrl = options.apiUrl;
  connection.apiVersion = options.apiVersion;
  if (!options.userAgent.empty()) connection.userAgent = options.userAgent;
  connection.policy = options.requestPolicy;
  connection.observer = options.onCall;
  connection.strictness = options.strictness;
  connection.runtime = runtimeOr(options.runtime);
  return connection;
}

std::optional<PublishableKey> keyOf(const AuthenticateRequestOptions& options) {
  return parsePublishableKey(options.publishableKey, {.domain = options.domain, .isSatellite = options.isSatellite});
}

/// The issuers of a key's instance: its Frontend API, for a satellite also the primary's, and the proxy's URL.
std::vector<std::string> issuersOf(const AuthenticateRequestOptions& options,
                                   const std::optional<PublishableKey>& key) {
  if (!options.issuer.empty()) return options.issuer;
  if (!options.requireInstanceIssuer || !key) return {};
  std::vector<std::string> issuers{"https://" + key->frontendApi};
  const auto primary = parsePublishableKey(options.publishableKey);
  if (primary->frontendApi != key->frontendApi) issuers.push_back("https://" + primary->frontendApi);
  if (!options.domain.empty()) issuers.push_back("https://clerk." + options.domain);
  if (!options.proxyUrl.empty() && !options.proxyUrl.starts_with('/')) {
    issuers.push_back(options.proxyUrl);
    if (options.proxyUrl.ends_with('/')) issuers.back().pop_back();
  }
  return issuers;
}

bool proxiesByItself(const AuthenticateRequestOptions& options, const std::optional<PublishableKey>& key,
                     const Runtime& runtime) {
  if (!options.proxyUrl.empty() || !options.domain.empty() || !key || key->instanceType != InstanceType::Production)
    return false;
  if (!runtime.environment("CLERK_DISABLE_AUTO_PROXY").value_or("").empty()) return false;
  return runtime.environment("VERCEL_TARGET_ENV") == "production" &&
         runtime.environment("VERCEL_PROJECT_PRODUCTION_URL").value_or("").ends_with(".vercel.app");
}

bool acceptsOnly(const AcceptsToken& accepts, TokenType type) {
  return !accepts.isList() && accepts.single() == toString(type);
}

void requireSignInUrl(const AuthenticateRequestOptions& options, std::string_view origin) {
  if (options.signInUrl.empty()) {
    throw Error("Missing signInUrl. Pass a signInUrl for dev instances if an app is satellite");
  }
  if (origin.empty()) return;
  const auto url = url::Url::parse(options.signInUrl);
  if (!url) throw Error("The signInUrl needs to have a absolute url format.");
  if (url->origin() == origin) {
    throw Error("The signInUrl needs to be on a different origin than your satellite application.");
  }
}

}  // namespace

Configuration::Configuration(AuthenticateRequestOptions given)
    : options(std::move(given)),
      runtime(runtimeOr(options.runtime)),
      publishableKey(keyOf(options)),
      keys(options.jwtKey, sourceOf(options), options.keySetPolicy, options.skipJwksCache, options.runtime,
           jwt::cachingOf(options.cacheVerifiedTokens)),
      connection(connectionOf(options)),
      issuers(issuersOf(options, publishableKey)),
      areInstanceIssuers(options.issuer.empty()),
      organizationSync(options.organizationSyncOptions),
      proxiesByItself(auth::proxiesByItself(options, publishableKey, *runtime)) {
  const auto suffix = getCookieSuffix(options.publishableKey);
  sessionCookie = getSuffixedCookieName("__session", suffix);
  clientUatCookie = getSuffixedCookieName("__client_uat", suffix);
  refreshCookie = getSuffixedCookieName("__refresh", suffix);
  devBrowserCookie = getSuffixedCookieName("__clerk_db_jwt", suffix);
  const std::shared_ptr<const void> none;
  inHeader.connection = {none, &connection};
  inHeader.options = {none, &options};
  inHeader.tokenIsInHeader = true;
  const bool looksAtOrigin = options.isSatellite && publishableKey && isDevelopment();
  isUsable = !looksAtOrigin && isUsableFor("");
}

bool Configuration::isUsableFor(std::string_view origin) const {
  try {
    require(origin);
    return true;
  } catch (const Error&) {
    return false;
  }
}

void Configuration::require(std::string_view origin) const {
  const auto& accepts = options.acceptsToken;
  const bool onlyM2M = acceptsOnly(accepts, TokenType::M2MToken);
  if (!onlyM2M && !acceptsOnly(accepts, TokenType::ApiKey)) {
    if (!publishableKey) requirePublishableKey(options.publishableKey);
  }
  if (onlyM2M) {
    if (options.machineSecretKey.empty() && options.secretKey.empty()) {
      throw Error(
          "Machine token authentication requires either a Machine secret key or a Clerk secret key. Ensure a "
          "Clerk secret key or Machine secret key is set.");
    }
  } else {
    request::requireSecretKey(options.secretKey);
  }
  if (!accepts.isList() && !accepts.isAny() && !tokenTypeOf(accepts.single())) {
    throw Error("Invalid token type: " + accepts.single());
  }
  organizationSync.require();
  if (!options.isSatellite || !publishableKey) return;
  if (isDevelopment()) requireSignInUrl(options, origin);
  if (options.proxyUrl.empty() && options.domain.empty()) {
    throw Error("Missing domain and proxyUrl. A satellite application needs to specify a domain or a proxyUrl");
  }
}

}  // namespace clerk::auth
