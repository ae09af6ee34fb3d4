// The instance as others' OAuth authorization server and OpenID provider: the paths without `/v1`.

#include "api/answer.hpp"
#include "api/field_rules.hpp"
#include "api/web_address.hpp"
#include "flows/oauth/tokens.hpp"
#include "flows/runtime_settings/runtime_settings.hpp"
#include "frontend_api/form_post.hpp"
#include "frontend_api/frontend_api.hpp"
#include "frontend_api/oauth_request.hpp"
#include "wire/oauth.hpp"

#include <crypto/base64.hpp>
#include <fastify/formbody.hpp>

#include <algorithm>

namespace clerk::instance::frontend_api {
namespace {

using fastify::FastifyError;
using fastify::Reply;
using fastify::Request;

constexpr int seeOther = 303;

/// RFC 6749 §5.1: nobody in between may keep it.
void sendOAuth(Reply& reply, int status, const wire::Json& body) {
  reply.header("cache-control", "no-store").header("pragma", "no-cache").header("access-control-allow-origin", "*");
  api::sendJson(reply, status, body);
}

void sendOAuthError(Reply& reply, const OAuthError& error) {
  const bool unknownClient = error.code == "invalid_client";
  if (unknownClient) reply.header("www-authenticate", "Basic realm=\"oauth\"");
  sendOAuth(reply, unknownClient ? 401 : 400, wire::oauthError(error));
}

/// The first value of each field; what is doubled or no text is an error, as RFC 6749 §3.2 says.
class OAuthForm {
 public:
  explicit OAuthForm(Request& request) {
    const auto& body = request.body();
    if (body.isJson() && body.json().is_object()) fields_ = &body.json().get_object();
  }
  std::string text(std::string_view name) {
    const auto* value = fields_ ? fields_->if_contains(name) : nullptr;
    if (!value) return {};
    if (value->is_string() && api::isPlainText(value->get_string())) return std::string(value->get_string());
    wrong_ = true;
    return {};
  }
  bool wrong() const noexcept { return wrong_; }

