#include "strategies/totp.hpp"

#include <crypto/aead.hpp>
#include <crypto/base64.hpp>
#include <crypto/digest.hpp>

#include <array>
#include <cctype>

namespace clerk::instance {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::int64_t stepSeconds = 30;
constexpr std::size_t digits = 6;

/// HMAC-SHA-1 (RFC 2104): the one function that authenticator apps agree on. As a keyed function it is sound.
crypto::Sha1Digest hmacSha1(std::string_view key, std::string_view message) {
  constexpr std::size_t block = 64;
  std::string padded(key.size() > block ? std::string(crypto::bytesOf(crypto::sha1(key))) : std::string(key));
  padded.resize(block, '\0');
  std::string inner(block, '\0');
  std::string outer(block, '\0');
  for (std::size_t i = 0; i < block; ++i) {
    inner[i] = static_cast<char>(padded[i] ^ 0x36);
    outer[i] = static_cast<char>(padded[i] ^ 0x5c);
  }
  inner += message;
  const auto digest = crypto::sha1(inner);
  outer += crypto::bytesOf(digest);
  return crypto::sha1(outer);
}

crypto::AeadKey sealingKey(const KeyedDigest& digest) { return crypto::sha256(digest.of("totp sealing key", "1")); }

std::string percentEncoded(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) || c == '-' || c == '.' || c == '_' || c == '~' || c == '@') {
      encoded += c;
    } else {
      constexpr std::string_view hex = "0123456789ABCDEF";
      encoded.append({'%', hex[byte >> 4], hex[byte & 15]});
    }
  }
  return encoded;
}

}  // namespace

std::string newTotpSecret(Random& random) {
  std::array<unsigned char, 20> bytes{};
  random.fill(bytes);
  return std::string(bytes.begin(), bytes.end());
}

std::string base32Encode(std::string_view bytes) {
  std::string text;
  unsigned buffer = 0;
  int bits = 0;
  for (const char c : bytes) {
    buffer = (buffer << 8) | static_cast<unsigned char>(c);
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += alphabet[(buffer >> bits) & 31];
    }
    buffer &= (1U << bits) - 1;
  }
  if (bits > 0) text += alphabet[(buffer << (5 - bits)) & 31];
  return text;
}

std::optional<std::string> base32Decode(std::string_view text) {
  while (text.ends_with('=')) text.remove_suffix(1);
  std::string bytes;
  unsigned buffer = 0;
  int bits = 0;
  for (const char c : text) {
    const auto value = alphabet.find(static_cast<char>(std::toupper(static_cast<unsigned char>(c))));
    if (value == std::string_view::npos) return std::nullopt;
    buffer = (buffer << 5) | static_cast<unsigned>(value);
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>((buffer >> bits) & 255);
    buffer &= (1U << bits) - 1;
  }
  return bytes;
}

std::string totpUri(std::string_view secret, std::string_view issuer, std::string_view account) {
  return "otpauth://totp/" + percentEncoded(issuer) + ":" + percentEncoded(account) +
         "?algorithm=SHA1&digits=6&issuer=" + percentEncoded(issuer) + "&period=30&secret=" + base32Encode(secret);
}

std::int64_t totpStep(Time now) noexcept { return toSeconds(now) / stepSeconds; }

std::string totpCode(std::string_view secret, std::int64_t step) {
  std::string counter(8, '\0');
  for (int i = 7; i >= 0; --i, step >>= 8) counter[static_cast<std::size_t>(i)] = static_cast<char>(step & 255);
  const auto mac = hmacSha1(secret, counter);
  // RFC 4226 §5.3: dynamic truncation.
  const std::size_t offset = mac[19] & 15U;
  const std::uint32_t number = ((mac[offset] & 0x7fU) << 24) | (static_cast<std::uint32_t>(mac[offset + 1]) << 16) |
                               (static_cast<std::uint32_t>(mac[offset + 2]) << 8) | mac[offset + 3];
  auto code = std::to_string(number % 1'000'000);
  return std::string(digits - code.size(), '0') + code;
}

std::optional<std::int64_t> matchTotp(std::string_view secret, std::string_view code, Time now) {
  std::optional<std::int64_t> match;
  for (const std::int64_t step : {totpStep(now) - 1, totpStep(now), totpStep(now) + 1}) {
    if (crypto::constantTimeEquals(totpCode(secret, step), code)) match = step;
  }
  return match;
}

std::string sealTotpSecret(const KeyedDigest& digest, std::string_view secret, std::string_view userId) {
  return crypto::base64urlEncode(crypto::seal(sealingKey(digest), secret, userId));
}

std::optional<std::string> unsealTotpSecret(const KeyedDigest& digest, std::string_view sealed,
                                            std::string_view userId) {
  const auto bytes = crypto::base64urlDecode(sealed);
  return bytes ? crypto::unseal(sealingKey(digest), *bytes, userId) : std::nullopt;
}

}  // namespace clerk::instance
