#pragma once
// Texts in pieces.

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace generator {

/// The pieces between separators; none of an empty text.
inline std::vector<std::string> split(std::string_view text, std::string_view separator) {
  std::vector<std::string> pieces;
  while (!text.empty()) {
    const auto end = std::min(text.find(separator), text.size());
    pieces.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + separator.size(), text.size()));
  }
  return pieces;
}

inline std::string join(const std::vector<std::string>& pieces, std::string_view separator) {
  std::string text;
  for (const auto& piece : pieces) {
    if (!text.empty()) text += separator;
    text += piece;
  }
  return text;
}

/// `emailAddresses` is `email_addresses`: for the names of files.
inline std::string fileName(std::string_view name) {
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const auto isUpper = [&](std::size_t at) { return at < name.size() && name[at] >= 'A' && name[at] <= 'Z'; };
    if (isUpper(i) && i > 0 && !isUpper(i - 1)) out += '_';
    out += isUpper(i) ? static_cast<char>(name[i] - 'A' + 'a') : name[i];
  }
  return out;
}

}  // namespace generator
