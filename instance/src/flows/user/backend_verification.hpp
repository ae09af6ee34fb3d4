#pragma once
// Codes that a backend has sent to an address or number of a user, to know that whoever talks to it has them. Each is a
// verification of its own beside those of the person's own attempts (Backend API: `prepare_verification`).

#include "flows/core.hpp"
#include "model/verification.hpp"

#include <async/task.hpp>

#include <string>

namespace clerk::instance {

/// Errors: `resource_not_found`, `verification_code_too_many_requests`.
async::Task<Outcome<Verification>> prepareEmailAddressForBackend(Core& core, std::string emailAddressId);
async::Task<Outcome<Verification>> preparePhoneNumberForBackend(Core& core, std::string phoneNumberId);

/// Gives the verification as it is after the try: a wrong or late code shows in its status. A right one proves the
/// address, unless it was proved before. Errors: `resource_not_found`, `verification_already_verified`,
/// `form_identifier_exists` when somebody else proved it meanwhile.
async::Task<Outcome<Verification>> attemptEmailAddressForBackend(Core& core, std::string emailAddressId,
                                                                 std::string verificationId, std::string code);
async::Task<Outcome<Verification>> attemptPhoneNumberForBackend(Core& core, std::string phoneNumberId,
                                                                std::string verificationId, std::string code);

}  // namespace clerk::instance
