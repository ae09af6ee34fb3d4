// Publishable keys: what is taken has a host, and the host's own key is taken again.

#include "require.hpp"

#include <clerk/keys.hpp>

#include <string>
#include <string_view>

namespace fuzz {

void publishable_key(std::string_view input) {
  const auto key = clerk::parsePublishableKey(input);
  REQUIRE(key.has_value() == clerk::isPublishableKey(input));
  REQUIRE(clerk::getCookieSuffix(input).size() == 8);
  REQUIRE(clerk::apiUrlFromPublishableKey(input).starts_with("https://"));
  if (!key) return;
  REQUIRE(key->frontendApi.find('.') != std::string::npos);
  const auto again = clerk::parsePublishableKey(clerk::buildPublishableKey(key->frontendApi, key->instanceType));
  REQUIRE(!again || again->instanceType == key->instanceType);
  clerk::buildAccountsBaseUrl(key->frontendApi);
}

}  // namespace fuzz
