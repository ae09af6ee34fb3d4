#include "flows/oauth/provider_tokens.hpp"

#include "flows/registry/registry.hpp"
#include "model/auth_errors.hpp"
#include "model/errors.hpp"
#include "model/session_errors.hpp"

#include <algorithm>
#include <utility>

namespace clerk::instance {
namespace {

std::string placeOf(const std::string& accountId) { return "provider token " + accountId; }

OidcTokens unsealed(const Core& core, const ProviderTokens& kept) {
  const auto place = placeOf(kept.accountId);
  return {.accessToken = unsealText(core, place, kept.accessToken),
          .refreshToken = kept.refreshToken.empty() ? std::string() : unsealText(core, place, kept.refreshToken),
          .idToken = kept.idToken.empty() ? std::string() : unsealText(core, place, kept.idToken),
          .expiresIn = {},
          .scope = kept.scopes};
}

const SocialProvider* findProvider(const Settings& settings, std::string_view strategy) {
  const auto& all = settings.socialProviders;
  const auto found = std::ranges::find(all, strategy, &SocialProvider::strategy);
  return found == all.end() ? nullptr : &*found;
}

/// The account's tokens as they are good now: expired ones are renewed and written down.
async::Task<Outcome<ProviderAccess>> usable(Core& core, const SocialProvider& provider, ExternalAccount account,
                                            ProviderTokens kept) {
  auto tokens = unsealed(core, kept);
  if (!kept.expiresAt || *kept.expiresAt > core.now()) {
    co_return ProviderAccess{std::move(account), std::move(tokens), kept.expiresAt};
  }
  if (tokens.refreshToken.empty()) co_return Failure(errors::oauthMissingRefreshToken());
  auto renewed = co_await core.oidc().refresh(provider, tokens.refreshToken, core.now());
  if (!renewed.value) co_return Failure(errors::oauthTokenRetrieval());
  if (renewed.value->idToken.empty()) renewed.value->idToken = std::move(tokens.idToken);
  kept = sealedTokens(core, account.id, *renewed.value);
  co_await core.store().transact([&](Transaction& tx) {
    // Unless it was given back meanwhile.
    if (tx.providerTokens().find(kept.accountId)) tx.providerTokens().put(kept);
  });
  co_return ProviderAccess{std::move(account), *std::move(renewed.value), kept.expiresAt};
}

}  // namespace

ProviderTokens sealedTokens(Core& core, std::string accountId, const OidcTokens& tokens) {
  const auto place = placeOf(accountId);
  const auto seal = [&](const std::string& text) { return text.empty() ? std::string() : sealText(core, place, text); };
  ProviderTokens kept{.accountId = std::move(accountId),
                      .accessToken = seal(tokens.accessToken),
                      .refreshToken = seal(tokens.refreshToken),
                      .idToken = seal(tokens.idToken),
                      .scopes = tokens.scope,
                      .expiresAt = {},
                      .updatedAt = core.now()};
  if (tokens.expiresIn) kept.expiresAt = core.now() + *tokens.expiresIn;
  return kept;
}

async::Task<Outcome<std::vector<ProviderAccess>>> listProviderAccess(Core& core, std::string userId,
                                                                     std::string provider) {
  if (!provider.starts_with(strategy::oauthPrefix)) provider = std::string(strategy::oauthPrefix) + provider;
  const auto* known = findProvider(core.settings(), provider);
  if (!known) co_return Failure(errors::oauthProviderNotEnabled());
  const auto asked = *known;
  std::vector<std::pair<ExternalAccount, ProviderTokens>> found;
  const bool exists = co_await core.store().read([&](const Transaction& tx) {
    const auto user = tx.users().find(userId);
    if (!user) return false;
    for (const auto& account : user->externalAccounts) {
      if (account.provider != provider || !account.verified()) continue;
      if (auto tokens = tx.providerTokens().find(account.id)) found.emplace_back(account, *std::move(tokens));
    }
    return true;
  });
  if (!exists) co_return Failure(errors::userNotFound(userId));
  std::vector<ProviderAccess> all;
  for (auto& [account, tokens] : found) {
    auto access = co_await usable(core, asked, std::move(account), std::move(tokens));
    if (!access) co_return access.error();
    all.push_back(*std::move(access));
  }
  co_return all;
}

async::Task<Outcome<User>> revokeProviderTokens(Core& core, std::string userId, std::string accountId) {
  std::string provider;
  std::optional<ProviderTokens> kept;
  auto user = co_await core.store().transact([&](Transaction& tx) -> Outcome<User> {
    auto found = tx.users().find(userId);
    if (!found) return Failure(errors::userNotFound(userId));
    const auto account = std::ranges::find(found->externalAccounts, accountId, &ExternalAccount::id);
    if (account == found->externalAccounts.end()) return Failure(errors::externalAccountNotFound());
    provider = account->provider;
    kept = tx.providerTokens().find(accountId);
    tx.providerTokens().erase(accountId);
    return *std::move(found);
  });
  const auto* known = findProvider(core.settings(), provider);
  if (!user || !kept || !known) co_return user;
  const auto asked = *known;
  const auto tokens = unsealed(core, *kept);
  // The refresh token takes its access tokens along (RFC 7009 §2.1). What the provider says changes nothing here.
  co_await core.oidc().revoke(asked, tokens.refreshToken.empty() ? tokens.accessToken : tokens.refreshToken,
                              core.now());
  co_return user;
}

}  // namespace clerk::instance
