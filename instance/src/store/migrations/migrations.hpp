#pragma once
// The steps from an empty database to the present one. A step that was released is never changed: the next one mends
// it.

#include <span>
#include <string_view>

namespace clerk::instance {

struct Migration {
  int version;  ///< rises from one to the next; a number that was left out is never used: databases are past it
  std::string_view name;
  /// Statements that SQLite and PostgreSQL share.
  std::string_view common;
  /// What only SQLite understands, run after `common`.
  std::string_view sqlite = {};
  /// What only PostgreSQL understands, run after `common`.
  std::string_view postgres = {};
};

/// In order. The last one's version is the schema version of this program.
std::span<const Migration> migrations() noexcept;

}  // namespace clerk::instance
