#include "auth/verify_session.hpp"

#include "runtime/runtime.hpp"

#include <ecmascript/number.hpp>

namespace clerk::auth {
namespace {

using jwt::Field;

/// A key id as JavaScript prints it: numbers are texts, and so is its absence.
std::string kidOf(const jwt::Header& header, Strictness strictness) {
  if (header.kid.kind == Field::Kind::String) return std::string(header.kid.text);
  if (header.kid.kind == Field::Kind::Number) return ecmascript::toString(header.kid.number);
  return jwt::jsonOfHeader(header, "kid", strictness);
}

}  // namespace

KeySource::KeySource(const std::string& jwtKey, KeySetSource source, KeySetPolicy policy, bool skipCache,
                     std::shared_ptr<Runtime> runtime, jwt::Caching caching)
    : source_(std::move(source)),
      policy_(policy),
      skipCache_(skipCache),
      caching_(caching),
      runtime_(runtimeOr(runtime)) {
  if (!jwtKey.empty()) {
    pem_ = jwt::keyOfPem(jwtKey, source_.strictness);
  } else if (!source_.secretKey.empty()) {
    set_ = runtime_->state().get<KeySets>().of(source_);
  }
}

std::shared_ptr<const jwt::VerificationKey> KeySource::findNow(const jwt::Header& header) const {
  if (pem_ || !set_ || skipCache_) return pem_;
  return set_->findNow(kidOf(header, source_.strictness), policy_, runtime_->now());
}

async::Task<KeyResult> KeySource::find(const jwt::Header& header, std::string_view failure) const {
  if (pem_) co_return pem_;
  if (!set_) {
    co_return jwt::Refusal{jwt::Reason::JWKFailedToResolve, std::string(failure), jwt::Action::SetClerkJWTKey};
  }
  co_return co_await set_->find(kidOf(header, source_.strictness), policy_, skipCache_, runtime_);
}

namespace {

ClaimsResult verifyWith(const jwt::VerificationKey& key, jwt::Verification& verification, Strictness strictness,
                        const Runtime& runtime, const SessionChecks& checks) {
  if (auto bad = verification.checkWith(key, checks.headerType)) return *bad;
  const jwt::ClaimChecks claimChecks{checks.audience, checks.authorizedParties, checks.issuer, checks.clockSkew,
                                     strictness,      checks.issuersOfAnyScheme};
  if (auto bad = verification.checkClaims(claimChecks, runtime.now())) return *bad;
  return SessionClaims(verification.sharedPayload());
}

ClaimsResult verifyWith(const jwt::VerificationKey& key, jwt::Verification& verification, const KeySource& keys,
                        const SessionChecks& checks) {
  return verifyWith(key, verification, keys.strictness(), *keys.runtime(), checks);
}

SessionChecks checksOf(const VerifyTokenOptions& options) {
  return {options.audience, options.authorizedParties, options.issuer, options.headerType, options.clockSkew};
}

}  // namespace

/// With a key in PEM there is nothing to wait for.
ClaimsResult verifyWithPem(std::string_view token, const VerifyTokenOptions& options) {
  auto begun = jwt::Verification::begin(token, options.strictness, jwt::cachingOf(options.cacheVerifiedTokens));
  if (!begun) return begun.error();
  if (auto bad = checkCategory(begun->header())) return *bad;
  const auto key = jwt::keyOfPem(options.jwtKey, options.strictness);
  return verifyWith(*key, *begun, options.strictness, *runtimeOr(options.runtime), checksOf(options));
}

async::Task<ClaimsResult> verifyWithKeySet(std::string token, VerifyTokenOptions options) {
  const KeySource keys("", {options.apiUrl, options.apiVersion, options.secretKey, options.strictness},
                       options.keySetPolicy, options.skipJwksCache, options.runtime,
                       jwt::cachingOf(options.cacheVerifiedTokens));
  co_return co_await verifySession(token, keys, checksOf(options));
}

std::optional<ClaimsResult> verifySessionNow(BegunVerification begun, const KeySource& keys,
                                             const SessionChecks& checks) {
  if (!begun) return begun.error();
  if (auto bad = checkCategory(begun->header())) return *bad;
  const auto key = keys.findNow(begun->header());
  if (!key) return {};
  return verifyWith(*key, *begun, keys, checks);
}

async::Task<ClaimsResult> verifySession(BegunVerification begun, const KeySource& keys, SessionChecks checks) {
  if (!begun) co_return begun.error();
  if (auto bad = checkCategory(begun->header())) co_return *bad;
  const auto key = co_await keys.find(begun->header(), "Failed to resolve JWK during verification.");
  if (!key) co_return key.error();
  co_return verifyWith(**key, *begun, keys, checks);
}

async::Task<ClaimsResult> verifySession(std::string_view token, const KeySource& keys, SessionChecks checks) {
  return verifySession(keys.begin(token), keys, checks);
}

}  // namespace clerk::auth

namespace clerk {

async::Task<SessionClaims> verifyToken(std::string token, VerifyTokenOptions options) {
  auto claims = options.jwtKey.empty() ? co_await auth::verifyWithKeySet(std::move(token), std::move(options))
                                       : auth::verifyWithPem(token, options);
  if (!claims) throw claims.error().error();
  co_return *std::move(claims);
}

}  // namespace clerk
