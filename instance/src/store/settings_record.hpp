#pragma once
// The record of settings that were changed while the instance ran.

#include "settings/runtime_settings.hpp"
#include "store/sql.hpp"

#include <string>

namespace clerk::instance {

class SettingsRecord {
 public:
  explicit SettingsRecord(sql::Connection& connection) noexcept : sql_(connection) {}

  /// `defaults` are those of the configuration.
  RuntimeSettings read(const RuntimeSettings& defaults) const;
  /// The record as it is kept, to see whether it changed; empty when there is none.
  std::string text() const;
  /// Keeps what differs from `defaults`.
  void write(const RuntimeSettings& defaults, const RuntimeSettings& settings, Time now);

 private:
  sql::Connection& sql_;
};

}  // namespace clerk::instance
