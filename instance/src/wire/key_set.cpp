#include "wire/key_set.hpp"

namespace clerk::instance::wire {

JsonObject keySet(const TokenSigner& signer) {
  const auto jwk = signer.publicKey().toJwk();
  JsonObject key{{"use", "sig"}, {"kty", "RSA"}, {"kid", signer.keyId()}, {"alg", "RS256"}, {"n", jwk.n}, {"e", jwk.e}};
  return {{"keys", JsonArray{std::move(key)}}};
}

}  // namespace clerk::instance::wire
