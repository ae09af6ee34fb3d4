#pragma once
// The scenarios in which we differ on purpose, or do not follow yet: the tables of decisions.md.

#include <filesystem>
#include <map>
#include <string>

namespace conformance {

/// Which ids have a row, and what it says: `| id | decision | reason |`, the id in backticks. Throws std::runtime_error
/// when the file cannot be read.
std::map<std::string, std::string> readDecisions(const std::filesystem::path& file);

}  // namespace conformance
