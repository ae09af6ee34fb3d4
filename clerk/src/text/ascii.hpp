#pragma once
// Case rules of header names, schemes and hosts: those of ASCII, whatever the locale.

#include <algorithm>
#include <string>
#include <string_view>

namespace clerk::text {

constexpr char toLowerAscii(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

/// ASCII letters in lower case, everything else as it is.
inline std::string toLowerAscii(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = toLowerAscii(c);
  return result;
}

inline bool equalsIgnoringCase(std::string_view a, std::string_view b) noexcept {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return toLowerAscii(x) == toLowerAscii(y); });
}

}  // namespace clerk::text
