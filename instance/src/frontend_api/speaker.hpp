#pragma once
// Who speaks in a request about oneself (`/v1/me…`).

#include "flows/session/session.hpp"
#include "frontend_api/operation.hpp"

namespace clerk::instance::frontend_api {

/// The session that `_clerk_session_id` names, else the client's last active one. Errors: `authentication_invalid`.
inline async::Task<Outcome<SessionState>> speaker(Call& call) {
  return requireSession(call.core, call.visitor, call.queryText("_clerk_session_id").value_or(""));
}

}  // namespace clerk::instance::frontend_api
