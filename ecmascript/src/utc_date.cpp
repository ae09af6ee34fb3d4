#include <ecmascript/utc_date.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <ctime>

namespace ecmascript {
namespace {

constexpr std::array<const char*, 7> weekdays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<const char*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::int64_t firstTime = -62'167'219'200'000;  // 0000-01-01
constexpr std::int64_t lastTime = 253'402'300'799'999;   // 9999-12-31

std::optional<unsigned> monthOf(const char* name) {
  for (unsigned i = 0; i < months.size(); ++i) {
    if (std::strcmp(months[i], name) == 0) return i + 1;
  }
  return std::nullopt;
}

struct Fields {
  char month[4] = {};
  int year = 0, day = 0, hour = 0, minute = 0, second = 0;
};

/// RFC 9110: a year of two digits that seems more than 50 years ahead is one of the past.
int fullYear(int twoDigits) {
  const auto today =
      std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()));
  const int now = static_cast<int>(today.year());
  const int year = now - now % 100 + twoDigits;
  return year > now + 50 ? year - 100 : year;
}

bool readForms(const char* text, int length, Fields& in) {
  int end = 0;
  char rest = 0;
  if (std::sscanf(text, "%*3[A-Za-z], %2d %3[A-Za-z] %4d %2d:%2d:%2d GMT%n%c", &in.day, in.month, &in.year, &in.hour,
                  &in.minute, &in.second, &end, &rest) == 6 &&
      end == length) {
    return true;
  }
  end = 0;
  if (std::sscanf(text, "%*[A-Za-z], %2d-%3[A-Za-z]-%2d %2d:%2d:%2d GMT%n", &in.day, in.month, &in.year, &in.hour,
                  &in.minute, &in.second, &end) == 6 &&
      end == length) {
    in.year = fullYear(in.year);
    return true;
  }
  end = 0;
  return std::sscanf(text, "%*3[A-Za-z] %3[A-Za-z] %2d %2d:%2d:%2d %4d%n", in.month, &in.day, &in.hour, &in.minute,
                     &in.second, &in.year, &end) == 6 &&
         end == length;
}

}  // namespace

std::string toUtcString(std::int64_t milliseconds) {
  using namespace std::chrono;
  const sys_time<std::chrono::milliseconds> time{
      std::chrono::milliseconds(std::clamp(milliseconds, firstTime, lastTime))};
  const auto day = floor<days>(time);
  const year_month_day date(day);
  const hh_mm_ss clock(floor<seconds>(time - day));
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d GMT", weekdays[weekday(day).c_encoding()],
                static_cast<unsigned>(date.day()), months[static_cast<unsigned>(date.month()) - 1],
                static_cast<int>(date.year()), static_cast<int>(clock.hours().count()),
                static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()));
  return text.data();
}

std::optional<std::int64_t> parseUtcString(std::string_view text) {
  if (text.size() > 40 || text.find('\0') != text.npos) return std::nullopt;
  const std::string copy(text);
  Fields in;
  if (!readForms(copy.c_str(), static_cast<int>(copy.size()), in)) return std::nullopt;
  const auto month = monthOf(in.month);
  if (!month || in.year < 0 || in.day < 0 || in.hour < 0 || in.minute < 0 || in.second < 0) return std::nullopt;
  const std::chrono::year_month_day date(std::chrono::year(in.year), std::chrono::month(*month),
                                         std::chrono::day(static_cast<unsigned>(in.day)));
  if (!date.ok() || in.hour > 23 || in.minute > 59 || in.second > 60) return std::nullopt;
  const auto days = std::chrono::sys_days(date).time_since_epoch().count();
  return ((static_cast<std::int64_t>(days) * 24 + in.hour) * 60 + in.minute) * 60'000 + in.second * 1000;
}

}  // namespace ecmascript
