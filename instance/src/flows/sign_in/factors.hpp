#pragma once
// Which factors a user can prove.

#include "flows/client/client.hpp"
#include "flows/sign_in/sign_in.hpp"

#include <string_view>
#include <vector>

namespace clerk::instance {

/// In the order in which the forms show them: passkey, password, codes, ways to a new password, accounts elsewhere.
std::vector<Factor> firstFactorsOf(const Settings& settings, const User& user);
/// Empty when the user has none: backup codes alone are none.
std::vector<Factor> secondFactorsOf(const Settings& settings, const User& user);

/// What an identifier is shown under enumeration protection, whether somebody has it or not: the factors of somebody
/// with a password and this one address, the same ones each time it is asked.
std::vector<Factor> hiddenFirstFactors(const Core& core, std::string_view identifier, const User* user);

/// The factor that is meant: by id, else the primary one of the strategy. Null when there is none.
const Factor* findFactor(const std::vector<Factor>& factors, const PrepareFactorFields& fields);

/// The sign-in with what can be tried next.
SignInState signInStateOf(const Core& core, SignIn signIn, std::optional<User> user);

/// Where the identifier's domain has an enterprise connection, that one is the only first factor.
void offerConnection(const Transaction& tx, SignInState& state);

}  // namespace clerk::instance
