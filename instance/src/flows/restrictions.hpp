#pragma once
// Whom the instance keeps out by what they are called: lists, throw-away addresses, numbers of countries that nothing
// is sent to (Backend API: `/instance/restrictions`, `/instance/communication`).

#include "flows/core.hpp"

#include <string_view>

namespace clerk::instance {

/// For a new address or number. Errors: `not_allowed_access`.
Outcome<> checkNewEmailAddress(const Core& core, const Transaction& tx, std::string_view emailAddress);
Outcome<> checkNewPhoneNumber(const Core& core, const Transaction& tx, std::string_view phoneNumber);

/// For whoever signs in by it. Errors: `not_allowed_access`.
Outcome<> checkSignInIdentifier(const Core& core, const Transaction& tx, std::string_view identifier);

/// Errors: `not_allowed_access` for a number in a country that no messages are sent to.
Outcome<> checkCountry(const Core& core, std::string_view phoneNumber);

}  // namespace clerk::instance
