#include "flows/handshake/handshake.hpp"

#include "frontend_api/client_cookies.hpp"
#include "frontend_api/cookies.hpp"
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
    for (const auto& each : {std::string(name), suffixed(settings, name)}) {
      directives.push_back(setCookieText(each, value, {.maxAge = maxAge, .secure = secure}));
    }
  };
  if (!state.devBrowser.empty()) add("__clerk_db_jwt", state.devBrowser, cookieYear);
  add("__client_uat", std::to_string(state.clientUat), cookieYear);
  add("__session", state.sessionToken, state.sessionToken.empty() ? seconds(0) : cookieYear);
  return directives;
}

/// With a development key the backend may be at another site, where our cookies do not reach: the query carries it.
std::string handOver(Call& call, const api::WebAddress& target, std::string_view name, const std::string& value) {
  if (call.core.settings().isDevelopment()) return target.withQuery(name, value);
  call.cookies.push_back(setCookieText(
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

/// For apps on domains of their own, which an instance on one host does not have: whatever domain is named, it is not
/// one of ours.
async::Task<Outcome<wire::Json>> sync(Call& call) {
  const auto linkDomain = call.queryText("link_domain");
  if (!linkDomain || linkDomain->empty()) co_return wire::wrong::queryMissing("link_domain");
  const auto text = call.queryText("redirect_url");
  if (!text || text->empty()) co_return wire::wrong::queryMissing("redirect_url");
  const auto address = api::WebAddress::parse(*text);
  if (!address) co_return wire::wrong::redirectUrl();
  co_return wire::wrong::redirectUrlNotOurs(address->host());
}

}  // namespace

void addHandshake(Operations& operations) {
  operations.add("/client/handshake", {"GET", Envelope::Redirect, handshake, Asker::Anybody});
  operations.add("/client/sync", {"GET", Envelope::Redirect, sync, Asker::Ignored});
}

}  // namespace clerk::instance::frontend_api
