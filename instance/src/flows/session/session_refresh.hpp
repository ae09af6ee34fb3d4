#pragma once
// Renewing a session for a backend that was brought an expired token and the browser's refresh token: no detour of the
// browser (Clerk docs: "Refresh session").

#include "flows/core.hpp"

#include <async/task.hpp>

#include <string>

namespace clerk::instance {

/// The session's refresh token: told to browsers over https alone. It lives as long as the session does and is kept
/// nowhere: it follows from the instance's own secret and the session.
std::string refreshTokenOf(const Core& core, std::string_view sessionId);

struct SessionRefreshFields {
  std::string expiredToken;
  std::string refreshToken;
  std::string requestOrigin;  ///< of the page; must be the expired token's `azp`
};
/// A new session token. Errors, all of them 401 but `form_param_…`: `expired_session_token_invalid`,
/// `expired_session_token_missing_sid`, `expired_session_token_missing_azp`, `refresh_sid_mismatch`,
/// `refresh_request_origin_azp_mismatch`, `refresh_token_not_found`, `session_refresh_session_not_found`,
/// `session_refresh_inactive_session`.
async::Task<Outcome<std::string>> refreshSession(Core& core, std::string sessionId, SessionRefreshFields fields);

}  // namespace clerk::instance
