#pragma once
// The keys that applications hold: publishable and secret.

#include "model/random.hpp"
#include "settings/settings.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace clerk::instance {

/// `pk_live_`/`pk_test_` + base64 of `host$`, without padding. The host must contain a dot, or no client takes the key.
std::string publishableKeyOf(Environment environment, std::string_view frontendApiHost);

/// `sk_live_`/`sk_test_` + 40 random characters.
std::string newSecretKey(Environment environment, Random& random);

/// `key_` + 12 hexadecimal digits: names a secret key where the key itself must not stand.
std::string fingerprintOf(std::string_view secretKey);

/// What cookies of this key end in: `__session_` + this (8 characters; Clerk derives them from the key's SHA-1).
std::string cookieSuffixOf(std::string_view publishableKey);

/// True when clients run the development-browser flow (`__clerk_db_jwt`) for this host by themselves.
bool hasDevelopmentSuffix(std::string_view frontendApiHost) noexcept;

}  // namespace clerk::instance
