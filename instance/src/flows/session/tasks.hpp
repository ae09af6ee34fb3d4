#pragma once
// What somebody must do before a session counts as signed in (Clerk docs: "Session tasks").

#include "flows/core.hpp"
#include "model/session.hpp"
#include "model/user.hpp"

#include <string_view>

namespace clerk::instance {

namespace session_task {
inline constexpr std::string_view chooseOrganization = "choose-organization";
inline constexpr std::string_view resetPassword = "reset-password";
inline constexpr std::string_view setupMfa = "setup-mfa";
}  // namespace session_task

bool hasTask(const Session& session, std::string_view task) noexcept;
/// A session with a task is pending.
void addTask(Session& session, std::string_view task);
/// Without any it is active.
void removeTask(Session& session, std::string_view task);

/// Before a session is written for the first time: what its user has to do about the password and second factors.
void beginTasks(const Settings& settings, const User& user, Session& session);

/// After a user's password or factors were written: what is done by now is no task of any of the user's sessions.
void settleTasks(Transaction& tx, const User& user, Time now);

}  // namespace clerk::instance
