#pragma once
// Signing in: identify, prove a first factor, perhaps a second, and have a session.

#include "flows/client/client.hpp"

namespace clerk::instance {

struct SignInFields {
  std::optional<std::string> identifier;
  std::optional<std::string> strategy;  ///< empty or absent: identify only
  std::optional<std::string> password;
  std::optional<std::string> ticket;
  bool transfer = false;              ///< go on with the account elsewhere that somebody here has already
  std::string redirectUrl{};          ///< links and social connections: back to the page, when more is to be done
  std::string completeRedirectUrl{};  ///< social connections: where to go when all is done
};

/// Starts a sign-in and makes it the client's current one; with a password or a ticket it may complete at once.
/// Errors: `session_exists`, `form_identifier_not_found`, `form_password_incorrect`, `user_locked`, `user_banned`,
/// `ticket_invalid_code`, `sign_in_token_already_used_code`, …
async::Task<Outcome<SignInState>> createSignIn(Core& core, Visitor& visitor, SignInFields fields);

/// Errors: `resource_not_found` (also for another client's).
async::Task<Outcome<SignInState>> getSignIn(Core& core, const Visitor& visitor, std::string signInId);

struct PrepareFactorFields {
  std::string strategy;
  std::string emailAddressId{};  ///< empty: the primary address
  std::string phoneNumberId{};
  std::string redirectUrl{};
  std::string completeRedirectUrl{};
};
/// Sends a code. Errors: `strategy_for_user_invalid`, `verification_code_too_many_requests`, …
async::Task<Outcome<SignInState>> prepareFirstFactor(Core& core, Visitor& visitor, std::string signInId,
                                                     PrepareFactorFields fields);

struct AttemptFactorFields {
  std::string strategy;
  std::optional<std::string> password;
  std::optional<std::string> code;
  std::optional<std::string> ticket;
  std::string publicKeyCredential{};  ///< passkeys: JSON text of what the browser made
};
/// Takes a password, code or ticket; on success the visitor's client has a new session (or a second factor is needed).
/// Errors: `form_password_incorrect`, `form_code_incorrect`, `verification_…`, `user_locked`, `user_banned`,
/// `client_state_invalid`, …
async::Task<Outcome<SignInState>> attemptFirstFactor(Core& core, Visitor& visitor, std::string signInId,
                                                     AttemptFactorFields fields);

/// Sends a code for a second factor. Errors: `strategy_for_user_invalid`, `client_state_invalid`, …
async::Task<Outcome<SignInState>> prepareSecondFactor(Core& core, Visitor& visitor, std::string signInId,
                                                      PrepareFactorFields fields);
/// Takes a code: of an authenticator app, a backup code, or one that was sent. Errors: `form_code_incorrect`,
/// `no_second_factors`, `verification_…`, `user_locked`, …
async::Task<Outcome<SignInState>> attemptSecondFactor(Core& core, Visitor& visitor, std::string signInId,
                                                      std::string strategy, std::string code);

/// The last step of a forgotten password, but for a second factor that the user has. Errors: `client_state_invalid`,
/// `form_password_…`.
async::Task<Outcome<SignInState>> resetPassword(Core& core, Visitor& visitor, std::string signInId,
                                                std::string password, bool signOutOfOtherSessions);

}  // namespace clerk::instance
