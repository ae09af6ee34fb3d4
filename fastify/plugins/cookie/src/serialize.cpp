#include <fastify/cookie.hpp>

#include <fastify/error.hpp>

#include <ecmascript/uri.hpp>
#include <ecmascript/utc_date.hpp>

#include <algorithm>
#include <array>
#include <string>

// What a name, value and attribute may hold: the npm package `cookie` 2.0 (RFC 6265 §4.1.1, as browsers read it).

namespace fastify {
namespace {

[[noreturn]] void refuse(std::string_view what, std::string_view value) {
  throw FastifyError(500, "cookie " + std::string(what) + " is invalid: " + std::string(value));
}

bool isVisible(char c) noexcept { return c >= 0x21 && c <= 0x7E; }
bool isAlphanumeric(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool isName(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) { return isVisible(c) && c != ';' && c != '='; });
}
bool isValue(std::string_view value) {
  return std::ranges::all_of(value, [](char c) { return isVisible(c) && c != ';'; });
}
bool isPath(std::string_view path) {
  return std::ranges::all_of(path, [](char c) { return c >= 0x20 && c <= 0x7E && c != ';' && c != '<'; });
}
bool isLabel(std::string_view label) {
  return !label.empty() && label.size() <= 63 && isAlphanumeric(label.front()) && isAlphanumeric(label.back()) &&
         std::ranges::all_of(label, [](char c) { return isAlphanumeric(c) || c == '-'; });
}
bool isDomain(std::string_view domain) {
  if (domain.starts_with('.')) domain.remove_prefix(1);
  while (true) {
    const auto dot = domain.find('.');
    if (!isLabel(domain.substr(0, dot))) return false;
    if (dot == domain.npos) return true;
    domain.remove_prefix(dot + 1);
  }
}

std::string encodeValue(std::string_view value) {
  const bool plain = std::ranges::all_of(
      value, [](char c) { return isVisible(c) && std::string_view("\",;\\%").find(c) == std::string_view::npos; });
  return plain ? std::string(value) : ecmascript::encodeUriComponent(value);
}

std::string lowerCase(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
  }
  return lower;
}

/// The attribute's value with a capital letter; refused when it is none of `known`.
std::string capitalised(std::string_view what, const std::string& value, std::initializer_list<const char*> known) {
  auto word = lowerCase(value);
  if (std::ranges::find(known, word) == known.end()) refuse(what, value);
  word[0] += 'A' - 'a';
  return word;
}

std::string sameSiteOf(const std::variant<bool, std::string>& sameSite) {
  if (const bool* strict = std::get_if<bool>(&sameSite)) return *strict ? "Strict" : "";
  const auto& text = std::get<std::string>(sameSite);
  return text.empty() ? "" : capitalised("sameSite", text, {"strict", "lax", "none"});
}

std::string expiresOf(std::chrono::system_clock::time_point time) {
  const auto milliseconds = std::chrono::floor<std::chrono::milliseconds>(time.time_since_epoch()).count();
  constexpr std::int64_t year1601 = -11'644'473'600'000, year10000 = 253'402'300'800'000;
  if (milliseconds < year1601 || milliseconds >= year10000) refuse("expires", std::to_string(milliseconds));
  return ecmascript::toUtcString(milliseconds);
}

}  // namespace

std::string serializeCookie(std::string_view name, std::string_view value, const CookieSerializeOptions& options) {
  if (!isName(name)) refuse("name", name);
  std::string text = std::string(name) + "=";
  if (options.encode) {
    const auto encoded = options.encode(value);
    if (!isValue(encoded)) refuse("value", value);
    text += encoded;
  } else {
    text += encodeValue(value);
  }
  if (options.maxAge) text += "; Max-Age=" + std::to_string(*options.maxAge);
  if (!options.domain.empty()) {
    if (!isDomain(options.domain)) refuse("domain", options.domain);
    text += "; Domain=" + options.domain;
  }
  if (!options.path.empty()) {
    if (!isPath(options.path)) refuse("path", options.path);
    text += "; Path=" + options.path;
  }
  if (options.expires) text += "; Expires=" + expiresOf(*options.expires);
  if (options.httpOnly) text += "; HttpOnly";
  if (const bool* secure = std::get_if<bool>(&options.secure); !secure || *secure) text += "; Secure";
  if (options.partitioned) text += "; Partitioned";
  if (!options.priority.empty())
    text += "; Priority=" + capitalised("priority", options.priority, {"low", "medium", "high"});
  if (options.sameSite) {
    if (const auto sameSite = sameSiteOf(*options.sameSite); !sameSite.empty()) text += "; SameSite=" + sameSite;
  }
  return text;
}

}  // namespace fastify
