#include "webhooks/events.hpp"

#include "model/ids.hpp"
#include "webhooks/endpoints.hpp"
#include "webhooks/payloads.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace clerk::instance::webhooks {
namespace {

constexpr PageRequest all{.limit = 500};
constexpr std::string_view eventId = "msg";
constexpr std::string_view deliveryId = "whd";

std::vector<RegistryEntry> endpointsFor(const Transaction& tx, std::string_view type) {
  auto endpoints = tx.registry().list(registry::webhookEndpoint, {.withoutRevoked = true}, all).data;
  std::erase_if(endpoints, [&](const RegistryEntry& endpoint) { return !wants(endpoint, type); });
  return endpoints;
}

boost::json::object envelope(const Core& core, std::string_view type, boost::json::object data, Time now) {
  return {{"data", std::move(data)},
          {"event_attributes", {{"http_request", {{"client_ip", ""}, {"user_agent", ""}}}}},
          {"instance_id", core.settings().instanceId},
          {"object", "event"},
          {"timestamp", toMilliseconds(now)},
          {"type", type}};
}

void record(Core& core, Transaction& tx, const StoreChange& change) {
  const auto endpoints = endpointsFor(tx, change.type);
  if (endpoints.empty()) return;
  const Time now = core.now();
  auto data = payloadOf({core.settings(), now}, tx, change);
  if (!data) return;
  const WebhookEvent event{.id = newId(eventId, now, core.random()),
                           .type = std::string(change.type),
                           .payload = boost::json::serialize(envelope(core, change.type, *std::move(data), now)),
                           .createdAt = now};
  tx.webhooks().insert(event);
  for (const auto& endpoint : endpoints) {
    tx.webhooks().insert(WebhookDelivery{.id = newId(deliveryId, now, core.random()),
                                         .eventId = event.id,
                                         .endpointId = endpoint.id,
                                         .dueAt = now,
                                         .createdAt = now});
  }
}

}  // namespace

void recordEvents(Core& core) {
  core.store().onChange([&core](Transaction& tx, const StoreChange& change) { record(core, tx, change); });
}

}  // namespace clerk::instance::webhooks
