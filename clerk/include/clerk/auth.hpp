#pragma once
// Who makes a request: what `getAuth` and `RequestState::toAuth` give.

#include <clerk/api/call_options.hpp>
#include <clerk/claims.hpp>

#include <async/task.hpp>
#include <boost/json/value.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clerk {

/// The four kinds of token that Clerk issues.
enum class TokenType { SessionToken, ApiKey, M2MToken, OAuthToken };
/// `session_token`, `api_key`, `m2m_token`, `oauth_token`.
std::string_view toString(TokenType type) noexcept;
std::optional<TokenType> tokenTypeOf(std::string_view text) noexcept;

/// Which tokens are accepted: one type, several, or `any`: `.acceptsToken = "any"`, `{"session_token", "api_key"}`.
class AcceptsToken {
 public:
  AcceptsToken(const char* type) : types_{type} {}
  AcceptsToken(std::string type) : types_{std::move(type)} {}
  AcceptsToken(TokenType type) : types_{std::string(toString(type))} {}
  AcceptsToken(std::initializer_list<std::string> types) : types_(types), isList_(true) {}
  AcceptsToken(std::vector<std::string> types) : types_(std::move(types)), isList_(true) {}

  bool isList() const noexcept { return isList_; }
  bool isAny() const noexcept { return !isList_ && types_.front() == "any"; }
  const std::string& single() const noexcept { return types_.front(); }
  const std::vector<std::string>& types() const noexcept { return types_; }
  bool contains(TokenType type) const noexcept;

 private:
  std::vector<std::string> types_;
  bool isList_ = false;
};

/// How recently a user must have proven who he is: a preset (`strict_mfa`, `strict`, `moderate`, `lax`), or a level
/// (`first_factor`, `second_factor`, `multi_factor`) and the age that no longer counts.
struct Reverification {
  Reverification(const char* preset) : preset(preset) {}
  Reverification(std::string preset) : preset(std::move(preset)) {}
  Reverification(std::string level, double afterMinutes) : level(std::move(level)), afterMinutes(afterMinutes) {}
  std::string preset;
  std::string level;
  double afterMinutes = 0;
};

/// What `has` asks. Everything asked must hold; nothing asked is refused. See Clerk docs: "has()".
struct AuthorizationParams {
  std::optional<std::string> role;
  std::optional<std::string> permission;
  /// A feature or plan of the user or the active organization; `user:x` and `org:x` ask for one of them alone.
  std::optional<std::string> feature;
  std::optional<std::string> plan;
  std::optional<Reverification> reverification;
};

struct GetTokenOptions {
  /// Name of a JWT template.
  std::string template_ = {};
  std::optional<double> expiresInSeconds = {};
  /// Of the call that a template or a life time needs.
  CallOptions call = {};
};

namespace auth {
struct AuthContext;
struct MachineToken;
}  // namespace auth

/// The state of one request. A value; what it shares does not change, so any thread may hold a copy.
///
/// For sessions `userId` and the members below it are set; a machine token sets those of its kind. `sessionStatus` of a
/// pending session is `pending`, and it counts as signed out unless one asked otherwise.
class Auth {
 public:
  /// What kind of token this is about; absent when the request's token was of a type that is not accepted.
  std::optional<TokenType> tokenType = TokenType::SessionToken;
  bool isAuthenticated = false;

  std::optional<std::string> userId;
  std::optional<std::string> sessionId;
  std::optional<std::string> sessionStatus;
  std::optional<std::string> orgId;
  std::optional<std::string> orgRole;
  std::optional<std::string> orgSlug;
  std::vector<std::string> orgPermissions;
  SessionClaims sessionClaims;

  /// Why nobody is signed in, as in the header x-clerk-auth-reason; empty when somebody is.
  std::string reason;

  // Of machine tokens.
  std::optional<std::string> id;
  std::optional<std::string> subject;
  std::optional<std::string> clientId;
  std::optional<std::string> machineId;
  std::vector<std::string> scopes;

  /// Who acts as the user (impersonation): the `act` claim; null when absent.
  boost::json::value actor() const;
  /// Minutes since the first and second factor were proven, as the `fva` claim has it; null when absent.
  boost::json::value factorVerificationAge() const;
  /// Custom claims of an API key or M2M token.
  boost::json::value claims() const;

  bool has(const AuthorizationParams& params) const;
  /// The same with parameters that are known at run time only, as in JavaScript. What has a wrong type is refused.
  bool has(const boost::json::object& params) const;

  /// The session's token: the one of the request, or a new one when a template or a life time is asked for. Absent when
  /// nobody is signed in. Throws ClerkAPIResponseError. For machine tokens: the token of the request.
  async::Task<std::optional<std::string>> getToken(GetTokenOptions options = {}) const;

  /// What the decision was made from, for logs: secrets are cut to seven characters.
  boost::json::object debug() const;

  /// Exactly what JSON.stringify gives of Clerk's auth object.
  boost::json::value toJson() const;
  operator boost::json::value() const { return toJson(); }

  // How the SDK makes them.
  static Auth signedIn(SessionClaims claims, std::shared_ptr<const auth::AuthContext> context);
  static Auth signedOut(std::shared_ptr<const auth::AuthContext> context,
                        std::optional<std::string> sessionStatus = {});
  static Auth ofMachine(std::shared_ptr<const auth::MachineToken> token,
                        std::shared_ptr<const auth::AuthContext> context);
  static Auth signedOutMachine(TokenType type, std::shared_ptr<const auth::AuthContext> context);
  static Auth invalidType(std::shared_ptr<const auth::AuthContext> context);

 private:
  std::shared_ptr<const auth::AuthContext> context_;
  std::shared_ptr<const auth::MachineToken> machine_;
};

/// What `getAuth(request, {.acceptsToken = …})` gives of a request's auth object.
Auth getAuthObjectForAcceptedToken(Auth auth, const AcceptsToken& acceptsToken = TokenType::SessionToken);

/// The answer that asks Clerk's components to reverify the user and try again: send it with status 403.
boost::json::object reverificationError(const Reverification& config);

}  // namespace clerk
