#pragma once
// From a request to who makes it. See Clerk docs: "authenticateRequest()".

#include <clerk/api/request_policy.hpp>
#include <clerk/auth.hpp>
#include <clerk/runtime.hpp>
#include <clerk/verify_token.hpp>

#include <async/task.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace clerk {

/// A request's headers, as a framework has them.
class HeaderSource {
 public:
  virtual ~HeaderSource() = default;
  /// The value of a header by its lower-case name; of several with one name, joined as Node does. The view lives as
  /// long as the request.
  virtual std::optional<std::string_view> get(std::string_view lowerCaseName) const = 0;
  /// All headers.
  virtual void each(const std::function<void(std::string_view name, std::string_view value)>& visit) const = 0;
};

/// Headers in a list.
class HeaderList final : public HeaderSource {
 public:
  HeaderList() = default;
  /// Equal names, in any case, are joined: with "; " for cookie, else with ", ".
  explicit HeaderList(const std::vector<std::pair<std::string, std::string>>& headers);
  std::optional<std::string_view> get(std::string_view lowerCaseName) const override;
  void each(const std::function<void(std::string_view, std::string_view)>& visit) const override;

 private:
  std::vector<std::pair<std::string, std::string>> headers_;
};

/// A request of any framework. What it refers to must outlive the task that authenticates it.
struct RequestView {
  std::string_view method = "GET";
  /// Absolute (`https://app.example.com/page?x=1`), or path and query, to which `protocol` and the Host header are
  /// added.
  std::string_view url;
  /// Of a `url` without one.
  std::string_view protocol = "http";
  const HeaderSource& headers;
};

/// Paths that stand for an organization or the personal account. See Clerk docs: "organizationSyncOptions".
struct OrganizationSyncOptions {
  /// Patterns such as `/orgs/:slug`, `/orgs/:slug/(.*)`, `/org-id/:id`.
  std::vector<std::string> organizationPatterns;
  std::vector<std::string> personalAccountPatterns;
};

struct AuthenticateRequestOptions {
  std::string secretKey;
  std::string machineSecretKey;
  std::string publishableKey;
  /// PEM of the instance's public key: session tokens are then verified without a network.
  std::string jwtKey;
  /// The Backend API's base; empty: clerk.com's.
  std::string apiUrl;
  std::string apiVersion = "v1";
  /// How calls of the Backend API name their sender; empty: this SDK's name.
  std::string userAgent;
  /// Where browsers reach the Frontend API, when not at its own host: a URL, or a path of this app such as `/__clerk`.
  std::string proxyUrl;
  std::string domain;
  bool isSatellite = false;
  bool satelliteAutoSync = false;
  std::string signInUrl;
  std::string signUpUrl;
  std::string afterSignInUrl;
  std::string afterSignUpUrl;
  std::vector<std::string> audience;
  std::vector<std::string> authorizedParties;
  std::vector<std::string> issuer;
  std::chrono::milliseconds clockSkew{5000};
  bool skipJwksCache = false;
  AcceptsToken acceptsToken = TokenType::SessionToken;
  OrganizationSyncOptions organizationSyncOptions;
  /// Whether X-Forwarded-Host and X-Forwarded-Proto say what the browser asked for. Only right behind a proxy that sets
  /// or removes them; a framework that has looked at them itself passes the result in `url` and says false.
  bool trustForwardedHeaders = true;
  /// With `issuer` empty: session tokens must come from the instance of the publishable key.
  bool requireInstanceIssuer = true;
  KeySetPolicy keySetPolicy;
  /// False: the signature of a token that was verified before is checked again.
  bool cacheVerifiedTokens = true;
  Strictness strictness = Strictness::Strict;
  std::shared_ptr<Runtime> runtime;
  /// Of the calls of the Backend API that requests lead to: machine tokens, refreshed sessions, `getToken` with a
  /// template.
  RequestPolicy requestPolicy;
  /// For metrics: told of each of those calls.
  CallObserver onCall;
};

enum class AuthStatus { SignedIn, SignedOut, Handshake };
/// `signed-in`, `signed-out`, `handshake`.
std::string_view toString(AuthStatus status) noexcept;

struct ToAuthOptions {
  bool treatPendingAsSignedOut = true;
};

