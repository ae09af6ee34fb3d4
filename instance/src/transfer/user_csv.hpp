#pragma once
// The columns of Clerk's dashboard export, and of ours, which has more of them.

#include "transfer/csv.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace clerk::instance::transfer {

/// The columns of a file, by its first row.
class CsvColumns {
 public:
  /// Throws TransferError for a file without an `id`, with a column twice, or with one that is unknown: what is not
  /// understood would be lost.
  explicit CsvColumns(const CsvRow& heading);

  /// The row as the Backend API would show the user, for readUser(). Sets `why` when a field cannot be read.
  boost::json::object toJson(const CsvRow& row, std::string& why) const;

 private:
  std::vector<std::string> names_;
};

std::string csvHeading(bool secrets);

/// A row of what userJson() gave. Adds to `lost` in a sentence what has no column.
std::string csvRow(const boost::json::object& user, bool secrets, std::vector<std::string>& lost);

}  // namespace clerk::instance::transfer
