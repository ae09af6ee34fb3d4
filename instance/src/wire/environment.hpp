#pragma once
// The Environment that Clerk's components read first: which fields their forms show, and where pages are.

#include "settings/settings.hpp"
#include "wire/json.hpp"

namespace clerk::instance::wire {

JsonObject environment(const Settings& settings, const RuntimeSettings& runtime);

}  // namespace clerk::instance::wire
