#pragma once
// Tickets and test programs' tokens as the Backend API shows them.

#include "flows/sign_in_token/sign_in_token.hpp"
#include "wire/json.hpp"

namespace clerk::instance::wire {

/// At creation: with the ticket and its URL.
JsonObject issuedSignInToken(const IssuedSignInToken& issued);
JsonObject signInToken(const SignInToken& token);
JsonObject testingToken(const TestingToken& token);

}  // namespace clerk::instance::wire
