#include "flows/session/session_start.hpp"

#include "flows/organization/active_organization.hpp"
#include "flows/session/tasks.hpp"
#include "model/errors.hpp"
#include "model/ids.hpp"

namespace clerk::instance {

SessionDraft::SessionDraft(Core& core, const Visitor& visitor) : core_(core) {
  const Time now = core.now();
  const auto& lifetimes = core.settings().lifetimes;
  session_.id = newId(id::session, now, core.random());
  session_.latestActivity = visitor.activity;
  session_.latestActivity.id = newId(id::sessionActivity, now, core.random());
  session_.firstFactorVerifiedAt = session_.lastActiveAt = session_.createdAt = session_.updatedAt = now;
  session_.expireAt = now + lifetimes.session;
  session_.abandonAt = now + lifetimes.sessionAbandoned;
  rotatingToken_ = newRotatingToken(core);
}

void SessionDraft::insert(Transaction& tx, std::string_view clientId, const SessionStart& start) {
  const Time now = session_.createdAt;
  session_.clientId = clientId;
  session_.userId = start.userId;
  if (start.secondFactor) session_.secondFactorVerifiedAt = now;
  if (start.lifetime) session_.expireAt = now + *start.lifetime;
  session_.actor = start.actor;
  if (core_.settings().singleSessionMode) tx.sessions().endAllOfClient(clientId, SessionStatus::Replaced, now);
  beginOrganization(core_, tx, session_);
  // Passwords and factors are the user's own business, not that of somebody who acts as the user.
  const auto user = start.actor ? std::nullopt : tx.users().find(start.userId);
  if (user) beginTasks(core_.settings(), *user, session_);
  tx.sessions().insert(session_);
  if (!start.actor) tx.users().noteSignIn(start.userId, now);
  tx.clients().setActiveSession(clientId, session_.id, now);
  tx.clients().noteAuthentication(clientId, start.strategy);
  if (start.elsewhere) return;
  rotateClientToken(core_, tx, clientId, rotatingToken_, now);
  client_ = tx.clients().find(clientId);
}

void SessionDraft::give(Visitor& visitor) const {
  if (client_) giveRotated(visitor, *client_, rotatingToken_);
}

std::optional<Error> whySignInIsRefused(const Settings& settings, const User& user, Time now) {
  if (user.banned) return errors::userBanned();
  if (!user.isLocked(now)) return std::nullopt;
  std::optional<std::chrono::seconds> remaining;
  if (user.lockExpiresAt) remaining = std::chrono::ceil<std::chrono::seconds>(*user.lockExpiresAt - now);
  return errors::userLocked(settings.supportEmail, remaining);
}

}  // namespace clerk::instance
