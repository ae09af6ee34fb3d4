#pragma once
// What an application gets for a code, and what it can do with it.

#include "flows/oauth/application.hpp"
#include "flows/oauth/authorization.hpp"
#include "model/user.hpp"

#include <optional>
#include <string>
#include <variant>

namespace clerk::instance {

/// Who an application says it is: by `Authorization: Basic`, or by the members of the form.
struct ClientCredentials {
  std::string clientId;
  std::string clientSecret;
};
/// Errors: `invalid_client`.
async::Task<std::variant<RegistryEntry, OAuthError>> authenticateClient(Core& core, ClientCredentials credentials);

struct OAuthTokens {
  std::string accessToken;
  std::int64_t expiresIn = 0;  ///< seconds
  std::string refreshToken;    ///< empty without the scope `offline_access`
  std::string scope;
  std::string idToken;  ///< empty without the scope `openid`
};

struct CodeExchange {
  std::string code;
  std::string redirectUri;
  std::string codeVerifier;
};
/// A code that comes a second time ends all that came of it (RFC 6749 §4.1.2). Errors: `invalid_grant`,
/// `invalid_request`.
async::Task<std::variant<OAuthTokens, OAuthError>> exchangeCode(Core& core, RegistryEntry application,
                                                                CodeExchange exchange);
/// Each refresh token works once; one that comes a second time ends its whole family (RFC 9700 §4.14.2). Errors:
/// `invalid_grant`, `invalid_scope`.
async::Task<std::variant<OAuthTokens, OAuthError>> refreshTokens(Core& core, RegistryEntry application,
                                                                 std::string refreshToken, std::string scope);

/// An access token that can be used, with whose it is.
struct AccessToken {
  RegistryEntry entry;
  std::string userId;
  std::vector<std::string> scopes;
};
async::Task<std::optional<AccessToken>> findAccessToken(Core& core, std::string token);
/// The same with the person; absent too when that is banned or gone.
async::Task<std::optional<std::pair<AccessToken, User>>> findTokenUser(Core& core, std::string token);
/// Ends the token, and with a refresh token its family; unknown ones and those of others are no error (RFC 7009).
async::Task<> revokeOAuthToken(Core& core, std::string clientId, std::string token);

/// The claims of a person that the scopes open: those of the ID token and of `/oauth/userinfo`.
boost::json::object claimsOfPerson(const Settings& settings, const User& user, const std::vector<std::string>& scopes);

}  // namespace clerk::instance
