#include <crypto/hmac.hpp>

#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace crypto {

std::optional<std::string> hmac(const std::string& algorithm, std::string_view key, std::string_view message) {
  const EVP_MD* hash = EVP_get_digestbyname(algorithm.c_str());
  if (!hash) return std::nullopt;
  std::string code(EVP_MAX_MD_SIZE, '\0');
  unsigned length = 0;
  // OpenSSL takes a null key for "the key of before": an empty one needs an address.
  const char* keyBytes = key.empty() ? "" : key.data();
  if (!HMAC(hash, keyBytes, static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(message.data()),
            message.size(), reinterpret_cast<unsigned char*>(code.data()), &length)) {
    return std::nullopt;
  }
  code.resize(length);
  return code;
}

}  // namespace crypto