/// Who makes the request, and what to answer.
class RequestState {
 public:
  AuthStatus status = AuthStatus::SignedOut;
  /// Why not signed in; empty when signed in. One of Clerk's reasons, such as `session-token-and-uat-missing`.
  std::string reason;
  /// More about the reason, for developers.
  std::string message;
  /// Absent when the token's type was not among several that are accepted.
  std::optional<TokenType> tokenType = TokenType::SessionToken;
  /// The token, when signed in.
  std::optional<std::string> token;
  /// To be put on the answer, names in lower case, sorted: `set-cookie` may come several times. With a `location` the
  /// answer is a 307 without a body, whatever the status: a handshake, or its end in development.
  std::vector<std::pair<std::string, std::string>> headers;

  std::string proxyUrl;
  std::string publishableKey;
  bool isSatellite = false;
  std::string domain;
  std::string signInUrl;
  std::string signUpUrl;
  std::string afterSignInUrl;
  std::string afterSignUpUrl;

  bool isSignedIn() const noexcept { return status == AuthStatus::SignedIn; }
  bool isAuthenticated() const noexcept { return isSignedIn(); }
  /// The value of the first header of that name.
  std::optional<std::string_view> header(std::string_view lowerCaseName) const;

  /// Absent for a handshake: the browser has to come back first.
  std::optional<Auth> toAuth(ToAuthOptions options = {}) const;

  // How the SDK makes them.
  SessionClaims claims;
  std::shared_ptr<const auth::MachineToken> machineToken;
  std::shared_ptr<const auth::AuthContext> context;
};

namespace auth {
struct Configuration;
}

/// authenticateRequest for one set of options, which are looked at once. Safe from any thread.
class RequestAuthenticator {
 public:
  explicit RequestAuthenticator(AuthenticateRequestOptions options);

  /// Decides who makes a request. Suspends only to fetch a key set, refresh a session, resolve a handshake nonce or
  /// verify a machine token that is no JWT; otherwise the task is ready at once. Throws clerk::Error for missing or
  /// malformed keys and for a handshake token that does not verify in development. `request` must outlive the task.
  async::Task<RequestState> authenticate(const RequestView& request) const;

  /// The same without a coroutine, when nothing has to be waited for; absent otherwise.
  std::optional<RequestState> authenticateNow(const RequestView& request) const;

  /// Throws clerk::Error when no request at all can be authenticated with these options, as each request would.
  void check() const;

  const AuthenticateRequestOptions& options() const noexcept;

 private:
  std::shared_ptr<const auth::Configuration> configuration_;
};

/// Decides who makes a single request; see RequestAuthenticator. `request` must outlive the task.
async::Task<RequestState> authenticateRequest(const RequestView& request, AuthenticateRequestOptions options);

/// What an auth object without a request is made from.
struct AuthObjectOptions {
  bool treatPendingAsSignedOut = true;
  /// What getToken() gives.
  std::string token;
  /// Keys and API for getToken() with a template.
  AuthenticateRequestOptions request;
  // For debug().
  std::optional<std::string> tokenInHeader;
  std::optional<std::string> sessionTokenInCookie;
  std::optional<std::string> refreshTokenInCookie;
  std::optional<std::string> devBrowserToken;
  std::optional<std::string> handshakeToken;
};

/// An auth object as if a session token with these claims had been verified. For tests of what uses one: nothing is
/// verified here.
Auth sessionAuthObject(boost::json::object claims, const AuthObjectOptions& options = {});
/// The same for a machine token with `id`, `subject`, `name`, `claims`, `scopes`, `clientId`.
Auth machineAuthObject(TokenType type, const boost::json::object& data, const AuthObjectOptions& options = {});

/// Whether a browser loads a page, or a frame of one: only then may it be redirected to another site.
bool isDocumentRequest(const RequestView& request);

/// The URL that the browser asked for: path and query of the request at the host that the headers name.
std::string effectiveUrl(const RequestView& request, bool trustForwardedHeaders = true);
/// The request's cookies: of equal names the first, values decoded.
std::vector<std::pair<std::string, std::string>> parseCookies(std::string_view cookieHeader);

}  // namespace clerk
