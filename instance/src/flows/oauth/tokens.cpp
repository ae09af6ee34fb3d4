#include "flows/oauth/tokens.hpp"

#include "flows/machine/machine_token.hpp"
#include "tokens/access_token.hpp"

#include <crypto/base64.hpp>
#include <crypto/digest.hpp>

#include <algorithm>

namespace clerk::instance {
namespace {

constexpr auto accessLifetime = std::chrono::days(1);
constexpr auto idTokenLifetime = std::chrono::hours(1);
/// As long as nobody uses it.
constexpr auto refreshLifetime = std::chrono::days(365);
constexpr std::size_t longestToken = 4096;
constexpr std::string_view used = "used";

bool has(const std::vector<std::string>& list, std::string_view text) {
  return std::ranges::find(list, text) != list.end();
}

OAuthError invalidGrant(std::string description) { return {"invalid_grant", std::move(description)}; }

/// RFC 7636 §4.6. A code without a challenge takes no verifier.
bool provesChallenge(const RegistryEntry& code, const std::string& verifier) {
  const auto challenge = code.text("code_challenge");
  if (challenge.empty()) return verifier.empty();
  if (verifier.size() < 43 || verifier.size() > 128) return false;
  return crypto::constantTimeEquals(challenge, crypto::base64urlEncode(crypto::bytesOf(crypto::sha256(verifier))));
}

/// All tokens that came of one code are named by its id: they end together.
void revokeFamily(Transaction& tx, const RegistryEntry& member, Time now) {
  const auto family = member.text("family");
  for (const auto& kind : {registry::oauthAccessToken, registry::oauthRefreshToken}) {
    const RegistryFilter filter{.owner = member.owner, .query = family, .withoutRevoked = true};
    for (auto& token : tx.registry().list(kind, filter, {.limit = 500}).data) {
      if (token.text("family") != family) continue;
      revokeEntry(token, "the grant was revoked");
      token.updatedAt = now;
      static_cast<void>(tx.registry().update(token));
    }
  }
}

/// New tokens, not yet written.
struct Minted {
  RegistryEntry access;
  std::optional<RegistryEntry> refresh;
  OAuthTokens tokens;
};

RegistryEntry newToken(Core& core, const RegistryKind& kind, const RegistryEntry& from, std::string_view family,
                       const std::string& scope) {
  auto entry = newEntry(core, kind);
  entry.id = newHexId(core, kind.idPrefix);
  entry.owner = from.owner;
  // Found by searching for the family, which is part of the name.
  entry.name = std::string(family) + "/" + entry.id;
  entry.document = {{"family", family},
                    {"user_id", from.json("user_id")},
                    {"session_id", from.json("session_id")},
                    {"nonce", from.json("nonce")},
                    {"auth_time", from.json("auth_time")},
                    {"granted", from.document.contains("granted") ? from.json("granted") : from.json("scope")},
                    {"scope", scope}};
  return entry;
}

/// `from` is a code or a refresh token.
Minted mint(Core& core, const RegistryEntry& from, std::string_view family, const std::string& scope) {
  Minted minted{.access = newToken(core, registry::oauthAccessToken, from, family, scope), .refresh = {}, .tokens = {}};
  minted.tokens.accessToken = "oat_" + core.random().base62(43);
  minted.access.digest = digestOfSecret(core, registry::oauthAccessToken, minted.tokens.accessToken);
  minted.access.expiresAt = minted.access.createdAt + accessLifetime;
  minted.tokens.expiresIn = std::chrono::seconds(accessLifetime).count();
  minted.tokens.scope = scope;
  if (!has(scopeWords(minted.access.text("granted")), "offline_access")) return minted;
  auto& refresh = minted.refresh.emplace(newToken(core, registry::oauthRefreshToken, from, family, scope));
  minted.tokens.refreshToken = "oart_" + core.random().base62(43);
  refresh.digest = digestOfSecret(core, registry::oauthRefreshToken, minted.tokens.refreshToken);
  refresh.expiresAt = refresh.createdAt + refreshLifetime;
  return minted;
}

void write(Transaction& tx, const Minted& minted) {
  static_cast<void>(tx.registry().insert(minted.access));
  if (minted.refresh) static_cast<void>(tx.registry().insert(*minted.refresh));
}

/// OpenID Connect Core §2.
async::Task<std::string> idToken(Core& core, const RegistryEntry& access, std::string clientId, std::string nonce) {
  const auto scopes = scopeWords(access.text("scope"));
  if (!has(scopes, "openid")) co_return std::string();
  const auto userId = access.text("user_id");
  const auto user = co_await core.store().read([&](const Transaction& tx) { return tx.users().find(userId); });
  if (!user) co_return std::string();
  const auto now = toSeconds(core.now());
  auto claims = claimsOfPerson(core.settings(), *user, scopes);
  claims["iss"] = core.settings().issuer();
  claims["aud"] = clientId;
  claims["azp"] = clientId;
  claims["iat"] = now;
  claims["exp"] = now + std::chrono::seconds(idTokenLifetime).count();
  claims["auth_time"] = access.json("auth_time");
  claims["sid"] = access.json("session_id");
  if (!nonce.empty()) claims["nonce"] = nonce;
  co_return co_await core.tokens().sign(std::move(claims), "");
}

/// Where applications are to check access tokens by themselves, the token says what is kept of it (RFC 9068 §2.2).
async::Task<std::string> shownAccessToken(Core& core, const Minted& minted) {
  if (!core.settings().runtime.oauthApplications.jwtAccessTokens) co_return minted.tokens.accessToken;
  const auto& access = minted.access;
  boost::json::object claims{{"iss", core.settings().issuer()},    {"sub", access.json("user_id")},
                             {"client_id", access.owner},          {"jti", access.id},
                             {"scope", access.json("scope")},      {"iat", toSeconds(access.createdAt)},
                             {"nbf", toSeconds(access.createdAt)}, {"exp", toSeconds(*access.expiresAt)}};
  co_return co_await core.tokens().sign(std::move(claims), token_class::access);
}

/// How an access token of either form is found: what it says of itself counts less than what is kept of it.
struct AccessName {
  std::optional<std::string> id;
  std::string digest;

