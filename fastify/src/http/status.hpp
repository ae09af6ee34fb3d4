#pragma once
// Status codes and their reason phrases, in Node's spelling.

#include <string_view>

namespace fastify::http {

/// "Not Found" for 404; empty for a status that has no entry (Node sends the word "unknown" then).
std::string_view reasonPhrase(int statusCode) noexcept;

}  // namespace fastify::http
