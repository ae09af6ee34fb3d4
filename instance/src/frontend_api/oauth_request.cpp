#include "frontend_api/oauth_request.hpp"

#include "api/web_address.hpp"
#include "flows/session/session.hpp"

#include <algorithm>

namespace clerk::instance::frontend_api {
namespace {

/// How old a sign-in may be for an application that wants a new one.
constexpr auto freshSignIn = std::chrono::minutes(5);
/// Parameters travel on in addresses, which browsers and proxies do not take at any length.
constexpr std::size_t longestParameter = 2048;

std::string scopeText(const Authorization& authorization) {
  std::string text;
  for (const auto& scope : authorization.scopes) text += text.empty() ? scope : " " + scope;
  return text;
}

/// The request as a query, for coming back to it.
std::string queryOf(const Authorization& authorization) {
  const auto& request = authorization.request;
  const std::pair<std::string_view, std::string> parameters[] = {{"response_type", request.responseType},
                                                                 {"client_id", request.clientId},
                                                                 {"redirect_uri", authorization.redirectUri},
                                                                 {"scope", scopeText(authorization)},
                                                                 {"state", request.state},
                                                                 {"code_challenge", request.codeChallenge},
                                                                 {"code_challenge_method", request.codeChallengeMethod},
                                                                 {"response_mode", request.responseMode},
                                                                 {"nonce", request.nonce}};
  std::string query;
  for (const auto& [name, value] : parameters) {
    if (value.empty()) continue;
    query += query.empty() ? "?" : "&";
    query.append(name).append("=").append(api::percentEncode(value));
  }
  return query;
}

bool asksFor(const Authorization& authorization, std::string_view prompt) {
  const auto prompts = scopeWords(authorization.request.prompt);
  return std::ranges::find(prompts, prompt) != prompts.end();
}

AuthorizationResponse refused(const Core& core, const Authorization& authorization, std::string code,
                              std::string description) {
  return errorResponse(core, {std::move(code), std::move(description), authorization.redirectUri},
                       authorization.request);
}

async::Task<AuthorizationResponse> withCode(Core& core, const Authorization& authorization, const Session& session) {
  auto code = co_await issueCode(core, authorization, session);
  co_return responseWith(core, authorization.request, authorization.redirectUri,
                         {{"code", std::move(code)}, {"state", authorization.request.state}});
}

/// One of our own pages.
AuthorizationResponse atPage(std::string address) { return {.redirectUri = std::move(address), .parameters = {}}; }

}  // namespace

AuthorizationRequest readAuthorizationRequest(api::TextFields fields) {
  const auto text = [&](std::string_view name) { return fields.textWithin(name, longestParameter).value_or(""); };
  AuthorizationRequest request{.responseType = text("response_type"),
                               .clientId = text("client_id"),
                               .redirectUri = text("redirect_uri"),
                               .scope = text("scope"),
                               .state = text("state"),
                               .prompt = text("prompt"),
                               .codeChallenge = text("code_challenge"),
                               .codeChallengeMethod = text("code_challenge_method"),
                               .responseMode = text("response_mode"),
                               .nonce = text("nonce")};
  request.malformed = fields.failure().has_value();
  return request;
}

AuthorizationResponse errorResponse(const Core& core, const OAuthError& error, const AuthorizationRequest& request) {
  return responseWith(core, request, error.redirectUri,
                      {{"error", error.code}, {"error_description", error.description}, {"state", request.state}});
}

async::Task<AuthorizationResponse> nextResponse(Core& core, const Visitor& visitor, Authorization authorization) {
  const auto state = co_await requireSession(core, visitor, "");
  const auto& portal = core.settings().portalUrl;
  const bool silent = asksFor(authorization, "none");
  if (!state) {
    if (silent) co_return refused(core, authorization, "login_required", "nobody is signed in");
    const auto back = portal + "/oauth/authorize" + queryOf(authorization);
    co_return atPage(portal + "/sign-in?redirect_url=" + api::percentEncode(back));
  }
  const auto& session = state->session;
  const auto age = core.now() - session.firstFactorVerifiedAt.value_or(session.createdAt);
  if (asksFor(authorization, "login") && age > freshSignIn) {
    co_return refused(core, authorization, "login_required", "the sign-in is too old; sign out first");
  }
  if (co_await needsConsent(core, authorization, state->user.id)) {
    if (silent) co_return refused(core, authorization, "consent_required", "the user was not asked yet");
    co_return atPage(portal + "/oauth-consent" + queryOf(authorization));
  }
  co_return co_await withCode(core, authorization, session);
}

async::Task<AuthorizationResponse> responseAfterConsent(Core& core, Session session, Authorization authorization,
                                                        bool consented) {
  if (!consented) co_return refused(core, authorization, "access_denied", "the user said no");
  co_await rememberConsent(core, authorization, session.userId);
  co_return co_await withCode(core, authorization, session);
}

}  // namespace clerk::instance::frontend_api
