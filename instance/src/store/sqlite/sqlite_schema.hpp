#pragma once
// Brings a SQLite file up to the schema of this program.

#include "model/time.hpp"
#include "store/migrations/migrations.hpp"
#include "store/sqlite/sqlite_connection.hpp"

#include <filesystem>
#include <span>
#include <string>

namespace clerk::instance {

/// Throws StoreError for a file that is not ours, that was made by a later version (nothing is changed then), or that
/// cannot be written. Each step is one transaction: what was broken off goes on where it stopped.
void migrate(SqliteConnection& connection, const std::filesystem::path& file, std::span<const Migration> steps,
             Time now);

/// What a step runs here.
std::string sqliteScript(const Migration& step);

/// The version of the file's tables; 0 for an empty file. Throws StoreError for a file that is not ours.
int schemaVersion(SqliteConnection& connection, const std::filesystem::path& file);

}  // namespace clerk::instance
