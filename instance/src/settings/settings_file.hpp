#pragma once
// Settings from a file: a JSON object whose members are those that differ from the defaults.

#include "settings/settings.hpp"

#include <boost/json/object.hpp>

#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace clerk::instance {

/// A member that is unknown or of a wrong type; `what()` names it.
class SettingError : public std::runtime_error {
 public:
  enum class Reason { Unknown, Wrong };
  SettingError(Reason reason, std::string name, const std::string& text)
      : std::runtime_error(text), reason_(reason), name_(std::move(name)) {}
  Reason reason() const noexcept { return reason_; }
  const std::string& name() const noexcept { return name_; }

 private:
  Reason reason_;
  std::string name_;
};

/// Applies the members that are right, and says in one line each what is wrong with the others.
std::vector<std::string> readSettings(Settings& settings, const boost::json::object& members);
/// The same for a file, which each line names.
std::vector<std::string> readSettingsFile(Settings& settings, const std::filesystem::path& file);

/// Applies the members. Throws SettingError for what is unknown or of a wrong type: a typing error must not leave a
/// door open.
void applySettings(Settings& settings, const boost::json::object& members);

/// Reads the file and applies it; its text names the file, too.
void applySettingsFile(Settings& settings, const std::filesystem::path& file);

/// The members that a backend may change while the instance runs, as they are: all but those that name files or belong
/// to one process. Secrets of providers are left out.
boost::json::object changeableSettings(const Settings& settings);
bool isChangeableSetting(std::string_view name) noexcept;

/// `base` with what a backend changed: `runtime.signIn`, which holds members of the file, and the rest of `runtime`.
/// What the operator fixed stays, and what is not understood (of a newer or older program) is passed over.
Settings settingsInForce(const Settings& base, RuntimeSettings runtime);

/// Names of fixed settings in which the two differ.
std::vector<std::string> fixedAmong(const Settings& base, const RuntimeSettings& before, const RuntimeSettings& after);

}  // namespace clerk::instance
