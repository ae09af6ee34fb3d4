#pragma once
// RSA keys that sign and verify JSON Web Tokens (RSASSA-PKCS1-v1_5, RFC 7518 §3.3).

#include <boost/system/error_code.hpp>
#include <boost/system/result.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace crypto {

/// Why a text is no usable key.
enum class KeyError {
  Malformed = 1,  ///< neither PEM, nor base64 of a key, nor a JWK's numbers
  NotRsa,         ///< a key of another kind, such as EC
  TooSmall,       ///< fewer bits than `KeyLimits::minimumBits`
  TooLarge,       ///< a modulus above 16384 bits or an exponent above 64: a way to burn CPU
  Weak,           ///< made by the generator of ROCA (CVE-2017-15361): its private half can be computed
};
boost::system::error_code make_error_code(KeyError error) noexcept;

struct KeyLimits {
  /// NIST SP 800-131A: smaller keys are broken. Lower it only to read old data.
  int minimumBits = 2048;
};

/// The hash inside the signature: RS256, RS384, RS512.
enum class RsaHash { Sha256, Sha384, Sha512 };

/// The public members of an RSA JSON Web Key (RFC 7518 §6.3.1), base64url.
struct RsaJwk {
  std::string n;
  std::string e;
  friend bool operator==(const RsaJwk&, const RsaJwk&) = default;
};

/// The private members as well (RFC 7518 §6.3.2), base64url.
struct RsaPrivateJwk {
  std::string n, e, d, p, q, dp, dq, qi;
};

/// A value: copies share the key, any thread may use any copy.
class RsaPublicKey {
 public:
  /// Reads a PEM of a public key (SPKI), an RSA public key (PKCS#1) or a certificate. Lenient about how environment
  /// variables mangle PEM: literal `\n`, quotes around it, everything on one line, or the base64 body alone.
  static boost::system::result<RsaPublicKey> fromPem(std::string_view pem, KeyLimits limits = {});
  static boost::system::result<RsaPublicKey> fromJwk(const RsaJwk& jwk, KeyLimits limits = {});

  /// True when `signature` is this key's over `message`. About 14 us for 2048 bits.
  bool verifies(std::string_view message, std::string_view signature, RsaHash hash = RsaHash::Sha256) const;

  int bits() const noexcept;
  RsaJwk toJwk() const;
  /// SPKI (`-----BEGIN PUBLIC KEY-----`), with line breaks.
  std::string toPem() const;

 private:
  friend class RsaPrivateKey;
  struct Impl;
  explicit RsaPublicKey(std::shared_ptr<const Impl> impl) noexcept : impl_(std::move(impl)) {}
  std::shared_ptr<const Impl> impl_;
};

/// A value like RsaPublicKey. Its memory is cleansed when the last copy goes.
class RsaPrivateKey {
 public:
  /// Takes about 100 ms for 2048 bits: call it on a thread that may wait. Exponent 65537.
  static RsaPrivateKey generate(int bits = 2048);
  /// Reads PKCS#8 or PKCS#1, unencrypted, with the leniency of RsaPublicKey::fromPem.
  static boost::system::result<RsaPrivateKey> fromPem(std::string_view pem, KeyLimits limits = {});
  static boost::system::result<RsaPrivateKey> fromJwk(const RsaPrivateJwk& jwk, KeyLimits limits = {});

  /// The signature's bytes (not base64). Throws std::runtime_error when OpenSSL cannot.
  std::string sign(std::string_view message, RsaHash hash = RsaHash::Sha256) const;

  RsaPublicKey publicKey() const;
  int bits() const noexcept;
  /// PKCS#8 (`-----BEGIN PRIVATE KEY-----`), unencrypted.
  std::string toPem() const;

 private:
  explicit RsaPrivateKey(std::shared_ptr<const RsaPublicKey::Impl> impl) noexcept : impl_(std::move(impl)) {}
  std::shared_ptr<const RsaPublicKey::Impl> impl_;
};

}  // namespace crypto

template <>
struct boost::system::is_error_code_enum<crypto::KeyError> : std::true_type {};
