// Users as they manage themselves.

#include "flows/client/client_token.hpp"
#include "flows/normal_form.hpp"
#include "flows/session/session_start.hpp"
#include "flows/session/tasks.hpp"
#include "flows/user/lockout.hpp"
#include "flows/user/new_password.hpp"
#include "flows/user/user.hpp"
#include "flows/user/user_change.hpp"

#include <utility>

namespace clerk::instance {
namespace {

Outcome<> rename(std::optional<std::string>& name, const std::optional<std::string>& given, std::string_view param) {
  if (!given) return {};
  auto normal = normalName(*given, param);
  if (!normal) return normal.error();
  name = *std::move(normal);
  return {};
}

/// Whether the current password that was given is right, or none is needed. Wrong ones count like those of a sign-in:
/// a stolen session must not be a way to guess.
async::Task<Outcome<>> checkCurrentPassword(Core& core, const User& user, std::optional<std::string> given) {
  if (!user.password) co_return Outcome<>();
  if (auto refusal = whySignInIsRefused(core.settings(), user, core.now())) co_return Failure(*std::move(refusal));
  if (!given || given->empty()) co_return Failure(errors::formParamNil("current_password"));
  const auto verdict = co_await core.passwords().verify(user.password, *std::move(given),
                                                        [&core, id = user.id] { return !isLockedNow(core, id); });
  if (verdict == PasswordHasher::Verdict::Right) {
    co_await core.store().transact([&](Transaction& tx) { tx.users().clearFailures(user.id); });
    co_return Outcome<>();
  }
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<> {
    if (verdict == PasswordHasher::Verdict::NotTried) return Failure(lockedError(core, tx, user.id));
    if (auto locked = countFailure(core, tx, user.id)) return Failure(*std::move(locked));
    return Failure(errors::formPasswordValidationFailed("current_password"));
  });
}

}  // namespace

async::Task<Outcome<User>> updateProfile(Core& core, std::string userId, ProfileChanges changes) {
  co_return co_await changeUser(core, std::move(userId), [&](Transaction& tx, User& user) -> Outcome<> {
    for (auto renamed : {rename(user.firstName, changes.firstName, "first_name"),
                         rename(user.lastName, changes.lastName, "last_name")}) {
      if (!renamed) return renamed;
    }
    if (changes.username) {
      if (!core.settings().attributes.username.enabled) return Failure(errors::formParamUnknown("username"));
      if (auto set = setUsername(tx, user, changes.username); !set) return set;
    }
    if (changes.primaryEmailAddressId) {
      if (auto set = setPrimaryEmailAddress(user, *changes.primaryEmailAddressId); !set) return set;
    }
    if (changes.primaryPhoneNumberId) return setPrimaryPhoneNumber(user, *changes.primaryPhoneNumberId);
    return {};
  });
}

async::Task<Outcome<User>> updateUnsafeMetadata(Core& core, std::string userId, std::string unsafeMetadata) {
  auto metadata = readMetadata(unsafeMetadata, "unsafe_metadata", core.settings().maxMetadataBytes);
  if (!metadata) co_return metadata.error();
  co_return co_await mergeUserMetadata(core, std::move(userId), {.unsafeMetadata = *std::move(metadata)});
}

async::Task<Outcome<User>> changePassword(Core& core, const Session& session, ChangePasswordFields fields) {
  const std::string sessionId = session.id;
  auto user = co_await getUser(core, session.userId);
  if (!user) co_return user;
  const User before = *std::move(user);
  // Who must set a new one because others know it has come in another way, and is not asked for it.
  if (!hasTask(session, session_task::resetPassword)) {
    auto checked = co_await checkCurrentPassword(core, before, std::move(fields.currentPassword));
    if (!checked) co_return checked.error();
  }
  if (auto taken = co_await checkNewPassword(core, before, fields.newPassword, "new_password"); !taken) {
    co_return taken.error();
  }
  const auto digest = co_await core.passwords().hash(std::move(fields.newPassword));
  co_return co_await changeUser(core, before.id, [&](Transaction& tx, User& changed) -> Outcome<> {
    // Somebody else may have changed it since it was checked.
    if (changed.password != before.password) return Failure(errors::formPasswordValidationFailed("current_password"));
    changed.password = digest;
    changed.passwordLastUpdatedAt = core.now();
    changed.passwordCompromised = false;
    if (fields.signOutOfOtherSessions) {
      tx.sessions().endAllOfUser(changed.id, SessionStatus::Revoked, sessionId, core.now());
    }
    settleTasks(tx, changed, core.now());
    return {};
  });
}

async::Task<Outcome<User>> removeOwnPassword(Core& core, std::string userId,
                                             std::optional<std::string> currentPassword) {
  if (core.settings().attributes.password.required) co_return Failure(errors::passwordRequired());
  auto user = co_await getUser(core, userId);
  if (!user) co_return user;
  if (!user->password) co_return Failure(errors::noPasswordSet());
  // Clerk's own form does not ask for it: whoever presents one must be right.
  if (currentPassword) {
    auto checked = co_await checkCurrentPassword(core, *user, std::move(currentPassword));
    if (!checked) co_return checked.error();
  }
  co_return co_await removePassword(core, std::move(userId), false);
}

async::Task<Outcome<std::string>> deleteSelf(Core& core, Visitor& visitor, std::string userId) {
  auto user = co_await getUser(core, userId);
  if (!user) co_return user.error();
  if (!core.settings().deleteSelf || !user->deleteSelfEnabled) co_return Failure(errors::userDeleteSelfNotEnabled());
  const Time now = core.now();
  auto rotatingToken = newRotatingToken(core);
  auto client = co_await core.store().transact([&](Transaction& tx) -> std::optional<Client> {
    tx.users().erase(userId);
    if (!visitor.client) return std::nullopt;
    tx.clients().setActiveSession(visitor.client->id, std::nullopt, now);
    rotateClientToken(core, tx, visitor.client->id, rotatingToken, now);
    return tx.clients().find(visitor.client->id);
  });
  if (client) giveRotated(visitor, *std::move(client), std::move(rotatingToken));
  co_return userId;
}

}  // namespace clerk::instance
