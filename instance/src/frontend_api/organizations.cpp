// Organizations of the signed-in person.

#include "flows/organization/organization.hpp"

#include "api/list_fields.hpp"
#include "flows/organization/logo.hpp"
#include "flows/organization/roles.hpp"
#include "frontend_api/organization_call.hpp"
#include "frontend_api/resources.hpp"
#include "wire/organization.hpp"

namespace clerk::instance::frontend_api {
namespace {

constexpr auto render = [](const wire::View& view, const Organization& organization) {
  return wire::organization(view, organization);
};

async::Task<Outcome<wire::Json>> create(Call& call) {
  const auto actor = co_await actingMember(call);
  if (!actor) co_return actor.error();
  auto form = call.form();
  NewOrganization fields{.name = form.requiredText("name"), .slug = form.text("slug")};
  if (auto wrong = form.failure()) co_return *wrong;
  co_return shown(call, co_await createOrganization(call.core, *actor, std::move(fields)), render);
}

async::Task<Outcome<wire::Json>> read(Call& call) {
  const auto actor = co_await actingMember(call);
  if (!actor) co_return actor.error();
  co_return shown(call, co_await getOrganization(call.core, *actor, organizationId(call)), render);
}

async::Task<Outcome<wire::Json>> update(Call& call) {
  const auto actor = co_await actingMember(call);
  if (!actor) co_return actor.error();
  auto form = call.form();
  OrganizationChanges changes{.name = form.text("name"), .slug = form.text("slug")};
  if (auto wrong = form.failure()) co_return *wrong;
  co_return shown(call, co_await updateOrganization(call.core, *actor, organizationId(call), std::move(changes)),
                  render);
}

async::Task<Outcome<wire::Json>> remove(Call& call) {
  const auto actor = co_await actingMember(call);
  if (!actor) co_return actor.error();
  const auto deleted = co_await deleteOrganization(call.core, *actor, organizationId(call));
  if (!deleted) co_return deleted.error();
  auto json = wire::deletedObject("organization", deleted->id);
  json["slug"] = deleted->slug;
  co_return wire::Json(std::move(json));
}

async::Task<Outcome<wire::Json>> setLogo(Call& call) {
  const auto actor = co_await actingMember(call);
  if (!actor) co_return actor.error();
  auto bytes = call.upload();
  if (!bytes) co_return bytes.error();
  co_return shown(call, co_await setOrganizationLogo(call.core, *actor, organizationId(call), *std::move(bytes)),
                  render);
}

async::Task<Outcome<wire::Json>> deleteLogo(Call& call) {
  const auto actor = co_await actingMember(call);
  if (!actor) co_return actor.error();
  const auto organization = co_await deleteOrganizationLogo(call.core, *actor, organizationId(call));
  if (!organization) co_return organization.error();
  co_return wire::Json(wire::deletedObject("image", organization->id));
}

async::Task<Outcome<wire::Json>> listRoles(Call& call) {
  const auto actor = co_await actingMember(call);
  if (!actor) co_return actor.error();
  auto query = call.query();
  const auto request = api::readPage(query);
  if (auto wrong = query.failure()) co_return *wrong;
  const auto roles = co_await listRolesOfOrganization(call.core, *actor, organizationId(call), request);
  if (!roles) co_return roles.error();
  wire::JsonArray list;
  for (const auto& role : roles->data) list.push_back(wire::role(role));
  auto json = wire::page(std::move(list), roles->totalCount);
  json["has_role_set_migration"] = false;
  co_return wire::Json(std::move(json));
}

}  // namespace

void addOrganizations(Operations& operations) {
  operations.add("/organizations", {"POST", Envelope::Mutation, create});
  operations.add("/organizations/:organization_id", {"GET", Envelope::Read, read});
  operations.add("/organizations/:organization_id", {"PATCH", Envelope::Mutation, update});
  operations.add("/organizations/:organization_id", {"DELETE", Envelope::Mutation, remove});
  operations.add("/organizations/:organization_id/logo", {"PUT", Envelope::Mutation, setLogo, Asker::Known, true});
  operations.add("/organizations/:organization_id/logo", {"DELETE", Envelope::Mutation, deleteLogo});
  operations.add("/organizations/:organization_id/roles", {"GET", Envelope::Read, listRoles});
}

}  // namespace clerk::instance::frontend_api
