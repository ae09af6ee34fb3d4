#pragma once
// What a user may take for a new password.

#include "flows/core.hpp"
#include "model/user.hpp"

#include <string>
#include <string_view>

namespace clerk::instance {

/// The instance's rules, and that a password that others know is really replaced. Errors: `form_password_…` (`param`).
async::Task<Outcome<>> checkNewPassword(Core& core, const User& user, std::string password, std::string_view param);

}  // namespace clerk::instance
