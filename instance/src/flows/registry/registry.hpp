#pragma once
// What all registered things have in common: they are found, listed, added, changed and removed.

#include "flows/core.hpp"
#include "model/page.hpp"
#include "model/registry_entry.hpp"

#include <async/task.hpp>

#include <functional>
#include <string>
#include <string_view>

namespace clerk::instance {

/// A kind with its name in errors ("machine").
struct RegisteredKind {
  RegistryKind kind;
  std::string_view spoken;
};

namespace registered {
inline constexpr RegisteredKind redirectUrl{registry::redirectUrl, "redirect url"};
inline constexpr RegisteredKind satelliteDomain{registry::satelliteDomain, "domain"};
inline constexpr RegisteredKind actorToken{registry::actorToken, "actor token"};
inline constexpr RegisteredKind machine{registry::machine, "machine"};
inline constexpr RegisteredKind machineToken{registry::machineToken, "M2M token"};
inline constexpr RegisteredKind apiKey{registry::apiKey, "API key"};
inline constexpr RegisteredKind oauthApplication{registry::oauthApplication, "OAuth application"};
inline constexpr RegisteredKind webhookEndpoint{registry::webhookEndpoint, "webhook endpoint"};
}  // namespace registered

/// A new entry of the kind, made now, with an id of its own.
RegistryEntry newEntry(Core& core, const RegistryKind& kind);

/// Inside a transaction. Errors: `resource_not_found`.
Outcome<RegistryEntry> getEntry(const Transaction& tx, const RegisteredKind& kind, std::string_view id);

async::Task<Outcome<RegistryEntry>> findEntry(Core& core, RegisteredKind kind, std::string id);
async::Task<Page<RegistryEntry>> listEntries(Core& core, RegistryKind kind, RegistryFilter filter, PageRequest page);

using EntryChange = std::function<Outcome<>(Transaction&, RegistryEntry&)>;
/// Reads an entry, lets `change` change it, and writes it, all in one transaction; `taken` when its name is another
/// one's by now. Errors: `resource_not_found`, `taken`, those of `change`.
async::Task<Outcome<RegistryEntry>> changeEntry(Core& core, RegisteredKind kind, std::string id, Error taken,
                                                EntryChange change);
/// Gives the id. Errors: `resource_not_found`.
async::Task<Outcome<std::string>> eraseEntry(Core& core, RegisteredKind kind, std::string id);

/// Marks the entry as revoked, the first reason stays.
void revokeEntry(RegistryEntry& entry, const std::optional<std::string>& reason);
/// Remembers that a secret was presented; seldom, and without waiting for it.
void noteUse(Core& core, const RegistryKind& kind, const RegistryEntry& entry);

/// A secret that is found by its digest alone.
std::string digestOfSecret(const Core& core, const RegistryKind& kind, std::string_view secret);
/// A secret that can be told again and is not kept: it follows from the instance's own secret, the entry and a number
/// that changes it. 43 characters of base64url.
std::string derivedSecret(const Core& core, const RegistryKind& kind, std::string_view id, std::int64_t generation);

/// For texts that must be read again, such as keys that operators bring: sealed with a key of the instance, bound to
/// `place`.
std::string sealText(const Core& core, std::string_view place, std::string_view text);
/// Empty when it was sealed elsewhere.
std::string unsealText(const Core& core, std::string_view place, std::string_view sealed);

}  // namespace clerk::instance
