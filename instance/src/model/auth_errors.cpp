#include "model/auth_errors.hpp"

#include "model/error_text.hpp"

namespace clerk::instance::errors {
namespace {

using enum Trouble;

}  // namespace

Error identificationNotFound(std::string_view what, std::string_view id) {
  return make(NotFound, "resource_not_found", "Resource not found",
              text({"No ", what, " was found with ID ", beginning(id, 64), "."}));
}
Error identificationDeletionFailed() {
  return make(BadRequest, "identification_deletion_failed", "Deletion failed",
              "You cannot delete your last identification.");
}
Error lastRequiredIdentificationDeletionFailed(std::string_view what) {
  return plain(BadRequest, "last_required_identification_deletion_failed",
               text({"You are required to maintain at least one ", what, " in your account at all times"}));
}
Error deleteLinkedIdentificationDisallowed() {
  return make(BadRequest, "delete_linked_identification_disallowed", "Deleting a linked email address is not allowed",
              "This email address is linked to one or more connected accounts. Remove those first.");
}
Error identificationUpdateSecondFactorUnverified() {
  return make(BadRequest, "identification_update_second_factor_unverified", "Update failed",
              "Cannot update second factor attributes for unverified identification");
}
Error identificationCreateSecondFactorUnverified() {
  return make(BadRequest, "identification_create_second_factor_unverified", "Create failed",
              "Unverified identifications cannot be a second factor");
}
Error formPhoneNumberInvalid(std::string_view param) {
  return make(Unprocessable, "form_param_format_invalid", "is invalid",
              text({param, " must be a valid phone number according to E.164 international standard."}), param);
}
Error formUsernameCannotBePhoneNumber(std::string_view param) {
  return plain(Unprocessable, "form_username_cannot_be_phone_number",
               text({param, " cannot be a phone number. Please choose a different username."}), param);
}
Error imageTooLarge() {
  return make(TooLarge, "image_too_large", "Image too large",
              "The image being uploaded is more than 10MB. Please choose a smaller one.");
}
Error imageNotFound() { return plain(NotFound, "image_not_found", "Image not found"); }
Error imageTypeInvalid() {
  return make(BadRequest, "form_param_format_invalid", "is invalid", "file must be a PNG, JPEG, GIF or WebP image.",
              "file");
}
Error requestBodyInvalid(std::string_view longMessage) {
  return make(BadRequest, "request_body_invalid", "Request body invalid", std::string(longMessage));
}

Error totpAlreadyEnabled() {
  return make(BadRequest, "totp_already_enabled", "TOTP already enabled", "TOTP is already enabled on your account");
}
Error totpNotFound() {
  return make(NotFound, "resource_not_found", "Resource not found", "No TOTP was found for this account.");
}
Error totpDisabled() {
  return make(BadRequest, "totp_disabled", "TOTP is disabled", "TOTP is disabled for this account");
}
Error totpIncorrectCode() {
  return make(Unprocessable, "totp_incorrect_code", "incorrect TOTP", "The provided TOTP code is incorrect", "code");
}
Error totpInvalidLength() {
  return make(Unprocessable, "totp_invalid_length", "invalid length", "TOTP codes have 6 characters", "code");
}
Error backupCodesNotAvailable() {
  return make(BadRequest, "backup_codes_not_available", "Backup codes not available",
              "In order to use backup codes, you have to enable any other Multi-factor method");
}
Error secondFactorDeletionNotAllowed() {
  return make(BadRequest, "second_factor_deletion_not_allowed", "second factor deletion not allowed",
              "You are required to maintain at least one two-step verification method in your account at all times");
}
Error noSecondFactors(std::string_view strategy) {
  return make(BadRequest, "no_second_factors", "no second factors",
              text({"No second factors were found for strategy ", beginning(strategy, 64), "."}));
}
Error sessionReverificationRequired(std::string_view level, long afterMinutes) {
  auto error = make(Forbidden, "session_reverification_required", "Reverification required",
                    "You need to provide additional verification to perform this operation");
  error.meta["reverification"] = boost::json::object{{"level", level}, {"afterMinutes", afterMinutes}};
  return error;
}
Error sessionReverificationMissing() {
  return make(BadRequest, "session_reverification_missing", "is missing",
              "You need to start a new session verification flow first");
}

Error verificationLinkTokenInvalid() {
  return make(BadRequest, "verification_link_token_invalid", "invalid link token",
              "Verification link token is invalid");
}
Error verificationLinkTokenExpired() {
  return make(BadRequest, "verification_link_token_expired", "expired link token",
              "Verification link token has expired");
}

Error externalAccountNotFound() {
  return make(NotFound, "external_account_not_found", "Invalid external account",
              "The External Account was not found.");
}
Error externalAccountExists() {
  return make(BadRequest, "external_account_exists", "External account already exists",
              "An account with this external account exists already. Please sign in instead.");
}
Error oauthCallbackInvalid() {
  return make(BadRequest, "oauth_callback_invalid", "Invalid OAuth callback", "invalid form for oauth_callback");
}
Error oauthAccessDenied(std::string_view provider) {
  return plain(Forbidden, "oauth_access_denied", text({"You did not grant access to your ", provider, " account"}));
}
Error oauthTokenExchangeError() {
  return make(BadRequest, "oauth_token_exchange_error", "Token exchange error",
              "The provider did not exchange its code for a token.");
}
Error oauthFetchUserError() {
  return make(BadRequest, "oauth_fetch_user_error", "Fetch user error",
              "The provider did not tell whose account this is.");
}
Error oauthIdentificationClaimed() {
  return make(BadRequest, "oauth_identification_claimed", "Identification claimed by another user",
              "The email address associated with this OAuth account is already claimed by another user.");
}
Error oauthAccountAlreadyConnected() {
  return make(BadRequest, "oauth_account_already_connected", "Already connected",
              "Another account is already connected with this provider");
}
Error accountTransferInvalid() {
  return make(BadRequest, "account_transfer_invalid", "Invalid account transfer", "There is no account to transfer.");
}
Error misconfiguredOauthProvider() {
  return make(BadRequest, "misconfigured_oauth_provider", "Misconfigured OAuth provider",
              "The provider cannot be reached, or is set up wrongly.");
}

Error passkeyInvalidPublicKeyCredential() {
  return make(Unprocessable, "passkey_invalid_public_key_credential", "is invalid",
              "Invalid passkey public key credential", "public_key_credential");
}
Error passkeyInvalidVerification() {
  return make(BadRequest, "passkey_invalid_verification", "invalid verification",
              "Passkey verification contains invalid nonce");
}
Error passkeyNotRegistered() {
  return make(NotFound, "passkey_not_registered", "not registered", "Passkey is not registered.");
}
Error passkeyAuthenticationFailure() {
  return make(BadRequest, "passkey_authentication_failure", "authentication failed", "Passkey authentication failed");
}
Error passkeyQuotaExceeded(int limit) {
  return make(Forbidden, "passkey_quota_exceeded", "passkey quota exceeded",
              text({"You have reached your limit of ", std::to_string(limit), " passkeys per account."}));
}
Error noPasskeysFound() { return plain(BadRequest, "no_passkeys_found_for_user", "User has no passkeys"); }

Error signUpModeRestricted() {
  return make(Forbidden, "sign_up_mode_restricted", "Sign-ups restricted", "New sign-ups are currently restricted.");
}
Error signUpRestrictedWaitlist() {
  return make(Forbidden, "sign_up_restricted_waitlist", "Sign-ups restricted with waitlist",
              "Sign-ups are currently unavailable. Join the waitlist, and you will be notified when access becomes "
              "available.");
}
Error notAllowedAccess(std::string_view identifier) {
  auto error = make(Forbidden, "not_allowed_access", "Access not allowed.",
                    text({identifier, " is not allowed to access this application."}));
  error.meta["identifiers"] = boost::json::array{identifier};
  return error;
}
Error emailSubaddressNotAllowed() {
  return make(Forbidden, "not_allowed_access", "Email subaddress not allowed.",
              "Email address must not contain the characters '+', '=', or '#'.", "email_address");
}
Error countryCodeNotAllowed() {
  return make(Forbidden, "not_allowed_access", "Country code not allowed.",
              "Phone numbers of this country are not allowed here. Please use another method.", "phone_number");
}
Error invitationAccountExists() {
  return make(BadRequest, "invitation_account_exists", "account exists",
              "An account already exists for this invitation. Sign in instead.");
}
Error invitationAlreadyAccepted() {
  return plain(BadRequest, "invitation_already_accepted", "Invitation is already accepted, try signing in instead.");
}
Error invitationAlreadyRevoked() {
  return plain(BadRequest, "invitation_already_revoked", "Invitation is already revoked.");
}
Error revokedInvitation() { return plain(BadRequest, "revoked_invitation", "The invitation was revoked."); }
Error duplicateInvitation(std::string_view emailAddress) {
  return make(BadRequest, "duplicate_record", "duplicate invitation",
              text({"There are already pending invitations for the following email addresses: ", emailAddress}),
              "email_address");
}
Error waitlistNotAccepting() {
  return make(Forbidden, "waitlist_not_accepting_entries", "Waitlist not accepting entries",
              "The waitlist is not accepting entries.");
}
Error waitlistEntryAlready(std::string_view status) {
  return plain(Conflict, text({"waitlist_entry_already_", status}), text({"Waitlist entry already ", status}));
}
Error duplicateRecord(std::string_view identifier) {
  return make(BadRequest, "duplicate_record", "already exists",
              text({"the identifier ", identifier, " already exists"}), "identifier");
}
Error identifierAlreadySignedIn(std::string_view sessionId) {
  auto error = plain(BadRequest, "identifier_already_signed_in", "You're already signed in");
  error.meta["session_id"] = sessionId;
  return error;
}
Error tooManyRequests() {
  return make(TooMany, "too_many_requests", "Too many requests", "Too many requests. Please try again in a bit.");
}

}  // namespace clerk::instance::errors
