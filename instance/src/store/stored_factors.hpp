#pragma once
// What else identifies a user, as it lies in the user's row beside the addresses: phone numbers, accounts elsewhere,
// passkeys, and which second factors there are. Few users have any: `{}` then, which costs nothing to read.

#include "model/user.hpp"

#include <string>
#include <string_view>

namespace clerk::instance {

std::string storedFactors(const User& user);

/// Fills `user` with what storedFactors() wrote; proofs that go on come back with their id alone. Throws StoreError for
/// anything else.
void readFactors(std::string_view text, User& user);

/// An account elsewhere, alone: a sign-up carries one to its user.
std::string storedExternalAccount(const ExternalAccount& account);
ExternalAccount readExternalAccount(std::string_view text);

}  // namespace clerk::instance
