#pragma once
// A client: one browser or device, with the sessions that were started on it.

#include "model/time.hpp"

#include <optional>
#include <string>

namespace clerk::instance {

struct Client {
  std::string id;                       ///< `client_…`
  std::optional<std::string> signInId;  ///< the attempt that goes on, if any
  std::optional<std::string> signUpId;
  std::optional<std::string> lastActiveSessionId;
  std::optional<std::string> lastAuthenticationStrategy;
  Time cookieExpiresAt{};
  Time createdAt{};
  /// Moves on sign-in, sign-out and session switch alone: `__client_uat` comes from it, and a backend takes a session
  /// token that is older than it for stale.
  Time updatedAt{};

  friend bool operator==(const Client&, const Client&) = default;
};

}  // namespace clerk::instance
