#pragma once
// A verification from the token's text to its claims, for a key that is known or found on the way.

#include "jwt/checks.hpp"
#include "jwt/token_cache.hpp"

#include <boost/system/result.hpp>

namespace clerk::jwt {

/// Whether verified tokens are remembered.
enum class Caching { On, Off };
inline Caching cachingOf(bool cacheVerifiedTokens) { return cacheVerifiedTokens ? Caching::On : Caching::Off; }

/// One token on its way through the checks. `token` must outlive it. Without the category check, which is for session
/// tokens alone.
class Verification {
 public:
  /// Reads the token, or finds it among those that were verified before.
  static boost::system::result<Verification, Refusal> begin(std::string_view token, Strictness strictness,
                                                            Caching caching = Caching::On);

  const Header& header() const noexcept { return known_ ? known_->header : decoded_.header; }
  const std::shared_ptr<const Payload>& payload() const noexcept { return known_ ? known_->payload : decoded_.payload; }

  /// Header and signature. A token that was verified with this key before is not verified again.
  std::optional<Refusal> checkWith(const VerificationKey& key, const std::vector<std::string>& headerTypes);
  /// The claims, after the signature. A token that has expired is no longer remembered.
  std::optional<Refusal> checkClaims(const ClaimChecks& checks, std::chrono::system_clock::time_point now) const;

 private:
  std::string_view token_;
  Strictness strictness_{};
  crypto::Sha256 signedPart_;      // of a token that may be cached: what its signature is about, …
  crypto::Sha256Digest digest_{};  // … and all of it
  bool cacheable_ = false;
  DecodedJwt decoded_;
  std::shared_ptr<const VerifiedJwt> known_;
};

}  // namespace clerk::jwt
