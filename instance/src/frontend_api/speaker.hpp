#pragma once
// Who speaks in a request about oneself (`/v1/me…`).

#include "flows/session/reverification.hpp"
#include "flows/session/session.hpp"
#include "frontend_api/operation.hpp"

namespace clerk::instance::frontend_api {

/// The session that `_clerk_session_id` names, else the client's last active one. Errors: `authentication_invalid`.
inline async::Task<Outcome<SessionState>> speaker(Call& call) {
  return requireSession(call.core, call.visitor, call.queryText("_clerk_session_id").value_or(""));
}

/// The same, for changes that a thief of the session must not make. Errors also: `session_reverification_required`.
inline async::Task<Outcome<SessionState>> freshSpeaker(Call& call) {
  auto state = co_await speaker(call);
  if (!state) co_return state;
  if (auto recent = requireRecentProof(call.core, *state); !recent) co_return recent.error();
  co_return state;
}

}  // namespace clerk::instance::frontend_api
