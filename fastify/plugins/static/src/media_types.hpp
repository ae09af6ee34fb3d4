#pragma once
// What a file's name says of its content.

#include <string>
#include <string_view>

namespace fastify::detail {

/// With `; charset=utf-8` for texts; application/octet-stream for an unknown extension.
std::string mediaTypeOf(std::string_view path);

}  // namespace fastify::detail
