#pragma once
// The Environment that Clerk's components read first: which fields their forms show, and where pages are.

#include "settings/settings.hpp"
#include "wire/json.hpp"

namespace clerk::instance::wire {

JsonObject environment(const Settings& settings);

/// The account portal: where its pages lead.
JsonObject accountPortal(const Settings& settings);

}  // namespace clerk::instance::wire
