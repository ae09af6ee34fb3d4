#pragma once
// Dates as JavaScript's Date writes and reads them.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ecmascript {

/// `new Date(milliseconds).toISOString()`: "2024-01-02T03:04:05.006Z"; six-digit signed years outside 0 to 9999.
/// Milliseconds since 1970 UTC; what Date cannot hold (beyond ±8.64e15) is clamped.
std::string toIsoString(std::int64_t milliseconds);
std::string toIsoString(std::chrono::system_clock::time_point time);

/// `Date.parse` of the ISO forms: "2024", "2024-01", "2024-01-02", with "T03:04", "T03:04:05", "T03:04:05.006" and "Z"
/// or
/// "+01:00"; without offset a date is UTC and a date with a time is local time. Milliseconds since 1970 UTC; nullopt
/// when the text has no such form.
std::optional<std::int64_t> parseDate(std::string_view text) noexcept;

}  // namespace ecmascript
