#pragma once
// Sign-ups as the two APIs show them.

#include "model/sign_up.hpp"
#include "wire/json.hpp"

namespace clerk::instance::wire {

JsonObject signUp(const View& view, const SignUp& signUp);
/// The Backend API's SignUp: what is verified how far, in short.
JsonObject backendSignUp(const View& view, const SignUp& signUp);

}  // namespace clerk::instance::wire
