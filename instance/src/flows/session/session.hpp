#pragma once
// Sessions after sign-in: tokens, switching, ending; from the browser and from a backend.

#include "flows/client/client.hpp"

namespace clerk::instance {

/// Errors: `resource_not_found` (also for another client's).
async::Task<Outcome<SessionState>> getSession(Core& core, const Visitor& visitor, std::string sessionId);

struct TouchFields {
  /// Absent: keep. Empty: the personal account.
  std::optional<std::string> activeOrganizationId;
  std::string intent;  ///< `select_session`, `select_org`, `focus`, or empty
};
/// Makes the session the client's active one. Errors: `resource_not_found`, `authentication_invalid` (not live),
/// `organization_not_found_or_unauthorized`.
async::Task<Outcome<SessionState>> touchSession(Core& core, Visitor& visitor, std::string sessionId,
                                                TouchFields fields);

/// A fresh session token. `organizationId`: absent keeps, empty is the personal account.
/// Errors: `resource_not_found`, `authentication_invalid`, `organization_not_found_or_unauthorized`.
async::Task<Outcome<std::string>> createSessionToken(Core& core, const Visitor& visitor, std::string sessionId,
                                                     std::optional<std::string> organizationId);

/// Ends one session: `end` leaves it Ended, `remove` Removed. Errors: `resource_not_found`.
async::Task<Outcome<SessionState>> endSession(Core& core, Visitor& visitor, std::string sessionId);
async::Task<Outcome<SessionState>> removeSession(Core& core, Visitor& visitor, std::string sessionId);

// ---- The signed-in person's own list (`/v1/me/sessions`)

/// The session that speaks in a `/v1/me` request, and its user. `sessionId` is `_clerk_session_id`; empty: the client's
/// last active one. Errors: `authentication_invalid`.
async::Task<Outcome<SessionState>> requireSession(Core& core, const Visitor& visitor, std::string sessionId);
/// Live sessions of the user, on all clients, newest first.
async::Task<std::vector<Session>> listLiveSessions(Core& core, std::string userId);
/// Signs out one of the user's sessions, wherever it is. Errors: `resource_not_found`.
async::Task<Outcome<Session>> revokeOwnSession(Core& core, std::string userId, std::string sessionId);

// ---- Backend API

/// Errors: `resource_not_found`.
async::Task<Outcome<Session>> getSession(Core& core, std::string sessionId);

struct SessionFilter {
  std::optional<std::string> clientId;
  std::optional<std::string> userId;
  std::optional<SessionStatus> status;
};
/// Newest first.
async::Task<Page<Session>> listSessions(Core& core, SessionFilter filter, PageRequest page);

/// A session out of nothing, for tests: in development and in test mode alone. Errors: `resource_not_found` (user),
/// `authorization_invalid` (production).
async::Task<Outcome<Session>> createSession(Core& core, std::string userId);
/// Errors: `resource_not_found`.
async::Task<Outcome<Session>> revokeSession(Core& core, std::string sessionId);
/// The session whose token this is. Errors: `resource_not_found`, `invalid_session_token`.
async::Task<Outcome<Session>> verifySession(Core& core, std::string sessionId, std::string token);
/// Errors: `resource_not_found`, `authentication_invalid` (not live), `form_param_value_invalid` (lifetime).
async::Task<Outcome<std::string>> createBackendSessionToken(Core& core, std::string sessionId,
                                                            std::optional<std::chrono::seconds> lifetime);

}  // namespace clerk::instance
