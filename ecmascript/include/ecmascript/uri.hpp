#pragma once
// Percent-encoding as JavaScript's encodeURIComponent and decodeURIComponent do it.

#include <optional>
#include <string>
#include <string_view>

namespace ecmascript {

/// `encodeURIComponent(text)`: everything but letters, digits and `-_.!~*'()` is escaped. `text` is UTF-8.
std::string encodeUriComponent(std::string_view text);

/// `decodeURIComponent(text)`; nullopt where it throws: an escape that is cut short, or bytes that are no UTF-8.
std::optional<std::string> decodeUriComponent(std::string_view text);

}  // namespace ecmascript
