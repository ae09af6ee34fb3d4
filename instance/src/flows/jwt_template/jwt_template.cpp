#include "flows/jwt_template/jwt_template.hpp"

#include "flows/jwt_template/shortcodes.hpp"
#include "flows/jwt_template/template_context.hpp"
#include "model/errors.hpp"
#include "model/registry_errors.hpp"

#include <crypto/base64.hpp>
#include <crypto/digest.hpp>
#include <crypto/rsa.hpp>

#include <boost/json/serialize.hpp>

#include <array>

namespace clerk::instance {
namespace {

constexpr std::int64_t defaultLifetime = 60;
constexpr std::int64_t defaultClockSkew = 5;
constexpr std::size_t longestKey = 16384;
constexpr std::string_view defaultAlgorithm = "RS256";

/// What every token says by itself (Clerk docs: "JWT templates", "Default claims").
constexpr std::array<std::string_view, 7> reservedClaims{"azp", "exp", "iat", "iss", "jti", "nbf", "sub"};

struct Algorithm {
  std::string_view name;
  std::optional<crypto::RsaHash> rsa;  ///< absent: HMAC-SHA-256
};
constexpr std::array<Algorithm, 4> algorithms{{{"HS256", std::nullopt},
                                               {"RS256", crypto::RsaHash::Sha256},
                                               {"RS384", crypto::RsaHash::Sha384},
                                               {"RS512", crypto::RsaHash::Sha512}}};

const Algorithm* findAlgorithm(std::string_view name) {
  for (const auto& algorithm : algorithms) {
    if (algorithm.name == name) return &algorithm;
  }
  return nullptr;
}

Outcome<> checkClaims(const Core& core, const boost::json::object& claims) {
  for (const auto name : reservedClaims) {
    if (claims.contains(name)) return Failure(errors::jwtTemplateReservedClaim(name));
  }
  const auto limit = core.settings().maxMetadataBytes;
  if (boost::json::serialize(claims).size() > limit) {
    return Failure(errors::formParamExceedsAllowedSize("claims", limit));
  }
  return {};
}

std::string sealingPlace(const RegistryEntry& entry) { return "jwt_template/" + entry.id; }

Outcome<> setKey(const Core& core, RegistryEntry& entry, const JwtTemplateFields& fields) {
  const auto name = fields.signingAlgorithm.value_or(fields.customSigningKey ? "" : std::string(defaultAlgorithm));
  const auto* algorithm = findAlgorithm(name);
  if (!algorithm) return Failure(errors::formParamValueInvalid("signing_algorithm", name));
  if (fields.signingKey.value_or("").size() > longestKey) {
    return Failure(errors::formParamMaxLengthExceeded("signing_key", longestKey));
  }
  if (!fields.customSigningKey) {
    if (name != defaultAlgorithm) return Failure(errors::formParamValueInvalid("signing_algorithm", name));
    entry.document["custom_signing_key"] = false;
    entry.document["signing_algorithm"] = defaultAlgorithm;
    entry.document.erase("sealed_signing_key");
    return {};
  }
  const bool keepsKey =
      !fields.signingKey && entry.flag("custom_signing_key") && entry.text("signing_algorithm") == name;
  if (!keepsKey) {
    const auto key = fields.signingKey.value_or("");
    if (key.empty()) return Failure(errors::formParamMissing("signing_key"));
    if (algorithm->rsa && !crypto::RsaPrivateKey::fromPem(key)) {
      return Failure(errors::formParamFormatInvalid(
          "signing_key", "signing_key must be a PEM of an RSA private key of at least 2048 bits."));
    }
    entry.document["sealed_signing_key"] = sealText(core, sealingPlace(entry), key);
  }
  entry.document["custom_signing_key"] = true;
  entry.document["signing_algorithm"] = name;
  return {};
}

Outcome<> apply(const Core& core, RegistryEntry& entry, const JwtTemplateFields& fields) {
  if (auto claims = checkClaims(core, fields.claims); !claims) return claims;
  entry.name = fields.name;
  entry.document["claims"] = fields.claims;
  if (fields.lifetime || !entry.integer("lifetime")) {
    entry.document["lifetime"] = fields.lifetime.value_or(defaultLifetime);
  }
  if (fields.allowedClockSkew || !entry.integer("allowed_clock_skew")) {
    entry.document["allowed_clock_skew"] = fields.allowedClockSkew.value_or(defaultClockSkew);
  }
  return setKey(core, entry, fields);
}

Failure nameTaken() { return errors::duplicateRecord("JWT template", "name"); }

/// A token signed with the template's own key; absent when that cannot be read any more.
std::optional<std::string> signWithOwnKey(const Core& core, const RegistryEntry& entry,
                                          const boost::json::object& claims) {
  const auto* algorithm = findAlgorithm(entry.text("signing_algorithm"));
  const auto key = unsealText(core, sealingPlace(entry), entry.text("sealed_signing_key"));
  if (!algorithm || key.empty()) return std::nullopt;
  const boost::json::object header{{"alg", algorithm->name}, {"typ", "JWT"}};
  auto text = crypto::base64urlEncode(boost::json::serialize(header)) + "." +
              crypto::base64urlEncode(boost::json::serialize(claims));
  std::string signature;
  if (algorithm->rsa) {
    const auto rsa = crypto::RsaPrivateKey::fromPem(key);
    if (!rsa) return std::nullopt;
    signature = rsa->sign(text, *algorithm->rsa);
  } else {
    signature = crypto::bytesOf(crypto::hmacSha256(key, text));
  }
  return text + "." + crypto::base64urlEncode(signature);
}

boost::json::object claimsOf(Core& core, const RegistryEntry& entry, const Session& session,
                             const boost::json::object& context, const std::string& authorizedParty,
                             std::optional<std::chrono::seconds> lifetime) {
  const auto now = toSeconds(core.now());
  auto claims = renderClaims(entry.json("claims").as_object(), context);
  if (!authorizedParty.empty()) claims["azp"] = authorizedParty;
  claims["exp"] = now + (lifetime ? lifetime->count() : entry.integer("lifetime").value_or(defaultLifetime));
  claims["iat"] = now;
  claims["iss"] = core.settings().issuer();
  claims["jti"] = core.random().hex(10);
  claims["nbf"] = now - entry.integer("allowed_clock_skew").value_or(defaultClockSkew);
  claims["sub"] = session.userId;
  return claims;
}

}  // namespace

async::Task<Outcome<RegistryEntry>> createJwtTemplate(Core& core, JwtTemplateFields fields) {
  auto entry = newEntry(core, registry::jwtTemplate);
  if (auto applied = apply(core, entry, fields); !applied) co_return applied.error();
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<RegistryEntry> {
    if (!tx.registry().insert(entry)) return nameTaken();
    return entry;
  });
}

