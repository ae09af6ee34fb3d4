#pragma once
// A proof within a session, as the Frontend API shows it.

#include "flows/session/reverification.hpp"
#include "wire/json.hpp"

namespace clerk::instance::wire {

JsonObject reverification(const View& view, const ReverificationState& state);

}  // namespace clerk::instance::wire
