#pragma once
// Dates as HTTP writes them, which is how JavaScript's toUTCString does.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ecmascript {

/// `new Date(milliseconds).toUTCString()`: "Sun, 06 Nov 1994 08:49:37 GMT", for the years 0 to 9999; others are
/// clamped.
std::string toUtcString(std::int64_t milliseconds);

/// Milliseconds since 1970 of a date in one of HTTP's three forms (RFC 9110 §5.6.7): "Sun, 06 Nov 1994 08:49:37 GMT",
/// "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994". nullopt for any other text.
std::optional<std::int64_t> parseUtcString(std::string_view text);

}  // namespace ecmascript
