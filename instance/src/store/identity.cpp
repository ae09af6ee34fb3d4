#include "store/identity.hpp"

namespace clerk::instance {

std::optional<std::string> Identity::instanceId() const {
  auto rows = sql_.query("select id from instance", {});
  return rows.next() ? std::optional(rows.string(0)) : std::nullopt;
}

void Identity::setInstanceId(std::string_view id, Time now) {
  sql_.execute("insert into instance (id, created_at) values ($1, $2)", {id, now});
}

std::vector<StoredKey> Identity::keys(std::string_view kind) const {
  std::vector<StoredKey> keys;
  auto rows = sql_.query(
      "select id, kind, material, sealed, created_at from keys where kind = $1 order by created_at, id", {kind});
  while (rows.next()) {
    keys.push_back({rows.string(0), rows.string(1), rows.string(2), rows.boolean(3), rows.time(4)});
  }
  return keys;
}

void Identity::insertKey(const StoredKey& key) {
  sql_.execute("insert into keys (id, kind, material, sealed, created_at) values ($1, $2, $3, $4, $5)",
               {key.id, key.kind, key.material, key.sealed, key.createdAt});
}

void Identity::updateKey(const StoredKey& key) {
  sql_.execute("update keys set material = $2, sealed = $3 where id = $1", {key.id, key.material, key.sealed});
}

}  // namespace clerk::instance
