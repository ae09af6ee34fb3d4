#pragma once
// Clerk for the framework: the plugin that looks at every request, and what handlers ask of it. See Clerk docs:
// "Fastify SDK".

#include <clerk/backend.hpp>

#include <fastify/fastify.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace clerk {

/// Serves the Frontend API below a path of this app, for browsers that must not see another host. Needs both keys.
struct FrontendApiProxyOptions {
  /// Whether it does: always, never, or for the URLs that the function accepts. The function gets the absolute URL.
  std::variant<bool, std::function<bool(const std::string& url)>> enabled = false;
  std::string path = "/__clerk";
  /// A larger body is answered with 413: before anything of it is sent when its size is declared, else when it gets
  /// too large. Bodies are passed on as they come.
  std::size_t bodyLimit = 16 * 1024 * 1024;
};

/// What `registerPlugin(clerkPlugin, {…})` takes. Texts that are left empty come from the environment, as it is when
/// the plugin is loaded (at `ready()`): CLERK_SECRET_KEY, CLERK_PUBLISHABLE_KEY, CLERK_JWT_KEY,
/// CLERK_MACHINE_SECRET_KEY, CLERK_API_URL, CLERK_API_VERSION. The others are those of AuthenticateRequestOptions.
struct ClerkFastifyOptions {
  /// When requests are looked at: "onRequest" or "preHandler". Before that, getAuth throws.
  std::string hookName = "preHandler";
  std::string publishableKey;
  std::string secretKey;
  /// PEM of the instance's public key: session tokens are then verified without a network.
  std::string jwtKey;
  std::string machineSecretKey;
  /// Without this and CLERK_API_URL, clerk.com's that belongs to the publishable key.
  std::string apiUrl;
  std::string apiVersion;
  /// Without this and `frontendApiProxy`, what CLERK_FAPI_URL names, below /__clerk.
  std::string proxyUrl;
  std::string domain;
  bool isSatellite = false;
  bool satelliteAutoSync = false;
  /// Without these, where CLERK_FAPI_URL names the instance: its own pages there.
  std::string signInUrl;
  std::string signUpUrl;
  std::string afterSignInUrl;
  std::string afterSignUpUrl;
  std::vector<std::string> audience;
  /// The origins whose pages may use a session's token; empty: any. Name your own.
  std::vector<std::string> authorizedParties;
  std::vector<std::string> issuer;
  std::chrono::milliseconds clockSkew{5000};
  bool skipJwksCache = false;
  OrganizationSyncOptions organizationSyncOptions;
  FrontendApiProxyOptions frontendApiProxy;
  /// False for an app that never wants its visitors redirected: without a fresh session they are signed out. Only a
  /// development instance still sends browsers to fetch what its cookies need.
  bool enableHandshake = true;
  /// Whether X-Forwarded-Host and X-Forwarded-Proto are believed: absent, as the app's `trustProxy` says; true, from
  /// everybody.
  std::optional<bool> trustForwardedHeaders;
  bool requireInstanceIssuer = true;
  /// Without its keys, or with options that cannot work, the app does not start: `ready()` throws and names the
  /// variable. False: it starts with a warning, and each request is a 500 that says what is missing, as with Clerk's
  /// Node plugin.
  bool requireKeys = true;
  std::string userAgent;
  RequestPolicy requestPolicy;
  KeySetPolicy keySetPolicy;
  /// False: the signature of a token that was verified before is checked again.
  bool cacheVerifiedTokens = true;
  Strictness strictness = Strictness::Strict;
  std::shared_ptr<Runtime> runtime;
  /// For metrics: told of each request to the Backend API, the plugin's own and those of `getClerk`.
  CallObserver onCall;
};

namespace detail {
fastify::Task<> startClerkPlugin(fastify::Fastify& instance, const ClerkFastifyOptions& options);
}

