#pragma once
// Errors of factors, identifiers, links, social connections and invitations; the other half of errors.hpp.

#include "model/outcome.hpp"

#include <string_view>

namespace clerk::instance::errors {

// One's own identifiers.
Error identificationNotFound(std::string_view what, std::string_view id);
Error identificationDeletionFailed();
Error lastRequiredIdentificationDeletionFailed(std::string_view what);
Error deleteLinkedIdentificationDisallowed();
Error identificationUpdateSecondFactorUnverified();
Error identificationCreateSecondFactorUnverified();
Error formPhoneNumberInvalid(std::string_view param);
Error formUsernameCannotBePhoneNumber(std::string_view param);
Error imageTooLarge();
Error imageNotFound();
Error imageTypeInvalid();
Error requestBodyInvalid(std::string_view longMessage);

// Second factors.
Error totpAlreadyEnabled();
Error totpNotFound();
Error totpDisabled();
Error totpIncorrectCode();
Error totpInvalidLength();
Error backupCodesNotAvailable();
Error noSecondFactors(std::string_view strategy);
Error secondFactorDeletionNotAllowed();
Error sessionReverificationRequired(std::string_view level, long afterMinutes);
Error sessionReverificationMissing();

// Links.
Error verificationLinkTokenInvalid();
Error verificationLinkTokenExpired();

// Social connections.
Error externalAccountNotFound();
Error externalAccountExists();
Error oauthCallbackInvalid();
Error oauthAccessDenied(std::string_view provider);
Error oauthTokenExchangeError();
Error oauthFetchUserError();
Error oauthIdentificationClaimed();
Error oauthAccountAlreadyConnected();
Error accountTransferInvalid();
Error misconfiguredOauthProvider();

// Passkeys.
Error passkeyInvalidPublicKeyCredential();
Error passkeyInvalidVerification();
Error passkeyNotRegistered();
Error passkeyAuthenticationFailure();
Error passkeyQuotaExceeded(int limit);
Error noPasskeysFound();

// Who may come in.
Error signUpModeRestricted();
Error signUpRestrictedWaitlist();
Error notAllowedAccess(std::string_view identifier);
Error emailSubaddressNotAllowed();
Error countryCodeNotAllowed();
Error invitationAccountExists();
Error invitationAlreadyAccepted();
Error invitationAlreadyRevoked();
Error revokedInvitation();
Error duplicateInvitation(std::string_view emailAddress);
Error waitlistNotAccepting();
Error waitlistEntryAlready(std::string_view status);
Error duplicateRecord(std::string_view identifier);
Error identifierAlreadySignedIn(std::string_view sessionId);
Error tooManyRequests();

}  // namespace clerk::instance::errors
