#pragma once
// Headers by name, and how those are joined that come more than once (Node's documentation of `message.headers`).

#include "header_field.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace fastify::http {

/// ASCII only, as header names are.
bool sameName(std::string_view a, std::string_view b) noexcept;

enum class Duplicates : std::uint8_t {
  Comma,      // joined with ", "
  Semicolon,  // cookie: joined with "; "
  First,      // the first one wins
  List        // set-cookie: kept apart
};
/// `name` in any case.
Duplicates duplicatesOf(std::string_view name) noexcept;

/// The first value of that name, as it stands in the message; nullopt without one.
std::optional<std::string_view> findHeader(std::span<const HeaderField> fields, std::string_view name) noexcept;

/// The value as Node's `request.headers[name]` has it, in UTF-8: duplicates joined, bytes above 0x7F read as Latin-1.
/// Refers to the message when nothing is to be changed, to `storage` otherwise. A list (set-cookie) gives its first
/// value.
std::optional<std::string_view> joinedHeader(std::span<const HeaderField> fields, std::string_view name,
                                             std::string& storage);

bool isAscii(std::string_view text) noexcept;
/// Each byte as the character of that number.
void appendLatin1(std::string& out, std::string_view bytes);

}  // namespace fastify::http
