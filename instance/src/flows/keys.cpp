#include "flows/keys.hpp"

#include "model/ids.hpp"
#include "settings/keys.hpp"

#include <crypto/aead.hpp>
#include <crypto/base64.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace clerk::instance {
namespace {

constexpr std::size_t shortestEncryptionKey = 16;

[[noreturn]] void refuse(const std::string& what) { throw StoreError(StoreError::Reason::CannotOpen, what); }

/// Opens and seals what the table of keys holds.
class Vault {
 public:
  explicit Vault(const std::string& encryptionKey) {
    if (encryptionKey.empty()) return;
    if (encryptionKey.size() < shortestEncryptionKey) {
      refuse("CLERKD_ENCRYPTION_KEY is too short; use 32 random bytes, such as `openssl rand -base64 32` prints");
    }
    key_ = crypto::sha256("clerkd keys at rest\n" + encryptionKey);
  }

  StoredKey close(StoredKey key) const {
    if (!key_ || key.sealed) return key;
    key.material = crypto::base64urlEncode(crypto::seal(*key_, key.material, contextOf(key)));
    key.sealed = true;
    return key;
  }

  std::string open(const StoredKey& key) const {
    if (!key.sealed) return key.material;
    if (!key_) refuse("the keys in the database are sealed; set CLERKD_ENCRYPTION_KEY to the key that sealed them");
    const auto sealed = crypto::base64urlDecode(key.material);
    auto material = sealed ? crypto::unseal(*key_, *sealed, contextOf(key)) : std::nullopt;
    if (!material) refuse("CLERKD_ENCRYPTION_KEY is not the key that sealed the keys in the database");
    return *std::move(material);
  }

 private:
  // A sealed key cannot be put in another one's place.
  static std::string contextOf(const StoredKey& key) { return key.kind + "/" + key.id; }

  std::optional<crypto::AeadKey> key_;
};

std::string secretKeyPrefix(Environment environment) {
  return environment == Environment::Production ? "sk_live_" : "sk_test_";
}

struct Made {
  std::string instanceId;
  std::vector<StoredKey> keys;
};

Made makeFirstKeys(Random& random, Time now) {
  const auto instanceId = newId(id::instance, now, random);
  return {instanceId,
          {{instanceId, "signing", crypto::RsaPrivateKey::generate().toPem(), false, now},
           {newId("pep", now, random), "pepper", random.base62(43), false, now}}};
}

std::optional<std::string> findSecretKey(const std::vector<StoredKey>& keys, const Vault& vault,
                                         Environment environment) {
  for (const auto& key : keys) {
    auto material = vault.open(key);
    if (material.starts_with(secretKeyPrefix(environment))) return material;
  }
  return std::nullopt;
}

void ensureInstance(Store& store, const Vault& vault, Random& random, Time now) {
  bool exists = false;
  store.readNow([&](const Transaction& tx) { exists = tx.identity().instanceId().has_value(); });
  if (exists) return;
  const auto made = makeFirstKeys(random, now);  // takes a while: not inside the transaction
  store.writeNow([&](Transaction& tx) {
    if (tx.identity().instanceId()) return;  // another process was faster
    tx.identity().setInstanceId(made.instanceId, now);
    for (const auto& key : made.keys) tx.identity().insertKey(vault.close(key));
  });
}

void sealOpenKeys(Store& store, const Vault& vault) {
  store.writeNow([&](Transaction& tx) {
    for (auto kind : {"signing", "pepper", "secret"}) {
      for (const auto& key : tx.identity().keys(kind)) {
        if (auto sealed = vault.close(key); sealed.sealed != key.sealed) tx.identity().updateKey(sealed);
      }
    }
  });
}

std::string ensureSecretKey(Store& store, const Vault& vault, Environment environment, Random& random, Time now) {
  std::optional<std::string> found;
  store.writeNow([&](Transaction& tx) {
    found = findSecretKey(tx.identity().keys("secret"), vault, environment);
    if (found) return;
    found = newSecretKey(environment, random);
    tx.identity().insertKey(vault.close({newId("ak", now, random), "secret", *found, false, now}));
  });
  return *found;
}

}  // namespace

InstanceKeys ensureKeys(Store& store, Environment environment, const std::string& encryptionKey, Random& random,
                        Time now) {
  const Vault vault(encryptionKey);
  ensureInstance(store, vault, random, now);
  std::string instanceId;
  std::vector<StoredKey> signing;
  std::vector<StoredKey> peppers;
  store.readNow([&](const Transaction& tx) {
    instanceId = tx.identity().instanceId().value_or("");
    signing = tx.identity().keys("signing");
    peppers = tx.identity().keys("pepper");
  });
  if (signing.empty() || peppers.empty()) refuse("the database has lost its keys; restore it from a backup");
  auto key = crypto::RsaPrivateKey::fromPem(vault.open(signing.back()));
  if (!key) refuse("the signing key in the database is broken; restore it from a backup");
  auto pepper = vault.open(peppers.back());
  auto secretKey = ensureSecretKey(store, vault, environment, random, now);
  sealOpenKeys(store, vault);
  return {std::move(instanceId), signing.back().id, *std::move(key), std::move(secretKey), std::move(pepper)};
}

}  // namespace clerk::instance
