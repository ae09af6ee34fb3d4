#include "jwt/utc_date.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>

namespace clerk::jwt {
namespace {
constexpr double kLastSecond = 8.64e12;  // ECMA-262, "Time Values and Time Range"
constexpr std::array<const char*, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/// Year, month and day of a day since 1970 (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms"), which
/// std::chrono's 16-bit years do not reach.
struct Civil {
  std::int64_t year;
  unsigned month, day;
};
Civil civilOf(std::int64_t day) {
  day += 719468;
  const std::int64_t era = (day >= 0 ? day : day - 146096) / 146097;
  const auto dayOfEra = static_cast<unsigned>(day - era * 146097);
  const unsigned yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
  const unsigned dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
  const unsigned shifted = (5 * dayOfYear + 2) / 153;
  const unsigned month = shifted < 10 ? shifted + 3 : shifted - 9;
  return {static_cast<std::int64_t>(yearOfEra) + era * 400 + (month <= 2 ? 1 : 0), month,
          dayOfYear - (153 * shifted + 2) / 5 + 1};
}
}  // namespace

std::string utcText(double seconds) {
  if (!(std::abs(seconds) <= kLastSecond)) return "Invalid Date";
  const auto whole = static_cast<std::int64_t>(seconds);
  const std::int64_t day = (whole >= 0 ? whole : whole - 86399) / 86400;
  const auto inDay = static_cast<int>(whole - day * 86400);
  const auto date = civilOf(day);
  const auto weekday = static_cast<std::size_t>(((day % 7) + 11) % 7);  // 1970 began on a Thursday
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%s, %02u %s %s%04lld %02d:%02d:%02d GMT", kDays[weekday], date.day,
                kMonths[date.month - 1], date.year < 0 ? "-" : "", static_cast<long long>(std::llabs(date.year)),
                inDay / 3600, inDay / 60 % 60, inDay % 60);
  return text.data();
}

std::string utcText(std::chrono::system_clock::time_point time) {
  return utcText(
      std::chrono::duration<double>(std::chrono::floor<std::chrono::seconds>(time.time_since_epoch())).count());
}

}  // namespace clerk::jwt
