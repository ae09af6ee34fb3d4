#pragma once
// A verification from the token's text to its claims, for a key that is known or found on the way.

#include "jwt/checks.hpp"
#include "jwt/token_cache.hpp"

#include <boost/system/result.hpp>

namespace clerk::jwt {

/// Whether verified tokens are remembered.
enum class Caching { On, Off };
inline Caching cachingOf(bool cacheVerifiedTokens) { return cacheVerifiedTokens ? Caching::On : Caching::Off; }

/// One token on its way through the checks. Without the category check, which is for session
/// tokens alone. Cheap to copy.
class Verification {
 public:
  /// Reads the token, or finds it among those that were verified before.
  static boost::system::result<Verification, Refusal> begin(std::string_view token, Strictness strictness,
                                                            Caching caching = Caching::On);

  const Header& header() const noexcept { return jwt_->header; }
  const Payload& payload() const noexcept { return jwt_->payload; }
  /// The payload, for whoever keeps it.
  std::shared_ptr<const Payload> sharedPayload() const noexcept { return {jwt_, &jwt_->payload}; }

  /// Header and signature. A token that was verified with this key before is not verified again.
  std::optional<Refusal> checkWith(const VerificationKey& key, const std::vector<std::string>& headerTypes);
  /// The claims, after the signature. A token that has expired is no longer remembered.
  std::optional<Refusal> checkClaims(const ClaimChecks& checks, std::chrono::system_clock::time_point now) const;

 private:
  Verification(std::shared_ptr<const DecodedJwt> jwt, std::uint64_t keyId, bool cacheable)
      : jwt_(std::move(jwt)), keyId_(keyId), cacheable_(cacheable) {}

  std::shared_ptr<const DecodedJwt> jwt_;
  std::uint64_t keyId_;  // of the key that verified it before; 0: none
  bool cacheable_;
};

}  // namespace clerk::jwt
