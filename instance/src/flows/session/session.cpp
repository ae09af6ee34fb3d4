#include "flows/session/session.hpp"

#include "flows/organization/active_organization.hpp"
#include "flows/session/session_start.hpp"
#include "flows/session/tasks.hpp"
#include "model/errors.hpp"
#include "model/ids.hpp"

#include <algorithm>
#include <utility>

namespace clerk::instance {
namespace {

/// The shortest and longest lifetime of a token that a backend may ask for (Clerk docs: "Session token lifetime").
constexpr std::chrono::seconds shortestToken(30);
constexpr std::chrono::seconds longestToken(315'360'000);

Outcome<SessionState> findOwn(const Core& core, const Transaction& tx, const Visitor& visitor, std::string_view id) {
  auto session = tx.sessions().find(id);
  if (!session || !visitor.client || session->clientId != visitor.client->id)
    return Failure(errors::sessionNotFound(id));
  auto user = tx.users().find(session->userId);
  if (!user) return Failure(errors::sessionNotFound(id));
  auto memberships = membershipsOf(core, tx, *session);
  return SessionState{*std::move(session), *std::move(user), "", std::move(memberships)};
}

Outcome<SessionState> findLive(const Core& core, const Transaction& tx, const Visitor& visitor, std::string_view id) {
  auto state = findOwn(core, tx, visitor, id);
  if (state && !state->session.isLive(core.now())) return Failure(errors::authenticationInvalid());
  return state;
}

async::Task<SessionState> withToken(Core& core, const Visitor& visitor, SessionState state) {
  state.session.status = state.session.statusAt(core.now());
  if (state.session.isLive(core.now())) {
    state.token =
        co_await core.tokens().sessionToken(state.session, {visitor.origin, std::nullopt, state.activeMembership()});
  }
  co_return state;
}

/// Remembers that somebody is there; seldom, and without waiting for it.
void noteActivity(Core& core, Session& session, const SessionActivity& activity) {
  const Time now = core.now();
  const bool due = now - session.lastActiveAt >= core.settings().lifetimes.activityResolution;
  if (now > session.lastActiveAt) session.lastActiveAt = now;
  if (!due) return;
  core.store().writeLater([id = session.id, userId = session.userId, activity, now](Transaction& tx) {
    tx.sessions().noteActivity(id, activity, now);
    tx.users().noteActivity(userId, now);
  });
}

/// What a touch changes: which session is the active one, and its organization.
struct Switched {
  Client client;
  SessionState state;
};

Outcome<Switched> switchInside(Core& core, Transaction& tx, const Visitor& visitor, std::string_view sessionId,
                               const std::optional<std::string>& organization) {
  auto state = findLive(core, tx, visitor, sessionId);
  if (!state) return state.error();
  if (organization) {
    auto wanted = findActivatable(core, tx, state->user.id, *organization);
    if (!wanted) return wanted.error();
    setActiveOrganization(core, tx, state->session, *std::move(wanted));
    state->memberships = membershipsOf(core, tx, state->session);
  }
  const auto& client = *visitor.client;
  if (client.lastActiveSessionId != sessionId) tx.clients().setActiveSession(client.id, sessionId, core.now());
  return Switched{tx.clients().find(client.id).value_or(client), *std::move(state)};
}

/// A touch that says what is so already writes nothing: most do.
bool changesSomething(const Core& core, const Transaction& tx, const Visitor& visitor, const SessionState& state,
                      const std::optional<std::string>& organization) {
  if (visitor.client->lastActiveSessionId != state.session.id) return true;
  if (!organization) return false;
  const auto wanted = findActivatable(core, tx, state.user.id, *organization);
  if (!wanted || *wanted != state.session.lastActiveOrganizationId) return true;
  const bool waits = hasTask(state.session, session_task::chooseOrganization);
  const bool mustChoose = !*wanted && core.runtimeSettings(tx).organizations.forceSelection;
  return waits != mustChoose;
}

/// What ending one of a client's sessions did.
struct Ending {
  Outcome<SessionState> state;
  std::optional<Client> client;  ///< as it is afterwards; absent when the session was over already
};

Ending endInside(Core& core, Transaction& tx, const Visitor& visitor, std::string_view sessionId, SessionStatus status,
                 std::string_view rotatingToken) {
  const Time now = core.now();
  auto state = findOwn(core, tx, visitor, sessionId);
  if (!state || !tx.sessions().end(sessionId, status, now)) return {std::move(state), std::nullopt};
  const auto& client = *visitor.client;
  const bool wasActive = client.lastActiveSessionId == sessionId;
  std::optional<std::string_view> active;
  if (!wasActive && client.lastActiveSessionId) active = *client.lastActiveSessionId;
  tx.clients().setActiveSession(client.id, active, now);
  rotateClientToken(core, tx, client.id, rotatingToken, now);
  return {findOwn(core, tx, visitor, sessionId), tx.clients().find(client.id)};
}

async::Task<Outcome<SessionState>> endWith(Core& core, Visitor& visitor, std::string sessionId, SessionStatus status) {
  auto rotatingToken = newRotatingToken(core);
  auto ending = co_await core.store().transact(
      [&](Transaction& tx) { return endInside(core, tx, visitor, sessionId, status, rotatingToken); });
  if (ending.client) giveRotated(visitor, *std::move(ending.client), std::move(rotatingToken));
  if (ending.state) ending.state->session.status = ending.state->session.statusAt(core.now());
  co_return std::move(ending.state);
}

async::Task<Outcome<Session>> findAny(Core& core, std::string sessionId) {
  auto session = co_await core.store().read([&](const Transaction& tx) { return tx.sessions().find(sessionId); });
  if (!session) co_return Failure(errors::sessionNotFound(sessionId));
  session->status = session->statusAt(core.now());
  co_return *std::move(session);
}

}  // namespace

async::Task<Outcome<SessionState>> getSession(Core& core, const Visitor& visitor, std::string sessionId) {
  auto state = co_await core.store().read([&](const Transaction& tx) { return findOwn(core, tx, visitor, sessionId); });
  if (!state) co_return state;
  co_return co_await withToken(core, visitor, *std::move(state));
}

async::Task<Outcome<SessionState>> touchSession(Core& core, Visitor& visitor, std::string sessionId,
                                                TouchFields fields) {
  bool changes = false;
  auto state = co_await core.store().read([&](const Transaction& tx) {
    auto live = findLive(core, tx, visitor, sessionId);
    changes = live && changesSomething(core, tx, visitor, *live, fields.activeOrganizationId);
    return live;
  });
  if (!state) co_return state;
  if (changes) {
    auto switched = co_await core.store().transact(
        [&](Transaction& tx) { return switchInside(core, tx, visitor, sessionId, fields.activeOrganizationId); });
    if (!switched) co_return switched.error();
    visitor.client = std::move(switched->client);
    state = std::move(switched->state);
  }
  noteActivity(core, state->session, visitor.activity);
  co_return co_await withToken(core, visitor, *std::move(state));
}

async::Task<Outcome<std::string>> createSessionToken(Core& core, const Visitor& visitor, std::string sessionId,
                                                     std::optional<std::string> organizationId) {
  std::optional<Membership> membership;
  auto session = co_await core.store().read([&](const Transaction& tx) -> Outcome<Session> {
    auto found = tx.sessions().find(sessionId);
    if (!found || !visitor.client || found->clientId != visitor.client->id) {
      return Failure(errors::sessionNotFound(sessionId));
    }
    if (!found->isLive(core.now())) return Failure(errors::authenticationInvalid());
    if (organizationId) {
      auto wanted = findActivatable(core, tx, found->userId, *organizationId);
      if (!wanted) return wanted.error();
      found->lastActiveOrganizationId = *std::move(wanted);
    }
    membership = activeMembership(core, tx, *found);
    return *std::move(found);
  });
  if (!session) co_return session.error();
  noteActivity(core, *session, visitor.activity);
  co_return co_await core.tokens().sessionToken(*std::move(session),
                                                {visitor.origin, std::nullopt, std::move(membership)});
}

async::Task<Outcome<SessionState>> endSession(Core& core, Visitor& visitor, std::string sessionId) {
  return endWith(core, visitor, std::move(sessionId), SessionStatus::Ended);
}

async::Task<Outcome<SessionState>> removeSession(Core& core, Visitor& visitor, std::string sessionId) {
  return endWith(core, visitor, std::move(sessionId), SessionStatus::Removed);
}

async::Task<Outcome<SessionState>> requireSession(Core& core, const Visitor& visitor, std::string sessionId) {
  if (!visitor.client) co_return Failure(errors::authenticationInvalid());
  if (sessionId.empty()) sessionId = visitor.client->lastActiveSessionId.value_or("");
  auto state =
      co_await core.store().read([&](const Transaction& tx) { return findLive(core, tx, visitor, sessionId); });
  if (!state) co_return Failure(errors::authenticationInvalid());
  co_return state;
}

async::Task<std::vector<Session>> listLiveSessions(Core& core, std::string userId) {
  co_return co_await core.store().read(
      [&](const Transaction& tx) { return tx.sessions().liveOfUser(userId, core.now()); });
}

async::Task<Outcome<Session>> revokeOwnSession(Core& core, std::string userId, std::string sessionId) {
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<Session> {
    auto session = tx.sessions().find(sessionId);
    if (!session || session->userId != userId) return Failure(errors::sessionNotFound(sessionId));
    tx.sessions().end(sessionId, SessionStatus::Revoked, core.now());
    return *tx.sessions().find(sessionId);
  });
}

