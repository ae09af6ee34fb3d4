#pragma once
// The path that a URL asks for, and whether it may be used below a root.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fastify::detail {

/// Decoded once, but for escapes of `; / : @ & = + $ ,`, as decodeURI leaves them. nullopt when it cannot be.
std::optional<std::string> decodePathname(std::string_view path);

/// False for empty, `.` and `..` segments, backslashes, NUL: the router saw another path than the file system would.
bool isCanonicalPathname(std::string_view path) noexcept;
/// `..` as a segment.
bool goesUp(std::string_view path) noexcept;
bool hasDotFile(std::string_view path) noexcept;

/// The encodings of `br`, `gzip`, `deflate` that an Accept-Encoding takes, the best first.
std::vector<std::string_view> acceptedEncodings(std::string_view header);

}  // namespace fastify::detail
