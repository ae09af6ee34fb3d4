#pragma once
// Where events are sent: addresses that the operator configured, and no other.

#include "flows/core.hpp"
#include "model/registry_entry.hpp"

#include <optional>
#include <string>
#include <vector>

namespace clerk::instance::webhooks {

struct Endpoint {
  /// http or https.
  std::string url;
  /// `whsec_…`; empty: one that follows from the instance's own secret, see secretOfEndpoint().
  std::string signingSecret{};
  /// Such as `user.created`, or `user.*`; empty: all.
  std::vector<std::string> events{};
};

/// What becomes of stored endpoints that are not in the configuration.
enum class Others { Revoked, Kept };

/// Adds what is new and changes what is stored otherwise. For start-up; blocks. Throws StoreError for an address or a
/// secret that is none.
void configureEndpoints(Core& core, const std::vector<Endpoint>& endpoints, Others others = Others::Revoked);

/// The `whsec_…` with which the endpoint verifies; empty when it cannot be read any more.
std::string secretOfEndpoint(const Core& core, const RegistryEntry& endpoint);
/// Whether the endpoint wants events of this type.
bool wants(const RegistryEntry& endpoint, std::string_view eventType);

}  // namespace clerk::instance::webhooks
