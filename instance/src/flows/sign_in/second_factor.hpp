#pragma once
// Proving a second factor, at sign-in or again within a session.

#include "flows/sign_in/sign_in.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace clerk::instance {

/// Where a proof is noted: the verification that is there, and how another takes its place.
struct FactorSlot {
  std::optional<Verification> current;
  std::function<void(std::string_view verificationId)> set;
};

/// Sends a code to a phone number or address that serves as second factor. Errors: `strategy_for_user_invalid`, …
Outcome<> prepareSecondFactorIn(Core& core, Transaction& tx, const User& user, const PrepareFactorFields& fields,
                                const FactorSlot& slot);

/// Takes a code of an app, a backup code, or one that was sent. Wrong ones count towards a lock, and end the attempt
/// after some. Errors: `form_code_incorrect`, `no_second_factors`, `verification_…`, `user_locked`.
Outcome<> attemptSecondFactorIn(Core& core, Transaction& tx, const User& user, std::string_view strategy,
                                std::string_view code, std::string_view clientId, const FactorSlot& slot);

/// Counts a wrong code of a known user: the error to show instead when that locked the account.
Failure wrongCode(Core& core, Transaction& tx, const User& user, const Failure& failure);

}  // namespace clerk::instance
