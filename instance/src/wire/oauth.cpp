#include "wire/oauth.hpp"

#include "settings/settings.hpp"

#include <array>
#include <utility>

namespace clerk::instance::wire {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 7> scopeDescriptions{
    {{"openid", "Know who you are"},
     {"profile", "Read your name, username and picture"},
     {"email", "Read your email address"},
     {"offline_access", "Keep access while you are away"},
     {"public_metadata", "Read your public metadata"},
     {"private_metadata", "Read your private metadata"},
     {"user:org:read", "Read your organizations"}}};

std::string endpoint(const Settings& settings, std::string_view path) { return settings.portalUrl + std::string(path); }

JsonArray list(std::initializer_list<std::string_view> items) { return JsonArray(items.begin(), items.end()); }

/// What both discovery documents say.
JsonObject discovery(const Settings& settings) {
  return {{"issuer", settings.issuer()},
          {"authorization_endpoint", endpoint(settings, "/oauth/authorize")},
          {"token_endpoint", endpoint(settings, "/oauth/token")},
          {"revocation_endpoint", endpoint(settings, "/oauth/token/revoke")},
          {"jwks_uri", endpoint(settings, "/.well-known/jwks.json")},
          {"scopes_supported",
           list({"openid", "profile", "email", "offline_access", "public_metadata", "private_metadata"})},
          {"response_types_supported", list({"code"})},
          {"grant_types_supported", list({"authorization_code", "refresh_token"})},
          {"subject_types_supported", list({"public"})},
          {"id_token_signing_alg_values_supported", list({"RS256"})},
          {"token_endpoint_auth_methods_supported", list({"client_secret_basic", "client_secret_post", "none"})},
          {"claims_supported",
           list({"sub", "iss", "aud", "exp", "iat", "email", "email_verified", "name", "given_name", "family_name",
                 "preferred_username", "picture", "public_metadata", "private_metadata"})},
          {"code_challenge_methods_supported", list({"S256"})}};
}

}  // namespace

JsonObject oauthApplication(const View& view, const RegistryEntry& application, std::string_view clientSecret) {
  const auto& settings = view.settings;
  const auto uris = redirectUrisOf(application);
  JsonObject json{{"object", "oauth_application"},
                  {"id", application.id},
                  {"instance_id", settings.instanceId},
                  {"name", application.json("name")},
                  {"client_id", application.name},
                  {"client_uri", application.json("client_uri")},
                  {"client_image_url", application.json("logo_uri")},
                  {"dynamically_registered", application.flag("dynamically_registered")},
                  {"consent_screen_enabled", application.flag("consent_screen_enabled")},
                  {"pkce_required", application.flag("pkce_required")},
                  {"public", application.flag("public")},
                  {"scopes", application.json("scopes")},
                  {"redirect_uris", texts(uris)},
                  {"callback_url", uris.empty() ? "" : uris.front()},
                  {"authorize_url", endpoint(settings, "/oauth/authorize")},
                  {"token_fetch_url", endpoint(settings, "/oauth/token")},
                  {"user_info_url", endpoint(settings, "/oauth/userinfo")},
                  {"discovery_url", endpoint(settings, "/.well-known/openid-configuration")},
                  {"token_introspection_url", endpoint(settings, "/oauth/token_info")},
                  {"created_at", toMilliseconds(application.createdAt)},
                  {"updated_at", toMilliseconds(application.updatedAt)}};
  if (!clientSecret.empty()) json["client_secret"] = clientSecret;
  return json;
}

JsonObject oauthConsent(const RegistryEntry& application, const std::vector<std::string>& scopes,
                        std::string_view redirectDomain) {
  JsonArray asked;
  for (const auto& scope : scopes) {
    JsonObject one{{"scope", scope}, {"description", nullptr}, {"requires_consent", scope != "openid"}};
    for (const auto& [name, description] : scopeDescriptions) {
      if (name == scope) one["description"] = description;
    }
    asked.push_back(std::move(one));
  }
  return {{"oauth_application_name", application.json("name")},
          {"oauth_application_logo_url", application.json("logo_uri")},
          {"oauth_application_url", application.json("client_uri")},
          {"client_id", application.name},
          {"redirect_domain", textOrNull(redirectDomain)},
          {"scopes", std::move(asked)}};
}

