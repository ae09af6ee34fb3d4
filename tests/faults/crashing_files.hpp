#pragma once
// Files that stop being written at a chosen moment, as when the process is killed: SQLite's own, through a virtual file
// system (SQLite docs: "The SQLite OS Interface or VFS").

#include <cstdint>

namespace faults::crashing_files {

/// Makes it the file system of all databases that are opened from now on in this process.
void install();
/// From the `write`th write on (0: the next one) nothing reaches the files. That one is torn: half of it arrives.
void crashAt(std::uint64_t write) noexcept;
/// Writes arrive again.
void heal() noexcept;
/// The moment has come.
bool crashed() noexcept;

}  // namespace faults::crashing_files
