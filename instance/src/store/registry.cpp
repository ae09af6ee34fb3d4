#include "store/registry.hpp"

#include "store/sql_builder.hpp"
#include "store/stored_json.hpp"

namespace clerk::instance {
namespace {

#define CLERK_REGISTRY_COLUMNS \
  "kind, id, owner, name, digest, status, document, expires_at, last_used_at, created_at, updated_at"

RegistryEntry readEntry(const sql::Rows& row) {
  return {.kind = row.string(0),
          .id = row.string(1),
          .owner = row.string(2),
          .name = row.string(3),
          .digest = row.string(4),
          .status = row.string(5),
          .document = storedObject(row.text(6)),
          .expiresAt = row.optionalTime(7),
          .lastUsedAt = row.optionalTime(8),
          .createdAt = row.time(9),
          .updatedAt = row.time(10)};
}

std::optional<RegistryEntry> readOne(sql::Rows rows) {
  return rows.next() ? std::optional(readEntry(rows)) : std::nullopt;
}

/// What people call it may stand in the document, where it need not be had once.
std::string searchText(const RegistryEntry& entry) {
  return foldCase(entry.id + "\n" + entry.name + "\n" + entry.text("name"));
}

sql::Builder& where(sql::Builder& sql, const RegistryKind& kind, const RegistryFilter& filter) {
  sql.condition().add("kind = ").parameter(kind.name);
  if (filter.owner) sql.condition().add("owner = ").parameter(*filter.owner);
  if (filter.withoutRevoked) sql.condition().add("status <> ").parameter(registry_status::revoked);
  if (filter.notExpiredAt) {
    sql.condition().add("(expires_at is null or expires_at > ").parameter(*filter.notExpiredAt).add(")");
  }
  return sql.contains("search_text", filter.query);
}

}  // namespace

std::optional<RegistryEntry> Registry::find(const RegistryKind& kind, std::string_view id) const {
  return readOne(
      sql_.query("select " CLERK_REGISTRY_COLUMNS " from registry where kind = $1 and id = $2", {kind.name, id}));
}

std::optional<RegistryEntry> Registry::findByName(const RegistryKind& kind, std::string_view name) const {
  return readOne(sql_.query("select " CLERK_REGISTRY_COLUMNS
                            " from registry where kind = $1 and name = $2 and name <> ''",
                            {kind.name, name}));
}

std::optional<RegistryEntry> Registry::findByDigest(const RegistryKind& kind, std::string_view digest) const {
  return readOne(sql_.query("select " CLERK_REGISTRY_COLUMNS
                            " from registry where kind = $1 and digest = $2 and digest <> ''",
                            {kind.name, digest}));
}

std::int64_t Registry::count(const RegistryKind& kind, const RegistryFilter& filter) const {
  sql::Builder counting;
  counting.add("select count(*) from registry");
  auto rows = where(counting, kind, filter).run(sql_);
  return rows.next() ? rows.integer(0) : 0;
}

Page<RegistryEntry> Registry::list(const RegistryKind& kind, const RegistryFilter& filter,
                                   const PageRequest& page) const {
  Page<RegistryEntry> result;
  result.totalCount = count(kind, filter);
  sql::Builder listing;
  listing.add("select " CLERK_REGISTRY_COLUMNS " from registry");
  auto rows = where(listing, kind, filter).page("created_at", !filter.oldestFirst, page).run(sql_);
  while (rows.next()) result.data.push_back(readEntry(rows));
  return result;
}

bool Registry::insert(const RegistryEntry& entry) {
  sql_.changes.touch(entry.id);
  return sql_.execute(
             "insert into registry (" CLERK_REGISTRY_COLUMNS
             ", search_text) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict do nothing",
             {entry.kind, entry.id, entry.owner, entry.name, entry.digest, entry.status, storedText(entry.document),
              entry.expiresAt, entry.lastUsedAt, entry.createdAt, entry.updatedAt, searchText(entry)}) > 0;
}

bool Registry::update(const RegistryEntry& entry) {
  sql_.changes.touch(entry.id);
  return sql_.execute(
             "update registry set owner = $3, name = $4, digest = $5, status = $6, document = $7, expires_at = $8, "
             "updated_at = $9, search_text = $10 where kind = $1 and id = $2 and not exists (select 1 from registry r "
             "where r.kind = $1 and r.id <> $2 and ((r.name = $4 and r.name <> '') or (r.digest = $5 and r.digest <> "
             "'')))",
             {entry.kind, entry.id, entry.owner, entry.name, entry.digest, entry.status, storedText(entry.document),
              entry.expiresAt, entry.updatedAt, searchText(entry)}) > 0;
}

bool Registry::transition(const RegistryKind& kind, std::string_view id, std::string_view from, std::string_view to,
                          Time now) {
  sql_.changes.touch(id);
  return sql_.execute("update registry set status = $4, updated_at = $5 where kind = $1 and id = $2 and status = $3",
                      {kind.name, id, from, to, now}) > 0;
}

void Registry::noteUse(const RegistryKind& kind, std::string_view id, Time now) {
  sql_.execute("update registry set last_used_at = $3 where kind = $1 and id = $2", {kind.name, id, now});
}

bool Registry::erase(const RegistryKind& kind, std::string_view id) {
  sql_.changes.touch(id);
  return sql_.execute("delete from registry where kind = $1 and id = $2", {kind.name, id}) > 0;
}

std::int64_t Registry::eraseOwned(const RegistryKind& kind, std::string_view owner) {
  return sql_.execute("delete from registry where kind = $1 and owner = $2", {kind.name, owner});
}

std::int64_t Registry::revokeOwned(const RegistryKind& kind, std::string_view owner, Time now) {
  return sql_.execute(
      "update registry set status = 'revoked', updated_at = $3 where kind = $1 and owner = $2 and status <> 'revoked'",
      {kind.name, owner, now});
}

std::int64_t Registry::eraseExpired(Time before, std::int64_t limit) {
  return sql_.execute(
      "delete from registry where id in (select id from registry where expires_at < $1 order by expires_at limit $2)",
      {before, limit});
}

}  // namespace clerk::instance
