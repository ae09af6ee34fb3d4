#include "flows/oauth/authorization.hpp"

#include "flows/oauth/percent_encoding.hpp"

#include <algorithm>
#include <cctype>

namespace clerk::instance {
namespace {

constexpr auto codeLifetime = std::chrono::minutes(10);
constexpr std::size_t longestText = 2048;
constexpr std::string_view formPost = "form_post";

/// RFC 7636 §4.2: the base64url of a SHA-256.
bool isChallenge(std::string_view text) {
  return text.size() == 43 &&
         std::ranges::all_of(text, [](unsigned char c) { return std::isalnum(c) || c == '-' || c == '_'; });
}

bool contains(const std::vector<std::string>& list, std::string_view text) {
  return std::ranges::find(list, text) != list.end();
}

std::optional<OAuthError> whatIsWrong(const Authorization& authorization) {
  const auto& request = authorization.request;
  const auto& application = authorization.application;
  const auto wrong = [&](std::string code, std::string description) {
    return OAuthError{std::move(code), std::move(description), authorization.redirectUri};
  };
  if (request.responseType != "code") return wrong("unsupported_response_type", "response_type must be code");
  if (!request.responseMode.empty() && request.responseMode != "query" && request.responseMode != formPost) {
    return wrong("invalid_request", "response_mode must be query or form_post");
  }
  if (request.codeChallenge.empty()) {
    if (application.flag("pkce_required")) return wrong("invalid_request", "code_challenge is missing");
  } else {
    if (request.codeChallengeMethod != "S256") return wrong("invalid_request", "code_challenge_method must be S256");
    if (!isChallenge(request.codeChallenge)) return wrong("invalid_request", "code_challenge is malformed");
  }
  const auto allowed = scopeWords(application.text("scopes"));
  for (const auto& scope : authorization.scopes) {
    if (!contains(allowed, scope)) return wrong("invalid_scope", "the application may not ask for this scope");
  }
  const auto prompts = scopeWords(request.prompt);
  for (const auto& prompt : prompts) {
    if (prompt != "none" && prompt != "login" && prompt != "consent")
      return wrong("invalid_request", "prompt is unknown");
  }
  if (contains(prompts, "none") && prompts.size() > 1) return wrong("invalid_request", "prompt none stands alone");
  for (const auto* text : {&request.state, &request.nonce}) {
    if (text->size() > longestText) return wrong("invalid_request", "state or nonce is too long");
  }
  return std::nullopt;
}

std::string consentName(const Authorization& authorization, std::string_view userId) {
  return authorization.application.name + "/" + std::string(userId);
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += text.empty() ? word : " " + word;
  return text;
}

}  // namespace

async::Task<std::variant<Authorization, OAuthError>> checkAuthorization(Core& core, AuthorizationRequest request) {
  if (request.malformed) co_return OAuthError{"invalid_request", "a parameter is malformed, too long or there twice"};
  auto application = co_await core.store().read([&](const Transaction& tx) {
    return tx.registry().findByName(registry::oauthApplication, request.clientId.substr(0, 128));
  });
  if (!application) co_return OAuthError{"invalid_client", "there is no such application"};
  Authorization authorization{.application = *std::move(application),
                              .redirectUri = request.redirectUri,
                              .scopes = scopeWords(request.scope),
                              .request = request};
  const auto uris = redirectUrisOf(authorization.application);
  if (authorization.redirectUri.empty() && uris.size() == 1) authorization.redirectUri = uris.front();
  if (!hasRedirectUri(authorization.application, authorization.redirectUri)) {
    co_return OAuthError{"invalid_request", "redirect_uri is not one of the application's"};
  }
  if (authorization.scopes.empty()) authorization.scopes = scopeWords(authorization.application.text("scopes"));
  if (auto wrong = whatIsWrong(authorization)) co_return *std::move(wrong);
  co_return authorization;
}

async::Task<bool> needsConsent(Core& core, const Authorization& authorization, std::string userId) {
  if (!authorization.application.flag("consent_screen_enabled")) co_return false;
  if (contains(scopeWords(authorization.request.prompt), "consent")) co_return true;
  const auto name = consentName(authorization, userId);
  const auto consent = co_await core.store().read(
      [&](const Transaction& tx) { return tx.registry().findByName(registry::oauthConsent, name); });
  if (!consent) co_return true;
  const auto granted = scopeWords(consent->text("scopes"));
  co_return !std::ranges::all_of(authorization.scopes, [&](const auto& scope) { return contains(granted, scope); });
}

async::Task<> rememberConsent(Core& core, const Authorization& authorization, std::string userId) {
  auto fresh = newEntry(core, registry::oauthConsent);
  fresh.owner = authorization.application.name;
  fresh.name = consentName(authorization, userId);
  fresh.document["user_id"] = userId;
  co_await core.store().transact([&](Transaction& tx) {
    auto entry = tx.registry().findByName(registry::oauthConsent, fresh.name).value_or(fresh);
    auto scopes = scopeWords(entry.text("scopes"));
    for (const auto& scope : authorization.scopes) {
      if (!contains(scopes, scope)) scopes.push_back(scope);
    }
    entry.document["scopes"] = joined(scopes);
    if (!tx.registry().insert(entry)) static_cast<void>(tx.registry().update(entry));
  });
}

async::Task<std::string> issueCode(Core& core, const Authorization& authorization, const Session& session) {
  const auto& request = authorization.request;
  auto entry = newEntry(core, registry::oauthCode);
  auto code = core.random().base62(43);
  entry.owner = authorization.application.name;
  entry.digest = digestOfSecret(core, registry::oauthCode, code);
  entry.expiresAt = entry.createdAt + codeLifetime;
  entry.document = {{"user_id", session.userId},
                    {"session_id", session.id},
                    {"redirect_uri", authorization.redirectUri},
                    {"redirect_uri_given", !request.redirectUri.empty()},
                    {"scope", joined(authorization.scopes)},
                    {"nonce", request.nonce},
                    {"code_challenge", request.codeChallenge},
                    {"auth_time", toSeconds(session.firstFactorVerifiedAt.value_or(session.createdAt))}};
  co_await core.store().transact([&](Transaction& tx) { static_cast<void>(tx.registry().insert(entry)); });
  co_return code;
}

std::string AuthorizationResponse::address() const {
  std::string address(redirectUri);
  char separator = address.find('?') == std::string::npos ? '?' : '&';
  for (const auto& [name, value] : parameters) {
    address += separator;
    address.append(name).append("=").append(percentEncoded(value));
    separator = '&';
  }
  return address;
}

AuthorizationResponse responseWith(const Core& core, const AuthorizationRequest& request, std::string redirectUri,
                                   std::vector<std::pair<std::string, std::string>> parameters) {
  parameters.emplace_back("iss", core.settings().issuer());
  std::erase_if(parameters, [](const auto& parameter) { return parameter.second.empty(); });
  return {std::move(redirectUri), std::move(parameters), request.responseMode == formPost};
}

}  // namespace clerk::instance