/// `app.registerPlugin(clerk::clerkPlugin)`. Belongs to the scope that registers it: its requests, those of the scopes
/// within and of their not-found handlers are authenticated, any kind of token is accepted, and the answers get the
/// headers of RequestState; with a `location` among them the plugin answers itself (307). Missing or malformed keys are
/// an error of `ready()`.
///
/// A ClerkAPIResponseError that a handler lets escape becomes the answer: its status, or 500 without one, and
/// `{statusCode, code: "api_response_error", error, message}`.
inline constexpr fastify::Plugin<ClerkFastifyOptions> clerkPlugin{&detail::startClerkPlugin, "@clerk/fastify", "5.x"};

/// What is different for one route. Absent members are as the plugin was registered.
struct ClerkRouteOptions {
  std::optional<bool> enableHandshake;
  std::optional<std::vector<std::string>> audience;
  std::optional<std::vector<std::string>> authorizedParties;
  std::optional<std::chrono::milliseconds> clockSkew;
};

/// A route's `config` with these options in it: `app.get("/feed", {.config = clerk::routeConfig({.enableHandshake =
/// false})}, …)`. `config` is what else the route's config holds.
fastify::Json routeConfig(const ClerkRouteOptions& options, fastify::Json config = fastify::JsonObject());

struct GetAuthOptions {
  /// Which kinds of token count; of another kind the request looks signed out.
  AcceptsToken acceptsToken = TokenType::SessionToken;
  /// A session with tasks left counts as none.
  bool treatPendingAsSignedOut = true;
};

/// Who makes the request. Does no input or output: the plugin has decided. Throws clerk::Error when the plugin is not
/// registered for this route, or its hook has not run yet.
Auth getAuth(fastify::Request& request);
Auth getAuth(fastify::Request& request, const GetAuthOptions& options);

/// What `requireAuth` asks for: everything that is given must hold. Roles, permissions, features and plans as in
/// AuthorizationParams.
struct RequireAuthOptions {
  std::optional<std::string> role;
  std::optional<std::string> permission;
  std::optional<std::string> feature;
  std::optional<std::string> plan;
  std::optional<Reverification> reverification;
  /// What else must hold of who is signed in.
  std::function<bool(const Auth&)> condition;
  /// Which kinds of token count.
  AcceptsToken acceptsToken = TokenType::SessionToken;
  bool treatPendingAsSignedOut = true;
  /// Where browsers are sent to sign in; empty: the plugin's `signInUrl`, or the account portal.
  std::string signInUrl;
};

/// The guard that `requireAuth` makes: a hook of a route or a scope, at or after the plugin's own.
class RequireAuth {
 public:
  explicit RequireAuth(RequireAuthOptions options);
  void operator()(fastify::Request& request, fastify::Reply& reply) const;

 private:
  std::shared_ptr<const RequireAuthOptions> options_;
};

/// Lets a request pass only when somebody is signed in, and may do what the options ask for:
/// `app.get("/invoices", {.preHandler = clerk::requireAuth({.permission = "org:invoices:read"})}, …)`, or
/// `scope.addHook(fastify::preHandler, clerk::requireAuth())`.
///
/// Who is not signed in: a browser that loads a page is sent to sign in, and from there back (307); a program gets the
/// FastifyError CLERK_ERR_UNAUTHENTICATED (401) with `www-authenticate: Bearer`. Who is, but may not:
/// CLERK_ERR_FORBIDDEN (403). Where only the reverification is too old, Clerk's own answer asks for it (403,
/// `reverificationError`), which its components act on. The errors go through the app's error handler.
RequireAuth requireAuth(RequireAuthOptions options = {});

/// The Backend API client with the plugin's options; lives as long as the app. Throws as getAuth does.
const ClerkClient& getClerk(fastify::Request& request);

/// Verifies a webhook's signature over the bytes of the body as they came: the route needs a parser that reads them
/// whole, as those of JSON and text do. Throws clerk::Error.
WebhookEvent verifyWebhook(fastify::Request& request, const VerifyWebhookOptions& options = {});

}  // namespace clerk
