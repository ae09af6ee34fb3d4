#include "dashboard/door.hpp"

#include "api/answer.hpp"
#include "api/cookies.hpp"
#include "api/web_address.hpp"
#include "backend_api/acting.hpp"
#include "backend_api/backend_api.hpp"
#include "dashboard/errors.hpp"
#include "model/ids.hpp"

#include <crypto/digest.hpp>

#include <fmt/format.h>

#include <fastify/reply.hpp>
#include <fastify/request.hpp>

namespace clerk::instance::dashboard {
namespace {

using fastify::Reply;
using fastify::Request;

constexpr std::string_view csrfHeader = "x-clerkd-csrf";
constexpr std::size_t longestKey = 200;

/// The session of a request that was let in.
const fastify::Decorator<Session> currentSession{"dashboardSession"};

/// The name of the machine that a browser spoke to, with its port.
std::string hostOf(std::string_view origin) {
  const auto address = api::WebAddress::parse(std::string(origin));
  return address ? address->origin().substr(address->origin().find("://") + 3) : std::string();
}

std::string_view secretKeyIn(Request& request) {
  const auto& body = request.body();
  const auto* members = body.isJson() ? body.json().if_object() : nullptr;
  const auto* member = members ? members->if_contains("secret_key") : nullptr;
  const auto* text = member ? member->if_string() : nullptr;
  return text ? std::string_view(*text) : std::string_view();
}

/// What the page needs to know of itself.
wire::JsonObject shown(const Core& core, const SessionSigner& signer, const std::optional<Session>& session) {
  const auto& settings = core.settings();
  wire::JsonObject json{{"signed_in", session.has_value()},
                        {"application_name", settings.applicationName},
                        {"environment", settings.isDevelopment() ? "development" : "production"},
                        {"portal_url", settings.portalUrl}};
  if (session) {
    json["csrf_token"] = signer.csrfTokenOf(*session);
    json["expires_at"] = toMilliseconds(session->expiresAt());
  }
  return json;
}

}  // namespace

Door::Door(Core& core) : core_(core), signer_(core.digest(), core.secretKey()) {}

bool Door::isSecure(Request& request) const {
  return request.protocol() == "https" || core_.settings().portalUrl.starts_with("https://");
}

/// Cookies do not tell ports apart: instances on one machine have their own. `__Host-`: only we may have set it.
std::string Door::cookieName(bool secure) const {
  const auto& id = core_.settings().instanceId;
  return (secure ? "__Host-clerkd_dashboard_" : "clerkd_dashboard_") +
         id.substr(id.size() - std::min<std::size_t>(id.size(), 8));
}

void Door::setCookie(Request& request, Reply& reply, const std::string& path, std::string_view value) {
  const bool secure = isSecure(request);
  reply.header("set-cookie",
               fmt::format("{}={}; Path={}; Max-Age={}; HttpOnly; SameSite=Strict{}", cookieName(secure), value,
                           secure ? "/" : path, value.empty() ? 0 : idle.count(), secure ? "; Secure" : ""));
}

/// A browser says where a request comes from; what is no browser has no cookie to be misused.
bool Door::isOwnPage(Request& request) const {
  const auto site = request.headers()["sec-fetch-site"].value_or("same-origin");
  if (site != "same-origin" && site != "none") return false;
  const auto origin = request.headers()["origin"];
  if (!origin) return true;
  const auto host = hostOf(*origin);
  return !host.empty() &&
         (host == hostOf("http://" + std::string(request.host())) ||
          host == hostOf("https://" + std::string(request.host())) || host == hostOf(core_.settings().portalUrl));
}

bool Door::hasCsrfToken(Request& request, const Session& session) const {
  return crypto::constantTimeEquals(request.headers()[csrfHeader].value_or(""), signer_.csrfTokenOf(session));
}

fastify::Task<std::optional<Session>> Door::sessionOf(Request& request) {
  const auto header = request.headers()["cookie"].value_or("");
  const auto value = api::cookieValue(header, cookieName(isSecure(request)));
  if (!value) co_return std::nullopt;
  auto session = signer_.read(*value, core_.now());
  if (!session) co_return std::nullopt;
  const bool out =
      co_await core_.store().read([id = session->id](const Transaction& tx) { return tx.dashboardSignOuts().has(id); });
  if (out) co_return std::nullopt;
  co_return session;
}

fastify::Task<> Door::admit(Request& request, Reply& reply, std::string path) {
  auto session = co_await sessionOf(request);
  if (!session) co_return api::sendFailure(reply, wrong::signedOut());
  if (!isOwnPage(request)) co_return api::sendFailure(reply, wrong::foreignPage());
  const bool changes = request.method() != "GET" && request.method() != "HEAD";
  if (changes && !hasCsrfToken(request, *session)) co_return api::sendFailure(reply, wrong::foreignPage());
  if (session->wantsRenewal(core_.now())) {
    session->issuedAt = core_.now();
    setCookie(request, reply, path, signer_.sign(*session));
  }
  request[currentSession] = *std::move(session);
}

Actor Door::identify(Request& request) const {
  return {.source = AuditSource::Dashboard, .id = request[currentSession].id};
}

fastify::Task<> Door::signIn(Request& request, Reply& reply, std::string path) {
  if (!isOwnPage(request)) co_return api::sendFailure(reply, wrong::foreignPage());
  const Time now = core_.now();
  const std::string address(request.ip());
  if (const auto wait = limiter_.mustWait(address, now)) {
    reply.header("retry-after", std::to_string(wait->count()));
    const auto failure = wrong::tooManyKeys(*wait);
    co_return api::sendJson(reply, 429, wire::errorBody(failure, reply.getHeader("x-clerk-trace-id").value_or("")));
  }
  const auto key = secretKeyIn(request);
  if (key.size() > longestKey || !core_.isSecretKey(key)) {
    limiter_.countFailure(address, now);
    request.log().warn("dashboard: a wrong secret key was presented");
    co_return api::sendFailure(reply, wrong::wrongKey());
  }
  const Session session{.id = newId("dash", now, core_.random()), .startedAt = now, .issuedAt = now};
  static const backend_api::OperationName name("POST", "/dashboard/sign_in");
  const auto actor = backend_api::actorOf({.source = AuditSource::Dashboard, .id = session.id}, name, request);
  const AuditEntry entry{.id = newId(id::auditEntry, now, core_.random()), .actor = actor, .createdAt = now};
  co_await core_.store().transact([&](Transaction& tx) { tx.auditLog().insert(entry); });
  setCookie(request, reply, path, signer_.sign(session));
  api::sendJson(reply, 200, shown(core_, signer_, session));
}

fastify::Task<> Door::signOut(Request& request, Reply& reply, std::string path) {
  const auto session = co_await sessionOf(request);
  if (session && !(isOwnPage(request) && hasCsrfToken(request, *session))) {
    co_return api::sendFailure(reply, wrong::foreignPage());
  }
  if (session) {
    static const backend_api::OperationName name("POST", "/dashboard/sign_out");
    Core acting(core_, backend_api::actorOf({.source = AuditSource::Dashboard, .id = session->id}, name, request));
    co_await acting.store().transact([id = session->id, end = session->startedAt + longest](Transaction& tx) {
      tx.dashboardSignOuts().insert(id, end);
    });
  }
  setCookie(request, reply, path, "");
  api::sendJson(reply, 200, shown(core_, signer_, std::nullopt));
}

void Door::addSession(fastify::Fastify& scope, const std::string& path) {
  backend_api::addJsonParser(scope);
  scope.addHook(fastify::onRequest, [](Request&, Reply& reply) { api::beginAnswer(reply); });
  scope.setErrorHandler([](fastify::FastifyError& error, Request& request, Reply& reply) {
    api::sendFailure(reply, api::failureOf(error, request));
  });
  scope.get("/session", [this](Request& request, Reply& reply) -> fastify::Task<> {
    const auto session = co_await sessionOf(request);
    api::sendJson(reply, 200, shown(core_, signer_, session));
  });
  scope.post("/session", {.bodyLimit = 4096},
             [this, path](Request& request, Reply& reply) -> fastify::Task<> { return signIn(request, reply, path); });
  scope.del("/session",
            [this, path](Request& request, Reply& reply) -> fastify::Task<> { return signOut(request, reply, path); });
}

void Door::guard(fastify::Fastify& scope, const std::string& path) {
  scope.decorateRequest(currentSession);
  scope.addHook(fastify::onRequest, [this, path](Request& request, Reply& reply) -> fastify::Task<> {
    api::beginAnswer(reply);
    return admit(request, reply, path);
  });
}

}  // namespace clerk::instance::dashboard
