#include "store/rate_windows.hpp"

namespace clerk::instance {

RateWindow RateWindows::count(std::string_view key, Milliseconds length, Time now) {
  auto rows = sql_.query(
      "insert into rate_windows (key, count, begins_at, ends_at) values ($1, 1, $2, $3) "
      "on conflict (key) do update set "
      "count = case when rate_windows.ends_at <= excluded.begins_at or rate_windows.begins_at > excluded.begins_at "
      "then 1 else rate_windows.count + 1 end, "
      "begins_at = case when rate_windows.ends_at <= excluded.begins_at or rate_windows.begins_at > excluded.begins_at "
      "then excluded.begins_at else rate_windows.begins_at end, "
      "ends_at = case when rate_windows.ends_at <= excluded.begins_at or rate_windows.begins_at > excluded.begins_at "
      "then excluded.ends_at else rate_windows.ends_at end "
      "returning count, ends_at",
      {key, now, now + length});
  RateWindow window;
  while (rows.next()) window = {rows.integer(0), rows.time(1)};
  return window;
}

std::int64_t RateWindows::eraseEnded(Time before, std::int64_t limit) {
  return sql_.execute(
      "delete from rate_windows where key in (select key from rate_windows where ends_at <= $1 order by ends_at limit "
      "$2)",
      {before, limit});
}

}  // namespace clerk::instance
