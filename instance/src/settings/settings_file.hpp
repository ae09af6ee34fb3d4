#pragma once
// Settings from a file: a JSON object whose members are those that differ from the defaults.

#include "settings/settings.hpp"

#include <boost/json/object.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace clerk::instance {

/// Applies the members that are right, and says in one line each what is wrong with the others.
std::vector<std::string> readSettings(Settings& settings, const boost::json::object& members);
/// The same for a file, which each line names.
std::vector<std::string> readSettingsFile(Settings& settings, const std::filesystem::path& file);

/// Applies the members. Throws std::runtime_error, whose text names the member, for what is unknown or of a wrong type:
/// a typing error must not leave a door open.
void applySettings(Settings& settings, const boost::json::object& members);

/// Reads the file and applies it; its text names the file, too.
void applySettingsFile(Settings& settings, const std::filesystem::path& file);

}  // namespace clerk::instance
