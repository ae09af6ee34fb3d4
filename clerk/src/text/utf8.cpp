#include "text/utf8.hpp"

#include <algorithm>
#include <cstdint>

namespace clerk::text {
namespace {

struct Step {
  std::size_t length;  // bytes consumed
  bool valid;
};

/// One code point, or the bytes that one U+FFFD replaces.
Step next(std::string_view rest) {
  auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(rest[i]); };
  const std::uint8_t lead = byte(0);
  if (lead < 0x80) return {1, true};
  std::size_t needed = 0;
  std::uint8_t low = 0x80, high = 0xbf;
  if (lead >= 0xc2 && lead <= 0xdf) {
    needed = 1;
  } else if (lead >= 0xe0 && lead <= 0xef) {
    needed = 2;
    if (lead == 0xe0) low = 0xa0;
    if (lead == 0xed) high = 0x9f;
  } else if (lead >= 0xf0 && lead <= 0xf4) {
    needed = 3;
    if (lead == 0xf0) low = 0x90;
    if (lead == 0xf4) high = 0x8f;
  } else {
    return {1, false};
  }
  for (std::size_t i = 1; i <= needed; ++i) {
    if (i >= rest.size() || byte(i) < low || byte(i) > high) return {i, false};
    low = 0x80;
    high = 0xbf;
  }
  return {needed + 1, true};
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

}  // namespace

bool isUtf8(std::string_view bytes) noexcept {
  while (!bytes.empty()) {
    const auto step = next(bytes);
    if (!step.valid) return false;
    bytes.remove_prefix(step.length);
  }
  return true;
}

std::string toUtf8(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size());
  while (!bytes.empty()) {
    const auto step = next(bytes);
    text += step.valid ? bytes.substr(0, step.length) : std::string_view("\xef\xbf\xbd");
    bytes.remove_prefix(step.length);
  }
  return text;
}

void appendCodePoint(std::string& text, char32_t codePoint) {
  if (codePoint < 0x80) {
    text += static_cast<char>(codePoint);
  } else if (codePoint < 0x800) {
    text += static_cast<char>(0xc0 | codePoint >> 6);
    text += static_cast<char>(0x80 | (codePoint & 0x3f));
  } else if (codePoint < 0x10000) {
    text += static_cast<char>(0xe0 | codePoint >> 12);
    text += static_cast<char>(0x80 | (codePoint >> 6 & 0x3f));
    text += static_cast<char>(0x80 | (codePoint & 0x3f));
  } else {
    text += static_cast<char>(0xf0 | codePoint >> 18);
    text += static_cast<char>(0x80 | (codePoint >> 12 & 0x3f));
    text += static_cast<char>(0x80 | (codePoint >> 6 & 0x3f));
    text += static_cast<char>(0x80 | (codePoint & 0x3f));
  }
}

std::string toLowerAscii(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), lower);
  return result;
}

bool equalsIgnoringCase(std::string_view a, std::string_view b) noexcept {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace clerk::text
