#include "flows/user/lockout.hpp"

#include "model/errors.hpp"

namespace clerk::instance {
namespace {

Error errorFor(const Core& core, std::optional<Time> until) {
  std::optional<std::chrono::seconds> remaining;
  if (until) remaining = std::chrono::ceil<std::chrono::seconds>(*until - core.now());
  return errors::userLocked(core.settings().supportEmail, remaining);
}

}  // namespace

std::optional<Error> countFailure(Core& core, Transaction& tx, std::string_view userId) {
  const auto counted = tx.users().countFailure(userId, core.settings().lockout, core.now());
  if (!counted.lockedAt) return std::nullopt;
  return errorFor(core, counted.lockExpiresAt);
}

bool isLockedNow(Core& core, const std::string& userId) {
  bool locked = false;
  core.store().readNow([&](const Transaction& tx) {
    const auto user = tx.users().find(userId);
    locked = user && user->isLocked(core.now());
  });
  return locked;
}

Error lockedError(const Core& core, const Transaction& tx, std::string_view userId) {
  const auto user = tx.users().find(userId);
  return errorFor(core, user ? user->lockExpiresAt : std::nullopt);
}

std::vector<std::string> identifiersOf(const User& user) {
  std::vector<std::string> identifiers;
  for (const auto& email : user.emailAddresses) identifiers.push_back(email.emailAddress);
  if (user.username) identifiers.push_back(*user.username);
  return identifiers;
}

}  // namespace clerk::instance
