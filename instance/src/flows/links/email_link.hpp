#pragma once
// What opening a link from a mail does.

#include "flows/client/client.hpp"

#include <string>

namespace clerk::instance {

struct FollowedLink {
  std::string redirectUrl;  ///< empty: the portal's own page
  /// `verified`, `expired`, `failed` or `client_mismatch`.
  std::string_view status;
  std::string createdSessionId;  ///< empty when none was
};

/// Proves the address and goes on with what it was for: a sign-in, a sign-up, or an address of one's own. A link works
/// once. Errors: `verification_link_token_invalid` for one that nobody sent.
async::Task<Outcome<FollowedLink>> followEmailLink(Core& core, Visitor& visitor, std::string token);

}  // namespace clerk::instance
