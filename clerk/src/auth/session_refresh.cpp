#include "auth/session_refresh.hpp"

#include "auth/handshake.hpp"
#include "json/json_reader.hpp"
#include "request/backend_request.hpp"
#include "request/join_paths.hpp"

#include <ecmascript/uri.hpp>

#include <map>

namespace clerk::auth {
namespace {

using boost::json::value;

value requestHeadersOf(const RequestContext& context) {
  // Sorted by name, as the web's Headers are.
  std::map<std::string, std::string> sorted;
  context.request().headers.each([&](std::string_view name, std::string_view text) { sorted.emplace(name, text); });
  boost::json::object headers;
  for (const auto& [name, text] : sorted) headers[name] = boost::json::array{text};
  return headers;
}

request::Call callOf(const RequestContext& context, const std::string& sessionId, const std::string& expiredToken) {
  request::Call call{.method = "POST"};
  call.name = "sessions.refreshSession";
  call.route = "/sessions/{sessionId}/refresh";
  call.path = request::joinPaths({"/sessions", sessionId, "refresh"});
  if (context.options().strictness == Strictness::Strict) {
    call.path = "/sessions/" + ecmascript::encodeUriComponent(sessionId) + "/refresh";
  }
  if (context.usesSuffixedCookies()) call.query["suffixed_cookies"] = true;
  call.body = value{{"format", "cookie"},
                    {"expired_token", expiredToken},
                    {"refresh_token", context.refreshCookie().value_or("")},
                    {"request_origin", context.url().origin()},
                    {"request_headers", requestHeadersOf(context)}};
  return call;
}

/// Why the API did not renew it.
std::string whyOf(const ClerkAPIResponseError& error) {
  if (error.errors.empty()) return "unexpected-bapi-error";
  const auto& code = error.errors.front().code;
  return code == "unexpected_error" ? "fetch-error" : code;
}

}  // namespace

async::Task<std::variant<Refreshed, NotRefreshed>> refreshSession(const RequestContext& context,
                                                                  std::string expiredToken) {
  const auto& configuration = context.configuration();
  const auto decoded = jwt::decode(expiredToken, configuration.keys.strictness());
  if (!decoded) co_return NotRefreshed{"expired-session-token-decode-failed"};
  const auto& sid = (*decoded)->payload.sid;
  if (!sid.isText() || sid.text.empty()) co_return NotRefreshed{"expired-session-token-missing-sid-claim"};

  std::optional<value> answer;
  std::string why;
  try {
    answer = co_await request::send(configuration.connection, callOf(context, std::string(sid.text), expiredToken));
  } catch (const ClerkAPIResponseError& error) {
    why = whyOf(error);
  } catch (const std::exception&) {
    why = "unexpected-bapi-error";
  }
  if (!why.empty()) co_return NotRefreshed{why};

  const auto* cookies = answer ? json::member(*answer, "cookies") : nullptr;
  if (!cookies || !cookies->is_array()) co_return NotRefreshed{"unexpected-sdk-error"};
  Headers headers;
  std::vector<std::string> directives;
  for (const auto& cookie : cookies->get_array()) {
    if (!cookie.is_string()) continue;
    directives.emplace_back(cookie.get_string());
    if (isHeaderValue(directives.back())) headers.emplace_back("set-cookie", directives.back());
  }
  auto token = sessionTokenOf(directives);
  auto claims = co_await verifySession(token, configuration.keys, context.sessionChecks());
  if (!claims) co_return NotRefreshed{"invalid-session-token"};
  co_return Refreshed{*std::move(claims), std::move(token), std::move(headers)};
}

}  // namespace clerk::auth
