#include "header_lookup.hpp"

#include "characters.hpp"

#include <algorithm>
#include <array>

namespace fastify::http {
namespace {

/// RFC 9110 fields that hold one value. Node's list.
constexpr std::array<std::string_view, 18> singleFields{
    "age",           "authorization", "content-length", "content-type",        "etag",
    "expires",       "from",          "host",           "if-modified-since",   "if-unmodified-since",
    "last-modified", "location",      "max-forwards",   "proxy-authorization", "referer",
    "retry-after",   "server",        "user-agent"};

}  // namespace

bool sameName(std::string_view a, std::string_view b) noexcept {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lowerCase(x) == lowerCase(y); });
}

Duplicates duplicatesOf(std::string_view name) noexcept {
  if (equalsLower(name, "cookie")) return Duplicates::Semicolon;
  if (equalsLower(name, "set-cookie")) return Duplicates::List;
  const bool single = std::any_of(singleFields.begin(), singleFields.end(),
                                  [name](std::string_view known) { return equalsLower(name, known); });
  return single ? Duplicates::First : Duplicates::Comma;
}

std::optional<std::string_view> findHeader(std::span<const HeaderField> fields, std::string_view name) noexcept {
  for (const auto& field : fields) {
    if (sameName(field.name, name)) return field.value;
  }
  return std::nullopt;
}

bool isAscii(std::string_view text) noexcept {
  return std::none_of(text.begin(), text.end(), [](char c) { return (c & 0x80) != 0; });
}

void appendLatin1(std::string& out, std::string_view bytes) {
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      out += c;
    } else {
      out += static_cast<char>(0xc0 | byte >> 6);
      out += static_cast<char>(0x80 | (byte & 0x3f));
    }
  }
}

std::optional<std::string_view> joinedHeader(std::span<const HeaderField> fields, std::string_view name,
                                             std::string& storage) {
  auto sameField = [name](const HeaderField& field) { return sameName(field.name, name); };
  const auto first = std::find_if(fields.begin(), fields.end(), sameField);
  if (first == fields.end()) return std::nullopt;
  auto next = std::find_if(first + 1, fields.end(), sameField);
  const bool joins = next != fields.end() && duplicatesOf(name) <= Duplicates::Semicolon;
  if (!joins && isAscii(first->value)) return first->value;
  storage.clear();
  appendLatin1(storage, first->value);
  const std::string_view separator = duplicatesOf(name) == Duplicates::Semicolon ? "; " : ", ";
  for (; joins && next != fields.end(); next = std::find_if(next + 1, fields.end(), sameField)) {
    storage.append(separator);
    appendLatin1(storage, next->value);
  }
  return storage;
}

}  // namespace fastify::http
