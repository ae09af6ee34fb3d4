#include "backend_api/backend_api.hpp"
#include "flows/webhook_app/webhook_app.hpp"

namespace clerk::instance::backend_api {
namespace {

/// Endpoints are configured where the instance is started: the page that Clerk would link to is this one's portal.
wire::Json address(const Call& call) {
  return wire::JsonObject{{"svix_url", call.core.settings().portalUrl + "/webhooks"}};
}

async::Task<Outcome<wire::Json>> create(Call& call) {
  const auto enabled = co_await enableWebhookApp(call.core);
  if (!enabled) co_return enabled.error();
  co_return address(call);
}

async::Task<Outcome<wire::Json>> remove(Call& call) {
  const auto disabled = co_await disableWebhookApp(call.core);
  if (!disabled) co_return disabled.error();
  call.status = 204;
  co_return wire::Json();
}

async::Task<Outcome<wire::Json>> createAddress(Call& call) {
  const auto enabled = co_await requireWebhookApp(call.core);
  if (!enabled) co_return enabled.error();
  co_return address(call);
}

}  // namespace

void addWebhooks(const AddOperation& add) {
  add("POST", "/webhooks/svix", create);
  add("DELETE", "/webhooks/svix", remove);
  add("POST", "/webhooks/svix_url", createAddress);
}

}  // namespace clerk::instance::backend_api
