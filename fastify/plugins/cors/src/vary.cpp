#include "vary.hpp"

#include <algorithm>

namespace fastify::detail {
namespace {

bool sameName(std::string_view a, std::string_view b) noexcept {
  auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::ranges::equal(a, b, {}, lower, lower);
}

std::string_view trimmed(std::string_view text) noexcept {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

}  // namespace

std::string withVary(std::string_view header, std::string_view name) {
  if (header.empty()) return std::string(name);
  bool named = false;
  for (auto rest = header; !rest.empty();) {
    const auto comma = rest.find(',');
    const auto each = trimmed(rest.substr(0, comma));
    if (each == "*") return "*";
    named |= sameName(each, name);
    rest.remove_prefix(comma == rest.npos ? rest.size() : comma + 1);
  }
  return named ? std::string(header) : std::string(header) + ", " + std::string(name);
}

}  // namespace fastify::detail
