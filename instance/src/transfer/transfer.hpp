#pragma once
// Users into the database, and out of it.

#include "flows/core.hpp"

#include <cstdint>
#include <functional>
#include <istream>
#include <map>
#include <ostream>
#include <string>

namespace clerk::instance::transfer {

enum class Format { Csv, Json };

struct ImportJob {
  Format format = Format::Json;
  bool dryRun = false;
  bool withoutUnknownPasswords = false;
  /// Holds no passwords.
  std::function<void(std::int64_t line, const std::string& why)> refused;
  std::function<void(std::int64_t read)> progress;
};

/// Each user of the file is in one of the first three.
struct ImportCounts {
  std::int64_t imported = 0;
  std::int64_t kept = 0;
  std::int64_t refused = 0;
  std::map<std::string, std::int64_t> notes;
};

/// Writes some hundred at a time; those who are there already stay as they are, and webhooks hear of nobody. Throws
/// TransferError, and StoreError; what was written before stays.
ImportCounts importUsers(Core& core, std::istream& file, const ImportJob& job);

struct ExportCounts {
  std::int64_t exported = 0;
  std::map<std::string, std::int64_t> notes;
};

/// All users as they are at one moment, oldest first. JSON is a list with a user a line.
ExportCounts exportUsers(Core& core, std::ostream& file, Format format, bool secrets);

}  // namespace clerk::instance::transfer
