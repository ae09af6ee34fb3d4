#pragma once
// The instance and its settings, as the Backend API shows them.

#include "settings/runtime_settings.hpp"
#include "wire/json.hpp"

namespace clerk::instance::wire {

JsonObject instance(const View& view, const RuntimeSettings& settings);
JsonObject restrictions(const RuntimeSettings& settings);
JsonObject communication(const RuntimeSettings& settings);
JsonObject oauthApplicationSettings(const RuntimeSettings& settings);

/// What a backend may change of the settings file, as it is in force, and which of it is fixed.
JsonObject signInSettings(const Settings& settings);

}  // namespace clerk::instance::wire