async::Task<Outcome<Session>> getSession(Core& core, std::string sessionId) {
  return findAny(core, std::move(sessionId));
}

async::Task<Page<Session>> listSessions(Core& core, SessionFilter filter, PageRequest page) {
  const Time now = core.now();
  auto list = co_await core.store().scan([&](const Transaction& tx) {
    return tx.sessions().list(
        {.clientId = filter.clientId, .userId = filter.userId, .status = filter.status, .now = now}, page);
  });
  for (auto& session : list.data) session.status = session.statusAt(now);
  co_return list;
}

async::Task<Outcome<Session>> createSession(Core& core, std::string userId) {
  const bool forTests = core.settings().isDevelopment() || core.settings().testMode;
  if (!forTests) co_return Failure(errors::authorizationInvalid());
  // A client that no browser has: its token is known to nobody.
  const Visitor nobody;
  const ClientDraft client(core, nobody);
  SessionDraft draft(core, nobody);
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<Session> {
    if (!tx.users().exists(userId)) return Failure(errors::userNotFound(userId));
    client.insert(tx);
    draft.insert(tx, client.clientId(), {.userId = userId, .strategy = strategy::admin});
    return *tx.sessions().find(draft.sessionId());
  });
}

async::Task<Outcome<Session>> revokeSession(Core& core, std::string sessionId) {
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<Session> {
    if (!tx.sessions().find(sessionId)) return Failure(errors::sessionNotFound(sessionId));
    tx.sessions().end(sessionId, SessionStatus::Revoked, core.now());
    auto session = *tx.sessions().find(sessionId);
    session.status = session.statusAt(core.now());
    return session;
  });
}

