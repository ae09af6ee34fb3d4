#pragma once
// Locking accounts that somebody guesses at.

#include "flows/core.hpp"
#include "model/user.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clerk::instance {

/// Counts a wrong guess; the error to show when the account is locked by now.
std::optional<Error> countFailure(Core& core, Transaction& tx, std::string_view userId);

/// Reads on the calling thread, whichever that is.
bool isLockedNow(Core& core, const std::string& userId);

/// `user_locked` with the time that is left.
Error lockedError(const Core& core, const Transaction& tx, std::string_view userId);

template <class T>
Outcome<T> refuseLocked(const Core& core, const Transaction& tx, std::string_view userId) {
  return Failure(lockedError(core, tx, userId));
}

/// What a user's password must not be.
std::vector<std::string> identifiersOf(const User& user);

}  // namespace clerk::instance
