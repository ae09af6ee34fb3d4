#include "store/schema_report.hpp"

#include "store/migrations/migrations.hpp"
#include "store/postgres/postgres_schema.hpp"
#include "store/sqlite/sqlite_schema.hpp"
#include "store/store_error.hpp"

#include <system_error>

namespace clerk::instance {
namespace {

int newestVersion() noexcept { return migrations().back().version; }

SchemaReport reportOf(std::string engine, std::string place, int version, std::string (*scriptOf)(const Migration&)) {
  SchemaReport report{
      .engine = std::move(engine), .place = std::move(place), .version = version, .newest = newestVersion()};
  for (const auto& step : migrations()) {
    if (step.version > version) report.pending.push_back({step.version, std::string(step.name), scriptOf(step)});
  }
  return report;
}

int versionOf(const std::filesystem::path& file) {
  try {
    SqliteConnection connection(file, SqliteConnection::Mode::ReadOnly);
    return schemaVersion(connection, file);
  } catch (const StoreError& error) {
    // A process that was killed left a journal, which must be rolled back before anybody reads.
    if (error.reason() != StoreError::Reason::ReadOnly) throw;
  }
  SqliteConnection connection(file, SqliteConnection::Mode::ReadWrite);
  return schemaVersion(connection, file);
}

}  // namespace

SchemaReport inspectSqlite(const std::filesystem::path& file) {
  std::error_code ignored;
  const bool exists = std::filesystem::exists(file, ignored);
  int version = 0;
  if (exists) {
    version = versionOf(file);
  }
  return reportOf("SQLite", file.string(), version, sqliteScript);
}

SchemaReport inspectPostgres(const std::string& where) {
  PostgresConnection connection(where);
  return reportOf("PostgreSQL", connection.name(), schemaVersion(connection), postgresScript);
}

void requireUpToDate(const SchemaReport& report) {
  if (report.version >= report.newest) return;
  const auto found = report.version == 0 ? "has no tables yet" : "has schema version " + std::to_string(report.version);
  throw StoreError(StoreError::Reason::CannotOpen, "database " + report.place + " " + found +
                                                       ", this program works with " + std::to_string(report.newest) +
                                                       "; run `clerkd migrate` first");
}

}  // namespace clerk::instance
