#pragma once
// The file of --config: a line `name = value` for each option, in the part of TOML that this needs.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace clerkd {

struct ConfigEntry {
  std::string name;
  std::vector<std::string> values;
  std::string where;  ///< `clerkd.conf:3`
};

struct Config {
  std::vector<ConfigEntry> entries;
  std::vector<std::string> problems;  ///< a line each, with its place; no values
};

/// Texts in quotes, numbers, true and false, and lists of them; `#` begins a comment. Goes on after what is wrong.
Config parseConfig(std::string_view text, const std::string& file);

/// A file that cannot be read is a problem.
Config readConfig(const std::filesystem::path& file);

}  // namespace clerkd
