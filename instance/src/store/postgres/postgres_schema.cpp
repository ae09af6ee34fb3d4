#include "store/postgres/postgres_schema.hpp"

#include <cctype>
#include <string>
#include <string_view>

namespace clerk::instance {
namespace {

std::int64_t firstInteger(PostgresConnection& connection, const char* text) {
  auto rows = connection.query(text, {});
  return rows.next() ? rows.integer(0) : 0;
}

bool isNameCharacter(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// Text is compared by its bytes, as SQLite does, whatever the database's own order is: cursors and sorted lists must
/// not depend on where a server runs.
std::string withByteOrder(std::string_view script) {
  constexpr std::string_view type = " text";
  std::string result;
  for (std::size_t at = 0; at < script.size();) {
    const bool isType = script.substr(at).starts_with(type) && at > 0 && isNameCharacter(script[at - 1]) &&
                        (at + type.size() == script.size() || !isNameCharacter(script[at + type.size()]));
    if (isType) {
      result.append(type).append(" collate \"C\"");
      at += type.size();
    } else {
      result += script[at++];
    }
  }
  return result;
}

int appliedVersion(PostgresConnection& connection) {
  return static_cast<int>(firstInteger(connection, "select coalesce(max(version), 0) from schema_migrations"));
}

/// Runs `work` in a transaction of its own.
template <class Work>
void inTransaction(PostgresConnection& connection, Work work) {
  connection.beginMigration();
  try {
    work();
    connection.commit();
  } catch (...) {
    if (connection.inTransaction()) connection.rollBack();
    throw;
  }
}

void apply(PostgresConnection& connection, const Migration& step, Time now) {
  inTransaction(connection, [&] {
    // Another process may have been faster: it held the lock that we waited for.
    if (appliedVersion(connection) >= step.version) return;
    connection.runScript(postgresScript(step));
    connection.execute("insert into schema_migrations (version, name, applied_at) values ($1, $2, $3)",
                       {step.version, step.name, now});
  });
}

void prepareDatabase(PostgresConnection& connection) {
  inTransaction(connection, [&] {
    connection.runScript(
        "create table if not exists schema_migrations (version integer primary key, name text not null, applied_at "
        "bigint not null)");
  });
}

bool hasTable(PostgresConnection& connection, const char* name) {
  auto rows = connection.query("select 1 where to_regclass($1) is not null", {name});
  return rows.next();
}

}  // namespace

std::string postgresScript(const Migration& step) { return withByteOrder(step.common) + withByteOrder(step.postgres); }

int schemaVersion(PostgresConnection& connection) {
  // In this order: another process may be making its first tables right now, and schema_migrations before the others.
  const auto tables = firstInteger(connection,
                                   "select count(*) from pg_class where relkind = 'r' and relnamespace = "
                                   "current_schema()::regnamespace");
  if (hasTable(connection, "schema_migrations")) return appliedVersion(connection);
  if (tables == 0) return 0;
  throw StoreError(StoreError::Reason::CannotOpen,
                   "database " + connection.name() + " belongs to another program; make one of its own with createdb");
}

void migrate(PostgresConnection& connection, std::span<const Migration> steps, Time now) {
  const int version = schemaVersion(connection);
  const int newest = steps.empty() ? 0 : steps.back().version;
  if (version > newest) {
    throw StoreError(StoreError::Reason::NewerSchema, "database " + connection.name() + " has schema version " +
                                                          std::to_string(version) + ", this program knows " +
                                                          std::to_string(newest) +
                                                          "; install a newer clerkd or use another database");
  }
  if (version == 0) prepareDatabase(connection);
  for (const auto& step : steps) {
    if (step.version > version) apply(connection, step, now);
  }
}

}  // namespace clerk::instance
