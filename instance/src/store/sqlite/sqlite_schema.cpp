#include "store/sqlite/sqlite_schema.hpp"

namespace clerk::instance {
namespace {

/// "clkd": marks a file as ours (SQLite docs: "PRAGMA application_id").
constexpr std::int64_t applicationId = 0x636c6b64;

std::int64_t firstInteger(SqliteConnection& connection, const char* text) {
  auto rows = connection.query(text, {});
  return rows.next() ? rows.integer(0) : 0;
}

void apply(SqliteConnection& connection, const Migration& step, Time now) {
  connection.runScript("begin immediate");
  try {
    // Another process may have been faster: it holds the lock that we waited for.
    if (firstInteger(connection, "pragma user_version") < step.version) {
      connection.runScript(sqliteScript(step));
      connection.execute("insert into schema_migrations (version, name, applied_at) values ($1, $2, $3)",
                         {step.version, step.name, now});
      connection.runScript("pragma user_version = " + std::to_string(step.version));
    }
    connection.runScript("commit");
  } catch (...) {
    if (connection.inTransaction()) connection.runScript("rollback");
    throw;
  }
}

void prepareFile(SqliteConnection& connection) {
  connection.runScript(
      "begin immediate; create table if not exists schema_migrations (version integer primary key, "
      "name text not null, applied_at bigint not null); pragma application_id = " +
      std::to_string(applicationId) + "; commit");
}

}  // namespace

std::string sqliteScript(const Migration& step) { return std::string(step.common) + std::string(step.sqlite); }

int schemaVersion(SqliteConnection& connection, const std::filesystem::path& file) {
  const bool ours = firstInteger(connection, "pragma application_id") == applicationId;
  if (!ours && firstInteger(connection, "select count(*) from sqlite_master") > 0) {
    throw StoreError(
        StoreError::Reason::CannotOpen,
        "database " + file.string() + " belongs to another program; choose another folder or move it away");
  }
  return static_cast<int>(firstInteger(connection, "pragma user_version"));
}

void migrate(SqliteConnection& connection, const std::filesystem::path& file, std::span<const Migration> steps,
             Time now) {
  const int version = schemaVersion(connection, file);
  const int newest = steps.empty() ? 0 : steps.back().version;
  if (version > newest) {
    throw StoreError(StoreError::Reason::NewerSchema, "database " + file.string() + " has schema version " +
                                                          std::to_string(version) + ", this program knows " +
                                                          std::to_string(newest) +
                                                          "; install a newer clerkd or use another folder");
  }
  if (connection.isReadOnly()) {
    throw StoreError(
        StoreError::Reason::ReadOnly,
        "database " + file.string() + " cannot be written; change its permissions or choose another folder");
  }
  if (version == 0) prepareFile(connection);
  for (const auto& step : steps) {
    if (step.version > version) apply(connection, step, now);
  }
}

}  // namespace clerk::instance
