#pragma once
// The instance's own keys: made at the first start, kept in the store, sealed when there is an encryption key.

#include "model/random.hpp"
#include "settings/settings.hpp"
#include "store/store.hpp"

#include <crypto/rsa.hpp>

#include <string>

namespace clerk::instance {

struct InstanceKeys {
  std::string instanceId;
  std::string signingKeyId;
  crypto::RsaPrivateKey signingKey;
  std::string secretKey;  ///< of the Backend API, for the environment that was asked for
  std::string pepper;     ///< key of KeyedDigest
};

/// Reads the keys, makes those that are missing, and seals those that lie open when `encryptionKey` is not empty.
/// Blocks. Two processes that start at once agree. Throws StoreError when keys are sealed with another key, or
/// `encryptionKey` is too short to be one.
InstanceKeys ensureKeys(Store& store, Environment environment, const std::string& encryptionKey, Random& random,
                        Time now);

}  // namespace clerk::instance
