#include "dotenv_text.hpp"

namespace clerkd {
namespace {

bool isPlain(std::string_view value) noexcept {
  constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.:/+=@";
  return value.find_first_not_of(plain) == std::string_view::npos;
}

}  // namespace

std::string dotenvLine(std::string_view name, std::string_view value) {
  std::string line(name);
  line += '=';
  if (isPlain(value)) return line.append(value);
  line += '"';
  for (const char c : value) {
    switch (c) {
      case '\n': line += "\\n"; break;
      case '\r': line += "\\r"; break;
      case '"':
      case '\\': line += '\\'; [[fallthrough]];
      default: line += c;
    }
  }
  line += '"';
  return line;
}

}  // namespace clerkd
