#include "jwt/verify_jwt.hpp"

namespace clerk::jwt {

boost::system::result<Verification, Refusal> Verification::begin(std::string_view token, Strictness strictness,
                                                                 Caching caching) {
  const bool cacheable = caching == Caching::On && TokenCache::takes(token);
  if (cacheable) {
    if (const auto* known = TokenCache::ofThread().find(token, strictness)) {
      return Verification(known->jwt, known->keyId, true);
    }
  }
  auto decoded = decode(token, strictness);
  if (!decoded) return decoded.error();
  return Verification(*std::move(decoded), 0, cacheable);
}

std::optional<Refusal> Verification::checkWith(const VerificationKey& key,
                                               const std::vector<std::string>& headerTypes) {
  if (auto bad = checkHeader(header(), headerTypes, jwt_->strictness)) return bad;
  if (keyId_ == key.id()) return {};
  if (auto bad = checkSignature(*jwt_, key)) return bad;
  keyId_ = key.id();
  if (cacheable_) TokenCache::ofThread().insert({jwt_, keyId_});
  return {};
}

std::optional<Refusal> Verification::checkClaims(const ClaimChecks& checks,
                                                 std::chrono::system_clock::time_point now) const {
  auto bad = jwt::checkClaims(payload(), checks, now);
  if (bad && bad->reason == Reason::TokenExpired && cacheable_) TokenCache::ofThread().erase(jwt_->token);
  return bad;
}

}  // namespace clerk::jwt

namespace clerk {

SessionClaims verifyJwt(std::string_view token, const VerifyJwtOptions& options) {
  auto verification =
      jwt::Verification::begin(token, options.strictness, jwt::cachingOf(options.cacheVerifiedTokens)).value();
  const auto key = jwt::keyOfPem(options.key, options.strictness);
  if (auto bad = verification.checkWith(*key, options.headerType)) throw bad->error();
  const jwt::ClaimChecks checks{options.audience, options.authorizedParties, options.issuer, options.clockSkew,
                                options.strictness};
  if (auto bad = verification.checkClaims(checks, runtimeOr(options.runtime)->now())) throw bad->error();
  return SessionClaims(verification.sharedPayload());
}

}  // namespace clerk
