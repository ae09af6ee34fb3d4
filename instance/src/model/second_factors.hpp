#pragma once
// What a user's second factors are checked against.

#include "model/time.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace clerk::instance {

/// An authenticator app (RFC 6238).
struct TotpSecret {
  std::string id;      ///< `totp_…`
  std::string secret;  ///< sealed, base64url
  bool verified = false;
  std::int64_t lastStep = 0;  ///< the latest time step whose code was taken
  Time createdAt{};
  Time updatedAt{};
  friend bool operator==(const TotpSecret&, const TotpSecret&) = default;
};

}  // namespace clerk::instance
