#include "webhooks/endpoints.hpp"

#include "delivery/webhook_signature.hpp"
#include "flows/registry/registry.hpp"

#include <boost/json/array.hpp>

#include <algorithm>

namespace clerk::instance::webhooks {
namespace {

constexpr std::size_t longestUrl = 2048;
constexpr PageRequest all{.limit = 500};

[[noreturn]] void refuse(const std::string& what) { throw StoreError(StoreError::Reason::CannotOpen, what); }

void check(const Endpoint& endpoint) {
  const bool web = endpoint.url.starts_with("https://") || endpoint.url.starts_with("http://");
  if (!web || endpoint.url.size() > longestUrl) {
    refuse("webhook endpoint \"" + endpoint.url.substr(0, 200) + "\" is no http or https address");
  }
  if (!endpoint.signingSecret.empty() && !keyOf(endpoint.signingSecret)) {
    refuse("the signing secret of webhook endpoint " + endpoint.url + " is not whsec_ and base64 of 24 to 64 bytes");
  }
}

std::string sealingPlace(const RegistryEntry& entry) { return "webhook_endpoint/" + entry.id; }

void fill(const Core& core, RegistryEntry& entry, const Endpoint& endpoint) {
  entry.name = endpoint.url;
  entry.status = registry_status::active;
  entry.document["events"] = boost::json::array(endpoint.events.begin(), endpoint.events.end());
  // The same secret stays sealed as it is: a start that changes nothing writes nothing.
  if (endpoint.signingSecret.empty()) {
    entry.document.erase("sealed_secret");
  } else if (unsealText(core, sealingPlace(entry), entry.text("sealed_secret")) != endpoint.signingSecret) {
    entry.document["sealed_secret"] = sealText(core, sealingPlace(entry), endpoint.signingSecret);
  }
}

void write(Core& core, Transaction& tx, const Endpoint& endpoint) {
  auto entry = tx.registry().findByName(registry::webhookEndpoint, endpoint.url);
  const bool exists = entry.has_value();
  if (!exists) entry = newEntry(core, registry::webhookEndpoint);
  const auto before = *entry;
  fill(core, *entry, endpoint);
  if (exists && *entry == before) return;
  entry->updatedAt = core.now();
  const bool written = exists ? tx.registry().update(*entry) : tx.registry().insert(*entry);
  if (!written) refuse("webhook endpoint " + endpoint.url + " is configured twice");
}

}  // namespace

void configureEndpoints(Core& core, const std::vector<Endpoint>& endpoints, Others others) {
  for (const auto& endpoint : endpoints) check(endpoint);
  core.store().writeNow([&](Transaction& tx) {
    for (const auto& endpoint : endpoints) write(core, tx, endpoint);
    if (others == Others::Kept) return;
    for (const auto& entry : tx.registry().list(registry::webhookEndpoint, {}, all).data) {
      const bool configured = std::ranges::find(endpoints, entry.name, &Endpoint::url) != endpoints.end();
      if (configured) continue;
      tx.registry().transition(registry::webhookEndpoint, entry.id, registry_status::active, registry_status::revoked,
                               core.now());
    }
  });
}

std::string secretOfEndpoint(const Core& core, const RegistryEntry& endpoint) {
  if (endpoint.document.contains("sealed_secret")) {
    return unsealText(core, sealingPlace(endpoint), endpoint.text("sealed_secret"));
  }
  return secretOf(derivedSecret(core, registry::webhookEndpoint, endpoint.id, 1));
}

bool wants(const RegistryEntry& endpoint, std::string_view eventType) {
  const auto events = endpoint.json("events");
  if (!events.is_array() || events.get_array().empty()) return true;
  return std::ranges::any_of(events.get_array(), [&](const boost::json::value& event) {
    if (!event.is_string()) return false;
    const std::string_view pattern = event.get_string();
    return pattern == eventType || pattern == "*" ||
           (pattern.ends_with(".*") && eventType.starts_with(pattern.substr(0, pattern.size() - 1)));
  });
}

}  // namespace clerk::instance::webhooks
