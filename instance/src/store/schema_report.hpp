#pragma once
// What opening a database would do to its tables, told without doing it.

#include <filesystem>
#include <string>
#include <vector>

namespace clerk::instance {

struct PendingMigration {
  int version = 0;
  std::string name;
  std::string sql;  ///< what it runs on this engine
};

struct SchemaReport {
  std::string engine;  ///< `SQLite` or `PostgreSQL`
  std::string place;   ///< a file, or host, port and database
  int version = 0;     ///< 0: there are no tables yet
  int newest = 0;      ///< of this program
  std::vector<PendingMigration> pending;
};

/// Changes nothing; a file that is not there is an empty database. Throws StoreError.
SchemaReport inspectSqlite(const std::filesystem::path& file);
/// Changes nothing. Throws StoreError.
SchemaReport inspectPostgres(const std::string& connection);

/// Throws StoreError when the tables are of an earlier version, or not there.
void requireUpToDate(const SchemaReport& report);

}  // namespace clerk::instance
