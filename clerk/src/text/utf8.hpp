#pragma once
// UTF-8 as the web's decoder reads it.

#include <string>
#include <string_view>

namespace clerk::text {

bool isUtf8(std::string_view bytes) noexcept;

/// Puts U+FFFD in place of what is no UTF-8, one for each maximal broken piece (WHATWG Encoding, "UTF-8 decode without
/// BOM").
std::string toUtf8(std::string_view bytes);

/// Appends the UTF-8 of a code point; of a lone surrogate, its three bytes in the same scheme (WTF-8).
void appendCodePoint(std::string& text, char32_t codePoint);

/// ASCII letters in lower case, everything else as it is.
std::string toLowerAscii(std::string_view text);
bool equalsIgnoringCase(std::string_view a, std::string_view b) noexcept;

}  // namespace clerk::text
