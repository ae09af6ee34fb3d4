#pragma once
// One instance over a SQLite file inside this process, killed at a chosen write: fast, and the same each time.

#include "world.hpp"

#include <memory>

namespace faults {

std::unique_ptr<World> makeInProcessWorld();

}  // namespace faults
