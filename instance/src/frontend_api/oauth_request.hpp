#pragma once
// Where a person who is to give an application access goes next.

#include "api/text_fields.hpp"
#include "flows/oauth/authorization.hpp"
#include "flows/visitor.hpp"

#include <string>

namespace clerk::instance::frontend_api {

/// Fields that are missing, doubled or no text read as empty.
AuthorizationRequest readAuthorizationRequest(api::TextFields fields);

/// The application's address with the error.
std::string errorAddress(const Core& core, const OAuthError& error, const std::string& state);

/// The application's address with a code; or the portal's sign-in or consent page; or, where those may not be shown,
/// the application's address with an error.
async::Task<std::string> nextAddress(Core& core, const Visitor& visitor, Authorization authorization);

/// After the person was asked: the application's address with a code, or with `access_denied`.
async::Task<std::string> addressAfterConsent(Core& core, Session session, Authorization authorization, bool consented);

}  // namespace clerk::instance::frontend_api
