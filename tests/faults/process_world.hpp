#pragma once
// `clerkd serve`, once over a SQLite file or twice over one PostgreSQL, behind proxies that cut.

#include "world.hpp"

#include <filesystem>
#include <memory>

namespace faults {

enum class Engine { Sqlite, Postgres };

/// `binaries`: where clerkd and the clock's library are. Needs Debian's postgresql-15 for that engine.
std::unique_ptr<World> makeProcessWorld(Engine engine, const std::filesystem::path& binaries);

}  // namespace faults
