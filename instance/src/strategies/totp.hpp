#pragma once
// Authenticator apps: time-based one-time passwords (RFC 6238) of six digits, 30 seconds and HMAC-SHA-1, which is what
// all apps understand.

#include "model/random.hpp"
#include "model/time.hpp"
#include "tokens/keyed_digest.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace clerk::instance {

/// 160 bits, as RFC 4226 §4 recommends.
std::string newTotpSecret(Random& random);

/// How a secret is shown and typed (RFC 4648 §6), without padding.
std::string base32Encode(std::string_view bytes);
std::optional<std::string> base32Decode(std::string_view text);

/// What a QR code carries to the app.
std::string totpUri(std::string_view secret, std::string_view issuer, std::string_view account);

/// The code of one time step.
std::string totpCode(std::string_view secret, std::int64_t step);
std::int64_t totpStep(Time now) noexcept;

/// The step whose code this is: the present one, or one before or after, since clocks differ. Compares in constant
/// time.
std::optional<std::int64_t> matchTotp(std::string_view secret, std::string_view code, Time now);

/// Secrets lie sealed in the database, with a key that follows from the instance's pepper.
std::string sealTotpSecret(const KeyedDigest& digest, std::string_view secret, std::string_view userId);
/// Absent when it was sealed with another pepper or for another user.
std::optional<std::string> unsealTotpSecret(const KeyedDigest& digest, std::string_view sealed,
                                            std::string_view userId);

}  // namespace clerk::instance
