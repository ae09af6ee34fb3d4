#include "flows/runtime_settings/runtime_settings.hpp"

namespace clerk::instance {

async::Task<RuntimeSettings> readRuntimeSettings(Core& core) {
  co_return co_await core.store().read([&](const Transaction& tx) { return core.runtimeSettings(tx); });
}

async::Task<Outcome<RuntimeSettings>> changeRuntimeSettings(Core& core, SettingsChange change) {
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<RuntimeSettings> {
    auto settings = core.runtimeSettings(tx);
    if (auto changed = change(tx, settings); !changed) return changed.error();
    core.setRuntimeSettings(tx, settings);
    return settings;
  });
}

}  // namespace clerk::instance
