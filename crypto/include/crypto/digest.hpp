#pragma once
// Message digests and authentication codes.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace crypto {

using Sha1Digest = std::array<unsigned char, 20>;
using Sha256Digest = std::array<unsigned char, 32>;

/// SHA-1, for names only (cookie suffixes, WebSocket handshakes): it protects nothing.
Sha1Digest sha1(std::string_view bytes);
Sha256Digest sha256(std::string_view bytes);

/// HMAC-SHA-256 (RFC 2104); any key length, also empty.
Sha256Digest hmacSha256(std::string_view key, std::string_view message);

/// The digest's bytes as text that base64 and comparisons take; valid as long as `digest`.
template <std::size_t Size>
std::string_view bytesOf(const std::array<unsigned char, Size>& digest) noexcept {
  return {reinterpret_cast<const char*>(digest.data()), Size};
}

/// Lower-case hexadecimal.
std::string hexEncode(std::string_view bytes);

/// Compares secrets: the time depends on the lengths alone.
bool constantTimeEquals(std::string_view a, std::string_view b) noexcept;

}  // namespace crypto
