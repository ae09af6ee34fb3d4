#pragma once
// Tickets with which one person acts as another: impersonation (Clerk docs: "User impersonation").

#include "flows/registry/registry.hpp"

#include <chrono>
#include <string>

namespace clerk::instance {

struct NewActorToken {
  std::string userId;
  boost::json::object actor;  ///< becomes the `act` claim; `sub` says who acts
  std::chrono::seconds lifetime{3600};
  std::chrono::seconds sessionLifetime{1800};
};

/// The entry's document holds `token` and `url`, this once. Errors: `resource_not_found` (user).
async::Task<Outcome<RegistryEntry>> createActorToken(Core& core, NewActorToken fields);
/// Errors: `resource_not_found`, `actor_token_cannot_be_revoked_code`.
async::Task<Outcome<RegistryEntry>> revokeActorToken(Core& core, std::string id);

// ---- for sign-ins by ticket

/// Inside a transaction: the actor token, if it can be used. Errors: `ticket_invalid_code`, `ticket_expired_code`,
/// `actor_token_already_used_code`, `actor_token_revoked_code`.
Outcome<RegistryEntry> findUsableActorToken(const Transaction& tx, std::string_view id, Time now);
/// Uses it up: true for one caller alone.
bool acceptActorToken(Transaction& tx, std::string_view id, Time now);

}  // namespace clerk::instance
