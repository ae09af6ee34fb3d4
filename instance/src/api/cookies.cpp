#include "api/cookies.hpp"

#include "settings/keys.hpp"

#include <fmt/format.h>

namespace clerk::instance::api {
namespace {

std::string_view trimmed(std::string_view text) noexcept {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

}  // namespace

std::optional<std::string_view> cookieValue(std::string_view header, std::string_view name) noexcept {
  while (!header.empty()) {
    const auto end = header.find(';');
    const auto pair = trimmed(header.substr(0, end));
    header.remove_prefix(end == std::string_view::npos ? header.size() : end + 1);
    const auto equals = pair.find('=');
    if (equals == std::string_view::npos || pair.substr(0, equals) != name) continue;
    auto value = pair.substr(equals + 1);
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
    return value;
  }
  return std::nullopt;
}

std::string setCookieText(std::string_view name, std::string_view value, const CookieAttributes& attributes) {
  auto text = fmt::format("{}={}; Path=/; ", name, value);
  if (attributes.maxAge.count() <= 0) {
    text += "Expires=Thu, 01 Jan 1970 00:00:01 GMT; Max-Age=0";
  } else {
    text += fmt::format("Max-Age={}", attributes.maxAge.count());
  }
  if (attributes.httpOnly) text += "; HttpOnly";
  if (attributes.secure) text += "; Secure";
  text += "; SameSite=Lax";
  return text;
}

std::string suffixed(const Settings& settings, std::string_view name) {
  return std::string(name) + "_" + cookieSuffixOf(settings.publishableKey);
}

}  // namespace clerk::instance::api
