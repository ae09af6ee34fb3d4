#include <ecmascript/date.hpp>

#include <algorithm>
#include <cstdlib>
#include <ctime>

namespace ecmascript {
namespace {

constexpr std::int64_t maxTime = 8'640'000'000'000'000;
constexpr std::int64_t millisecondsPerDay = 86'400'000;

void putPadded(std::string& out, std::int64_t number, int width) {
  char digits[20];
  for (int i = width - 1; i >= 0; --i, number /= 10) digits[i] = static_cast<char>('0' + number % 10);
  out.append(digits, static_cast<std::size_t>(width));
}

std::int64_t daysOf(std::int64_t year, unsigned month, unsigned day) {
  // std::chrono::year holds ±32767 only; 400 years always have the same number of days.
  const std::int64_t cycles = (year >= 0 ? year : year - 399) / 400;
  const auto inCycle = std::chrono::year(static_cast<int>(year - cycles * 400));
  const auto days = std::chrono::sys_days(inCycle / std::chrono::month(month) / 1).time_since_epoch().count();
  return days + cycles * 146097 + day - 1;
}

// Reads the text from left to right; `failed` once anything did not fit.
struct Reader {
  std::string_view rest;
  bool failed = false;

  bool take(char c) noexcept {
    if (rest.empty() || rest[0] != c) return false;
    rest.remove_prefix(1);
    return true;
  }
  std::int64_t digits(std::size_t count) noexcept {
    if (rest.size() < count) return fail();
    std::int64_t value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (rest[i] < '0' || rest[i] > '9') return fail();
      value = value * 10 + (rest[i] - '0');
    }
    rest.remove_prefix(count);
    return value;
  }
  std::int64_t fail() noexcept {
    failed = true;
    return 0;
  }
};

struct Fields {
  std::int64_t year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0, millisecond = 0;
};

void readDate(Reader& in, Fields& fields) noexcept {
  if (in.take('+')) {
    fields.year = in.digits(6);
  } else if (in.take('-')) {
    fields.year = -in.digits(6);
    if (fields.year == 0) in.fail();  // -000000 is not a year
  } else {
    fields.year = in.digits(4);
  }
  if (in.take('-')) {
    fields.month = in.digits(2);
    if (in.take('-')) fields.day = in.digits(2);
  }
  if (fields.month < 1 || fields.month > 12 || fields.day < 1 || fields.day > 31) in.fail();
}

void readTime(Reader& in, Fields& fields) noexcept {
  fields.hour = in.digits(2);
  if (!in.take(':')) in.fail();
  fields.minute = in.digits(2);
  if (in.take(':')) {
    fields.second = in.digits(2);
    if (in.take('.')) {
      int places = 0;
      for (; !in.rest.empty() && in.rest[0] >= '0' && in.rest[0] <= '9'; ++places, in.rest.remove_prefix(1)) {
        if (places < 3) fields.millisecond = fields.millisecond * 10 + (in.rest[0] - '0');
      }
      if (places == 0) in.fail();
      for (; places < 3; ++places) fields.millisecond *= 10;
    }
  }
  const bool midnight = fields.hour == 24 && fields.minute == 0 && fields.second == 0 && fields.millisecond == 0;
  if ((fields.hour > 23 && !midnight) || fields.minute > 59 || fields.second > 59) in.fail();
}

std::optional<std::int64_t> readOffset(Reader& in) noexcept {
  if (in.take('Z')) return 0;
  const bool negative = !in.rest.empty() && in.rest[0] == '-';
  if (!in.take('+') && !in.take('-')) return std::nullopt;
  const auto hours = in.digits(2);
  if (!in.take(':')) in.fail();
  const auto minutes = in.digits(2);
  if (hours > 23 || minutes > 59) in.fail();
  return (hours * 60 + minutes) * 60'000 * (negative ? -1 : 1);
}

// How far local time is ahead of UTC at a local clock's `milliseconds`.
std::int64_t localOffset(std::int64_t milliseconds) noexcept {
  const std::time_t asIfUtc = static_cast<std::time_t>(milliseconds / 1000);
  std::tm fields{};
  if (!gmtime_r(&asIfUtc, &fields)) return 0;
  fields.tm_isdst = -1;
  const std::time_t utc = std::mktime(&fields);
  return (asIfUtc - utc) * 1000;
}

}  // namespace

std::string toIsoString(std::int64_t milliseconds) {
  milliseconds = std::clamp(milliseconds, -maxTime, maxTime);
  std::int64_t days = milliseconds / millisecondsPerDay;
  std::int64_t rest = milliseconds % millisecondsPerDay;
  if (rest < 0) {
    rest += millisecondsPerDay;
    --days;
  }
  constexpr std::int64_t daysPerCycle = 146097;
  const std::int64_t cycles = (days >= 0 ? days : days - (daysPerCycle - 1)) / daysPerCycle;
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(days - cycles * daysPerCycle))};
  const std::int64_t year = static_cast<int>(date.year()) + cycles * 400;

  std::string text;
  text.reserve(27);
  if (year >= 0 && year <= 9999) {
    putPadded(text, year, 4);
  } else {
    text.push_back(year < 0 ? '-' : '+');
    putPadded(text, std::abs(year), 6);
  }
  text.push_back('-');
  putPadded(text, static_cast<unsigned>(date.month()), 2);
  text.push_back('-');
  putPadded(text, static_cast<unsigned>(date.day()), 2);
  text.push_back('T');
  putPadded(text, rest / 3'600'000, 2);
  text.push_back(':');
  putPadded(text, rest / 60'000 % 60, 2);
  text.push_back(':');
  putPadded(text, rest / 1000 % 60, 2);
  text.push_back('.');
  putPadded(text, rest % 1000, 3);
  text.push_back('Z');
  return text;
}

std::string toIsoString(std::chrono::system_clock::time_point time) {
  return toIsoString(std::chrono::floor<std::chrono::milliseconds>(time.time_since_epoch()).count());
}

std::optional<std::int64_t> parseDate(std::string_view text) noexcept {
  Reader in{text};
  Fields fields;
  readDate(in, fields);
  const bool hasTime = in.take('T');
  std::optional<std::int64_t> offset = 0;
  if (hasTime) {
    readTime(in, fields);
    offset = readOffset(in);
  }
  if (in.failed || !in.rest.empty()) return std::nullopt;
  const std::int64_t days = daysOf(fields.year, static_cast<unsigned>(fields.month), static_cast<unsigned>(fields.day));
  std::int64_t time = days * millisecondsPerDay + fields.hour * 3'600'000 + fields.minute * 60'000 +
                      fields.second * 1000 + fields.millisecond;
  time -= offset ? *offset : localOffset(time);
  if (time < -maxTime || time > maxTime) return std::nullopt;
  return time;
}

}  // namespace ecmascript
