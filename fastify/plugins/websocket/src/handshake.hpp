#pragma once
// How a connection becomes a WebSocket (RFC 6455 §4.2).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fastify {
class Request;
}

namespace fastify::detail {

/// Sec-WebSocket-Accept for a key; nullopt when the key is not 16 bytes in base64.
std::optional<std::string> acceptOf(std::string_view key);

/// What Sec-WebSocket-Protocol offers; nullopt when it is malformed.
std::optional<std::vector<std::string>> offeredProtocols(std::string_view header);

}  // namespace fastify::detail
