#pragma once
// From an application's request for access to a code for it (RFC 6749 §4.1, RFC 7636, OpenID Connect Core §3.1).

#include "flows/oauth/application.hpp"
#include "model/session.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace clerk::instance {

/// What an application asks for, as it came.
struct AuthorizationRequest {
  std::string responseType;
  std::string clientId;
  std::string redirectUri;
  std::string scope;
  std::string state;
  std::string prompt;
  std::string codeChallenge;
  std::string codeChallengeMethod;
  std::string responseMode;
  std::string nonce;
  bool malformed = false;  ///< a parameter came twice, was too long, or was no text
};

/// The application and what it may be given.
struct Authorization {
  RegistryEntry application;
  std::string redirectUri;
  std::vector<std::string> scopes;
  AuthorizationRequest request;
};

/// An error of OAuth. Without an address to send it to, it is shown to the person: nobody is sent to an address that
/// the application did not register.
struct OAuthError {
  std::string code;  ///< `invalid_request`, …
  std::string description;
  std::string redirectUri{};
};

async::Task<std::variant<Authorization, OAuthError>> checkAuthorization(Core& core, AuthorizationRequest request);

/// Whether the person has to be asked: the application wants it so, or asks for more than was granted to it before.
async::Task<bool> needsConsent(Core& core, const Authorization& authorization, std::string userId);
async::Task<> rememberConsent(Core& core, const Authorization& authorization, std::string userId);

/// A code for the application, good for once and ten minutes.
async::Task<std::string> issueCode(Core& core, const Authorization& authorization, const Session& session);

/// What the application is told, and how it gets there: in the query of its redirect address, or as a form that the
/// browser posts to it (OAuth 2.0 Form Post Response Mode).
struct AuthorizationResponse {
  std::string redirectUri;
  std::vector<std::pair<std::string, std::string>> parameters;
  bool byForm = false;

  /// For the query.
  std::string address() const;
};

/// A response with these parameters, each unless empty, and `iss` (RFC 9207).
AuthorizationResponse responseWith(const Core& core, const AuthorizationRequest& request, std::string redirectUri,
                                   std::vector<std::pair<std::string, std::string>> parameters);

}  // namespace clerk::instance
