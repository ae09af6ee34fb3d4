#pragma once
// Public keys on elliptic curves, for signatures of authenticators and providers: P-256 with ECDSA (FIPS 186-5) and
// Ed25519 (RFC 8032).

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace crypto {

/// A value: copies share the key, any thread may use any copy.
class CurvePublicKey {
 public:
  /// Coordinates of 32 bytes each, big-endian. Absent for a point that is not on the curve.
  static std::optional<CurvePublicKey> p256(std::string_view x, std::string_view y);
  /// The 32 bytes of RFC 8032 §5.1.5.
  static std::optional<CurvePublicKey> ed25519(std::string_view x);

  /// True when `signature` is this key's over `message`: for P-256 ECDSA with SHA-256, written as a DER sequence
  /// (RFC 3279 §2.2.3); for Ed25519 its 64 bytes.
  bool verifies(std::string_view message, std::string_view signature) const;

 private:
  struct Impl;
  explicit CurvePublicKey(std::shared_ptr<const Impl> impl) noexcept : impl_(std::move(impl)) {}
  std::shared_ptr<const Impl> impl_;
};

/// For tests and tools: a key pair on P-256.
class P256PrivateKey {
 public:
  static P256PrivateKey generate();

  /// Uncompressed point without its leading 4: x and y, 32 bytes each.
  std::string coordinates() const;
  /// ECDSA with SHA-256, as a DER sequence.
  std::string sign(std::string_view message) const;

 private:
  struct Impl;
  explicit P256PrivateKey(std::shared_ptr<const Impl> impl) noexcept : impl_(std::move(impl)) {}
  std::shared_ptr<const Impl> impl_;
};

}  // namespace crypto
