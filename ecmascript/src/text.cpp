#include <ecmascript/text.hpp>

#include <cstdint>

namespace ecmascript {
namespace {

using Byte = unsigned char;

bool isContinuation(Byte byte) noexcept { return (byte & 0xC0) == 0x80; }

struct Sequence {
  std::size_t length = 1;  // bytes that belong together: the whole character, or the malformed part of one
  bool valid = false;
};

// The sequence that starts at `at` (Unicode, table 3-7). A malformed one is as long as its longest valid beginning.
Sequence sequenceAt(std::string_view bytes, std::size_t at) noexcept {
  const auto byte = [&](std::size_t i) { return static_cast<Byte>(bytes[i]); };
  const Byte lead = byte(at);
  if (lead < 0x80) return {1, true};
  if (lead < 0xC2 || lead > 0xF4) return {};
  const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  Byte low = 0x80;
  Byte high = 0xBF;
  if (lead == 0xE0) low = 0xA0;
  if (lead == 0xED) high = 0x9F;
  if (lead == 0xF0) low = 0x90;
  if (lead == 0xF4) high = 0x8F;
  for (std::size_t i = 1; i < length; ++i) {
    if (at + i == bytes.size() || byte(at + i) < low || byte(at + i) > high) return {i, false};
    low = 0x80;
    high = 0xBF;
  }
  return {length, true};
}

// Bytes of the white space at the start of `text`, 0 when there is none.
std::size_t blankLength(std::string_view text) noexcept {
  if (text.empty()) return 0;
  const auto c = static_cast<Byte>(text[0]);
  if (c == ' ' || (c >= '\t' && c <= '\r')) return 1;
  if (text.starts_with("\xC2\xA0")) return 2;
  if (text.size() < 3) return 0;
  const auto second = static_cast<Byte>(text[1]);
  const auto third = static_cast<Byte>(text[2]);
  if (c == 0xE1) return second == 0x9A && third == 0x80 ? 3 : 0;  // U+1680
  if (c == 0xE3) return second == 0x80 && third == 0x80 ? 3 : 0;  // U+3000
  if (c == 0xEF) return second == 0xBB && third == 0xBF ? 3 : 0;  // U+FEFF
  if (c != 0xE2) return 0;
  if (second == 0x81) return third == 0x9F ? 3 : 0;  // U+205F
  if (second != 0x80) return 0;
  return third <= 0x8A || third == 0xA8 || third == 0xA9 || third == 0xAF ? 3 : 0;  // U+2000–200A, 2028, 2029, 202F
}

}  // namespace

std::size_t utf16Length(std::string_view text) noexcept {
  std::size_t length = 0;
  for (const char c : text) {
    const auto byte = static_cast<Byte>(c);
    length += !isContinuation(byte);
    length += byte >= 0xF0;
  }
  return length;
}

std::size_t codePointLength(std::string_view text) noexcept {
  std::size_t length = 0;
  for (const char c : text) length += !isContinuation(static_cast<Byte>(c));
  return length;
}

bool isValidUtf8(std::string_view bytes) noexcept {
  for (std::size_t i = 0; i < bytes.size();) {
    while (i + 8 <= bytes.size()) {
      std::uint64_t word;
      __builtin_memcpy(&word, bytes.data() + i, 8);
      if (word & 0x8080808080808080U) break;
      i += 8;
    }
    if (i == bytes.size()) break;
    const auto sequence = sequenceAt(bytes, i);
    if (!sequence.valid) return false;
    i += sequence.length;
  }
  return true;
}

std::string repairUtf8(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size();) {
    const auto sequence = sequenceAt(bytes, i);
    text.append(sequence.valid ? bytes.substr(i, sequence.length) : std::string_view("\xEF\xBF\xBD"));
    i += sequence.length;
  }
  return text;
}

std::string_view trim(std::string_view text) noexcept {
  while (const auto length = blankLength(text)) text.remove_prefix(length);
  while (!text.empty()) {
    std::size_t start = text.size() - 1;
    while (start > 0 && text.size() - start < 3 && isContinuation(static_cast<Byte>(text[start]))) --start;
    if (blankLength(text.substr(start)) != text.size() - start) break;
    text.remove_suffix(text.size() - start);
  }
  return text;
}

void appendCodePoint(std::string& out, char32_t codePoint) {
  const auto put = [&](char32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (codePoint < 0x80) return put(codePoint);
  if (codePoint < 0x800) {
    put(0xC0 | codePoint >> 6);
  } else {
    if (codePoint < 0x10000) {
      put(0xE0 | codePoint >> 12);
    } else {
      put(0xF0 | codePoint >> 18);
      put(0x80 | (codePoint >> 12 & 0x3F));
    }
    put(0x80 | (codePoint >> 6 & 0x3F));
  }
  put(0x80 | (codePoint & 0x3F));
}

}  // namespace ecmascript
