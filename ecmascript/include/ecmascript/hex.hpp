#pragma once
// Hexadecimal digits, and the escapes of URIs (`%2F`) that are made of them.

#include <optional>
#include <string_view>

namespace ecmascript {

/// What a digit of either case stands for; -1 when it is none.
constexpr int hexDigit(char c) noexcept {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// The byte that the escape at the start of `text` stands for (RFC 3986, section 2.1); nothing when none stands there.
constexpr std::optional<char> escapedByte(std::string_view text) noexcept {
  if (text.size() < 3 || text[0] != '%') return std::nullopt;
  const int high = hexDigit(text[1]), low = hexDigit(text[2]);
  if (high < 0 || low < 0) return std::nullopt;
  return static_cast<char>(high << 4 | low);
}

}  // namespace ecmascript
