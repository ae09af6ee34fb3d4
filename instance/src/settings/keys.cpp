#include "settings/keys.hpp"

#include <crypto/base64.hpp>
#include <crypto/digest.hpp>

#include <algorithm>
#include <array>

namespace clerk::instance {

std::string publishableKeyOf(Environment environment, std::string_view frontendApiHost) {
  std::string encoded = crypto::base64Encode(std::string(frontendApiHost) + "$");
  encoded.erase(encoded.find_last_not_of('=') + 1);
  return (environment == Environment::Production ? "pk_live_" : "pk_test_") + encoded;
}

std::string newSecretKey(Environment environment, Random& random) {
  return (environment == Environment::Production ? "sk_live_" : "sk_test_") + random.base62(40);
}

std::string fingerprintOf(std::string_view secretKey) {
  return "key_" + crypto::hexEncode(crypto::bytesOf(crypto::sha256(secretKey))).substr(0, 12);
}

std::string cookieSuffixOf(std::string_view publishableKey) {
  return crypto::base64urlEncode(crypto::bytesOf(crypto::sha1(publishableKey))).substr(0, 8);
}

bool hasDevelopmentSuffix(std::string_view frontendApiHost) noexcept {
  constexpr std::array suffixes{".lcl.dev",          ".stg.dev",          ".lclstage.dev",          ".stgstage.dev",
                                ".dev.lclclerk.com", ".stg.lclclerk.com", ".accounts.lclclerk.com", "accountsstage.dev",
                                "accounts.dev"};
  return std::ranges::any_of(suffixes, [&](std::string_view suffix) { return frontendApiHost.ends_with(suffix); });
}

}  // namespace clerk::instance
