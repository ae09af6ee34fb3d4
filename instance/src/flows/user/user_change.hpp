#pragma once
// One user, read, changed and written in one transaction.

#include "flows/core.hpp"
#include "model/errors.hpp"
#include "model/user.hpp"

#include <async/task.hpp>

#include <string>

namespace clerk::instance {

/// Finds the user, lets `change(tx, user)` change it, and writes it with a new `updatedAt`. A failure of `change`
/// undoes everything. Errors: `resource_not_found`, those of `change`, `form_identifier_exists` when a username or an
/// external id was taken meanwhile.
template <class Function>
async::Task<Outcome<User>> changeUser(Core& core, std::string userId, Function change) {
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<User> {
    auto user = tx.users().find(userId);
    if (!user) return Failure(errors::userNotFound(userId));
    user->updatedAt = core.now();
    Outcome<> changed = change(tx, *user);
    if (!changed) {
      tx.abandon();
      return changed.error();
    }
    if (!tx.users().update(*user)) {
      tx.abandon();
      return Failure(errors::formIdentifierExists("username"));
    }
    return *tx.users().find(userId);
  });
}

/// Makes one of the user's addresses the primary one. Errors: `form_resource_not_found`, `form_verification_needed`.
Outcome<> setPrimaryEmailAddress(User& user, const std::string& emailAddressId);

/// Makes one of the user's phone numbers the primary one. Errors as above.
Outcome<> setPrimaryPhoneNumber(User& user, const std::string& phoneNumberId);

/// Errors: `form_username_…`, `form_identifier_exists`.
Outcome<> setUsername(const Transaction& tx, User& user, const std::optional<std::string>& username);

}  // namespace clerk::instance
