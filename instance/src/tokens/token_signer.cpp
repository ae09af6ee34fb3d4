#include "tokens/token_signer.hpp"

#include "tokens/access_token.hpp"
#include "tokens/organization_claims.hpp"

#include <crypto/base64.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace clerk::instance {
namespace {

/// How far back `nbf` lies: backends' clocks differ.
constexpr std::int64_t notBeforeSeconds = 10;

std::string joined(std::string_view left, std::string_view right) {
  std::string text;
  text.reserve(left.size() + 1 + right.size());
  return text.append(left).append(".").append(right);
}

}  // namespace

TokenSigner::TokenSigner(std::string keyId, crypto::RsaPrivateKey key, const Settings& settings, const Clock& clock,
                         Random& random, async::ThreadPool& threads)
    : keyId_(std::move(keyId)),
      key_(std::move(key)),
      publicKey_(key_.publicKey()),
      settings_(settings),
      clock_(clock),
      random_(random),
      threads_(threads),
      sessionHeader_(headerOf(token_class::session)) {}

std::string TokenSigner::headerOf(std::string_view tokenClass) const {
  const bool access = tokenClass == token_class::access;
  boost::json::object header{{"alg", "RS256"}};
  if (!tokenClass.empty() && !access) header["cat"] = tokenClass;
  header["kid"] = keyId_;
  header["typ"] = access ? token_class::access : "JWT";
  return crypto::base64urlEncode(boost::json::serialize(header));
}

std::string TokenSigner::sessionClaims(const Session& session, const SessionTokenRequest& request) const {
  const Time now = clock_.now();
  const auto issuedAt = toSeconds(now);
  const auto age = factorVerificationAge(session, now);
  boost::json::object claims;
  if (session.actor) claims["act"] = *session.actor;
  if (!request.authorizedParty.empty()) claims["azp"] = request.authorizedParty;
  claims["exp"] = issuedAt + request.lifetime.value_or(settings_.lifetimes.sessionToken).count();
  claims["fva"] = {age.first, age.second};
  claims["iat"] = issuedAt;
  claims["iss"] = settings_.issuer();
  claims["jti"] = random_.hex(10);
  claims["nbf"] = issuedAt - notBeforeSeconds;
  if (request.organization) addOrganizationClaims(claims, *request.organization);
  claims["sid"] = session.id;
  claims["sts"] = nameOf(session.statusAt(now));
  claims["sub"] = session.userId;
  claims["v"] = 2;
  return boost::json::serialize(claims);
}

std::string TokenSigner::signedText(std::string_view header, std::string_view claims) const {
  const auto message = joined(header, crypto::base64urlEncode(claims));
  return joined(message, crypto::base64urlEncode(key_.sign(message)));
}

async::Task<std::string> TokenSigner::sessionToken(Session session, SessionTokenRequest request) const {
  // The claims tell the moment of signing, not of waiting for a thread.
  co_return co_await threads_.run([this, session = std::move(session), request = std::move(request)] {
    return signedText(sessionHeader_, sessionClaims(session, request));
  });
}

async::Task<std::string> TokenSigner::sign(boost::json::object claims, std::string_view tokenClass) const {
  co_return co_await threads_.run([this, claims = boost::json::serialize(claims), header = headerOf(tokenClass)] {
    return signedText(header, claims);
  });
}

std::optional<boost::json::object> TokenSigner::verify(std::string_view token) const {
  const auto firstDot = token.find('.');
  const auto lastDot = token.rfind('.');
  if (firstDot == std::string_view::npos || firstDot == lastDot) return std::nullopt;
  const auto signature = crypto::base64urlDecode(token.substr(lastDot + 1));
  if (!signature || !publicKey_.verifies(token.substr(0, lastDot), *signature)) return std::nullopt;
  // What this key signed, this class wrote: header and claims are well formed.
  const auto payload = crypto::base64urlDecode(token.substr(firstDot + 1, lastDot - firstDot - 1));
  if (!payload) return std::nullopt;
  boost::system::error_code failed;
  auto claims = boost::json::parse(*payload, failed);
  if (failed || !claims.is_object()) return std::nullopt;
  return std::move(claims.get_object());
}

}  // namespace clerk::instance
