#pragma once
// Tickets from a backend that sign a user in, and the tokens of test programs.

#include "flows/core.hpp"
#include "model/sign_in_token.hpp"

#include <async/task.hpp>

namespace clerk::instance {

struct IssuedSignInToken {
  SignInToken signInToken;
  std::string token;  ///< the ticket itself; known at creation alone
  std::string url;    ///< of the portal's sign-in page with the ticket
};

/// Errors: `resource_not_found` (user), `form_param_value_invalid` (lifetime).
async::Task<Outcome<IssuedSignInToken>> createSignInToken(Core& core, std::string userId,
                                                          std::optional<std::chrono::seconds> lifetime);
/// Errors: `resource_not_found`, `sign_in_token_cannot_be_revoked_code`.
async::Task<Outcome<SignInToken>> revokeSignInToken(Core& core, std::string signInTokenId);

struct TestingToken {
  std::string token;
  Time expiresAt{};
};
/// For `__clerk_testing_token`. This instance has no bot protection to pass, so that any value is taken there.
TestingToken createTestingToken(Core& core);

}  // namespace clerk::instance
