#include "content/media_type.hpp"

#include <algorithm>
#include <array>

namespace fastify::content {
namespace {

// RFC 9110, 5.6.2.
constexpr auto tokenCharacters = [] {
  std::array<bool, 256> table{};
  for (const char c :
       std::string_view("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")) {
    table[static_cast<unsigned char>(c)] = true;
  }
  return table;
}();

bool isToken(std::string_view text) noexcept {
  return !text.empty() && std::ranges::all_of(text, [](unsigned char c) { return tokenCharacters[c]; });
}

bool isBlank(char c) noexcept { return c == ' ' || (c >= '\t' && c <= '\r') || c == '\xA0'; }

std::string_view trimStart(std::string_view text) noexcept {
  while (!text.empty() && isBlank(text.front())) text.remove_prefix(1);
  return text;
}

std::string_view trimEnd(std::string_view text) noexcept {
  while (!text.empty() && isBlank(text.back())) text.remove_suffix(1);
  return text;
}

std::string lowerCase(std::string_view text) {
  std::string lower(text);
  for (auto& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return lower;
}

// The end of a quoted string that starts at `text[0]`, or npos when it is none.
std::size_t quotedEnd(std::string_view text) noexcept {
  for (std::size_t i = 1; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c == '"') return i + 1;
    if (c == '\\' && ++i == text.size()) break;
    const auto taken = static_cast<unsigned char>(text[i]);
    if ((taken < ' ' && taken != '\t') || (c != '\\' && taken == 0x7F)) break;
  }
  return std::string_view::npos;
}

std::string unquoted(std::string_view quoted) {
  std::string value;
  quoted = quoted.substr(1, quoted.size() - 2);
  for (std::size_t i = 0; i < quoted.size(); ++i) {
    if (quoted[i] == '\\') ++i;
    value.push_back(quoted[i]);
  }
  return value;
}

// Takes one `name=value` from the start of `rest`; false when there is none.
bool takeParameter(std::string_view& rest, MediaType& type) {
  const auto text = trimStart(rest);
  const auto equals = text.find('=');
  if (equals == std::string_view::npos || !isToken(text.substr(0, equals))) return false;
  const auto valueText = text.substr(equals + 1);
  std::size_t length = 0;
  std::string value;
  if (valueText.starts_with('"')) {
    length = quotedEnd(valueText);
    if (length == std::string_view::npos) return false;
    value = unquoted(valueText.substr(0, length));
  } else {
    while (length < valueText.size() && tokenCharacters[static_cast<unsigned char>(valueText[length])]) ++length;
    if (length == 0) return false;
    value = valueText.substr(0, length);
  }
  rest = valueText.substr(length);

  auto name = lowerCase(text.substr(0, equals));
  const auto known = std::ranges::find(type.parameters, name, &std::pair<std::string, std::string>::first);
  if (known != type.parameters.end()) {
    known->second = std::move(value);
  } else {
    type.parameters.emplace_back(std::move(name), std::move(value));
  }
  return true;
}

}  // namespace

std::string MediaType::normalized() const {
  std::string text = essence;
  for (const auto& [name, value] : parameters) text += "; " + name + "=\"" + value + '"';
  return text;
}

std::optional<std::string> mediaTypeOf(std::optional<std::string_view> header) {
  auto essence = essenceOf(header.value_or(""));
  return essence.empty() ? std::nullopt : std::optional(std::move(essence));
}

std::string essenceOf(std::string_view header) {
  const auto text = header.substr(0, header.find(';'));
  const auto slash = text.find('/');
  if (slash == std::string_view::npos) return {};
  const auto type = trimStart(text.substr(0, slash));
  const auto subtype = trimEnd(text.substr(slash + 1));
  if (!isToken(type) || !isToken(subtype)) return {};
  return lowerCase(type) + '/' + lowerCase(subtype);
}

std::optional<MediaType> parseMediaType(std::string_view header) {
  MediaType type{essenceOf(header), {}};
  if (type.essence.empty()) return std::nullopt;
  const auto semicolon = header.find(';');
  if (semicolon == std::string_view::npos) return type;
  auto rest = header.substr(semicolon + 1);
  while (true) {
    takeParameter(rest, type);
    const auto next = rest.find(';');
    if (next == std::string_view::npos) return type;
    rest.remove_prefix(next + 1);
  }
}

}  // namespace fastify::content
