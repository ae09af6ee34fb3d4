#pragma once
// Sealing of secrets at rest: AES-256-GCM (NIST SP 800-38D).

#include <crypto/digest.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace crypto {

/// A key of 256 bits, as a digest has.
using AeadKey = Sha256Digest;

/// Random nonce, ciphertext and tag, one after the other. `context` is not kept, but opening needs the same one: it
/// binds what is sealed to its place. Good for about 2^32 seals with one key. Throws std::runtime_error when OpenSSL
/// cannot.
std::string seal(const AeadKey& key, std::string_view plaintext, std::string_view context);

/// Absent when the key or the context is another one, or a bit has changed.
std::optional<std::string> unseal(const AeadKey& key, std::string_view sealed, std::string_view context);

}  // namespace crypto
