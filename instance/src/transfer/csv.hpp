#pragma once
// Comma-separated values (RFC 4180).

#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clerk::instance::transfer {

struct CsvRow {
  std::int64_t line = 0;  ///< where it begins, from 1
  std::vector<std::string> fields;
};

/// Reads rows one after another. Line breaks may be LF or CR LF, and stand inside quotes; empty lines are left out.
class CsvReader {
 public:
  /// Borrows the stream.
  explicit CsvReader(std::istream& stream);

  /// Absent at the end. Throws TransferError for a quote that is not closed or stands where none may, and for a row of
  /// more than 16 MiB.
  std::optional<CsvRow> next();

 private:
  int take();
  void readField(CsvRow& row);
  void readQuoted(std::string& field);

  std::istream& stream_;
  std::int64_t line_ = 1;
  std::size_t rowSize_ = 0;
};

/// The text as a field: in quotes where it needs them.
std::string csvField(std::string_view text);

}  // namespace clerk::instance::transfer
