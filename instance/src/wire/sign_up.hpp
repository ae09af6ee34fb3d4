#pragma once
// Sign-ups as the Frontend API shows them.

#include "model/sign_up.hpp"
#include "wire/json.hpp"

namespace clerk::instance::wire {

JsonObject signUp(const View& view, const SignUp& signUp);

}  // namespace clerk::instance::wire
