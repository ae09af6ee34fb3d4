#pragma once
// What an auth object keeps of the request it came from.

#include "request/backend_request.hpp"

#include <clerk/auth.hpp>
#include <clerk/authenticate_request.hpp>

#include <boost/json/value.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace clerk::auth {

/// As much of a secret as debug() shows.
inline std::string beginningOf(std::string_view secret) { return std::string(secret.substr(0, 7)); }

/// Shared by the copies of an auth object; does not change once made.
struct AuthContext {
  std::shared_ptr<const request::Connection> connection;
  std::shared_ptr<const AuthenticateRequestOptions> options;
  std::string reason;
  /// What getToken() gives when the claims came without a token.
  std::string token;

  // For debug(), which shows no more of them than their beginnings: the first are kept as those.
  /// The token came in the header.
  bool tokenIsInHeader = false;
  std::optional<std::string> tokenInHeader;
  std::optional<std::string> sessionTokenInCookie;
  std::optional<std::string> refreshTokenInCookie;
  std::optional<std::string> devBrowserToken;
  std::optional<std::string> handshakeToken;
};

/// A machine token that was verified.
struct MachineToken {
  TokenType type = TokenType::ApiKey;
  std::string token;
  boost::json::value id;
  boost::json::value subject;
  boost::json::value name;
  boost::json::value claims;
  boost::json::value scopes;
  boost::json::value clientId;
};

}  // namespace clerk::auth
