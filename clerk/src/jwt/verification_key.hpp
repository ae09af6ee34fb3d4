#pragma once
// The key that a token's signature is checked with.

#include <clerk/jwt.hpp>
#include <crypto/rsa.hpp>

#include <boost/json/value.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace clerk::jwt {

/// A public key, or why there is none: that is only told when a token asks for the key. Immutable and shared.
class VerificationKey {
 public:
  /// A PEM verifies RS256 alone, as at Clerk.
  static std::shared_ptr<const VerificationKey> fromPem(std::string_view pem, Strictness strictness);
  static std::shared_ptr<const VerificationKey> fromJwk(const boost::json::object& jwk, Strictness strictness);

  /// Tells keys apart for the life of the process.
  std::uint64_t id() const noexcept { return id_; }
  /// Why the key cannot check tokens of this algorithm; empty when it can.
  std::string unusableFor(std::string_view algorithm) const;
  /// `algorithm` is RS256, RS384 or RS512, and the key is usable for it.
  bool verifies(std::string_view message, std::string_view signature, std::string_view algorithm) const;

  VerificationKey(boost::system::result<crypto::RsaPublicKey> key, std::string algorithm, std::string problem);

 private:
  std::uint64_t id_;
  std::optional<crypto::RsaPublicKey> key_;
  std::string algorithm_;  // empty: any
  std::string problem_;
};

/// The key of a PEM text; each thread keeps those it used last, since reading one takes longer than using it.
std::shared_ptr<const VerificationKey> keyOfPem(const std::string& pem, Strictness strictness);

}  // namespace clerk::jwt
