#include "flows/handshake/handshake.hpp"

#include "api/cookies.hpp"
#include "frontend_api/client_cookies.hpp"
#include "frontend_api/redirect.hpp"
#include "frontend_api/resources.hpp"
#include "settings/settings.hpp"

namespace clerk::instance::frontend_api {
namespace {

using std::chrono::seconds;

/// What the backend that sent the browser here shall set: each cookie plain and with the key's suffix. Contract 5.3.
std::vector<std::string> directivesOf(const Settings& settings, const HandshakeState& state, bool secure) {
  std::vector<std::string> directives;
  const auto add = [&](std::string_view name, std::string_view value, seconds maxAge) {
    for (const auto& each : {std::string(name), api::suffixed(settings, name)}) {
      directives.push_back(api::setCookieText(each, value, {.maxAge = maxAge, .secure = secure}));
    }
  };
  if (!state.devBrowser.empty()) add("__clerk_db_jwt", state.devBrowser, api::cookieYear);
  add("__client_uat", std::to_string(state.clientUat), api::cookieYear);
  add("__session", state.sessionToken, state.sessionToken.empty() ? seconds(0) : api::cookieYear);
  // Over https alone: whoever has it and the secret key renews the session. Not readable by pages.
  if (secure && !state.sessionToken.empty()) {
    directives.push_back(api::setCookieText(api::suffixed(settings, "__refresh"), state.refreshToken,
                                            {.maxAge = api::cookieYear, .httpOnly = true, .secure = true}));
  }
  return directives;
}

/// With a development key the backend may be at another site, where our cookies do not reach: the query carries it.
std::string handOver(Call& call, const api::WebAddress& target, std::string_view name, const std::string& value) {
  if (call.core.settings().isDevelopment()) return target.withQuery(name, value);
  call.cookies.push_back(api::setCookieText(
      name, value,
      {.maxAge = call.core.settings().lifetimes.handshakeNonce, .httpOnly = true, .secure = call.secure()}));
  return target.text();
}

async::Task<Outcome<wire::Json>> handshake(Call& call) {
  const auto target = redirectTarget(call);
  if (!target) co_return target.error();
  const auto state =
      co_await shakeHands(call.core, call.visitor,
                          {.authorizedParty = target->origin(), .organizationId = call.queryText("organization_id")});
  auto directives = directivesOf(call.core.settings(), state, target->isSecure());
  if (call.queryText("format") == "nonce") {
    const auto nonce = co_await keepDirectives(call.core, std::move(directives));
    co_return wire::Json(handOver(call, *target, "__clerk_handshake_nonce", nonce));
  }
  const auto token = co_await handshakeToken(call.core, std::move(directives));
  co_return wire::Json(handOver(call, *target, "__clerk_handshake", token));
}

}  // namespace

void addHandshake(Operations& operations) {
  operations.add("/client/handshake", {"GET", Envelope::Redirect, handshake, Asker::Anybody});
}

}  // namespace clerk::instance::frontend_api
