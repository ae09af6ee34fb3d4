#include "duration.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace fastify::detail {
namespace {

struct Unit {
  double milliseconds;
  std::array<std::string_view, 5> names;
};
constexpr Unit units[]{
    {1, {"ms", "msec", "msecs", "millisecond", "milliseconds"}},
    {1'000, {"s", "sec", "secs", "second", "seconds"}},
    {60'000, {"m", "min", "mins", "minute", "minutes"}},
    {3'600'000, {"h", "hr", "hrs", "hour", "hours"}},
    {86'400'000, {"d", "day", "days"}},
    {604'800'000, {"w", "wk", "wks", "week", "weeks"}},
    {31'557'600'000, {"y", "yr", "yrs", "year", "years"}},
};

std::optional<double> unitOf(std::string_view name) {
  if (name.empty()) return 1;
  for (const auto& unit : units) {
    for (const auto& each : unit.names) {
      if (each == name) return unit.milliseconds;
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::chrono::milliseconds> parseDuration(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c += 32;
  }
  double number = 0;
  const auto [end, failed] =
      std::from_chars(lower.data(), lower.data() + lower.size(), number, std::chars_format::fixed);
  if (failed != std::errc() || !std::isfinite(number)) return std::nullopt;
  std::string_view rest(end, static_cast<std::size_t>(lower.data() + lower.size() - end));
  while (rest.starts_with(' ')) rest.remove_prefix(1);
  const auto unit = unitOf(rest);
  if (!unit || number < 0 || number * *unit > 9e15) return std::nullopt;
  return std::chrono::milliseconds(static_cast<std::int64_t>(number * *unit));
}

std::string durationText(std::int64_t milliseconds) {
  if (milliseconds < 1000) return std::to_string(milliseconds) + " ms";
  struct Step {
    double size;
    const char* name;
  };
  constexpr Step steps[]{
      {31'557'600'000, "year"}, {86'400'000, "day"}, {3'600'000, "hour"}, {60'000, "minute"}, {1'000, "second"}};
  for (const auto& step : steps) {
    if (static_cast<double>(milliseconds) < step.size) continue;
    const auto count = static_cast<std::int64_t>(static_cast<double>(milliseconds) / step.size + 0.5);
    return std::to_string(count) + " " + step.name + (count == 1 ? "" : "s");
  }
  return {};
}

}  // namespace fastify::detail
