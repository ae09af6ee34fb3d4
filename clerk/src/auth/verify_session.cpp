#include "auth/verify_session.hpp"

#include "runtime/runtime.hpp"

#include <ecmascript/number.hpp>

namespace clerk::auth {
namespace {

using jwt::Field;

/// A key id as JavaScript prints it: numbers are texts, and so is its absence.
std::string kidOf(const jwt::Header& header, Strictness strictness) {
  if (header.kid.kind == Field::Kind::String) return header.kid.text;
  if (header.kid.kind == Field::Kind::Number) return ecmascript::toString(header.kid.number);
  return jwt::jsonOfHeader(header, "kid", strictness);
}

}  // namespace

KeySource::KeySource(std::string jwtKey, KeySetSource source, KeySetPolicy policy, bool skipCache,
                     std::shared_ptr<Runtime> runtime)
    : jwtKey_(std::move(jwtKey)),
      source_(std::move(source)),
      policy_(policy),
      skipCache_(skipCache),
      runtime_(runtimeOr(runtime)) {
  if (!jwtKey_.empty()) pem_ = jwt::keyOfPem(jwtKey_, source_.strictness);
}

std::shared_ptr<const jwt::VerificationKey> KeySource::pem() const { return pem_; }

async::Task<KeyResult> KeySource::find(const jwt::Header& header, std::string_view failure) const {
  if (pem_) co_return pem_;
  if (source_.secretKey.empty()) {
    co_return jwt::Refusal{jwt::Reason::JWKFailedToResolve, std::string(failure), jwt::Action::SetClerkJWTKey};
  }
  const auto set = runtime_->state().get<KeySets>().of(source_);
  co_return co_await set->find(kidOf(header, source_.strictness), policy_, skipCache_, runtime_);
}

async::Task<ClaimsResult> verifySession(std::string_view token, const KeySource& keys, SessionChecks checks) {
  auto begun = jwt::Verification::begin(token, keys.strictness());
  if (!begun) co_return begun.error();
  auto& verification = *begun;
  if (auto bad = checkCategory(verification.header())) co_return *bad;
  auto key = keys.pem();
  if (!key) {
    auto found = co_await keys.find(verification.header(), "Failed to resolve JWK during verification.");
    if (!found) co_return found.error();
    key = *std::move(found);
  }
  if (auto bad = verification.checkWith(*key, checks.headerType)) co_return *bad;
  const jwt::ClaimChecks claimChecks{checks.audience,  checks.authorizedParties, checks.issuer,
                                     checks.clockSkew, keys.strictness(),        checks.issuersOfAnyScheme};
  if (auto bad = checkClaims(*verification.payload(), claimChecks, keys.runtime()->now())) co_return *bad;
  co_return SessionClaims(verification.payload());
}

}  // namespace clerk::auth

namespace clerk {

async::Task<SessionClaims> verifyToken(std::string token, VerifyTokenOptions options) {
  const auth::KeySource keys(options.jwtKey,
                             {options.apiUrl, options.apiVersion, options.secretKey, options.strictness},
                             options.keySetPolicy, options.skipJwksCache, options.runtime);
  auto claims = co_await auth::verifySession(
      token, keys,
      {options.audience, options.authorizedParties, options.issuer, options.headerType, options.clockSkew});
  if (!claims) throw claims.error().error();
  co_return *std::move(claims);
}

}  // namespace clerk
