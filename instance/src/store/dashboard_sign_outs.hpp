#pragma once
// The table of dashboard sessions that were ended before their time: their cookies say nothing of it.

#include "store/sql.hpp"

#include <cstdint>
#include <string_view>

namespace clerk::instance {

class DashboardSignOuts {
 public:
  explicit DashboardSignOuts(sql::Connection& connection) noexcept : sql_(connection) {}

  bool has(std::string_view sessionId) const;
  /// `expiresAt`: when the session would have ended by itself.
  void insert(std::string_view sessionId, Time expiresAt);
  std::int64_t eraseExpired(Time now, std::int64_t limit);

 private:
  sql::Connection& sql_;
};

}  // namespace clerk::instance
