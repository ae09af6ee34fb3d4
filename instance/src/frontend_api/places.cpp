// What is asked about the instance itself: whether it lives, where its pages are, whether a proxy leads to it.

#include "flows/registry/registry.hpp"
#include "frontend_api/redirect.hpp"
#include "frontend_api/resources.hpp"
#include "store/store_error.hpp"
#include "wire/environment.hpp"

namespace clerk::instance::frontend_api {
namespace {

wire::JsonObject unhealthy(Call& call, std::string_view message) {
  call.status = 503;
  return {{"status", "unhealthy"}, {"message", message}};
}

/// Whether the database answers.
async::Task<Outcome<wire::Json>> health(Call& call) {
  bool answered = false;
  try {
    co_await call.core.store().read([](const Transaction& tx) { return tx.identity().instanceId(); });
    answered = true;
  } catch (const StoreError&) {
    // What is wrong stands in the log of whoever runs it, not here.
  }
  if (!answered) co_return unhealthy(call, "The database does not answer.");
  co_return wire::JsonObject{{"status", "healthy"}};
}

std::string headerOf(const Call& call, std::string_view name) {
  return std::string(call.request.headers()[name].value_or(""));
}

/// Where the domain's browsers are said to reach this API; absent for what is no domain of the instance.
async::Task<std::optional<std::string>> proxyUrlOf(Core& core, std::string domainId) {
  if (domainId == core.settings().instanceId || domainId == core.settings().frontendApiHost) co_return "";
  const auto entry = co_await findEntry(core, registered::satelliteDomain, std::move(domainId));
  if (!entry) co_return std::nullopt;
  co_return entry->text("proxy_url");
}

async::Task<Outcome<wire::Json>> proxyHealth(Call& call) {
  const auto domainId = call.queryText("domain_id");
  if (!domainId || domainId->empty()) co_return wire::wrong::queryMissing("domain_id");
  const auto known = co_await proxyUrlOf(call.core, *domainId);
  if (!known) co_return unhealthy(call, "The domain is not one of this instance.");
  if (!call.core.isSecretKey(headerOf(call, "clerk-secret-key"))) {
    co_return unhealthy(call, "The Clerk-Secret-Key header is missing, or not this instance's key.");
  }
  const auto proxyUrl = headerOf(call, "clerk-proxy-url");
  if (!api::WebAddress::parse(proxyUrl) || (!known->empty() && proxyUrl != *known)) {
    co_return unhealthy(call, "The Clerk-Proxy-Url header is missing, or not the domain's proxy_url.");
  }
  const auto forwarded = headerOf(call, "x-forwarded-for");
  if (forwarded.empty()) co_return unhealthy(call, "The X-Forwarded-For header is missing.");
  co_return wire::JsonObject{{"status", "healthy"}, {"x_forwarded_for", forwarded}};
}

async::Task<Outcome<wire::Json>> accountPortal(Call& call) {
  co_return wire::Json(wire::accountPortal(call.core.settings()));
}

async::Task<Outcome<wire::Json>> clearSiteData(Call& call) {
  call.headers.emplace_back("clear-site-data", "\"*\"");
  co_return wire::JsonObject();
}

/// To an address that may be gone to, or home.
async::Task<Outcome<wire::Json>> redirect(Call& call) {
  const auto text = call.queryText("redirect_url").value_or("");
  if (text.empty()) {
    const auto& home = call.core.settings().runtime.general.developmentOrigin;
    co_return wire::Json(home.empty() ? call.core.settings().portalUrl + "/" : home);
  }
  if (auto allowed = checkReturnAddress(call, text); !allowed) co_return allowed.error();
  co_return wire::Json(api::WebAddress::parse(text)->text());
}

}  // namespace

void addPlaces(Operations& operations) {
  operations.add("/health", {"GET", Envelope::Bare, health, Asker::Ignored});
  operations.add("/proxy-health", {"GET", Envelope::Bare, proxyHealth, Asker::Ignored});
  operations.add("/account_portal", {"GET", Envelope::Bare, accountPortal, Asker::Ignored});
  operations.add("/clear-site-data", {"GET", Envelope::Bare, clearSiteData, Asker::Ignored});
  operations.add("/redirect", {"GET", Envelope::Redirect, redirect, Asker::Ignored});
}

}  // namespace clerk::instance::frontend_api
