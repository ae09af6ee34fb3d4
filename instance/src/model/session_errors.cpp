#include "model/session_errors.hpp"

#include "model/error_text.hpp"

namespace clerk::instance::errors {

using enum Trouble;

Error expiredSessionTokenInvalid() {
  return make(Unauthenticated, "expired_session_token_invalid", "Invalid expired_token param",
              "The expired session token is not one of this instance.");
}
Error expiredSessionTokenMissing(std::string_view claim) {
  return make(Unauthenticated, text({"expired_session_token_missing_", claim}), text({"missing '", claim, "' claim"}),
              text({"The expired session token has no '", claim, "' claim."}));
}
Error refreshSessionMismatch() {
  return make(Unauthenticated, "refresh_sid_mismatch", "Session ID does not match the 'sid' claim",
              "The expired session token belongs to another session than the path names.");
}
Error refreshOriginMismatch() {
  return make(Unauthenticated, "refresh_request_origin_azp_mismatch", "Request origin does not match azp claim",
              "The expired session token was made for another origin than request_origin.");
}
Error refreshTokenNotFound() {
  return make(Unauthenticated, "refresh_token_not_found", "Refresh token not found",
              "The refresh token is not that of the session.");
}
Error refreshSessionNotFound(std::string_view sessionId) {
  return make(Unauthenticated, "session_refresh_session_not_found", "Session not found",
              text({"No session was found with id ", sessionId.substr(0, 64)}));
}
Error refreshSessionInactive() {
  return make(Unauthenticated, "session_refresh_inactive_session", "session inactive", "The session has ended.");
}
Error formPasswordCompromised(std::string_view param) {
  return make(Unprocessable, "form_password_compromised", "Password compromised",
              "Your password may be known to others. Sign in another way; you will be asked for a new password then.",
              param);
}

Error oauthProviderNotEnabled() {
  return make(NotFound, "oauth_token_provider_not_enabled", "OAuth provider not enabled",
              "This instance has no such provider.");
}
Error oauthMissingRefreshToken() {
  return make(Unprocessable, "oauth_missing_refresh_token", "Cannot refresh OAuth access token",
              "The access token has expired, and the provider gave no refresh token.");
}
Error oauthTokenRetrieval() {
  return make(BadRequest, "oauth_token_retrieval_error", "Token retrieval failed",
              "The provider gave no new access token.");
}

}  // namespace clerk::instance::errors
