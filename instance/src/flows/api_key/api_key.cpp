#include "flows/api_key/api_key.hpp"

#include "flows/machine/machine_token.hpp"
#include "model/errors.hpp"
#include "model/registry_errors.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace clerk::instance {
namespace {

constexpr std::size_t shortestName = 3;
constexpr std::size_t longestName = 255;
constexpr std::size_t longestDescription = 255;
constexpr std::size_t largestClaims = 8192;
constexpr std::size_t mostScopes = 100;
constexpr std::size_t longestScope = 255;
constexpr std::int64_t longestTtl = 315'360'000;

std::string secretOf(const Core& core, const RegistryEntry& key) {
  return "ak_" + derivedSecret(core, registry::apiKey, key.id, 1);
}

bool isBlank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

Outcome<> setName(RegistryEntry& key, const std::string& name) {
  if (name.size() < shortestName || isBlank(name.front()) || isBlank(name.back())) {
    return Failure(errors::formParamFormatInvalid(
        "name", "name must have 3 characters or more, and no blanks at its beginning and end."));
  }
  if (name.size() > longestName) return Failure(errors::formParamMaxLengthExceeded("name", longestName));
  key.document["name"] = name;
  key.name = key.owner + "\n" + name;
  return {};
}

Outcome<> setDescription(RegistryEntry& key, const std::optional<std::string>& description) {
  if (description && description->size() > longestDescription) {
    return Failure(errors::formParamMaxLengthExceeded("description", longestDescription));
  }
  key.document["description"] = description ? boost::json::value(*description) : boost::json::value();
  return {};
}

Outcome<> setClaims(RegistryEntry& key, const boost::json::value& claims) {
  if (!claims.is_null() && !claims.is_object()) {
    return Failure(errors::formParamFormatInvalid("claims", "claims must be an object."));
  }
  if (boost::json::serialize(claims).size() > largestClaims) {
    return Failure(errors::formParamExceedsAllowedSize("claims", largestClaims));
  }
  key.document["claims"] = claims;
  return {};
}

Outcome<> setScopes(RegistryEntry& key, const std::vector<std::string>& scopes) {
  const bool tooMuch = scopes.size() > mostScopes || std::ranges::any_of(scopes, [](const std::string& scope) {
                         return scope.empty() || scope.size() > longestScope;
                       });
  if (tooMuch) return Failure(errors::formParamFormatInvalid("scopes", "scopes must be up to 100 short texts."));
  key.document["scopes"] = boost::json::array(scopes.begin(), scopes.end());
  return {};
}

void setExpiry(RegistryEntry& key, std::optional<std::int64_t> seconds, Time now) {
  key.expiresAt.reset();
  if (seconds) key.expiresAt = now + std::chrono::seconds(std::clamp<std::int64_t>(*seconds, 0, longestTtl));
}

Outcome<> checkSubject(const Transaction& tx, const std::string& subject, Time now) {
  const bool exists = (subject.starts_with("user_") && tx.users().exists(subject)) ||
                      (subject.starts_with("org_") && tx.organizations().find(subject, now)) ||
                      (subject.starts_with("mch_") && tx.registry().find(registry::machine, subject));
  if (!exists) return Failure(errors::entryNotFound("subject", subject));
  return {};
}

Error nameTaken() {
  auto error = errors::duplicateRecord("API key", "name");
  error.trouble = Trouble::Conflict;
  return error;
}

/// The first thing that is wrong.
Outcome<> fill(RegistryEntry& key, const NewApiKey& fields) {
  if (auto set = setName(key, fields.name); !set) return set;
  if (auto set = setDescription(key, fields.description); !set) return set;
  if (auto set = setClaims(key, fields.claims); !set) return set;
  if (auto set = setScopes(key, fields.scopes); !set) return set;
  key.document["created_by"] = fields.createdBy ? boost::json::value(*fields.createdBy) : boost::json::value();
  return {};
}

Outcome<> change(const Transaction& tx, RegistryEntry& key, const ApiKeyChanges& changes, Time now) {
  if (changes.claims) {
    if (auto set = setClaims(key, *changes.claims); !set) return set;
  }
  if (changes.scopes) {
    if (auto set = setScopes(key, *changes.scopes); !set) return set;
  }
  if (changes.description) {
    if (auto set = setDescription(key, *changes.description); !set) return set;
  }
  if (changes.secondsUntilExpiration) setExpiry(key, *changes.secondsUntilExpiration, now);
  if (!changes.subject) return {};
  if (auto exists = checkSubject(tx, *changes.subject, now); !exists) return exists;
  key.owner = *changes.subject;
  return key.status == registry_status::active ? setName(key, key.text("name")) : Outcome<>();
}

bool belongsTo(const RegistryEntry& key, const std::string& subject) { return subject.empty() || key.owner == subject; }

}  // namespace

