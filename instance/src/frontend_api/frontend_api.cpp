#include "frontend_api/frontend_api.hpp"

#include "api/answer.hpp"
#include "api/cookies.hpp"
#include "api/field_rules.hpp"
#include "api/upload.hpp"
#include "api/web_address.hpp"
#include "frontend_api/client_cookies.hpp"
#include "frontend_api/form_post.hpp"
#include "frontend_api/oauth_logout.hpp"
#include "frontend_api/resources.hpp"
#include "frontend_api/user_agent.hpp"
#include "model/auth_errors.hpp"
#include "settings/settings.hpp"
#include "wire/client.hpp"
#include "wire/key_set.hpp"

#include <fastify/formbody.hpp>

#include <algorithm>

namespace clerk::instance::frontend_api {
namespace {

namespace wrong = wire::wrong;
using fastify::FastifyError;
using fastify::Reply;
using fastify::Request;

std::string firstOf(const fastify::JsonObject& fields, std::string_view name) {
  const auto values = api::TextFields(fields).list(name);
  return values.empty() ? std::string() : values.front();
}

/// Clerk's client sends GET and POST alone; other methods come as `POST …?_method=PATCH`. HEAD is GET without a body.
std::string effectiveMethod(Request& request) {
  if (request.method() == "HEAD") return "GET";
  if (request.method() != "POST") return std::string(request.method());
  const auto meant = firstOf(request.query(), "_method");
  return meant == "PATCH" || meant == "PUT" || meant == "DELETE" ? meant : "POST";
}

bool isNative(Request& request) { return firstOf(request.query(), "_is_native") == "1"; }

/// From where a page calls: its origin. A page's own GETs carry no Origin header, but a Referer.
std::string originOf(Request& request) {
  if (const auto origin = request.headers()["origin"]; origin && *origin != "null") return std::string(*origin);
  const auto referer = api::WebAddress::parse(request.headers()["referer"].value_or(""));
  return referer ? referer->origin() : std::string();
}

std::string clientTokenOf(Request& request) {
  if (isNative(request)) {
    auto token = request.headers()["authorization"].value_or("");
    if (token.starts_with("Bearer ")) token.remove_prefix(7);
    return std::string(token);
  }
  return std::string(api::cookieValue(request.headers()["cookie"].value_or(""), "__client").value_or(""));
}

std::string devBrowserOf(Request& request, const Settings& settings) {
  if (auto id = firstOf(request.query(), "__clerk_db_jwt"); !id.empty()) return id;
  const auto cookies = request.headers()["cookie"].value_or("");
  if (const auto id = api::cookieValue(cookies, api::suffixed(settings, "__clerk_db_jwt"))) return std::string(*id);
  return std::string(api::cookieValue(cookies, "__clerk_db_jwt").value_or(""));
}

Credentials credentialsOf(Request& request, const Settings& settings) {
  Credentials credentials{.clientToken = clientTokenOf(request),
                          .devBrowser = devBrowserOf(request, settings),
                          .origin = originOf(request),
                          .activity = describeUserAgent(request.headers()["user-agent"].value_or(""))};
  credentials.activity.ipAddress = request.ip();
  return credentials;
}

/// Contract 1.5. Echoing any origin is safe: cookies are SameSite=Lax, so that other sites' pages bring none.
void allowOrigin(Request& request, Reply& reply) {
  const auto origin = request.headers()["origin"];
  if (!origin) return;
  reply.header("access-control-allow-origin", *origin)
      .header("access-control-allow-credentials", "true")
      .header("access-control-expose-headers", "Authorization, Clerk-Db-Jwt, X-Country, Retry-After")
      .header("vary", "Origin");
}

void answerPreflight(Request& request, Reply& reply) {
  reply.header("access-control-allow-methods", "GET,POST,PUT,PATCH,DELETE,OPTIONS");
  if (const auto headers = request.headers()["access-control-request-headers"]) {
    reply.header("access-control-allow-headers", *headers);
  }
  reply.header("access-control-max-age", "7200").code(204).send();
}

void sendCredentials(const Call& call, Reply& reply) {
  for (const auto& cookie : call.cookies) reply.header("set-cookie", cookie);
  for (const auto& [name, value] : call.headers) reply.header(name, value);
  if (!call.authorization.empty()) reply.header("authorization", call.authorization);
}

/// The methods that a path's route takes: those of its operations, and POST for those that are tunnelled through it.
std::vector<std::string> routeMethods(const std::vector<Operation>& operations) {
  std::vector<std::string> methods{"POST"};
  for (const auto& operation : operations) {
    if (std::ranges::find(methods, operation.method) == methods.end()) methods.emplace_back(operation.method);
  }
  return methods;
}

std::optional<std::int64_t> bodyLimitOf(const std::vector<Operation>& operations) {
  if (std::ranges::none_of(operations, &Operation::upload)) return std::nullopt;
  return api::uploadLimit;
}

std::optional<int> redirectStatus(Envelope envelope) noexcept {
  switch (envelope) {
    case Envelope::Redirect: return 307;
    case Envelope::Redirect303: return 303;
    case Envelope::Redirect301: return 301;
    default: return std::nullopt;
  }
}

std::string_view documentType(Envelope envelope) noexcept {
  switch (envelope) {
    case Envelope::Xml: return "application/xml; charset=utf-8";
    case Envelope::Html: return "text/html; charset=utf-8";
    default: return "";
  }
}

}  // namespace

FrontendApi::FrontendApi(Core& core, std::vector<std::string> allowedOrigins)
    : core_(core),
      allowedOrigins_(std::move(allowedOrigins)),
      limiter_(std::make_unique<RateLimiter>(core.settings().rateLimits, core.store())) {
  if (const auto portal = api::WebAddress::parse(core.settings().portalUrl))
    allowedOrigins_.push_back(portal->origin());
  for (auto* addResource : {addEnvironment,
                            addDevBrowser,
                            addClient,
                            addHandshake,
                            addSignUps,
                            addSignIns,
                            addSessions,
                            addReverification,
                            addDetours,
                            addOauth,
                            addPasskeys,
                            addMe,
                            addMyIdentifiers,
                            addMySecondFactors,
                            addMySessions,
                            addMyOrganizations,
                            addOrganizations,
                            addOrganizationMembers,
                            addOrganizationInvitations,
                            addOrganizationDomains,
                            addOAuthConsent,
                            addEnterpriseConnections,
                            addPlaces,
                            addSatellites}) {
    addResource(operations_);
  }
  addMyApiKeys(unversioned_);
  addOAuthLogout(unversioned_);
}

void FrontendApi::addOperations(fastify::Fastify& scope) const {
  add(operations_, scope);
  scope.setNotFoundHandler([](Request&, Reply& reply) { api::sendFailure(reply, wrong::notFound()); });
  scope.options("/*", answerPreflight);
}

void FrontendApi::addUnversioned(fastify::Fastify& scope) const { add(unversioned_, scope); }

void FrontendApi::add(const Operations& all, fastify::Fastify& scope) const {
  scope.registerPlugin(fastify::formbody);
  api::addUploadParsers(scope);
  scope.addHook(fastify::onRequest, [](Request& request, Reply& reply) {
    api::beginAnswer(reply);
    allowOrigin(request, reply);
  });
  scope.setErrorHandler([](FastifyError& error, Request& request, Reply& reply) {
    api::sendFailure(reply, api::failureOf(error, request));
  });
  for (const auto& path : all.paths()) {
    // Clerk's client writes a slash after some paths (`/me/email_addresses/`).
    for (const auto& url : {path.first, path.first + "/"}) {
      scope.route({.method = routeMethods(path.second),
                   .url = url,
                   .bodyLimit = bodyLimitOf(path.second),
                   .handler = [this, &path](Request& request, Reply& reply) -> fastify::Task<> {
                     return answer(path, request, reply);
                   }});
    }
  }
}

void FrontendApi::addWellKnown(fastify::Fastify& scope) const {
  scope.get("/.well-known/jwks.json", [this](Request&, Reply& reply) {
    reply.header("access-control-allow-origin", "*").header("cache-control", "public, max-age=60");
    api::sendJson(reply, 200, wire::keySet(core_.tokens()));
  });
  // Origins whose pages may use passkeys of this host (Web Authentication Level 3, §5.11).
  scope.get("/.well-known/webauthn", [this](Request&, Reply& reply) {
    reply.header("access-control-allow-origin", "*").header("cache-control", "public, max-age=60");
    api::sendJson(reply, 200, wire::JsonObject{{"origins", wire::texts(allowedOrigins_)}});
  });
}

fastify::Task<> FrontendApi::answer(const Operations::Path& path, Request& request, Reply& reply) const {
  const auto method = effectiveMethod(request);
  const auto operation = std::ranges::find(path.second, method, &Operation::method);
  if (operation == path.second.end() || !api::isPlainPath(request.url())) {
    co_return api::sendFailure(reply, wrong::notFound());
  }
  const auto kind = RateLimiter::kindOf(method, path.first);
  if (const auto wait = co_await limiter_->count(kind, std::string(request.ip()), core_.now())) {
    reply.header("retry-after", std::to_string(wait->count()));
    co_return api::sendFailure(reply, errors::tooManyRequests());
  }
  if (request.headers().contains("origin") && request.headers().contains("authorization")) {
    co_return api::sendFailure(reply, wrong::originAndAuthorization());
  }
  const auto& body = request.body();
  const bool readable = !body || (operation->upload ? body.isBuffer() : body.isJson() && body.json().is_object());
  if (!readable) co_return api::sendFailure(reply, wrong::bodyMalformed());
  // What changes something, or follows a journey, goes by the settings as they are now, whoever changed them.
  if (method != "GET" || operation->asker != Asker::Known) co_await core_.refreshSettings();
  auto visitor = co_await identify(operation->asker, request);
  if (!visitor) co_return api::sendFailure(reply, visitor.error());

  Call call{.core = core_,
            .request = request,
            .visitor = *visitor,
            .allowedOrigins = allowedOrigins_,
            .view = {core_.settings(), core_.now()},
            .native = isNative(request)};
  auto outcome = co_await operation->endpoint(call);
  if (outcome) {
    co_await succeed(call, *operation, std::move(*outcome), reply);
  } else {
    co_await fail(call, outcome.error(), reply);
  }
}

fastify::Task<Outcome<Visitor>> FrontendApi::identify(Asker asker, Request& request) const {
  if (asker == Asker::Ignored) co_return Visitor{};
  auto credentials = credentialsOf(request, core_.settings());
  auto visitor = co_await identifyVisitor(core_, credentials);
  if (!visitor && asker == Asker::Anybody) {
    credentials.devBrowser.clear();
    visitor = co_await identifyVisitor(core_, std::move(credentials));
  }
  co_return visitor;
}

fastify::Task<> FrontendApi::succeed(Call& call, const Operation& operation, wire::Json response, Reply& reply) const {
  if (const auto status = redirectStatus(operation.envelope)) {
    sendCredentials(call, reply);
    if (response.is_object()) co_return sendFormPost(reply, response);
    reply.redirect(std::string_view(response.get_string()), *status);
    co_return;
  }
  if (const auto type = documentType(operation.envelope); !type.empty()) {
    sendCredentials(call, reply);
    reply.header("content-type", type).header("x-content-type-options", "nosniff");
    reply.send(fastify::Buffer{std::string(response.get_string())});
    co_return;
  }
  if (operation.envelope == Envelope::Document) {
    co_await addClientCookies(call, co_await clientUat(core_, call.visitor));
    sendCredentials(call, reply);
    reply.redirect(std::string_view(response.get_string()), 303);
    co_return;
  }
  wire::Json body;
  if (operation.envelope == Envelope::Bare) {
    body = std::move(response);
  } else if (operation.envelope == Envelope::Read) {
    body = wire::JsonObject{{"response", std::move(response)}, {"client", nullptr}};
  } else {
    const auto state = co_await readClient(core_, call.visitor);
    co_await addClientCookies(call, state ? clientUat(*state) : 0);
    // A flow may take a while: what is shown is as of now.
    call.view.now = core_.now();
    auto client = wire::client(call.view, state);
    body = operation.envelope == Envelope::Client
               ? wire::JsonObject{{"response", std::move(client)}, {"client", nullptr}}
               : wire::JsonObject{{"response", std::move(response)}, {"client", std::move(client)}};
  }
  sendCredentials(call, reply);
  api::sendJson(reply, call.status, body);
}

fastify::Task<> FrontendApi::fail(Call& call, const Failure& failure, Reply& reply) const {
  if (!call.visitor.client) co_return api::sendFailure(reply, failure);
  const auto state = co_await readClient(core_, call.visitor);
  // The browser's token may have been replaced before things went wrong.
  if (!call.visitor.newRotatingToken.empty()) co_await addClientCookies(call, state ? clientUat(*state) : 0);
  call.view.now = core_.now();
  sendCredentials(call, reply);
  api::sendFailure(reply, failure, wire::client(call.view, state));
}

}  // namespace clerk::instance::frontend_api
