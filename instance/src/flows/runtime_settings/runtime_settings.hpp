#pragma once
// Reading and changing what may change while the instance runs.

#include "flows/core.hpp"

#include <async/task.hpp>

#include <functional>

namespace clerk::instance {

async::Task<RuntimeSettings> readRuntimeSettings(Core& core);

using SettingsChange = std::function<Outcome<>(const Transaction&, RuntimeSettings&)>;
/// Reads, changes and writes them in one transaction; gives what is in force then.
async::Task<Outcome<RuntimeSettings>> changeRuntimeSettings(Core& core, SettingsChange change);

}  // namespace clerk::instance
