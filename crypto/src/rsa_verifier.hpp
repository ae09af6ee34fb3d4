#pragma once
// Checks signatures with one RSA key whose numbers are prepared (RSASSA-PKCS1-v1_5, RFC 8017 §8.2.2).

#include <crypto/rsa.hpp>

#include <openssl/bn.h>

#include <array>
#include <memory>
#include <span>
#include <string_view>

namespace crypto {

/// EVP_PKEY_verify raises a signature to the key's exponent as this does, but looks at the key, takes memory and
/// converts numbers each time: a sixth of its time. Here the key's Montgomery form is made once, a thread keeps the
/// numbers it computes with, and the last multiplication leaves the Montgomery form by itself. Nothing is secret: key,
/// signature and digest are public. Any thread.
class RsaVerifier {
 public:
  /// nullptr when the modulus is even or OpenSSL cannot. `exponent` is odd and greater than 1.
  static std::unique_ptr<const RsaVerifier> of(const BIGNUM* modulus, const BIGNUM* exponent);

  /// `digest` has the size of the hash.
  bool verifies(RsaHash hash, std::span<const unsigned char> digest, std::string_view signature) const;

 private:
  struct FreeNumber {
    void operator()(BIGNUM* number) const noexcept { BN_free(number); }
  };
  struct FreeMontgomery {
    void operator()(BN_MONT_CTX* context) const noexcept { BN_MONT_CTX_free(context); }
  };
  struct FreeContext {
    void operator()(BN_CTX* context) const noexcept { BN_CTX_free(context); }
  };
  using Number = std::unique_ptr<BIGNUM, FreeNumber>;

  /// What a thread computes with.
  struct Scratch {
    std::unique_ptr<BN_CTX, FreeContext> context{BN_CTX_new()};
    Number signature{BN_new()}, base{BN_new()}, power{BN_new()}, digest{BN_new()};
  };
  static Scratch& scratch();

  RsaVerifier() = default;
  bool prepareFrames();
  /// `signature` to the power of the exponent, in `scratch.power`.
  bool raise(Scratch& scratch) const;

  std::size_t size_ = 0;  // of the modulus, and so of a signature, in bytes
  Number modulus_, exponent_;
  std::unique_ptr<BN_MONT_CTX, FreeMontgomery> montgomery_;
  /// By hash: the padded message (EMSA-PKCS1-v1_5, RFC 8017 §9.2) of a digest of zeros; nullptr when the modulus has no
  /// room for one.
  std::array<Number, 3> frames_;
};

}  // namespace crypto
