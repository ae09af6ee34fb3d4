#pragma once
// Where a person who is to give an application access goes next.

#include "api/text_fields.hpp"
#include "flows/oauth/authorization.hpp"
#include "flows/visitor.hpp"

#include <string>

namespace clerk::instance::frontend_api {

/// Fields that are missing, doubled or no text read as empty.
AuthorizationRequest readAuthorizationRequest(api::TextFields fields);

/// The error for the application.
AuthorizationResponse errorResponse(const Core& core, const OAuthError& error, const AuthorizationRequest& request);

/// A code for the application; or the portal's sign-in or consent page; or, where those may not be shown, an error for
/// the application.
async::Task<AuthorizationResponse> nextResponse(Core& core, const Visitor& visitor, Authorization authorization);

/// After the person was asked: a code, or `access_denied`.
async::Task<AuthorizationResponse> responseAfterConsent(Core& core, Session session, Authorization authorization,
                                                        bool consented);

}  // namespace clerk::instance::frontend_api
