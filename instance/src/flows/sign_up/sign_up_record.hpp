#pragma once
// Sign-ups as backends look at them.

#include "flows/core.hpp"
#include "flows/user/user.hpp"
#include "model/sign_up.hpp"

#include <async/task.hpp>

#include <string>

namespace clerk::instance {

/// Errors: `resource_not_found`.
async::Task<Outcome<SignUp>> getSignUpRecord(Core& core, std::string signUpId);
struct SignUpRecordChanges {
  /// What the user that comes of it will be known by at the backend.
  Change<std::string> externalId;
  std::optional<bool> customAction;
};
/// Errors: `resource_not_found`; a sign-up that is
/// complete stays as it is.
async::Task<Outcome<SignUp>> updateSignUpRecord(Core& core, std::string signUpId, SignUpRecordChanges changes);

}  // namespace clerk::instance
