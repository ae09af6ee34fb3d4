#pragma once
// Sign-ins as the Frontend API shows them.

#include "flows/client/client.hpp"
#include "wire/json.hpp"

namespace clerk::instance::wire {

JsonObject factor(const Factor& factor);
/// Null for none.
Json factors(const std::vector<Factor>& list);

JsonObject signIn(const View& view, const SignInState& state);

}  // namespace clerk::instance::wire
