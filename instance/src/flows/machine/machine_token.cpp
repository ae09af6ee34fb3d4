#include "flows/machine/machine_token.hpp"

#include "model/errors.hpp"
#include "model/registry_errors.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>

namespace clerk::instance {
namespace {

/// The `cat` of tokens of machines.
constexpr std::string_view machineTokenClass = "cl_B7d4PD333AAA";
constexpr std::size_t largestClaims = 4096;
constexpr std::int64_t longestTtl = 315'360'000;
constexpr std::array<std::string_view, 7> reservedClaims{"aud", "exp", "iat", "iss", "jti", "nbf", "sub"};

std::string secretOf(const Core& core, const RegistryEntry& token) {
  return "mt_" + derivedSecret(core, registry::machineToken, token.id, 1);
}

Outcome<> checkClaims(const boost::json::value& claims, bool jwt) {
  if (claims.is_null()) return {};
  if (!claims.is_object()) return Failure(errors::formParamFormatInvalid("claims", "claims must be an object."));
  if (boost::json::serialize(claims).size() > largestClaims) {
    return Failure(errors::formParamExceedsAllowedSize("claims", largestClaims));
  }
  for (const auto name : reservedClaims) {
    if (jwt && claims.get_object().contains(name)) {
      return Failure(Error{Trouble::BadRequest,
                           "machine_token_reserved_claim",
                           "reserved claim used",
                           "You can't use the reserved claim: '" + std::string(name) + "'",
                           "claims",
                           {}});
    }
  }
  return {};
}

boost::json::object claimsOf(const Core& core, const RegistryEntry& token) {
  boost::json::object claims;
  if (const auto own = token.json("claims"); own.is_object()) claims = own.get_object();
  const auto scopes = token.json("scopes");
  std::string joined;
  if (scopes.is_array()) {
    for (const auto& scope : scopes.get_array()) {
      if (!joined.empty()) joined += ' ';
      joined += scope.as_string();
    }
  }
  const auto issuedAt = toSeconds(token.createdAt);
  claims["aud"] = scopes;
  claims["iat"] = issuedAt;
  claims["iss"] = core.settings().issuer();
  claims["jti"] = token.id;
  claims["nbf"] = issuedAt - 10;
  claims["scopes"] = joined;
  claims["sub"] = token.owner;
  if (token.expiresAt) claims["exp"] = toSeconds(*token.expiresAt);
  return claims;
}

/// The newest token that says the same and is good for as long as was asked.
std::optional<RegistryEntry> findReusable(const Transaction& tx, const RegistryEntry& wanted, std::int64_t remaining,
                                          Time now) {
  const RegistryFilter filter{.owner = wanted.owner,
                              .query = "",
                              .withoutRevoked = true,
                              .notExpiredAt = now + std::chrono::seconds(remaining)};
  for (auto& token : tx.registry().list(registry::machineToken, filter, {.limit = 20}).data) {
    if (token.document == wanted.document) return token;
  }
  return std::nullopt;
}

async::Task<IssuedMachineToken> issue(Core& core, RegistryEntry entry) {
  auto token =
      entry.flag("jwt") ? co_await core.tokens().sign(claimsOf(core, entry), machineTokenClass) : secretOf(core, entry);
  co_return IssuedMachineToken{std::move(entry), std::move(token)};
}

bool isMeantFor(const RegistryEntry& token, const std::string& verifierId) {
  if (verifierId.empty() || token.owner == verifierId) return true;
  const auto scopes = token.json("scopes");
  return scopes.is_array() && std::ranges::any_of(scopes.get_array(), [&](const boost::json::value& scope) {
           return scope.is_string() && scope.get_string() == std::string_view(verifierId);
         });
}

Failure unknownToken() { return errors::tokenInvalid("M2M token"); }

std::optional<RegistryEntry> lookUp(const Core& core, const Transaction& tx, const std::string& token) {
  if (token.starts_with("mt_")) {
    return tx.registry().findByDigest(registry::machineToken, digestOfSecret(core, registry::machineToken, token));
  }
  return std::nullopt;
}

}  // namespace

std::string newHexId(Core& core, std::string_view prefix) { return std::string(prefix) + "_" + core.random().hex(16); }

async::Task<Outcome<IssuedMachineToken>> createMachineToken(Core& core, RegistryEntry machine, NewMachineToken fields) {
  if (auto checked = checkClaims(fields.claims, fields.jwt); !checked) co_return checked.error();
  auto entry = newEntry(core, registry::machineToken);
  entry.id = newHexId(core, "mt");
  entry.owner = machine.id;
  entry.document["claims"] = fields.claims;
  entry.document["jwt"] = fields.jwt;
  const auto ttl = fields.secondsUntilExpiration.value_or(machine.integer("default_token_ttl").value_or(3600));
  entry.expiresAt = entry.createdAt + std::chrono::seconds(std::clamp<std::int64_t>(ttl, 1, longestTtl));
  entry.digest = digestOfSecret(core, registry::machineToken, fields.jwt ? entry.id : secretOf(core, entry));
  auto written = co_await core.store().transact([&](Transaction& tx) -> Outcome<RegistryEntry> {
    boost::json::array scopes;
    for (const auto& id : scopesOfMachine(tx, machine.id)) scopes.emplace_back(id);
    entry.document["scopes"] = std::move(scopes);
    if (fields.minRemainingTtl) {
      if (auto reusable = findReusable(tx, entry, *fields.minRemainingTtl, core.now())) return *std::move(reusable);
    }
    if (!tx.registry().insert(entry)) return Failure(errors::duplicateRecord("M2M token", "id"));
    return entry;
  });
  if (!written) co_return written.error();
  co_return co_await issue(core, *std::move(written));
}

async::Task<Outcome<RegistryEntry>> verifyMachineToken(Core& core, std::string token, std::string verifierId) {
  const auto claims = token.starts_with("mt_") ? std::nullopt : core.tokens().verify(token);
  std::string id;
  if (claims) {
    const auto* jti = claims->if_contains("jti");
    if (jti && jti->is_string()) id = std::string(jti->get_string());
  }
  auto entry = co_await core.store().read([&](const Transaction& tx) {
    return claims ? tx.registry().find(registry::machineToken, id) : lookUp(core, tx, token);
  });
  if (!entry || !entry->isUsable(core.now()) || !isMeantFor(*entry, verifierId)) co_return unknownToken();
  noteUse(core, registry::machineToken, *entry);
  co_return *std::move(entry);
}

async::Task<Outcome<RegistryEntry>> revokeMachineToken(Core& core, std::string id, std::optional<std::string> reason,
                                                       std::string machineId) {
  co_return co_await changeEntry(core, registered::machineToken, id, unknownToken().first(),
                                 [&](Transaction&, RegistryEntry& token) -> Outcome<> {
                                   if (!machineId.empty() && token.owner != machineId) {
                                     return Failure(errors::entryNotFound("M2M token", id));
                                   }
                                   revokeEntry(token, reason);
                                   return {};
                                 });
}

}  // namespace clerk::instance
