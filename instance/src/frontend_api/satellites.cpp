#include "flows/satellite/satellite.hpp"

#include "frontend_api/client_cookies.hpp"
#include "frontend_api/redirect.hpp"
#include "frontend_api/resources.hpp"

namespace clerk::instance::frontend_api {
namespace {

constexpr std::size_t longestSecret = 256;

async::Task<Outcome<wire::Json>> sync(Call& call) {
  const auto linkDomain = call.queryText("link_domain");
  if (!linkDomain || linkDomain->empty()) co_return wire::wrong::queryMissing("link_domain");
  const auto text = call.queryText("redirect_url");
  if (!text || text->empty()) co_return wire::wrong::queryMissing("redirect_url");
  const auto address = api::WebAddress::parse(*text);
  if (!address) co_return wire::wrong::redirectUrl();
  const auto host = address->origin().substr(address->origin().find("://") + 3);
  const auto url = co_await beginSync(
      call.core, call.visitor, {.linkDomain = *linkDomain, .redirectUrl = address->text(), .redirectHost = host});
  // Whatever domain is named, it is not one of ours.
  if (!url) co_return wire::wrong::redirectUrlNotOurs(address->host());
  co_return wire::Json(*url);
}

async::Task<Outcome<wire::Json>> link(Call& call) {
  const auto secret = call.queryText("__clerk_token");
  if (!secret || secret->empty()) co_return wire::wrong::queryMissing("__clerk_token");
  if (secret->size() > longestSecret) co_return wire::wrong::paramValue("__clerk_token");
  auto synced = co_await finishSync(call.core, *secret);
  if (!synced) co_return wire::wrong::paramValue("__clerk_token");
  call.visitor = std::move(synced->visitor);
  co_await addClientCookies(call, co_await clientUat(call.core, call.visitor));
  const auto target = api::WebAddress::parse(synced->redirectUrl);
  co_return wire::Json(target->withQuery("__clerk_synced", "true"));
}

}  // namespace

void addSatellites(Operations& operations) {
  operations.add("/client/sync", {"GET", Envelope::Redirect, sync, Asker::Anybody});
  operations.add("/client/link", {"GET", Envelope::Redirect, link, Asker::Ignored});
}

}  // namespace clerk::instance::frontend_api
