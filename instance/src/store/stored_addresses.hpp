#pragma once
// A user's addresses as they lie in the user's row: reading a user is one look-up, whatever it is known by. The table
// of identifications beside it makes them unique and lets them be found.

#include "model/user.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace clerk::instance {

/// Proofs that are finished never change and are copied; of one that goes on, only the id is kept.
std::string storedAddresses(const std::vector<EmailAddress>& addresses);

/// What storedAddresses() wrote; a proof that goes on comes back with its id alone. Throws StoreError for anything
/// else.
std::vector<EmailAddress> readAddresses(std::string_view text);

/// True for a verification that was read with its id alone.
bool isPending(const Verification& verification) noexcept;

}  // namespace clerk::instance
