#pragma once
// Signing out at an application's wish (OpenID Connect RP-Initiated Logout 1.0).

#include "frontend_api/operation.hpp"

namespace clerk::instance::frontend_api {

/// `/oauth/end_session`.
void addOAuthLogout(Operations& operations);

}  // namespace clerk::instance::frontend_api
