#include "flows/domain/domain.hpp"

#include "backend_api/backend_api.hpp"
#include "backend_api/registered.hpp"
#include "model/registry_errors.hpp"
#include "wire/error.hpp"
#include "wire/registry.hpp"

namespace clerk::instance::backend_api {
namespace {

/// An instance has few: all of them at once, as Clerk answers.
constexpr PageRequest all{.limit = 500};

bool isPrimary(const Call& call, std::string_view id) { return id == wire::primaryDomainId(call.core.settings()); }

async::Task<Outcome<wire::Json>> list(Call& call) {
  const auto satellites =
      co_await listEntries(call.core, registry::satelliteDomain, RegistryFilter{.oldestFirst = true}, all);
  wire::JsonArray list{wire::primaryDomain(call.view())};
  for (const auto& entry : satellites.data) list.push_back(wire::satelliteDomain(call.view(), entry));
  co_return wire::Json(wire::page(std::move(list), satellites.totalCount + 1));
}

async::Task<Outcome<wire::Json>> create(Call& call) {
  auto body = call.body();
  auto name = body.requiredText("name");
  const auto satellite = body.boolean("is_satellite");
  auto proxyUrl = body.text("proxy_url");
  if (!satellite) body.refuse(wire::wrong::paramMissing("is_satellite"));
  if (satellite == false) body.refuse(errors::primaryDomainExists());
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shown(call, co_await createSatelliteDomain(call.core, std::move(name), std::move(proxyUrl)),
                  wire::satelliteDomain);
}

async::Task<Outcome<wire::Json>> update(Call& call) {
  auto body = call.body();
  SatelliteDomainChanges changes{.name = body.text("name")};
  if (auto proxyUrl = body.textChange("proxy_url")) changes.proxyUrl = proxyUrl->value_or("");
  body.boolean("is_secondary");
  if (auto wrong = body.failure()) co_return *wrong;
  if (isPrimary(call, call.param("domain_id"))) co_return Failure(errors::domainNotAllowedOnPrimary());
  co_return shown(call, co_await updateSatelliteDomain(call.core, call.param("domain_id"), std::move(changes)),
                  wire::satelliteDomain);
}

async::Task<Outcome<wire::Json>> remove(Call& call) {
  if (isPrimary(call, call.param("domain_id"))) co_return Failure(errors::domainNotAllowedOnPrimary());
  co_return deleted("domain", co_await eraseEntry(call.core, registered::satelliteDomain, call.param("domain_id")));
}

/// The check itself would call an address that a request names, which this server never does: it compares with what the
/// domain is set to use, and says so (conformance/decisions.md).
async::Task<Outcome<wire::Json>> checkProxy(Call& call) {
  auto body = call.body();
  auto domainId = body.requiredText("domain_id");
  auto proxyUrl = body.requiredText("proxy_url");
  if (auto wrong = body.failure()) co_return *wrong;
  if (isPrimary(call, domainId)) {
    const bool ours = proxyUrl == call.core.settings().portalUrl + "/__clerk";
    co_return shown(call, co_await recordProxyCheck(call.core, std::move(domainId), std::move(proxyUrl), ours),
                    wire::proxyCheck);
  }
  const auto domain = co_await findEntry(call.core, registered::satelliteDomain, domainId);
  if (!domain) co_return domain.error();
  const bool configured = domain->text("proxy_url") == proxyUrl;
  co_return shown(call, co_await recordProxyCheck(call.core, std::move(domainId), std::move(proxyUrl), configured),
                  wire::proxyCheck);
}

}  // namespace

void addDomains(const AddOperation& add) {
  add("GET", "/domains", list);
  add("POST", "/domains", create);
  add("PATCH", "/domains/:domain_id", update);
  add("DELETE", "/domains/:domain_id", remove);
  add("POST", "/proxy_checks", checkProxy);
}

}  // namespace clerk::instance::backend_api
