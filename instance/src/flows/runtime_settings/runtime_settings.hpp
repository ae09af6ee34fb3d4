#pragma once
// Reading and changing what may change while the instance runs.

#include "flows/core.hpp"

#include <async/task.hpp>

#include <boost/json/object.hpp>

#include <functional>

namespace clerk::instance {

async::Task<RuntimeSettings> readRuntimeSettings(Core& core);

using SettingsChange = std::function<Outcome<>(const Transaction&, RuntimeSettings&)>;
/// Reads, changes and writes them in one transaction, and puts them in force; other processes see them with their next
/// request that changes anything. Gives what is in force then. Errors: those of `change`, `setting_fixed` for what the
/// operator keeps to himself.
async::Task<Outcome<RuntimeSettings>> changeRuntimeSettings(Core& core, SettingsChange change);

/// Changes members of the settings file (docs/instance-settings.md): null gives one back to the file. A provider of
/// `social` without a `client_secret` keeps the one it has. Errors: `form_param_unknown`, `form_param_format_invalid`,
/// `setting_fixed`.
async::Task<Outcome<>> changeSignInSettings(Core& core, boost::json::object changes);

}  // namespace clerk::instance
