#include "api/cookies.hpp"
#include "frontend_api/resources.hpp"
#include "settings/settings.hpp"

namespace clerk::instance::frontend_api {
namespace {

async::Task<Outcome<wire::Json>> create(Call& call) {
  if (!call.core.settings().isDevelopment()) co_return wire::wrong::developmentOnly();
  const auto id = co_await createDevBrowser(call.core);
  co_return wire::JsonObject{{"object", "dev_browser"}, {"id", id}, {"token", id}};
}

void addCookie(Call& call, std::string_view devBrowser) {
  call.cookies.push_back(
      api::setCookieText("__clerk_db_jwt", devBrowser, {.maxAge = api::cookieYear, .secure = call.secure()}));
}

/// The way of older clients: a browser that shows up is known from then on.
async::Task<Outcome<wire::Json>> init(Call& call) {
  auto made = co_await create(call);
  if (made) addCookie(call, made->at("id").get_string());
  co_return made;
}

/// A browser that is known already keeps being known at this host.
async::Task<Outcome<wire::Json>> setCookie(Call& call) {
  if (!call.core.settings().isDevelopment()) co_return wire::wrong::developmentOnly();
  if (call.visitor.devBrowser.empty()) co_return co_await init(call);
  addCookie(call, call.visitor.devBrowser);
  co_return wire::JsonObject{
      {"object", "dev_browser"}, {"id", call.visitor.devBrowser}, {"token", call.visitor.devBrowser}};
}

}  // namespace

void addDevBrowser(Operations& operations) {
  operations.add("/dev_browser", {"POST", Envelope::Bare, create, Asker::Ignored});
  operations.add("/dev_browser/init", {"GET", Envelope::Bare, init, Asker::Ignored});
  operations.add("/dev_browser/set_first_party_cookie", {"POST", Envelope::Bare, setCookie, Asker::Anybody});
}

}  // namespace clerk::instance::frontend_api