  std::optional<RegistryEntry> find(const Transaction& tx) const {
    return id ? tx.registry().find(registry::oauthAccessToken, *id)
              : tx.registry().findByDigest(registry::oauthAccessToken, digest);
  }
};

AccessName accessNameOf(Core& core, std::string_view token) {
  if (const auto claims = verifyAccessToken(core.tokens(), token))
    return {.id = std::string(claims->at("jti").as_string()), .digest = {}};
  return {.id = {}, .digest = digestOfSecret(core, registry::oauthAccessToken, token)};
}

/// A person who is banned or gone grants nothing.
bool mayBeActedFor(const Transaction& tx, const RegistryEntry& entry) {
  const auto user = tx.users().find(entry.text("user_id"));
  return user && !user->banned;
}

std::optional<OAuthError> takeCode(Core& core, Transaction& tx, const RegistryEntry& application,
                                   const CodeExchange& exchange, RegistryEntry& code) {
  const Time now = core.now();
  auto found =
      tx.registry().findByDigest(registry::oauthCode, digestOfSecret(core, registry::oauthCode, exchange.code));
  if (!found || found->owner != application.name) return invalidGrant("the code is unknown");
  code = *std::move(found);
  if (code.status != registry_status::active) {
    auto member = code;
    member.document["family"] = code.id;
    revokeFamily(tx, member, now);
    return invalidGrant("the code was used before");
  }
  if (code.isExpired(now)) return invalidGrant("the code has expired");
  const bool sameAddress = exchange.redirectUri == code.text("redirect_uri") ||
                           (exchange.redirectUri.empty() && !code.flag("redirect_uri_given"));
  if (!sameAddress) return invalidGrant("redirect_uri is not that of the code");
  if (!provesChallenge(code, exchange.codeVerifier)) return invalidGrant("code_verifier is wrong");
  if (!mayBeActedFor(tx, code)) return invalidGrant("the user is not allowed to sign in");
  if (!tx.registry().transition(registry::oauthCode, code.id, registry_status::active, used, now)) {
    return invalidGrant("the code was used before");
  }
  return std::nullopt;
}

std::optional<OAuthError> takeRefreshToken(Core& core, Transaction& tx, const RegistryEntry& application,
                                           const std::string& token, RegistryEntry& refresh) {
  const Time now = core.now();
  const auto digest = digestOfSecret(core, registry::oauthRefreshToken, token);
  auto found = tx.registry().findByDigest(registry::oauthRefreshToken, digest);
  if (!found || found->owner != application.name) return invalidGrant("the refresh token is unknown");
  refresh = *std::move(found);
  if (refresh.status == used) {
    revokeFamily(tx, refresh, now);
    return invalidGrant("the refresh token was used before");
  }
  if (!refresh.isUsable(now)) return invalidGrant("the refresh token is over");
  if (!mayBeActedFor(tx, refresh)) return invalidGrant("the user is not allowed to sign in");
  if (!tx.registry().transition(registry::oauthRefreshToken, refresh.id, registry_status::active, used, now)) {
    return invalidGrant("the refresh token was used before");
  }
  return std::nullopt;
}

}  // namespace

async::Task<std::variant<RegistryEntry, OAuthError>> authenticateClient(Core& core, ClientCredentials credentials) {
  auto application = co_await core.store().read([&](const Transaction& tx) {
    return tx.registry().findByName(registry::oauthApplication, credentials.clientId.substr(0, 128));
  });
  const bool right =
      application && (application->flag("public") ? credentials.clientSecret.empty()
                                                  : isClientSecret(core, *application, credentials.clientSecret));
  if (!right) co_return OAuthError{"invalid_client", "the application could not be authenticated"};
  co_return *std::move(application);
}

async::Task<std::variant<OAuthTokens, OAuthError>> exchangeCode(Core& core, RegistryEntry application,
                                                                CodeExchange exchange) {
  if (exchange.code.empty() || exchange.code.size() > longestToken) {
    co_return OAuthError{"invalid_request", "code is missing"};
  }
  RegistryEntry code;
  std::optional<Minted> minted;
  const auto wrong = co_await core.store().transact([&](Transaction& tx) {
    auto refused = takeCode(core, tx, application, exchange, code);
    if (refused) return refused;
    minted = mint(core, code, code.id, code.text("scope"));
    write(tx, *minted);
    return refused;
  });
  if (wrong) co_return *wrong;
  minted->tokens.idToken = co_await idToken(core, minted->access, application.name, code.text("nonce"));
  minted->tokens.accessToken = co_await shownAccessToken(core, *minted);
  co_return std::move(minted->tokens);
}

async::Task<std::variant<OAuthTokens, OAuthError>> refreshTokens(Core& core, RegistryEntry application,
                                                                 std::string refreshToken, std::string scope) {
  if (refreshToken.empty() || refreshToken.size() > longestToken) {
    co_return OAuthError{"invalid_request", "refresh_token is missing"};
  }
  RegistryEntry refresh;
  std::optional<Minted> minted;
  const auto wrong = co_await core.store().transact([&](Transaction& tx) -> std::optional<OAuthError> {
    if (auto refused = takeRefreshToken(core, tx, application, refreshToken, refresh)) return refused;
    const auto granted = scopeWords(refresh.text("granted"));
    for (const auto& word : scopeWords(scope)) {
      if (has(granted, word)) continue;
      tx.abandon();
      return OAuthError{"invalid_scope", "the scope is more than was granted"};
    }
    minted = mint(core, refresh, refresh.text("family"), scope.empty() ? refresh.text("granted") : scope);
    write(tx, *minted);
    return std::nullopt;
  });
  if (wrong) co_return *wrong;
  minted->tokens.idToken = co_await idToken(core, minted->access, application.name, "");
  minted->tokens.accessToken = co_await shownAccessToken(core, *minted);
  co_return std::move(minted->tokens);
}

async::Task<std::optional<AccessToken>> findAccessToken(Core& core, std::string token) {
  if (token.size() > longestToken) co_return std::nullopt;
  const auto name = accessNameOf(core, token);
  auto entry = co_await core.store().read([&](const Transaction& tx) -> std::optional<RegistryEntry> {
    auto found = name.find(tx);
    return found && mayBeActedFor(tx, *found) ? found : std::nullopt;
  });
  if (!entry || !entry->isUsable(core.now())) co_return std::nullopt;
  auto userId = entry->text("user_id");
  auto scopes = scopeWords(entry->text("scope"));
  co_return AccessToken{*std::move(entry), std::move(userId), std::move(scopes)};
}

async::Task<std::optional<std::pair<AccessToken, User>>> findTokenUser(Core& core, std::string token) {
  auto access = co_await findAccessToken(core, std::move(token));
  if (!access) co_return std::nullopt;
  auto user = co_await core.store().read([&](const Transaction& tx) { return tx.users().find(access->userId); });
  if (!user) co_return std::nullopt;
  co_return std::pair{*std::move(access), *std::move(user)};
}

async::Task<> revokeOAuthToken(Core& core, std::string clientId, std::string token) {
  if (token.size() > longestToken) co_return;
  const auto name = accessNameOf(core, token);
  const auto refreshDigest = digestOfSecret(core, registry::oauthRefreshToken, token);
  co_await core.store().transact([&](Transaction& tx) {
    const auto refresh = tx.registry().findByDigest(registry::oauthRefreshToken, refreshDigest);
    if (refresh && refresh->owner == clientId) revokeFamily(tx, *refresh, core.now());
    const auto access = name.find(tx);
    if (!access || access->owner != clientId) return;
    tx.registry().transition(registry::oauthAccessToken, access->id, registry_status::active, registry_status::revoked,
                             core.now());
  });
}

boost::json::object claimsOfPerson(const Settings&, const User& user, const std::vector<std::string>& scopes) {
  using Json = boost::json::value;
  const auto orNull = [](const std::optional<std::string>& text) { return text ? Json(*text) : Json(); };
  boost::json::object claims{{"sub", user.id}};
  if (has(scopes, "email")) {
    const auto* email = user.primaryEmailAddress();
    claims["email"] = email ? Json(email->emailAddress) : Json();
    claims["email_verified"] = email && email->verified();
  }
  if (has(scopes, "profile")) {
    std::string name = user.firstName.value_or("");
    if (!name.empty() && user.lastName) name += ' ';
    name += user.lastName.value_or("");
    claims["name"] = name.empty() ? Json() : Json(name);
    claims["given_name"] = orNull(user.firstName);
    claims["family_name"] = orNull(user.lastName);
    claims["preferred_username"] = orNull(user.username);
    claims["picture"] = user.imageUrl.empty() ? Json() : Json(user.imageUrl);
  }
  if (has(scopes, "public_metadata")) claims["public_metadata"] = user.publicMetadata;
  if (has(scopes, "private_metadata")) claims["private_metadata"] = user.privateMetadata;
  return claims;
}

}  // namespace clerk::instance
