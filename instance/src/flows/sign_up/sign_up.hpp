#pragma once
// Signing up: collect what the instance requires, prove the addresses, become a user with a session.

#include "flows/client/client.hpp"

namespace clerk::instance {

/// What a person or program filled in. Absent: not sent. The wire gives what was sent, also empty text.
struct SignUpFields {
  std::optional<std::string> emailAddress;
  std::optional<std::string> password;
  std::optional<std::string> firstName;
  std::optional<std::string> lastName;
  std::optional<std::string> username;
  std::optional<std::string> locale;
  std::optional<std::string> unsafeMetadata;  ///< JSON text of an object
  std::optional<bool> legalAccepted;
  /// What else was sent and asks for a feature: `phone_number`, `web3_wallet`, `ticket`, `transfer`, `strategy`.
  std::optional<std::string> phoneNumber;
  std::optional<std::string> strategy;
  std::optional<std::string> ticket;
  bool transfer = false;              ///< go on with the account elsewhere that nobody here has yet
  std::string redirectUrl{};          ///< links and social connections: back to the page, when more is to be done
  std::string completeRedirectUrl{};  ///< social connections: where to go when all is done
};

/// What a sign-up still lacks, by the instance's settings; all lists hold attribute names such as `email_address`.
struct SignUpRequirements {
  std::vector<std::string> requiredFields;
  std::vector<std::string> optionalFields;
  std::vector<std::string> missingFields;
  std::vector<std::string> unverifiedFields;
};
SignUpRequirements requirementsOf(const Settings& settings, const SignUp& signUp);

/// Starts a sign-up and makes it the client's current one. Makes the client when there is none.
/// Errors: `session_exists`, `form_param_format_invalid`, `form_identifier_exists`, `form_password_…`, …
async::Task<Outcome<SignUp>> createSignUp(Core& core, Visitor& visitor, SignUpFields fields);

/// Adds or replaces fields; completes the sign-up when nothing is missing any more.
async::Task<Outcome<SignUp>> updateSignUp(Core& core, Visitor& visitor, std::string signUpId, SignUpFields fields);

/// Errors: `resource_not_found` (also for another client's).
async::Task<Outcome<SignUp>> getSignUp(Core& core, const Visitor& visitor, std::string signUpId);

/// Sends a code or a link to the address, or a code to the phone. Errors: `form_param_value_invalid` (strategy),
/// `verification_code_too_many_requests`, …
async::Task<Outcome<SignUp>> prepareSignUpVerification(Core& core, Visitor& visitor, std::string signUpId,
                                                       std::string strategy, std::string redirectUrl = {});

/// Takes the code; completes the sign-up when nothing is missing any more: then the visitor's client has a new session.
/// Errors: `form_code_incorrect`, `verification_missing`, `verification_expired`, `verification_failed`,
/// `identification_claimed`, …
async::Task<Outcome<SignUp>> attemptSignUpVerification(Core& core, Visitor& visitor, std::string signUpId,
                                                       std::string strategy, std::string code);

}  // namespace clerk::instance
