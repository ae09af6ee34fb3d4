#pragma once
// Lengths and repair of UTF-8 text, as JavaScript's strings see it.

#include <cstddef>
#include <string>
#include <string_view>

namespace ecmascript {

/// `text.length` in JavaScript: UTF-16 units. `text` is valid UTF-8 (or WTF-8).
std::size_t utf16Length(std::string_view text) noexcept;

/// `[...text].length` in JavaScript: code points. `text` is valid UTF-8 (or WTF-8).
std::size_t codePointLength(std::string_view text) noexcept;

/// Whether all bytes are well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates).
bool isValidUtf8(std::string_view bytes) noexcept;

/// `bytes` as UTF-8 with U+FFFD in place of every malformed sequence, as `TextDecoder` and `Buffer.toString()` do.
std::string repairUtf8(std::string_view bytes);

/// What `String.prototype.trim` takes away: white space and line ends, also those beyond ASCII, and U+FEFF.
std::string_view trim(std::string_view text) noexcept;

/// UTF-8 of one code point at the end of `out`; a surrogate is written as WTF-8.
void appendCodePoint(std::string& out, char32_t codePoint);

}  // namespace ecmascript
