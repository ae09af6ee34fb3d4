// Organizations, as a backend manages them.

#include "flows/organization/organization.hpp"

#include "api/list_fields.hpp"
#include "backend_api/backend_api.hpp"
#include "backend_api/shown.hpp"
#include "flows/organization/logo.hpp"
#include "wire/error.hpp"
#include "wire/organization.hpp"

namespace clerk::instance::backend_api {
namespace {

constexpr std::int64_t maxMemberships = 1'000'000'000;
constexpr NameTable<OrganizationOrder, 3> orders{{{OrganizationOrder::CreatedAt, "created_at"},
                                                  {OrganizationOrder::Name, "name"},
                                                  {OrganizationOrder::MembersCount, "members_count"}}};

constexpr auto render = [](const wire::View& view, const Organization& organization) {
  return wire::backendOrganization(view, organization);
};

std::string organizationId(const Call& call) { return call.param("organization_id"); }

std::optional<int> readMembershipsLimit(JsonFields& body) {
  const auto limit = body.integerWithin("max_allowed_memberships", 0, maxMemberships);
  return limit ? std::optional(static_cast<int>(*limit)) : std::nullopt;
}

MetadataChanges readMetadata(JsonFields& body) {
  return {.publicMetadata = body.object("public_metadata"), .privateMetadata = body.object("private_metadata")};
}

/// What is only told when it is asked for.
async::Task<> addManagers(const Call& call, bool asked, wire::JsonObject& organization) {
  if (!asked) co_return;
  organization["missing_member_with_elevated_permissions"] =
      co_await lacksManager(call.core, std::string(organization["id"].as_string()));
}

struct Asked {
  bool managers = false;
};

Asked readAsked(api::TextFields& query) {
  query.boolean("include_members_count");  // always there
  return {query.boolean("include_missing_member_with_elevated_permissions").value_or(false)};
}

async::Task<Outcome<wire::Json>> list(Call& call) {
  auto query = call.query();
  OrganizationListRequest request{.query = query.text("query").value_or(""),
                                  .userIds = api::readValues(query, "user_id"),
                                  .organizationIds = api::readValues(query, "organization_id"),
                                  .order = api::readOrder(query, orders),
                                  .page = api::readPage(query)};
  const auto asked = readAsked(query);
  if (auto wrong = query.failure()) co_return *wrong;
  const auto page = co_await listOrganizations(call.core, std::move(request));
  if (!page) co_return page.error();
  auto json = pageOf(call, *page, render);
  for (auto& each : json.as_object()["data"].as_array()) co_await addManagers(call, asked.managers, each.as_object());
  co_return json;
}

async::Task<Outcome<wire::Json>> create(Call& call) {
  auto body = call.body();
  auto metadata = readMetadata(body);
  NewOrganization fields{.name = body.requiredText("name"),
                         .slug = body.text("slug"),
                         .createdBy = body.text("created_by"),
                         .publicMetadata = std::move(metadata.publicMetadata).value_or(boost::json::object()),
                         .privateMetadata = std::move(metadata.privateMetadata).value_or(boost::json::object()),
                         .maxAllowedMemberships = readMembershipsLimit(body),
                         .roleSetKey = body.text("role_set_key"),
                         .createdAt = body.time("created_at")};
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shown(call, co_await createOrganization(call.core, OrganizationActor::backend(), std::move(fields)),
                  render);
}

async::Task<Outcome<wire::Json>> read(Call& call) {
  auto query = call.query();
  const auto asked = readAsked(query);
  if (auto wrong = query.failure()) co_return *wrong;
  const auto organization = co_await getOrganization(call.core, OrganizationActor::backend(), organizationId(call));
  if (!organization) co_return organization.error();
  auto json = render(call.view(), *organization);
  co_await addManagers(call, asked.managers, json);
  co_return wire::Json(std::move(json));
}

async::Task<Outcome<wire::Json>> update(Call& call) {
  auto body = call.body();
  OrganizationChanges changes{.name = body.text("name"),
                              .slug = body.text("slug"),
                              .maxAllowedMemberships = readMembershipsLimit(body),
                              .adminDeleteEnabled = body.boolean("admin_delete_enabled"),
                              .roleSetKey = body.text("role_set_key"),
                              .createdAt = body.time("created_at")};
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shown(
      call,
      co_await updateOrganization(call.core, OrganizationActor::backend(), organizationId(call), std::move(changes)),
      render);
}

async::Task<Outcome<wire::Json>> remove(Call& call) {
  const auto deleted = co_await deleteOrganization(call.core, OrganizationActor::backend(), organizationId(call));
  if (!deleted) co_return deleted.error();
  auto json = wire::deletedObject("organization", deleted->id);
  json["slug"] = deleted->slug;
  co_return wire::Json(std::move(json));
}

async::Task<Outcome<wire::Json>> mergeMetadataOf(Call& call) {
  auto body = call.body();
  auto changes = readMetadata(body);
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shown(call, co_await mergeOrganizationMetadata(call.core, organizationId(call), std::move(changes)),
                  render);
}

async::Task<Outcome<wire::Json>> replaceMetadataOf(Call& call) {
  auto body = call.body();
  auto changes = readMetadata(body);
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shown(call, co_await replaceOrganizationMetadata(call.core, organizationId(call), std::move(changes)),
                  render);
}

async::Task<Outcome<wire::Json>> setLogo(Call& call) {
  auto bytes = call.upload();
  if (!bytes) co_return bytes.error();
  co_return shown(
      call,
      co_await setOrganizationLogo(call.core, OrganizationActor::backend(), organizationId(call), *std::move(bytes)),
      render);
}

async::Task<Outcome<wire::Json>> deleteLogo(Call& call) {
  co_return shown(call, co_await deleteOrganizationLogo(call.core, OrganizationActor::backend(), organizationId(call)),
                  render);
}

// ---- the instance's settings of organizations

async::Task<Outcome<wire::Json>> readSettings(Call& call) {
  co_return wire::Json(wire::organizationSettings(co_await getOrganizationSettings(call.core)));
}

async::Task<Outcome<wire::Json>> updateSettings(Call& call) {
  auto body = call.body();
  OrganizationSettingsChanges changes{.enabled = body.boolean("enabled"),
                                      .maxAllowedMemberships = readMembershipsLimit(body),
                                      .adminDeleteEnabled = body.boolean("admin_delete_enabled"),
                                      .domainsEnabled = body.boolean("domains_enabled"),
                                      .slugDisabled = body.boolean("slug_disabled"),
                                      .creatorRoleId = body.text("creator_role_id"),
                                      .domainsDefaultRoleId = body.text("domains_default_role_id"),
                                      .forceSelection = body.boolean("force_organization_selection")};
  if (body.has("domains_enrollment_modes")) changes.domainsEnrollmentModes = body.list("domains_enrollment_modes");
  if (auto wrong = body.failure()) co_return *wrong;
  const auto updated = co_await updateOrganizationSettings(call.core, std::move(changes));
  if (!updated) co_return updated.error();
  co_return wire::Json(wire::organizationSettings(*updated));
}

}  // namespace

void addOrganizations(const AddOperation& add) {
  add("GET", "/organizations", list);
  add("POST", "/organizations", create);
  add("GET", "/organizations/:organization_id", read);
  add("PATCH", "/organizations/:organization_id", update);
  add("DELETE", "/organizations/:organization_id", remove);
  add("PATCH", "/organizations/:organization_id/metadata", mergeMetadataOf);
  add("PUT", "/organizations/:organization_id/metadata", replaceMetadataOf);
  add("PUT", "/organizations/:organization_id/logo", setLogo);
  add("DELETE", "/organizations/:organization_id/logo", deleteLogo);
  add("GET", "/instance/organization_settings", readSettings);
  add("PATCH", "/instance/organization_settings", updateSettings);
}

}  // namespace clerk::instance::backend_api
