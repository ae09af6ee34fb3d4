// Domains of organizations, as a backend manages them.

#include "flows/organization/domain.hpp"

#include "api/list_fields.hpp"
#include "backend_api/backend_api.hpp"
#include "backend_api/shown.hpp"
#include "store/folded_text.hpp"
#include "wire/error.hpp"
#include "wire/organization.hpp"

namespace clerk::instance::backend_api {
namespace {

constexpr NameTable<DomainOrder, 2> orders{{{DomainOrder::CreatedAt, "created_at"}, {DomainOrder::Name, "name"}}};

constexpr auto render = [](const wire::View& view, const ShownDomain& domain) {
  return wire::organizationDomain(view, domain);
};

std::string organizationId(const Call& call) { return call.param("organization_id"); }
std::string domainId(const Call& call) { return call.param("domain_id"); }

/// Modes to include, and with `-` to exclude.
void readModes(api::TextFields& query, DomainListRequest& request) {
  for (std::string_view text : api::readValues(query, "enrollment_mode")) {
    const bool excludes = text.starts_with('-');
    if (excludes) text.remove_prefix(1);
    const auto mode = enrollmentModeOf(text);
    if (!mode) {
      query.refuse(wire::wrong::paramValue("enrollment_mode"));
    } else {
      (excludes ? request.notModes : request.modes).push_back(*mode);
    }
  }
}

DomainListRequest readRequest(api::TextFields& query) {
  DomainListRequest request{.verified = query.boolean("verified"), .page = api::readPage(query)};
  readModes(query, request);
  return request;
}

async::Task<Outcome<wire::Json>> list(Call& call) {
  auto query = call.query();
  auto request = readRequest(query);
  request.organizationId = organizationId(call);
  if (auto wrong = query.failure()) co_return *wrong;
  co_return shownPage(call, co_await listDomains(call.core, OrganizationActor::backend(), std::move(request)), render);
}

async::Task<Outcome<wire::Json>> listAll(Call& call) {
  auto query = call.query();
  auto request = readRequest(query);
  request.organizationId = query.text("organization_id").value_or("");
  request.query = query.text("query").value_or("");
  request.order = api::readOrder(query, orders);
  for (const auto& name : api::readValues(query, "domains")) request.names.push_back(foldCase(name));
  if (auto wrong = query.failure()) co_return *wrong;
  co_return shownPage(call, co_await listAllDomains(call.core, std::move(request)), render);
}

async::Task<Outcome<wire::Json>> create(Call& call) {
  auto body = call.body();
  NewDomain fields{.name = body.requiredText("name"),
                   .enrollmentMode = body.text("enrollment_mode"),
                   .verified = body.boolean("verified").value_or(true)};
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shown(
      call, co_await createDomain(call.core, OrganizationActor::backend(), organizationId(call), std::move(fields)),
      render);
}

async::Task<Outcome<wire::Json>> update(Call& call) {
  auto body = call.body();
  DomainChanges changes{.enrollmentMode = body.text("enrollment_mode"), .verified = body.boolean("verified")};
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shown(call,
                  co_await updateDomain(call.core, OrganizationActor::backend(), organizationId(call), domainId(call),
                                        std::move(changes)),
                  render);
}

async::Task<Outcome<wire::Json>> remove(Call& call) {
  const auto deleted =
      co_await deleteDomain(call.core, OrganizationActor::backend(), organizationId(call), domainId(call));
  if (!deleted) co_return deleted.error();
  co_return wire::Json(wire::deletedObject("organization_domain", deleted->domain.id));
}

async::Task<Outcome<wire::Json>> verifyOwnership(Call& call) {
  co_return shown(call, co_await overrideOwnership(call.core, organizationId(call), domainId(call)), render);
}

}  // namespace

void addOrganizationDomains(const AddOperation& add) {
  add("GET", "/organization_domains", listAll);
  add("GET", "/organizations/:organization_id/domains", list);
  add("POST", "/organizations/:organization_id/domains", create);
  add("PATCH", "/organizations/:organization_id/domains/:domain_id", update);
  add("DELETE", "/organizations/:organization_id/domains/:domain_id", remove);
  add("POST", "/organizations/:organization_id/domains/:domain_id/verify_ownership", verifyOwnership);
}

}  // namespace clerk::instance::backend_api
