#pragma once
// Errors of renewing sessions and of passwords that others know; more of model/errors.hpp.

#include "model/outcome.hpp"

#include <string_view>

namespace clerk::instance::errors {

Error expiredSessionTokenInvalid();
Error expiredSessionTokenMissing(std::string_view claim);
Error refreshSessionMismatch();
Error refreshOriginMismatch();
Error refreshTokenNotFound();
Error refreshSessionNotFound(std::string_view sessionId);
Error refreshSessionInactive();
Error formPasswordCompromised(std::string_view param);

// Tokens of other providers.
Error oauthProviderNotEnabled();
Error oauthMissingRefreshToken();
Error oauthTokenRetrieval();

}  // namespace clerk::instance::errors
