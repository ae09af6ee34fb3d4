#pragma once
// Brings a PostgreSQL database up to the schema of this program.

#include "model/time.hpp"
#include "store/migrations/migrations.hpp"
#include "store/postgres/postgres_connection.hpp"

#include <span>
#include <string>

namespace clerk::instance {

/// Throws StoreError for a database that is not ours, that was made by a later version (nothing is changed then), or
/// that cannot be written. Each step is one transaction: what was broken off goes on where it stopped. Processes that
/// start at once take turns.
void migrate(PostgresConnection& connection, std::span<const Migration> steps, Time now);

/// What a step runs here.
std::string postgresScript(const Migration& step);

/// The version of the database's tables; 0 for an empty one. Throws StoreError for a database that is not ours.
int schemaVersion(PostgresConnection& connection);

}  // namespace clerk::instance
