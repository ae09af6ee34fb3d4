#pragma once
// The table of how often somebody came of late, in windows of fixed length.

#include "model/time.hpp"
#include "store/sql.hpp"

#include <cstdint>
#include <string_view>

namespace clerk::instance {

struct RateWindow {
  std::int64_t count = 0;  ///< with this time
  Time endsAt{};
};

class RateWindows {
 public:
  explicit RateWindows(sql::Connection& connection) noexcept : sql_(connection) {}

  /// Counts one more of `key` in its window, which begins anew when it is over (or began in a future that is none).
  RateWindow count(std::string_view key, Milliseconds length, Time now);
  std::int64_t eraseEnded(Time before, std::int64_t limit);

 private:
  sql::Connection& sql_;
};

}  // namespace clerk::instance