async::Task<Outcome<RegistryEntry>> getJwtTemplate(Core& core, std::string id) {
  auto entry =
      co_await core.store().read([&](const Transaction& tx) { return tx.registry().find(registry::jwtTemplate, id); });
  if (!entry) co_return Failure(errors::jwtTemplateNotFound("id", id));
  co_return *std::move(entry);
}

async::Task<Outcome<RegistryEntry>> updateJwtTemplate(Core& core, std::string id, JwtTemplateFields fields) {
  auto entry = co_await getJwtTemplate(core, id);
  if (!entry) co_return entry;
  co_return co_await changeEntry(core, {registry::jwtTemplate, "JWT template"}, id, nameTaken().first(),
                                 [&](Transaction&, RegistryEntry& changed) { return apply(core, changed, fields); });
}

async::Task<Outcome<std::string>> deleteJwtTemplate(Core& core, std::string id) {
  const bool erased =
      co_await core.store().transact([&](Transaction& tx) { return tx.registry().erase(registry::jwtTemplate, id); });
  if (!erased) co_return Failure(errors::jwtTemplateNotFound("id", id));
  co_return id;
}

async::Task<Outcome<std::string>> createTemplateToken(Core& core, Session session, std::string templateName,
                                                      std::string authorizedParty,
                                                      std::optional<std::chrono::seconds> lifetime) {
  const Time now = core.now();
  if (!session.isLive(now)) co_return Failure(errors::authenticationInvalid());
  boost::json::object context;
  auto entry = co_await core.store().read([&](const Transaction& tx) -> std::optional<RegistryEntry> {
    auto found = tx.registry().findByName(registry::jwtTemplate, templateName);
    if (found) context = templateContext(tx, session, now);
    return found;
  });
  if (!entry) co_return Failure(errors::jwtTemplateNotFound("name", templateName));
  auto claims = claimsOf(core, *entry, session, context, authorizedParty, lifetime);
  if (!entry->flag("custom_signing_key")) {
    co_return co_await core.tokens().sign(std::move(claims), token_class::jwtTemplate);
  }
  auto token = signWithOwnKey(core, *entry, claims);
  if (!token) co_return Failure(errors::jwtTemplateNotFound("name", templateName));
  co_return *std::move(token);
}

}  // namespace clerk::instance
