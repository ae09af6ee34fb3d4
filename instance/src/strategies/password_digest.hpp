#pragma once
// Digests of passwords that other systems made, so that their people keep their passwords (Clerk docs: "createUser()",
// `passwordHasher`).

#include "model/user.hpp"

#include <cstddef>
#include <string_view>

namespace clerk::instance {

/// bcrypt looks at 72 bytes and ends at a zero byte: longer or cut passwords would match their beginnings.
bool fitsBcrypt(std::string_view password) noexcept;

// isKnownPasswordHasher() and isWellFormed() of password.hpp: the names are Clerk's, and a digest that asks for more
// work than a sign-in may cost (256 MiB, some seconds) is not well formed.

/// True when it is the password's; false as well for a digest that is not well formed. Takes its hasher's time.
bool matches(const PasswordDigest& digest, std::string_view password);

}  // namespace clerk::instance