async::Task<Outcome<IssuedApiKey>> createApiKey(Core& core, NewApiKey fields) {
  auto key = newEntry(core, registry::apiKey);
  key.id = newHexId(core, "ak");
  key.owner = fields.subject;
  if (auto filled = fill(key, fields); !filled) co_return filled.error();
  setExpiry(key, fields.secondsUntilExpiration, key.createdAt);
  auto secret = secretOf(core, key);
  key.digest = digestOfSecret(core, registry::apiKey, secret);
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<IssuedApiKey> {
    if (auto exists = checkSubject(tx, key.owner, key.createdAt); !exists) return exists.error();
    if (!tx.registry().insert(key)) return Failure(nameTaken());
    return IssuedApiKey{key, secret};
  });
}

async::Task<Page<RegistryEntry>> listApiKeys(Core& core, ApiKeyFilter filter, PageRequest page) {
  RegistryFilter which{.owner = filter.subject, .query = filter.query, .withoutRevoked = !filter.includeInvalid};
  if (!filter.includeInvalid) which.notExpiredAt = core.now();
  co_return co_await listEntries(core, registry::apiKey, std::move(which), page);
}

async::Task<Outcome<RegistryEntry>> getApiKey(Core& core, std::string id, std::string subject) {
  auto key = co_await findEntry(core, registered::apiKey, id);
  if (key && !belongsTo(*key, subject)) co_return Failure(errors::entryNotFound("API key", id));
  co_return key;
}

async::Task<Outcome<RegistryEntry>> updateApiKey(Core& core, std::string id, ApiKeyChanges changes,
                                                 std::string subject) {
  co_return co_await changeEntry(core, registered::apiKey, id, nameTaken(),
                                 [&](Transaction& tx, RegistryEntry& key) -> Outcome<> {
                                   if (!belongsTo(key, subject)) return Failure(errors::entryNotFound("API key", id));
                                   return change(tx, key, changes, core.now());
                                 });
}

async::Task<Outcome<RegistryEntry>> revokeApiKey(Core& core, std::string id, std::optional<std::string> reason,
                                                 std::string subject) {
  co_return co_await changeEntry(core, registered::apiKey, id, nameTaken(),
                                 [&](Transaction&, RegistryEntry& key) -> Outcome<> {
                                   if (!belongsTo(key, subject)) return Failure(errors::entryNotFound("API key", id));
                                   revokeEntry(key, reason);
                                   // The name is free again, and still found by searches.
                                   key.name = key.owner + "\n" + key.text("name") + "\n" + key.id;
                                   return {};
                                 });
}

async::Task<Outcome<std::string>> getApiKeySecret(Core& core, std::string id) {
  const auto key = co_await findEntry(core, registered::apiKey, std::move(id));
  if (!key) co_return key.error();
  co_return secretOf(core, *key);
}

async::Task<Outcome<RegistryEntry>> verifyApiKey(Core& core, std::string secret) {
  const auto digest = digestOfSecret(core, registry::apiKey, secret);
  auto key = co_await core.store().read(
      [&](const Transaction& tx) { return tx.registry().findByDigest(registry::apiKey, digest); });
  if (!key || !key->isUsable(core.now())) co_return Failure(errors::tokenInvalid("API key"));
  noteUse(core, registry::apiKey, *key);
  co_return *std::move(key);
}

}  // namespace clerk::instance
