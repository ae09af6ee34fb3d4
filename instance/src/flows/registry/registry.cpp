#include "flows/registry/registry.hpp"

#include "model/ids.hpp"
#include "model/registry_errors.hpp"

#include <crypto/aead.hpp>
#include <crypto/base64.hpp>

namespace clerk::instance {
namespace {

crypto::AeadKey sealingKey(const Core& core) { return crypto::sha256(core.digestOf("sealed text", "key")); }

}  // namespace

RegistryEntry newEntry(Core& core, const RegistryKind& kind) {
  const Time now = core.now();
  return {.kind = std::string(kind.name),
          .id = newId(kind.idPrefix, now, core.random()),
          .createdAt = now,
          .updatedAt = now};
}

Outcome<RegistryEntry> getEntry(const Transaction& tx, const RegisteredKind& kind, std::string_view id) {
  if (auto entry = tx.registry().find(kind.kind, id)) return *std::move(entry);
  return Failure(errors::entryNotFound(kind.spoken, id));
}

async::Task<Outcome<RegistryEntry>> findEntry(Core& core, RegisteredKind kind, std::string id) {
  co_return co_await core.store().read([&](const Transaction& tx) { return getEntry(tx, kind, id); });
}

async::Task<Page<RegistryEntry>> listEntries(Core& core, RegistryKind kind, RegistryFilter filter, PageRequest page) {
  co_return co_await core.store().scan([&](const Transaction& tx) { return tx.registry().list(kind, filter, page); });
}

async::Task<Outcome<RegistryEntry>> changeEntry(Core& core, RegisteredKind kind, std::string id, Error taken,
                                                EntryChange change) {
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<RegistryEntry> {
    auto entry = getEntry(tx, kind, id);
    if (!entry) return entry;
    if (auto changed = change(tx, *entry); !changed) {
      tx.abandon();
      return changed.error();
    }
    entry->updatedAt = core.now();
    if (!tx.registry().update(*entry)) {
      tx.abandon();
      return Failure(taken);
    }
    return entry;
  });
}

async::Task<Outcome<std::string>> eraseEntry(Core& core, RegisteredKind kind, std::string id) {
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<std::string> {
    if (!tx.registry().erase(kind.kind, id)) return Failure(errors::entryNotFound(kind.spoken, id));
    return id;
  });
}

void revokeEntry(RegistryEntry& entry, const std::optional<std::string>& reason) {
  if (entry.status == registry_status::revoked) return;
  entry.status = registry_status::revoked;
  entry.document["revocation_reason"] = reason ? boost::json::value(*reason) : boost::json::value();
}

void noteUse(Core& core, const RegistryKind& kind, const RegistryEntry& entry) {
  const Time now = core.now();
  if (entry.lastUsedAt && now - *entry.lastUsedAt < std::chrono::minutes(1)) return;
  core.store().writeLater([kind, id = entry.id, now](Transaction& tx) { tx.registry().noteUse(kind, id, now); });
}

std::string digestOfSecret(const Core& core, const RegistryKind& kind, std::string_view secret) {
  return core.digestOf(std::string("registry ") + std::string(kind.name), secret);
}

std::string derivedSecret(const Core& core, const RegistryKind& kind, std::string_view id, std::int64_t generation) {
  return core.digestOf("derived secret",
                       std::string(kind.name) + "/" + std::string(id) + "/" + std::to_string(generation));
}

std::string sealText(const Core& core, std::string_view place, std::string_view text) {
  return crypto::base64urlEncode(crypto::seal(sealingKey(core), text, place));
}

std::string unsealText(const Core& core, std::string_view place, std::string_view sealed) {
  const auto bytes = crypto::base64urlDecode(sealed);
  return bytes ? crypto::unseal(sealingKey(core), *bytes, place).value_or("") : std::string();
}

}  // namespace clerk::instance
