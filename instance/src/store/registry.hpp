#pragma once
// The table of what operators register; see model/registry_entry.hpp.

#include "model/page.hpp"
#include "model/registry_entry.hpp"
#include "store/sql.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace clerk::instance {

/// Which entries of a kind; newest first unless `oldestFirst`.
struct RegistryFilter {
  std::optional<std::string> owner;
  /// A part of the id or of the name, whatever its case; empty: all.
  std::string query;
  /// Leaves out those whose status is `revoked`.
  bool withoutRevoked = false;
  /// Leaves out those that are expired at this time.
  std::optional<Time> notExpiredAt;
  bool oldestFirst = false;
};

class Registry {
 public:
  explicit Registry(sql::Connection& connection) noexcept : sql_(connection) {}

  std::optional<RegistryEntry> find(const RegistryKind& kind, std::string_view id) const;
  std::optional<RegistryEntry> findByName(const RegistryKind& kind, std::string_view name) const;
  std::optional<RegistryEntry> findByDigest(const RegistryKind& kind, std::string_view digest) const;
  Page<RegistryEntry> list(const RegistryKind& kind, const RegistryFilter& filter, const PageRequest& page) const;
  std::int64_t count(const RegistryKind& kind, const RegistryFilter& filter) const;

  /// False when another one of the kind has the id, the name or the digest.
  [[nodiscard]] bool insert(const RegistryEntry& entry);
  /// Writes all but kind, id and creation. False when it is gone, or another one has the name or the digest.
  [[nodiscard]] bool update(const RegistryEntry& entry);
  /// Changes the status: true for one caller alone, whose `from` is still right.
  bool transition(const RegistryKind& kind, std::string_view id, std::string_view from, std::string_view to, Time now);
  void noteUse(const RegistryKind& kind, std::string_view id, Time now);
  bool erase(const RegistryKind& kind, std::string_view id);
  std::int64_t eraseOwned(const RegistryKind& kind, std::string_view owner);
  std::int64_t revokeOwned(const RegistryKind& kind, std::string_view owner, Time now);
  /// Removes what expired before `before`, of all kinds, at most `limit`.
  std::int64_t eraseExpired(Time before, std::int64_t limit);

 private:
  sql::Connection& sql_;
};

}  // namespace clerk::instance
