#pragma once
// Lists that begin with the newest and go on where the last page ended: for whoever looks over everything. A page costs
// the same at the beginning and after a million rows, and nothing is counted.

#include "store/sql.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace clerk::instance {

/// Tables with an index over `(created_at, id)`, or with one that `equals` leads to it by.
enum class ListedTable { Organizations, Sessions, Registry, Messages, WebhookDeliveries };

struct ListingRequest {
  ListedTable table;
  /// Columns and the values they must have; names are literals, an empty value is no condition.
  std::vector<std::pair<std::string_view, std::string>> equals{};
  /// Part of the searchable text, whatever the case; of organizations alone. Empty: all.
  std::string query{};
  std::string startingAfter{};  ///< the last id of the page before; empty: from the newest on
  std::int64_t limit = 25;
};

class Listings {
 public:
  explicit Listings(sql::Connection& connection) noexcept : sql_(connection) {}

  /// Newest first; empty when the cursor is nobody's.
  std::vector<std::string> newest(const ListingRequest& request) const;
  /// How many rows there are, or `most` where there are more: it does not look further.
  std::int64_t countUpTo(ListedTable table, std::int64_t most,
                         const std::vector<std::pair<std::string_view, std::string>>& equals = {}) const;

 private:
  sql::Connection& sql_;
};

}  // namespace clerk::instance
