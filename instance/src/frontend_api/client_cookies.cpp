#include "frontend_api/client_cookies.hpp"

#include "api/cookies.hpp"

namespace clerk::instance::frontend_api {
namespace {

void addBoth(Call& call, std::string_view name, std::string_view value, std::chrono::seconds maxAge) {
  const api::CookieAttributes attributes{.maxAge = maxAge, .secure = call.secure()};
  call.cookies.push_back(api::setCookieText(name, value, attributes));
  call.cookies.push_back(api::setCookieText(api::suffixed(call.core.settings(), name), value, attributes));
}

}  // namespace

async::Task<> addClientCookies(Call& call, std::int64_t clientUat) {
  const auto token = co_await clientTokenFor(call.core, call.visitor);
  if (call.native) {
    call.authorization = token;
    co_return;
  }
  const auto& client = call.visitor.client;
  auto left = std::chrono::seconds(0);
  if (client) left = std::chrono::floor<std::chrono::seconds>(client->cookieExpiresAt - call.core.now());
  // Without a token for a client there is, a parallel request brings the browser the new one.
  if (!client || !token.empty()) {
    call.cookies.push_back(
        api::setCookieText("__client", token, {.maxAge = left, .httpOnly = true, .secure = call.secure()}));
  }
  addBoth(call, "__client_uat", std::to_string(clientUat), api::cookieYear);
}

void addSessionCookies(Call& call, std::string_view token) {
  addBoth(call, "__session", token, token.empty() ? std::chrono::seconds(0) : api::cookieYear);
}

}  // namespace clerk::instance::frontend_api
