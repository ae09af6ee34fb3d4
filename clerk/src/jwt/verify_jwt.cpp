#include "jwt/verify_jwt.hpp"

#include <cstring>

namespace clerk::jwt {

boost::system::result<Verification, Refusal> Verification::begin(std::string_view token, Strictness strictness,
                                                                 Caching caching) {
  Verification verification;
  verification.token_ = token;
  verification.strictness_ = strictness;
  verification.cacheable_ = caching == Caching::On && token.size() <= TokenCache::kMaximumTokenSize;
  if (verification.cacheable_) {
    // One pass for both: the token's digest goes on where that of its signed part ends.
    const auto* dot = static_cast<const char*>(memrchr(token.data(), '.', token.size()));  // rfind goes byte by byte
    const auto signedSize = dot ? static_cast<std::size_t>(dot - token.data()) : token.size();
    verification.signedPart_.add(token.substr(0, signedSize));
    auto whole = verification.signedPart_;
    whole.add(token.substr(signedSize));
    verification.digest_ = whole.digest();
    verification.known_ = TokenCache::ofThread().find(verification.digest_, strictness);
    if (verification.known_) return verification;
  }
  auto decoded = decode(token, strictness);
  if (!decoded) return decoded.error();
  verification.decoded_ = *std::move(decoded);
  return verification;
}

std::optional<Refusal> Verification::checkWith(const VerificationKey& key,
                                               const std::vector<std::string>& headerTypes) {
  if (auto bad = checkHeader(header(), headerTypes, strictness_)) return bad;
  if (known_ && known_->keyId == key.id()) return {};
  if (known_) {
    // The key has changed since: read the token again, for its signature.
    decoded_ = decode(token_, strictness_).value();
    known_ = nullptr;
  }
  if (auto bad = checkSignature(decoded_, key, cacheable_ ? &signedPart_ : nullptr)) return bad;
  if (cacheable_) {
    known_ = std::make_shared<const VerifiedJwt>(
        VerifiedJwt{std::move(decoded_.header), std::move(decoded_.payload), key.id(), strictness_});
    TokenCache::ofThread().insert(digest_, known_);
  }
  return {};
}

std::optional<Refusal> Verification::checkClaims(const ClaimChecks& checks,
                                                 std::chrono::system_clock::time_point now) const {
  auto bad = jwt::checkClaims(*payload(), checks, now);
  if (bad && bad->reason == Reason::TokenExpired && cacheable_) TokenCache::ofThread().erase(digest_);
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
  return SessionClaims(verification.payload());
}

}  // namespace clerk