 private:
  const boost::json::object* fields_ = nullptr;
  bool wrong_ = false;
};

/// `%41` and `+` of RFC 6749 §2.3.1's form encoding.
std::string formDecoded(std::string_view text) {
  std::string decoded;
  const auto digit = [](char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0;
    if (escape) {
      decoded += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
      i += 2;
    } else {
      decoded += text[i] == '+' ? ' ' : text[i];
    }
  }
  return decoded;
}

/// From the header, else from the form; both at once is refused.
std::optional<ClientCredentials> credentialsOf(Request& request, OAuthForm& form) {
  ClientCredentials inForm{form.text("client_id"), form.text("client_secret")};
  const auto header = request.headers()["authorization"].value_or("");
  constexpr std::string_view scheme = "Basic ";
  if (!header.starts_with(scheme)) return inForm;
  const auto pair = crypto::base64Decode(header.substr(scheme.size()));
  const auto colon = pair ? pair->find(':') : std::string::npos;
  if (colon == std::string::npos || !inForm.clientSecret.empty()) return std::nullopt;
  ClientCredentials inHeader{formDecoded(std::string_view(*pair).substr(0, colon)),
                             formDecoded(std::string_view(*pair).substr(colon + 1))};
  if (!api::isPlainText(inHeader.clientId) || !api::isPlainText(inHeader.clientSecret)) return std::nullopt;
  return inHeader;
}

/// Finds out which application asks; absent when it was answered already.
fastify::Task<std::optional<RegistryEntry>> identifyApplication(Core& core, Request& request, Reply& reply,
                                                                OAuthForm& form) {
  auto credentials = credentialsOf(request, form);
  if (!credentials || form.wrong()) {
    sendOAuthError(reply, {"invalid_request", "the request is malformed"});
    co_return std::nullopt;
  }
  auto application = co_await authenticateClient(core, *std::move(credentials));
  if (const auto* error = std::get_if<OAuthError>(&application)) {
    sendOAuthError(reply, *error);
    co_return std::nullopt;
  }
  co_return std::get<RegistryEntry>(std::move(application));
}

fastify::Task<> answerToken(Core& core, Request& request, Reply& reply) {
  OAuthForm form(request);
  auto application = co_await identifyApplication(core, request, reply, form);
  if (!application) co_return;
  const auto grantType = form.text("grant_type");
  std::variant<OAuthTokens, OAuthError> tokens =
      OAuthError{grantType.empty() ? "invalid_request" : "unsupported_grant_type",
                 "grant_type must be authorization_code or refresh_token"};
  if (grantType == "authorization_code") {
    CodeExchange exchange{.code = form.text("code"),
                          .redirectUri = form.text("redirect_uri"),
                          .codeVerifier = form.text("code_verifier")};
    if (!form.wrong()) tokens = co_await exchangeCode(core, *std::move(application), std::move(exchange));
  } else if (grantType == "refresh_token") {
    auto token = form.text("refresh_token");
    auto scope = form.text("scope");
    if (!form.wrong())
      tokens = co_await refreshTokens(core, *std::move(application), std::move(token), std::move(scope));
  }
  if (form.wrong()) co_return sendOAuthError(reply, {"invalid_request", "the request is malformed"});
  if (const auto* error = std::get_if<OAuthError>(&tokens)) co_return sendOAuthError(reply, *error);
  sendOAuth(reply, 200, wire::oauthTokens(std::get<OAuthTokens>(tokens)));
}

fastify::Task<> answerTokenInfo(Core& core, Request& request, Reply& reply) {
  OAuthForm form(request);
  const auto application = co_await identifyApplication(core, request, reply, form);
  if (!application) co_return;
  auto access = co_await findAccessToken(core, form.text("token"));
  // Nobody is told of another application's tokens.
  if (access && access->entry.owner != application->name) access.reset();
  sendOAuth(reply, 200, wire::tokenInfo(access));
}

fastify::Task<> answerRevoke(Core& core, Request& request, Reply& reply) {
  OAuthForm form(request);
  const auto application = co_await identifyApplication(core, request, reply, form);
  if (!application) co_return;
  const auto token = form.text("token");
  if (token.empty()) co_return sendOAuthError(reply, {"invalid_request", "token is missing"});
  co_await revokeOAuthToken(core, application->name, token);
  sendOAuth(reply, 200, wire::JsonObject());
}

fastify::Task<> answerUserInfo(Core& core, Request& request, Reply& reply) {
  constexpr std::string_view scheme = "Bearer ";
  const auto header = request.headers()["authorization"].value_or("");
  if (!header.starts_with(scheme)) {
    reply.header("www-authenticate", "Bearer");
    co_return api::sendFailure(reply, wire::wrong::authorizationFormat());
  }
  const auto found = co_await findTokenUser(core, std::string(header.substr(scheme.size())));
  if (!found) {
    // RFC 6750 §3.
    reply.header("www-authenticate", "Bearer error=\"invalid_token\"");
    co_return api::sendFailure(reply, Error{Trouble::Unauthenticated,
                                            "oauth_token_invalid",
                                            "invalid access token",
                                            "The access token is unknown, expired or revoked.",
                                            "",
                                            {}});
  }
  sendOAuth(reply, 200, wire::userInfo({core.settings(), core.now()}, found->first, found->second));
}

// ---- registration (RFC 7591)

struct Registration {
  OAuthApplicationFields fields;
  std::string authMethod = "client_secret_basic";
};

std::variant<Registration, OAuthError> readRegistration(Request& request) {
  const auto wrong = [](std::string code, std::string description) {
    return OAuthError{std::move(code), std::move(description)};
  };
  OAuthForm form(request);
  Registration registration;
  std::vector<std::string> uris;
  const auto& body = request.body();
  const auto* object = body.isJson() ? body.json().if_object() : nullptr;
  const auto* list = object ? object->if_contains("redirect_uris") : nullptr;
  if (!list || !list->is_array() || list->get_array().empty()) {
    return wrong("invalid_redirect_uri", "redirect_uris is missing");
  }
  for (const auto& uri : list->get_array()) {
    if (!uri.is_string()) return wrong("invalid_redirect_uri", "redirect_uris must be texts");
    uris.emplace_back(uri.get_string());
  }
  registration.fields.redirectUris = std::move(uris);
  const auto name = form.text("client_name");
  registration.fields.name = name.empty() ? "Application" : name;
  if (const auto method = form.text("token_endpoint_auth_method"); !method.empty()) registration.authMethod = method;
  const auto& method = registration.authMethod;
  if (method != "client_secret_basic" && method != "client_secret_post" && method != "none") {
    return wrong("invalid_client_metadata", "token_endpoint_auth_method is not supported");
  }
  registration.fields.isPublic = method == "none";
  registration.fields.pkceRequired = true;
  registration.fields.dynamicallyRegistered = true;
  if (const auto scope = form.text("scope"); !scope.empty()) registration.fields.scopes = scope;
  if (const auto uri = form.text("client_uri"); !uri.empty()) registration.fields.clientUri = uri;
  if (const auto uri = form.text("logo_uri"); !uri.empty()) registration.fields.logoUri = uri;
  if (form.wrong()) return wrong("invalid_client_metadata", "a member is of the wrong type");
  return registration;
}

fastify::Task<> answerRegister(Core& core, Request& request, Reply& reply) {
  const auto settings = co_await readRuntimeSettings(core);
  if (!settings.oauthApplications.dynamicRegistration) {
    co_return api::sendFailure(reply, Error{Trouble::Unprocessable,
                                            "feature_not_enabled",
                                            "not enabled",
                                            "Dynamic client registration is not enabled for this instance.",
                                            "",
                                            {}});
  }
  auto read = readRegistration(request);
  if (const auto* error = std::get_if<OAuthError>(&read)) co_return sendOAuthError(reply, *error);
  auto& registration = std::get<Registration>(read);
  const auto& defaults = settings.oauthApplications.defaultScopes;
  if (!registration.fields.scopes) {
    std::string scopes;
    for (const auto& scope : defaults) scopes += scopes.empty() ? scope : " " + scope;
    registration.fields.scopes = scopes;
  }
  const auto issued = co_await createOAuthApplication(core, registration.fields);
  if (!issued) {
    const bool uri = issued.error().first().paramName == "redirect_uris";
    co_return sendOAuthError(
        reply, {uri ? "invalid_redirect_uri" : "invalid_client_metadata", issued.error().first().longMessage});
  }
  sendOAuth(reply, 201, wire::registration(issued->entry, issued->clientSecret, registration.authMethod));
}

using Answer = fastify::Task<> (*)(Core& core, Request& request, Reply& reply);

struct Route {
  std::string_view method;
  std::string_view path;
  Answer answer;
};
constexpr Route routes[] = {
    {"POST", "/oauth/token", answerToken},         {"POST", "/oauth/token_info", answerTokenInfo},
    {"POST", "/oauth/token/revoke", answerRevoke}, {"GET", "/oauth/userinfo", answerUserInfo},
    {"POST", "/oauth/userinfo", answerUserInfo},   {"POST", "/oauth/register", answerRegister},
};

/// The query of a GET, the form of a POST.
AuthorizationRequest authorizationRequestOf(Request& request) {
  if (request.method() == "GET" || request.method() == "HEAD")
    return readAuthorizationRequest(api::TextFields(request.query()));
  static const boost::json::object none;
  const auto& body = request.body();
  const auto* form = body.isJson() ? body.json().if_object() : nullptr;
  return readAuthorizationRequest(api::TextFields(form ? *form : none));
}

void depart(Reply& reply, const AuthorizationResponse& response) {
  reply.header("cache-control", "no-store");
  if (response.byForm) return sendFormPost(reply, departure(response));
  reply.redirect(response.address(), seeOther);
}

}  // namespace

void FrontendApi::addOAuthProvider(fastify::Fastify& scope) const {
  scope.registerPlugin(fastify::formbody);
  scope.addHook(fastify::onRequest, [](Request&, Reply& reply) { api::beginAnswer(reply); });
  scope.setErrorHandler([](FastifyError& error, Request& request, Reply& reply) {
    api::sendFailure(reply, api::failureOf(error, request));
  });
  for (const auto& route : routes) {
    scope.route({.method = std::string(route.method),
                 .url = std::string(route.path),
                 .handler = [this, answer = route.answer](Request& request, Reply& reply) -> fastify::Task<> {
                   return answer(core_, request, reply);
                 }});
  }
  for (const auto* method : {"GET", "POST"}) {
    scope.route(
        {.method = method,
         .url = "/oauth/authorize",
         .handler = [this](Request& request, Reply& reply) -> fastify::Task<> { return authorize(request, reply); }});
  }
  scope.get("/.well-known/openid-configuration", [this](Request&, Reply& reply) {
    reply.header("access-control-allow-origin", "*").header("cache-control", "public, max-age=60");
    api::sendJson(reply, 200, wire::openidConfiguration(core_.settings()));
  });
  scope.get("/.well-known/oauth-authorization-server", [this](Request&, Reply& reply) -> fastify::Task<> {
    const auto settings = co_await readRuntimeSettings(core_);
    reply.header("access-control-allow-origin", "*").header("cache-control", "public, max-age=60");
    api::sendJson(reply, 200,
                  wire::authorizationServer(core_.settings(), settings.oauthApplications.dynamicRegistration));
  });
}

fastify::Task<> FrontendApi::authorize(Request& request, Reply& reply) const {
  auto checked = co_await checkAuthorization(core_, authorizationRequestOf(request));
  if (const auto* error = std::get_if<OAuthError>(&checked)) {
    if (error->redirectUri.empty()) co_return sendOAuthError(reply, *error);
    co_return depart(reply, errorResponse(core_, *error, authorizationRequestOf(request)));
  }
  const auto& authorization = std::get<Authorization>(checked);
  const auto visitor = co_await identify(Asker::Anybody, request);
  if (!visitor) co_return api::sendFailure(reply, visitor.error());
  depart(reply, co_await nextResponse(core_, *visitor, authorization));
}

}  // namespace clerk::instance::frontend_api
