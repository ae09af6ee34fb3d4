#include "store/folded_text.hpp"

#include <locale.h>
#include <wctype.h>

#include <algorithm>
#include <cstdint>

namespace clerk::instance {
namespace {

/// glibc's own Unicode tables, whatever the locale of the process. Never freed: one for the process.
locale_t unicodeLocale() {
  static const locale_t locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
  return locale;
}

struct Decoded {
  std::uint32_t character;
  std::size_t length;  // 0: no UTF-8
};

Decoded decode(std::string_view text) noexcept {
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
  if (length == 0 || lead > 0xf4 || text.size() < length) return {0, 0};
  std::uint32_t character = lead & (0xffu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    const auto next = static_cast<unsigned char>(text[i]);
    if ((next & 0xc0) != 0x80) return {0, 0};
    character = character << 6 | (next & 0x3f);
  }
  return {character, length};
}

void append(std::string& text, std::uint32_t character) {
  if (character < 0x80) {
    text += static_cast<char>(character);
  } else if (character < 0x800) {
    text += static_cast<char>(0xc0 | character >> 6);
    text += static_cast<char>(0x80 | (character & 0x3f));
  } else if (character < 0x10000) {
    text += static_cast<char>(0xe0 | character >> 12);
    text += static_cast<char>(0x80 | (character >> 6 & 0x3f));
    text += static_cast<char>(0x80 | (character & 0x3f));
  } else {
    text += static_cast<char>(0xf0 | character >> 18);
    text += static_cast<char>(0x80 | (character >> 12 & 0x3f));
    text += static_cast<char>(0x80 | (character >> 6 & 0x3f));
    text += static_cast<char>(0x80 | (character & 0x3f));
  }
}

}  // namespace

std::string foldCase(std::string_view text) {
  std::string folded;
  folded.reserve(text.size());
  while (!text.empty()) {
    const auto byte = static_cast<unsigned char>(text[0]);
    if (byte < 0x80) {
      folded += byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + 32) : text[0];
      text.remove_prefix(1);
      continue;
    }
    const auto [character, length] = decode(text);
    if (length == 0) {
      folded += text[0];
      text.remove_prefix(1);
      continue;
    }
    const auto locale = unicodeLocale();
    append(folded, locale ? static_cast<std::uint32_t>(towlower_l(static_cast<wint_t>(character), locale)) : character);
    text.remove_prefix(length);
  }
  return folded;
}

std::string containsPattern(std::string_view part) {
  std::string pattern = "%";
  for (char c : part) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern += '%';
}

}  // namespace clerk::instance
