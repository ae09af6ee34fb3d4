#include "model/errors.hpp"

#include "model/error_text.hpp"

#include <algorithm>

namespace clerk::instance::errors {
namespace {

using enum Trouble;

/// `email_address` as people read it.
std::string spokenName(std::string_view param) {
  std::string name(param);
  std::ranges::replace(name, '_', ' ');
  return name;
}

std::string spokenDuration(std::chrono::seconds duration) {
  if (duration < std::chrono::minutes(1)) return "less than a minute";
  const auto minutes = std::chrono::ceil<std::chrono::minutes>(duration).count();
  if (minutes < 120) return std::to_string(minutes) + (minutes == 1 ? " minute" : " minutes");
  return std::to_string((minutes + 59) / 60) + " hours";
}

}  // namespace

Error formParamMissing(std::string_view param) {
  return make(Unprocessable, "form_param_missing", "is missing", text({param, " must be included."}), param);
}
Error formParamNil(std::string_view param) {
  return make(Unprocessable, "form_param_nil", "is missing", text({param, " must be included."}), param);
}
Error formParamUnknown(std::string_view param) {
  return make(Unprocessable, "form_param_unknown", "is unknown",
              text({param, " is not a valid parameter for this request."}), param);
}
Error formParamFormatInvalid(std::string_view param, std::string_view longMessage) {
  return make(Unprocessable, "form_param_format_invalid", "is invalid", std::string(longMessage), param);
}
Error formParamValueInvalid(std::string_view param, std::string_view value) {
  return make(Unprocessable, "form_param_value_invalid", "is invalid",
              text({beginning(value, 64), " does not match one of the allowed values for parameter ", param}), param);
}
Error formParamMaxLengthExceeded(std::string_view param, std::size_t limit) {
  return make(Unprocessable, "form_param_max_length_exceeded", "exceeds maximum length",
              text({param, " should not exceed ", std::to_string(limit), " characters."}), param);
}
Error formParamExceedsAllowedSize(std::string_view param, std::size_t limitBytes) {
  return make(Unprocessable, "form_param_exceeds_allowed_size", "exceeds allowed size",
              text({param, " should not exceed ", std::to_string(limitBytes), " bytes."}), param);
}
Error formParamDuplicate(std::string_view param, std::string_view value) {
  return make(Unprocessable, "form_param_duplicate", "duplicate values", text({value, " contains duplicate values"}),
              param);
}
Error formParamArrayLengthMismatch(std::string_view param, std::string_view otherParam) {
  return make(Unprocessable, "form_param_array_length_mismatch", "length mismatch",
              text({param, " must contain exactly one item for each item in ", otherParam, "."}), param);
}
Error formParamValueTooLarge(std::string_view param, std::int64_t limit) {
  return make(Unprocessable, "form_param_value_too_large", "Value too large",
              text({"The value of ", param, " can't be greater than ", std::to_string(limit)}), param);
}
Error formDataMissing(std::string_view param) {
  auto error = make(Unprocessable, "form_data_missing", "missing data",
                    text({"[\"", param, "\"] data doesn't match user requirements set for this instance"}), param);
  error.meta["param_names"] = boost::json::array{param};
  return error;
}
Error formResourceNotFound(std::string_view param) {
  return make(Unprocessable, "form_resource_not_found", "is missing",
              text({"The resource associated with the supplied ", param, " was not found."}), param);
}
Error formVerificationNeeded(std::string_view param) {
  return make(Unprocessable, "form_verification_needed", "is unverified",
              "This identification needs to be verified before you can perform this action.", param);
}
Error formIdentifierExists(std::string_view param) {
  return plain(Unprocessable, "form_identifier_exists",
               text({"That ", spokenName(param), " is taken. Please try another."}), param);
}
Error formIdentifierNotFound(std::string_view param) {
  return plain(Unprocessable, "form_identifier_not_found", "Couldn't find your account.", param);
}
Error formCodeIncorrect() {
  return make(Unprocessable, "form_code_incorrect", "is incorrect", "Incorrect code", "code");
}

Error formPasswordIncorrect(std::string_view param) {
  return plain(Unprocessable, "form_password_incorrect", "Password is incorrect. Try again, or use another method.",
               param);
}
Error formPasswordOrIdentifierIncorrect() {
  return plain(Unprocessable, "form_password_or_identifier_incorrect", "Password or email/username/phone is incorrect");
}
Error formPasswordValidationFailed(std::string_view param) {
  return plain(Unprocessable, "form_password_validation_failed", "Incorrect password. Please try again.", param);
}
Error formPasswordLengthTooShort(std::string_view param, int minLength) {
  return plain(Unprocessable, "form_password_length_too_short",
               text({"Passwords must be ", std::to_string(minLength), " characters or more."}), param);
}
Error formPasswordLengthTooLong(std::string_view param, int maxLength) {
  return plain(Unprocessable, "form_password_length_too_long",
               text({"Passwords must be less than ", std::to_string(maxLength), " characters."}), param);
}
Error formPasswordSizeInBytesExceeded(std::string_view param) {
  return plain(Unprocessable, "form_password_size_in_bytes_exceeded",
               "Your password is too long. Please use a shorter one.", param);
}
Error formPasswordPwned(std::string_view param) {
  return plain(Unprocessable, "form_password_pwned",
               "Password has been found in an online data breach. For account safety, please use a different password.",
               param);
}
Error formPasswordMatchesIdentifier(std::string_view param) {
  return plain(Unprocessable, "form_password_matches_identifier",
               "Password cannot match your email address, phone number or username. For account safety, please use a "
               "different password.",
               param);
}
Error formPasswordNoUppercase(std::string_view param) {
  return plain(Unprocessable, "form_password_no_uppercase", "Passwords must contain at least one uppercase character.",
               param);
}
Error formPasswordNoLowercase(std::string_view param) {
  return plain(Unprocessable, "form_password_no_lowercase", "Passwords must contain at least one lowercase character.",
               param);
}
Error formPasswordNoNumber(std::string_view param) {
  return plain(Unprocessable, "form_password_no_number", "Passwords must contain at least one number.", param);
}
Error formPasswordNoSpecialChar(std::string_view param) {
  return plain(Unprocessable, "form_password_no_special_char", "Passwords must contain at least one special character.",
               param);
}
Error formPasswordDigestInvalid(std::string_view param, std::string_view hasher) {
  return make(Unprocessable, "form_password_digest_invalid_code", "is invalid",
              text({param, " is not a valid digest of the hasher ", beginning(hasher, 64), "."}), param);
}
Error formUsernameInvalidLength(std::string_view param) {
  return plain(Unprocessable, "form_username_invalid_length", "Username must be between 4 and 64 characters long.",
               param);
}
Error formUsernameInvalidCharacter(std::string_view param) {
  return plain(Unprocessable, "form_username_invalid_character",
               "Username can only contain letters, numbers and '_' or '-'.", param);
}

Error verificationMissing() {
  return make(BadRequest, "verification_missing", "is missing",
              "This strategy requires verification preparation before attempting to validate it.");
}
Error verificationExpired() {
  return make(BadRequest, "verification_expired", "expired",
              "This verification has expired. You must create a new one.");
}
Error verificationFailed() {
  return make(BadRequest, "verification_failed", "failed",
              "Too many failed attempts. You have to try again with the same or another method.");
}
Error verificationAlreadyVerified() {
  return make(BadRequest, "verification_already_verified", "already verified",
              "This verification has already been verified.");
}
Error verificationStrategyInvalid() {
  return make(BadRequest, "verification_strategy_invalid", "has invalid strategy",
              "The strategy is not valid for the current verification.");
}
Error verificationCodeTooManyRequests() {
  return make(TooMany, "verification_code_too_many_requests", "Too many verification code requests",
              "Too many verification code requests. Please wait at least 30 seconds to receive your code before trying "
              "again.");
}
Error strategyForUserInvalid() {
  return make(BadRequest, "strategy_for_user_invalid", "Invalid verification strategy",
              "The verification strategy is not valid for this account");
}
Error identificationClaimed() {
  return make(BadRequest, "identification_claimed", "Identification claimed by another user",
              "One or more identifiers on this sign up have since been connected to a different User. Please sign up "
              "again.");
}
Error sessionExists() {
  return make(BadRequest, "session_exists", "Session already exists", "You're already signed in.");
}
Error clientNotFound() {
  return make(BadRequest, "client_not_found", "No client found",
              "This request is expecting a client and did not find one");
}
Error clientStateInvalid(std::string_view action, std::string_view resolution) {
  return make(BadRequest, "client_state_invalid", "Invalid action",
              text({"We were unable to complete ", action, " for this Client. ", resolution}));
}
Error noPasswordSet() {
  return make(BadRequest, "no_password_set", "no password set",
              "This user does not have a password set for their account");
}
Error passwordRequired() {
  return make(BadRequest, "password_required", "password required",
              "Settings for this instance require a password to be set. Cannot remove the user's password.");
}
Error featureNotEnabled() {
  return make(Forbidden, "feature_not_enabled", "not enabled", "This feature is not enabled on this instance");
}
Error ticketInvalid() {
  return make(BadRequest, "ticket_invalid_code", "ticket is invalid",
              "This ticket is invalid. Make sure you're using a valid ticket generated by Clerk.");
}
Error ticketExpired() {
  return make(BadRequest, "ticket_expired_code", "ticket has expired",
              "This ticket has expired and cannot be used anymore.");
}
Error signInTokenAlreadyUsed() {
  return make(BadRequest, "sign_in_token_already_used_code", "sign in token has already been used",
              "This sign in token has already been used. Each token can only be used once.");
}
Error signInTokenRevoked() {
  return make(BadRequest, "sign_in_token_revoked_code", "sign in token has been revoked",
              "This sign in token has been revoked and cannot be used anymore.");
}
Error signInTokenCannotBeUsed() {
  return make(BadRequest, "sign_in_token_cannot_be_used_code", "sign in token cannot be used",
              "This sign in token cannot be used anymore. Please request a new one.");
}
Error signInTokenCannotBeRevoked(std::string_view status) {
  return make(BadRequest, "sign_in_token_cannot_be_revoked_code", "cannot revoke",
              text({"Sign in token cannot be revoked because its status is ", status,
                    ". Only pending tokens can be revoked."}));
}
Error invalidSessionToken() {
  return make(BadRequest, "invalid_session_token", "Invalid session token",
              "The token provided could not be successfully verified");
}
Error incorrectPassword() {
  return make(Unprocessable, "incorrect_password", "incorrect password",
              "The provided password is not the one the user has set");
}

Error authenticationInvalid() {
  return make(Unauthenticated, "authentication_invalid", "Invalid authentication",
              "Unable to authenticate the request, you need to supply an active session");
}
Error authorizationInvalid() {
  return make(Forbidden, "authorization_invalid", "Unauthorized request",
              "You are not authorized to perform this request");
}
Error devBrowserUnauthenticated() {
  return make(Unauthenticated, "dev_browser_unauthenticated", "Browser unauthenticated",
              "Unable to authenticate this browser for your development instance. Check your Clerk cookies and try "
              "again.");
}
Error userBanned() {
  return make(Forbidden, "user_banned", "User banned",
              "You have been banned. If you think this was by mistake, please contact support.");
}
Error userLocked(std::string_view supportEmail, std::optional<std::chrono::seconds> remaining) {
  const std::string_view support = supportEmail.empty() ? "support" : supportEmail;
  const auto wait =
      remaining ? text({"You will be able to try again in ", spokenDuration(*remaining), ". "}) : std::string();
  auto error = make(Forbidden, "user_locked", "Account locked",
                    text({"Your account is locked. ", wait, "For more information, please contact ", support, "."}));
  if (remaining) error.meta["lockout_expires_in_seconds"] = remaining->count();
  return error;
}
Error userDeleteSelfNotEnabled() {
  return make(Forbidden, "user_delete_self_not_enabled", "delete self not enabled",
              "Self deletion is not enabled for this user");
}
Error resourceForbidden() { return make(Forbidden, "resource_forbidden", "forbidden", "Resource forbidden"); }

Error userNotFound(std::string_view id) {
  return make(NotFound, "resource_not_found", "not found", text({"No user was found with id ", beginning(id, 128)}));
}
Error sessionNotFound(std::string_view id) {
  return make(NotFound, "resource_not_found", "Session not found",
              text({"No session was found with id ", beginning(id, 128)}));
}
Error clientNotFoundById(std::string_view id) {
  return make(NotFound, "resource_not_found", "Client not found",
              text({"No client was found with id ", beginning(id, 128)}));
}
Error signInNotFound(std::string_view id) {
  return make(NotFound, "resource_not_found", "not found", text({"No sign in was found with id ", beginning(id, 128)}));
}
Error signUpNotFound(std::string_view id) {
  return make(NotFound, "resource_not_found", "Sign up not found",
              text({"No sign up was found with id ", beginning(id, 128)}));
}
Error resourceNotFound() { return make(NotFound, "resource_not_found", "Resource not found", "Resource not found"); }
Error organizationNotFoundOrUnauthorized() {
  return make(NotFound, "organization_not_found_or_unauthorized", "not found or unauthorized",
              "Given organization not found, or you don't have permission to access it.");
}

}  // namespace clerk::instance::errors
