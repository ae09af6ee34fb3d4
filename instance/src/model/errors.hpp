#pragma once
// Every error of the instance's rules: Clerk's code and texts, declared once. Names are those of the codes.

#include "model/outcome.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace clerk::instance::errors {

// Fields of a form; `param` is the field's wire name.
Error formParamMissing(std::string_view param);
Error formParamNil(std::string_view param);
Error formParamUnknown(std::string_view param);
Error formParamFormatInvalid(std::string_view param, std::string_view longMessage);
Error formParamValueInvalid(std::string_view param, std::string_view value);
Error formParamMaxLengthExceeded(std::string_view param, std::size_t limit);
Error formParamExceedsAllowedSize(std::string_view param, std::size_t limitBytes);
Error formParamDuplicate(std::string_view param, std::string_view value);
Error formParamArrayLengthMismatch(std::string_view param, std::string_view otherParam);
Error formParamValueTooLarge(std::string_view param, std::int64_t limit);
Error formDataMissing(std::string_view param);
Error formResourceNotFound(std::string_view param);
Error formVerificationNeeded(std::string_view param);
Error formIdentifierExists(std::string_view param);
Error formIdentifierNotFound(std::string_view param);
Error formCodeIncorrect();

Error formPasswordIncorrect(std::string_view param);
Error formPasswordOrIdentifierIncorrect();
Error formPasswordValidationFailed(std::string_view param);
Error formPasswordLengthTooShort(std::string_view param, int minLength);
Error formPasswordLengthTooLong(std::string_view param, int maxLength);
Error formPasswordSizeInBytesExceeded(std::string_view param);
Error formPasswordPwned(std::string_view param);
Error formPasswordMatchesIdentifier(std::string_view param);
Error formPasswordNoUppercase(std::string_view param);
Error formPasswordNoLowercase(std::string_view param);
Error formPasswordNoNumber(std::string_view param);
Error formPasswordNoSpecialChar(std::string_view param);
Error formPasswordDigestInvalid(std::string_view param, std::string_view hasher);
Error formUsernameInvalidLength(std::string_view param);
Error formUsernameInvalidCharacter(std::string_view param);

// The state of things.
Error verificationMissing();
Error verificationExpired();
Error verificationFailed();
Error verificationAlreadyVerified();
Error verificationStrategyInvalid();
Error verificationCodeTooManyRequests();
Error strategyForUserInvalid();
Error identificationClaimed();
Error sessionExists();
Error clientNotFound();
Error clientStateInvalid(std::string_view action, std::string_view resolution);
Error noPasswordSet();
Error passwordRequired();
Error featureNotEnabled();
Error ticketInvalid();
Error ticketExpired();
Error signInTokenAlreadyUsed();
Error signInTokenRevoked();
Error signInTokenCannotBeUsed();
Error signInTokenCannotBeRevoked(std::string_view status);
Error invalidSessionToken();
Error incorrectPassword();

// Who may do what.
Error authenticationInvalid();
Error authorizationInvalid();
Error devBrowserUnauthenticated();
Error userBanned();
Error userLocked(std::string_view supportEmail, std::optional<std::chrono::seconds> remaining);
Error userDeleteSelfNotEnabled();
Error resourceForbidden();

// What is not there.
Error userNotFound(std::string_view id);
Error sessionNotFound(std::string_view id);
Error clientNotFoundById(std::string_view id);
Error signInNotFound(std::string_view id);
Error signUpNotFound(std::string_view id);
Error resourceNotFound();
Error organizationNotFoundOrUnauthorized();

}  // namespace clerk::instance::errors
