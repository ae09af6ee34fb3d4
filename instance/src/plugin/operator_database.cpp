#include "plugin/operator_database.hpp"

#include "store/postgres/postgres_connection.hpp"
#include "store/sqlite/sqlite_connection.hpp"

namespace clerk::instance {
namespace {

std::unique_ptr<WritingConnection> connect(const InstanceOptions& options) {
  if (!options.database.empty()) return std::make_unique<PostgresConnection>(options.database);
  return std::make_unique<SqliteConnection>(databaseFileOf(options), SqliteConnection::Mode::ReadWrite);
}

}  // namespace

std::filesystem::path databaseFileOf(const InstanceOptions& options) { return options.dataFolder / "clerk.db"; }

SchemaReport schemaReportOf(const InstanceOptions& options) {
  return options.database.empty() ? inspectSqlite(databaseFileOf(options)) : inspectPostgres(options.database);
}

void readOperatorDatabase(const InstanceOptions& options, const std::function<void(sql::Connection&)>& work) {
  requireUpToDate(schemaReportOf(options));
  if (options.database.empty()) {
    SqliteConnection connection(databaseFileOf(options), SqliteConnection::Mode::ReadOnly);
    return work(connection);
  }
  PostgresConnection connection(options.database);
  connection.beginReading();
  work(connection);
  connection.rollBack();
}

void inOperatorTransaction(const InstanceOptions& options, const std::function<void(sql::Connection&)>& work) {
  requireUpToDate(schemaReportOf(options));
  const auto connection = connect(options);
  connection->begin();
  try {
    work(*connection);
    connection->commit();
  } catch (...) {
    if (connection->inTransaction()) connection->rollBack();
    throw;
  }
}

}  // namespace clerk::instance
