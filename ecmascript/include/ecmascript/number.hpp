#pragma once
// Numbers as JavaScript writes and reads them (ECMA-262, "Number::toString" and "StringToNumber").

#include <cstddef>
#include <string>
#include <string_view>

namespace ecmascript {

/// No text of a number is longer, in bytes.
inline constexpr std::size_t maxNumberLength = 32;

/// `String(number)`: the shortest digits that read back as the same number; `1e-7`, `1e+21`, `NaN`, `Infinity`; -0 is
/// `0`.
std::string toString(double number);

/// The same text at the end of `out`.
void appendNumber(std::string& out, double number);

/// The same text into `out`, which has room for `maxNumberLength` bytes; returns the end of what was written.
char* writeNumber(char* out, double number) noexcept;

/// `Number(text)`: decimal and exponent forms, 0x, 0o and 0b integers, Infinity, blanks around; a blank text is 0.
/// NaN when the text is no number. `text` is UTF-8.
double toNumber(std::string_view text) noexcept;

}  // namespace ecmascript
