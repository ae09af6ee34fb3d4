#include "tokens/keyed_digest.hpp"

#include <crypto/base64.hpp>
#include <crypto/digest.hpp>

namespace clerk::instance {

std::string KeyedDigest::of(std::string_view purpose, std::string_view secret) const {
  std::string message(purpose);
  message += '\0';  // no purpose holds one: nothing can slip from one part into the other
  message += secret;
  return crypto::base64urlEncode(crypto::bytesOf(crypto::hmacSha256(key_, message)));
}

}  // namespace clerk::instance
