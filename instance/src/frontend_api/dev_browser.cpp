#include "frontend_api/resources.hpp"
#include "settings/settings.hpp"

namespace clerk::instance::frontend_api {
namespace {

async::Task<Outcome<wire::Json>> create(Call& call) {
  if (!call.core.settings().isDevelopment()) co_return wire::wrong::developmentOnly();
  const auto id = co_await createDevBrowser(call.core);
  co_return wire::JsonObject{{"object", "dev_browser"}, {"id", id}, {"token", id}};
}

}  // namespace

void addDevBrowser(Operations& operations) {
  operations.add("/dev_browser", {"POST", Envelope::Bare, create, Asker::Ignored});
}

}  // namespace clerk::instance::frontend_api