JsonObject oauthTokens(const OAuthTokens& tokens) {
  JsonObject json{{"access_token", tokens.accessToken},
                  {"token_type", "Bearer"},
                  {"expires_in", tokens.expiresIn},
                  {"scope", tokens.scope}};
  if (!tokens.refreshToken.empty()) json["refresh_token"] = tokens.refreshToken;
  if (!tokens.idToken.empty()) json["id_token"] = tokens.idToken;
  return json;
}

JsonObject providerAccess(const ProviderAccess& access) {
  const auto& account = access.account;
  JsonObject json{{"object", "oauth_access_token"},
                  {"external_account_id", account.id},
                  {"provider_user_id", account.providerUserId},
                  {"token", access.tokens.accessToken},
                  {"expires_at", orNull(access.expiresAt)},
                  {"provider", account.provider},
                  {"public_metadata", JsonObject()},
                  {"label", nullptr},
                  {"scopes", texts(scopeWords(access.tokens.scope))}};
  if (!access.tokens.idToken.empty()) json["id_token"] = access.tokens.idToken;
  return json;
}

JsonObject oauthError(const OAuthError& error) {
  return {{"error", error.code}, {"error_description", error.description}};
}

JsonObject tokenInfo(const std::optional<AccessToken>& token) {
  if (!token) return {{"active", false}};
  return {{"active", true},
          {"client_id", token->entry.owner},
          {"iat", toSeconds(token->entry.createdAt)},
          {"scope", token->entry.json("scope")},
          {"sub", token->userId}};
}

JsonObject userInfo(const View& view, const AccessToken& token, const User& user) {
  auto json = claimsOfPerson(view.settings, user, token.scopes);
  json["object"] = "oauth_user_info";
  json["instance_id"] = view.settings.instanceId;
  json["user_id"] = user.id;
  if (const auto* username = json.if_contains("preferred_username")) json["username"] = *username;
  return json;
}

JsonObject registration(const RegistryEntry& application, std::string_view clientSecret, std::string_view authMethod) {
  JsonObject json{{"client_id", application.name},
                  {"client_id_issued_at", toSeconds(application.createdAt)},
                  {"client_secret_expires_at", 0},
                  {"client_name", application.json("name")},
                  {"redirect_uris", application.json("redirect_uris")},
                  {"grant_types", list({"authorization_code", "refresh_token"})},
                  {"response_types", list({"code"})},
                  {"scope", application.json("scopes")},
                  {"token_endpoint_auth_method", authMethod}};
  if (!clientSecret.empty()) json["client_secret"] = clientSecret;
  for (const auto* member : {"client_uri", "logo_uri"}) {
    if (application.document.contains(member)) json[member] = application.json(member);
  }
  return json;
}

JsonObject accessToken(const View& view, const AccessToken& token) {
  const auto& entry = token.entry;
  return {{"object", "clerk_idp_oauth_access_token"},
          {"id", entry.id},
          {"client_id", entry.owner},
          {"subject", token.userId},
          {"scopes", texts(token.scopes)},
          {"revoked", false},
          {"revocation_reason", nullptr},
          {"expired", entry.isExpired(view.now)},
          {"expiration", orNull(entry.expiresAt)},
          {"created_at", toMilliseconds(entry.createdAt)},
          {"updated_at", toMilliseconds(entry.updatedAt)}};
}

JsonObject openidConfiguration(const Settings& settings) {
  auto json = discovery(settings);
  json["userinfo_endpoint"] = endpoint(settings, "/oauth/userinfo");
  json["introspection_endpoint"] = endpoint(settings, "/oauth/token_info");
  json["response_modes_supported"] = list({"query", "form_post"});
  json["end_session_endpoint"] = endpoint(settings, "/oauth/end_session");
  json["backchannel_logout_supported"] = false;
  json["frontchannel_logout_supported"] = false;
  return json;
}

JsonObject authorizationServer(const Settings& settings, bool dynamicRegistration) {
  auto json = discovery(settings);
  if (dynamicRegistration) json["registration_endpoint"] = endpoint(settings, "/oauth/register");
  return json;
}

}  // namespace clerk::instance::wire
