#include "flows/redirect_url/redirect_url.hpp"

#include "backend_api/backend_api.hpp"
#include "backend_api/registered.hpp"
#include "wire/registry.hpp"

namespace clerk::instance::backend_api {
namespace {

async::Task<Outcome<wire::Json>> list(Call& call) {
  co_return co_await listRegistered(call, registry::redirectUrl, {}, wire::redirectUrl);
}

async::Task<Outcome<wire::Json>> create(Call& call) {
  auto body = call.body();
  auto url = body.requiredText("url");
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shown(call, co_await createRedirectUrl(call.core, std::move(url)), wire::redirectUrl);
}

async::Task<Outcome<wire::Json>> read(Call& call) {
  co_return shown(call, co_await findEntry(call.core, registered::redirectUrl, call.param("id")), wire::redirectUrl);
}

async::Task<Outcome<wire::Json>> remove(Call& call) {
  co_return deleted("redirect_url", co_await eraseEntry(call.core, registered::redirectUrl, call.param("id")));
}

}  // namespace

void addRedirectUrls(const AddOperation& add) {
  add("GET", "/redirect_urls", list);
  add("POST", "/redirect_urls", create);
  add("GET", "/redirect_urls/:id", read);
  add("DELETE", "/redirect_urls/:id", remove);
}

}  // namespace clerk::instance::backend_api
