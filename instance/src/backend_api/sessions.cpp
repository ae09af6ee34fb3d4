#include "wire/session.hpp"

#include "api/cookies.hpp"
#include "api/web_address.hpp"
#include "backend_api/backend_api.hpp"
#include "flows/session/session.hpp"
#include "flows/session/session_refresh.hpp"
#include "wire/error.hpp"

namespace clerk::instance::backend_api {
namespace {

Outcome<wire::Json> shown(const Call& call, const Outcome<Session>& session) {
  if (!session) return session.error();
  return wire::Json(wire::backendSession(call.view(), *session));
}

std::optional<SessionStatus> readStatus(api::TextFields& query) {
  const auto name = query.text("status").value_or("");
  if (name.empty()) return std::nullopt;
  const auto status = sessionStatusOf(name);
  if (!status) {
    query.refuse(
        wire::wrong::paramValue("status", "abandoned, active, ended, expired, pending, removed, replaced, revoked"));
  }
  return status;
}

async::Task<Outcome<wire::Json>> list(Call& call) {
  auto query = call.query();
  const auto page = readPage(query);
  SessionFilter filter{
      .clientId = query.text("client_id"), .userId = query.text("user_id"), .status = readStatus(query)};
  query.boolean("paginated");
  if (auto wrong = query.failure()) co_return *wrong;
  const auto sessions = co_await listSessions(call.core, std::move(filter), page);
  wire::JsonArray list;
  const auto view = call.view();
  for (const auto& session : sessions.data) list.push_back(wire::backendSession(view, session));
  co_return listOrPage(query, std::move(list), sessions.totalCount);
}

async::Task<Outcome<wire::Json>> create(Call& call) {
  auto body = call.body();
  auto userId = body.requiredText("user_id");
  const auto organizationId = body.text("active_organization_id");
  if (organizationId && !organizationId->empty()) body.refuse(wire::wrong::paramValue("active_organization_id"));
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shown(call, co_await createSession(call.core, std::move(userId)));
}

async::Task<Outcome<wire::Json>> read(Call& call) {
  co_return shown(call, co_await getSession(call.core, call.param("session_id")));
}

async::Task<Outcome<wire::Json>> revoke(Call& call) {
  co_return shown(call, co_await revokeSession(call.core, call.param("session_id")));
}

async::Task<Outcome<wire::Json>> verify(Call& call) {
  auto body = call.body();
  auto token = body.requiredText("token");
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shown(call, co_await verifySession(call.core, call.param("session_id"), std::move(token)));
}

async::Task<Outcome<wire::Json>> createToken(Call& call) {
  auto body = call.body();
  const auto lifetime = body.integerWithin("expires_in_seconds", 1, std::int64_t{315360000});
  if (auto wrong = body.failure()) co_return *wrong;
  const auto token = co_await createBackendSessionToken(
      call.core, call.param("session_id"), lifetime ? std::optional(std::chrono::seconds(*lifetime)) : std::nullopt);
  if (!token) co_return token.error();
  co_return wire::Json(wire::token(*token));
}

/// What the backend is to set in the browser: the cookie plain, and with the key's suffix for those who use it.
wire::JsonArray sessionCookies(const Settings& settings, std::string_view token, bool secure) {
  const api::CookieAttributes attributes{.maxAge = api::cookieYear, .secure = secure};
  return {api::setCookieText("__session", token, attributes),
          api::setCookieText(api::suffixed(settings, "__session"), token, attributes)};
}

async::Task<Outcome<wire::Json>> refresh(Call& call) {
  constexpr std::size_t longestToken = 8192;
  constexpr std::size_t longestOrigin = 1024;
  auto body = call.body();
  SessionRefreshFields fields{.expiredToken = body.requiredText("expired_token", longestToken),
                              .refreshToken = body.requiredText("refresh_token", longestToken),
                              .requestOrigin = body.requiredText("request_origin", longestOrigin)};
  const auto format = body.text("format").value_or("token");
  if (format != "token" && format != "cookie") body.refuse(wire::wrong::paramValue("format", "token, cookie"));
  body.object("request_headers");
  body.text("request_originating_ip");
  if (auto wrong = body.failure()) co_return *wrong;
  const auto origin = api::WebAddress::parse(fields.requestOrigin);
  const auto token = co_await refreshSession(call.core, call.param("session_id"), std::move(fields));
  if (!token) co_return token.error();
  if (format == "token") co_return wire::Json(wire::token(*token));
  co_return wire::JsonObject{{"object", "cookies"},
                             {"cookies", sessionCookies(call.core.settings(), *token, origin && origin->isSecure())}};
}

}  // namespace

void addSessions(const AddOperation& add) {
  add("GET", "/sessions", list);
  add("POST", "/sessions", create);
  add("GET", "/sessions/:session_id", read);
  add("POST", "/sessions/:session_id/revoke", revoke);
  add("POST", "/sessions/:session_id/verify", verify);
  add("POST", "/sessions/:session_id/tokens", createToken);
  add("POST", "/sessions/:session_id/refresh", refresh);
}

}  // namespace clerk::instance::backend_api
