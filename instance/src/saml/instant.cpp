#include "saml/instant.hpp"

#include <chrono>
#include <cstdio>

namespace clerk::instance::saml {
namespace {

using namespace std::chrono;

/// Reads so many digits from the front; -1 when they are none.
int take(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return -1;
  int value = 0;
  for (const char c : text.substr(0, digits)) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  text.remove_prefix(digits);
  return value;
}

bool skip(std::string_view& text, char c) {
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}

/// The digits behind the dot, as milliseconds; more than three are cut off.
std::optional<int> takeFraction(std::string_view& text) {
  int value = 0, count = 0;
  while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
    if (count < 3) value = value * 10 + (text.front() - '0');
    ++count;
    text.remove_prefix(1);
  }
  if (count == 0 || count > 9) return std::nullopt;
  for (; count < 3; ++count) value *= 10;
  return value;
}

}  // namespace

std::optional<Time> readInstant(std::string_view text) {
  const int years = take(text, 4);
  if (years < 1970 || !skip(text, '-')) return std::nullopt;
  const int months = take(text, 2);
  if (months < 1 || !skip(text, '-')) return std::nullopt;
  const int days = take(text, 2);
  if (days < 1 || !skip(text, 'T')) return std::nullopt;
  const int hour = take(text, 2);
  if (hour < 0 || hour > 23 || !skip(text, ':')) return std::nullopt;
  const int minute = take(text, 2);
  if (minute < 0 || minute > 59 || !skip(text, ':')) return std::nullopt;
  const int second = take(text, 2);
  if (second < 0 || second > 59) return std::nullopt;
  std::optional<int> fraction = 0;
  if (skip(text, '.')) fraction = takeFraction(text);
  if (!fraction || text != "Z") return std::nullopt;
  const year_month_day date{year(years), month(static_cast<unsigned>(months)), day(static_cast<unsigned>(days))};
  if (!date.ok()) return std::nullopt;
  return Time(sys_days(date).time_since_epoch() + hours(hour) + minutes(minute) + seconds(second) +
              milliseconds(*fraction));
}

std::string instantText(Time time) {
  const auto date = floor<days>(time);
  const year_month_day parts(date);
  const hh_mm_ss clock(floor<seconds>(time - date));
  char text[32];
  std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(parts.year()),
                static_cast<unsigned>(parts.month()), static_cast<unsigned>(parts.day()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return text;
}

}  // namespace clerk::instance::saml
