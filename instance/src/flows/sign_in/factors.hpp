#pragma once
// Which factors a user can prove.

#include "flows/client/client.hpp"

#include <vector>

namespace clerk::instance {

/// In the order in which the forms show them: password, codes, ways to a new password.
std::vector<Factor> firstFactorsOf(const Settings& settings, const User& user);

/// What an identifier that nobody has is shown under enumeration protection: the factors of somebody with a password,
/// the same ones each time it is asked.
std::vector<Factor> decoyFirstFactors(const Core& core, std::string_view identifier);

/// The sign-in with what can be tried next.
SignInState signInStateOf(const Core& core, SignIn signIn, std::optional<User> user);

}  // namespace clerk::instance
