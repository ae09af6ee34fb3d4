#pragma once
// HMAC (RFC 2104) with a hash that the caller names.

#include <optional>
#include <string>
#include <string_view>

namespace crypto {

/// The code's bytes; any key length, also empty. `algorithm` is OpenSSL's name in any case: "sha256", "sha512", …;
/// absent when OpenSSL has no such hash.
std::optional<std::string> hmac(const std::string& algorithm, std::string_view key, std::string_view message);

}  // namespace crypto
