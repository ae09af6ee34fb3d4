#include "flows/session/tasks.hpp"

#include <algorithm>

namespace clerk::instance {

bool hasTask(const Session& session, std::string_view task) noexcept {
  return std::ranges::find(session.tasks, task) != session.tasks.end();
}

void addTask(Session& session, std::string_view task) {
  if (!hasTask(session, task)) session.tasks.emplace_back(task);
  session.status = SessionStatus::Pending;
}

void removeTask(Session& session, std::string_view task) {
  std::erase(session.tasks, task);
  if (session.tasks.empty()) session.status = SessionStatus::Active;
}

void beginTasks(const Settings& settings, const User& user, Session& session) {
  if (settings.secondFactorRequired && !user.twoFactorEnabled()) addTask(session, session_task::setupMfa);
  if (user.passwordCompromised) addTask(session, session_task::resetPassword);
}

void settleTasks(Transaction& tx, const User& user, Time now) {
  for (auto& session : tx.sessions().liveOfUser(user.id, now)) {
    const auto before = session.tasks.size();
    if (before == 0) continue;
    if (user.twoFactorEnabled()) removeTask(session, session_task::setupMfa);
    if (!user.passwordCompromised) removeTask(session, session_task::resetPassword);
    if (session.tasks.size() != before) tx.sessions().setOrganization(session, now);
  }
}

}  // namespace clerk::instance
