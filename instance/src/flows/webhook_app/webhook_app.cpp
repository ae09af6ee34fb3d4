#include "flows/webhook_app/webhook_app.hpp"

#include "flows/registry/registry.hpp"
#include "model/registry_errors.hpp"

namespace clerk::instance {
namespace {

/// There is one: its name is taken by the first.
constexpr std::string_view name = "webhooks";

}  // namespace

async::Task<Outcome<>> enableWebhookApp(Core& core) {
  auto entry = newEntry(core, registry::webhookApp);
  entry.name = name;
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<> {
    if (!tx.registry().insert(entry)) return Failure(errors::webhooksAlreadyEnabled());
    return {};
  });
}

async::Task<Outcome<>> disableWebhookApp(Core& core) {
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<> {
    const auto entry = tx.registry().findByName(registry::webhookApp, name);
    if (!entry || !tx.registry().erase(registry::webhookApp, entry->id)) return Failure(errors::webhooksNotEnabled());
    return {};
  });
}

async::Task<Outcome<>> requireWebhookApp(Core& core) {
  const bool enabled = co_await core.store().read(
      [&](const Transaction& tx) { return tx.registry().findByName(registry::webhookApp, name).has_value(); });
  if (!enabled) co_return Failure(errors::webhooksNotEnabled());
  co_return Outcome<>();
}

}  // namespace clerk::instance
