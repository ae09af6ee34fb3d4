#pragma once
// Errors of what operators register; more of model/errors.hpp.

#include "model/outcome.hpp"

#include <string_view>

namespace clerk::instance::errors {

/// `What not found`, `No what was found with id …`.
Error entryNotFound(std::string_view what, std::string_view id);
Error duplicateRecord(std::string_view what, std::string_view param);
Error duplicateRedirectUrl();
Error jwtTemplateNotFound(std::string_view attribute, std::string_view value);
Error jwtTemplateReservedClaim(std::string_view claim);
Error actorTokenAlreadyUsed();
Error actorTokenRevoked();
Error actorTokenCannotBeRevoked(std::string_view status);
Error actorTokenSubjectNotFound();
Error actorTokenCannotBeUsed();
Error actorTokenNotInSignIn();
Error domainNotAllowedOnPrimary();
Error primaryDomainExists();
Error webhooksAlreadyEnabled();
Error webhooksNotEnabled();
Error secretKeyInvalid(std::string_view what);
/// What the operator's settings file keeps.
Error settingFixed(std::string_view name);
Error tokenInvalid(std::string_view what);

}  // namespace clerk::instance::errors
