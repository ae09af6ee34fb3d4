#pragma once
// URI references as far as schema ids need them (RFC 3986, section 5).

#include <string>
#include <string_view>

namespace fastify::schema {

/// The reference without an empty fragment at its end: "pet#" and "pet#/" are "pet".
std::string_view withoutEmptyFragment(std::string_view reference) noexcept;

/// What stands before the first '#'.
std::string_view withoutFragment(std::string_view reference) noexcept;

/// What stands behind the first '#', empty when there is none.
std::string_view fragmentOf(std::string_view reference) noexcept;

/// `reference` seen from `base`. A base without scheme is fine: both are then relative.
std::string resolveUri(std::string_view base, std::string_view reference);

/// A key as a segment of a JSON pointer (RFC 6901): `~` is "~0", `/` is "~1".
std::string escapePointer(std::string_view key);
/// The key that a segment stands for.
std::string unescapePointer(std::string_view segment);

}  // namespace fastify::schema
