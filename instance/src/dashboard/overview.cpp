// The first page: how many there are of what, and whether something waits or failed.

#include "dashboard/operations.hpp"
#include "flows/user/user.hpp"

namespace clerk::instance::dashboard {
namespace {

/// Counting stops here, and the page says "more than".
constexpr std::int64_t most = 10'000;

async::Task<Outcome<wire::Json>> read(backend_api::Call& call) {
  const auto users = co_await countUsers(call.core, {});
  const auto banned = co_await countUsers(call.core, {.banned = true});
  const auto& settings = call.core.settings();
  co_return co_await call.core.store().scan([&](const Transaction& tx) {
    const auto list = tx.listings();
    const auto count = [&](ListedTable table, const char* status) {
      return list.countUpTo(table, most, {{"status", status}});
    };
    return wire::JsonObject{{"instance_id", settings.instanceId},
                            {"publishable_key", settings.publishableKey},
                            {"portal_url", settings.portalUrl},
                            {"users", users},
                            {"banned_users", banned},
                            {"organizations", list.countUpTo(ListedTable::Organizations, most)},
                            {"messages_queued", count(ListedTable::Messages, "queued")},
                            {"messages_failed", count(ListedTable::Messages, "failed")},
                            {"deliveries_waiting", count(ListedTable::WebhookDeliveries, "waiting")},
                            {"deliveries_failed", count(ListedTable::WebhookDeliveries, "failed")},
                            {"most_counted", most}};
  });
}

}  // namespace

void addOverview(const backend_api::AddOperation& add) { add("GET", "/overview", read); }

}  // namespace clerk::instance::dashboard