async::Task<Outcome<Session>> verifySession(Core& core, std::string sessionId, std::string token) {
  auto session = co_await findAny(core, sessionId);
  if (!session) co_return session;
  const auto claims = core.tokens().verify(token);
  const auto* sid = claims ? claims->if_contains("sid") : nullptr;
  const auto* exp = claims ? claims->if_contains("exp") : nullptr;
  const bool ours = sid && sid->is_string() && sid->get_string() == std::string_view(sessionId);
  if (!ours || !exp || !exp->is_int64() || exp->get_int64() <= toSeconds(core.now())) {
    co_return Failure(errors::invalidSessionToken());
  }
  co_return session;
}

async::Task<Outcome<std::string>> createBackendSessionToken(Core& core, std::string sessionId,
                                                            std::optional<std::chrono::seconds> lifetime) {
  if (lifetime && (*lifetime < shortestToken || *lifetime > longestToken)) {
    co_return Failure(errors::formParamValueInvalid("expires_in_seconds", std::to_string(lifetime->count())));
  }
  auto session = co_await findAny(core, std::move(sessionId));
  if (!session) co_return session.error();
  if (!session->isLive(core.now())) co_return Failure(errors::authenticationInvalid());
  auto membership =
      co_await core.store().read([&](const Transaction& tx) { return activeMembership(core, tx, *session); });
  co_return co_await core.tokens().sessionToken(*std::move(session), {"", lifetime, std::move(membership)});
}

}  // namespace clerk::instance
