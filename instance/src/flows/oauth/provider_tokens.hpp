#pragma once
// The tokens that other providers gave for people's accounts: kept sealed, renewed when a backend asks for one that has
// expired, given back when the person wants so.

#include "flows/core.hpp"
#include "model/user.hpp"
#include "store/provider_tokens.hpp"
#include "strategies/oidc.hpp"

#include <async/task.hpp>

#include <string>
#include <vector>

namespace clerk::instance {

/// What is to be written for an account.
ProviderTokens sealedTokens(Core& core, std::string accountId, const OidcTokens& tokens);

/// An account of a user, and the token that is good now.
struct ProviderAccess {
  ExternalAccount account;
  OidcTokens tokens;
  std::optional<Time> expiresAt;
};
/// Of all the user's accounts at `provider` (`oauth_google`; `google` is taken for it). Errors: `resource_not_found`
/// (user), `oauth_token_provider_not_enabled`, `oauth_missing_refresh_token`, `oauth_token_retrieval_error`.
async::Task<Outcome<std::vector<ProviderAccess>>> listProviderAccess(Core& core, std::string userId,
                                                                     std::string provider);

/// Forgets an account's tokens, and tells the provider where it can be told. Gives the user. Errors:
/// `external_account_not_found`.
async::Task<Outcome<User>> revokeProviderTokens(Core& core, std::string userId, std::string accountId);

}  // namespace clerk::instance
