// Roles, permissions and role sets.

#include "flows/organization/roles.hpp"

#include "api/list_fields.hpp"
#include "backend_api/backend_api.hpp"
#include "backend_api/shown.hpp"
#include "wire/error.hpp"
#include "wire/organization.hpp"

namespace clerk::instance::backend_api {
namespace {

constexpr NameTable<RoleOrder, 3> orders{
    {{RoleOrder::CreatedAt, "created_at"}, {RoleOrder::Name, "name"}, {RoleOrder::Key, "key"}}};
constexpr std::size_t maxRoleKeys = 10;  // of one request (Backend API document)

constexpr auto renderPermission = [](const wire::View&, const Permission& permission) {
  return wire::permission(permission);
};
constexpr auto renderRole = [](const wire::View&, const Role& role) { return wire::role(role); };
constexpr auto renderRoleSet = [](const wire::View&, const ShownRoleSet& shown) { return wire::roleSet(shown); };

RoleListRequest readRequest(api::TextFields& query) {
  return {
      .query = query.text("query").value_or(""), .order = api::readOrder(query, orders), .page = api::readPage(query)};
}

Outcome<wire::Json> deleted(std::string_view object, const auto& outcome) {
  if (!outcome) return outcome.error();
  return wire::Json(wire::deletedObject(object, outcome->id));
}

// ---- permissions

PermissionFields readPermission(JsonFields& body) {
  return {.name = body.text("name"), .key = body.text("key"), .description = body.text("description")};
}

async::Task<Outcome<wire::Json>> listPermissionsOf(Call& call) {
  auto query = call.query();
  auto request = readRequest(query);
  if (auto wrong = query.failure()) co_return *wrong;
  co_return pageOf(call, co_await listPermissions(call.core, std::move(request)), renderPermission);
}

async::Task<Outcome<wire::Json>> create(Call& call) {
  auto body = call.body();
  auto fields = readPermission(body);
  body.requiredText("name");
  body.requiredText("key");
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shown(call, co_await createPermission(call.core, std::move(fields)), renderPermission);
}

async::Task<Outcome<wire::Json>> readOne(Call& call) {
  co_return shown(call, co_await getPermission(call.core, call.param("permission_id")), renderPermission);
}

async::Task<Outcome<wire::Json>> update(Call& call) {
  auto body = call.body();
  auto fields = readPermission(body);
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shown(call, co_await updatePermission(call.core, call.param("permission_id"), std::move(fields)),
                  renderPermission);
}

async::Task<Outcome<wire::Json>> remove(Call& call) {
  co_return deleted("permission", co_await deletePermission(call.core, call.param("permission_id")));
}

// ---- roles

std::string roleId(const Call& call) { return call.param("organization_role_id"); }

RoleFields readRole(JsonFields& body) {
  RoleFields fields{.name = body.text("name"), .key = body.text("key"), .description = body.text("description")};
  if (body.has("permissions")) fields.permissionIds = body.list("permissions");
  return fields;
}

async::Task<Outcome<wire::Json>> listRolesOf(Call& call) {
  auto query = call.query();
  auto request = readRequest(query);
  if (auto wrong = query.failure()) co_return *wrong;
  co_return pageOf(call, co_await listRoles(call.core, std::move(request)), renderRole);
}

async::Task<Outcome<wire::Json>> makeRole(Call& call) {
  auto body = call.body();
  auto fields = readRole(body);
  body.requiredText("name");
  body.requiredText("key");
  fields.includeInInitialRoleSet = body.flag("include_in_initial_role_set");
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shown(call, co_await createRole(call.core, std::move(fields)), renderRole);
}

async::Task<Outcome<wire::Json>> readOneRole(Call& call) {
  co_return shown(call, co_await getRole(call.core, roleId(call)), renderRole);
}

async::Task<Outcome<wire::Json>> changeRole(Call& call) {
  auto body = call.body();
  auto fields = readRole(body);
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shown(call, co_await updateRole(call.core, roleId(call), std::move(fields)), renderRole);
}

async::Task<Outcome<wire::Json>> removeRole(Call& call) {
  co_return deleted("role", co_await deleteRole(call.core, roleId(call)));
}

async::Task<Outcome<wire::Json>> assignPermission(Call& call) {
  co_return shown(call, co_await addPermissionToRole(call.core, roleId(call), call.param("permission_id")), renderRole);
}

async::Task<Outcome<wire::Json>> takePermission(Call& call) {
  co_return shown(call, co_await removePermissionFromRole(call.core, roleId(call), call.param("permission_id")),
                  renderRole);
}

// ---- role sets

std::string setId(const Call& call) { return call.param("role_set_key_or_id"); }

std::vector<std::string> readRoleKeys(JsonFields& body, std::string_view name) {
  auto keys = body.list(name);
  if (keys.empty()) body.refuse(wire::wrong::paramMissing(name));
  if (keys.size() > maxRoleKeys) body.refuse(wire::wrong::paramArraySize(name, maxRoleKeys));
  return keys;
}

RoleSetFields readRoleSet(JsonFields& body) {
  RoleSetFields fields{.name = body.text("name"),
                       .key = body.text("key"),
                       .description = body.text("description"),
                       .defaultRoleKey = body.text("default_role_key"),
                       .creatorRoleKey = body.text("creator_role_key")};
  const auto type = body.text("type").value_or("");
  if (!type.empty() && type != "initial" && type != "custom") {
    body.refuse(wire::wrong::paramValue("type", "initial, custom"));
  }
  fields.initial = type == "initial";
  return fields;
}

async::Task<Outcome<wire::Json>> listSets(Call& call) {
  auto query = call.query();
  auto request = readRequest(query);
  if (auto wrong = query.failure()) co_return *wrong;
  co_return pageOf(call, co_await listRoleSets(call.core, std::move(request)), renderRoleSet);
}

async::Task<Outcome<wire::Json>> createSet(Call& call) {
  auto body = call.body();
  auto fields = readRoleSet(body);
  for (const auto name : {"name", "default_role_key", "creator_role_key"}) body.requiredText(name);
  fields.roleKeys = readRoleKeys(body, "roles");
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shown(call, co_await createRoleSet(call.core, std::move(fields)), renderRoleSet);
}

async::Task<Outcome<wire::Json>> readSet(Call& call) {
  co_return shown(call, co_await getRoleSet(call.core, setId(call)), renderRoleSet);
}

async::Task<Outcome<wire::Json>> updateSet(Call& call) {
  auto body = call.body();
  auto fields = readRoleSet(body);
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shown(call, co_await updateRoleSet(call.core, setId(call), std::move(fields)), renderRoleSet);
}

async::Task<Outcome<wire::Json>> addRoles(Call& call) {
  auto body = call.body();
  RoleSetFields fields{.defaultRoleKey = body.text("default_role_key"),
                       .creatorRoleKey = body.text("creator_role_key"),
                       .roleKeys = readRoleKeys(body, "role_keys")};
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shown(call, co_await addRolesToRoleSet(call.core, setId(call), std::move(fields)), renderRoleSet);
}

async::Task<Outcome<wire::Json>> replaceRole(Call& call) {
  auto body = call.body();
  auto from = body.requiredText("role_key");
  auto to = body.requiredText("to_role_key");
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shown(call, co_await replaceRoleInRoleSet(call.core, setId(call), std::move(from), std::move(to)),
                  renderRoleSet);
}

async::Task<Outcome<wire::Json>> replaceSet(Call& call) {
  auto body = call.body();
  auto destination = body.requiredText("dest_role_set_key");
  std::vector<std::pair<std::string, std::string>> mappings;
  for (const auto& mapping : body.object("reassignment_mappings").value_or(boost::json::object())) {
    const auto* target = mapping.value().if_string();
    if (target) {
      mappings.emplace_back(mapping.key(), *target);
    } else {
      body.refuse(wire::wrong::paramType("reassignment_mappings", "object of strings"));
    }
  }
  if (auto wrong = body.failure()) co_return *wrong;
  const auto id = co_await replaceRoleSet(call.core, setId(call), std::move(destination), std::move(mappings));
  if (!id) co_return id.error();
  co_return wire::Json(wire::deletedObject("role_set", *id));
}

struct Route {
  std::string_view method;
  std::string_view path;
  Endpoint endpoint;
};

constexpr Route routes[] = {
    {"GET", "/organization_permissions", listPermissionsOf},
    {"POST", "/organization_permissions", create},
    {"GET", "/organization_permissions/:permission_id", readOne},
    {"PATCH", "/organization_permissions/:permission_id", update},
    {"DELETE", "/organization_permissions/:permission_id", remove},
    {"GET", "/organization_roles", listRolesOf},
    {"POST", "/organization_roles", makeRole},
    {"GET", "/organization_roles/:organization_role_id", readOneRole},
    {"PATCH", "/organization_roles/:organization_role_id", changeRole},
    {"DELETE", "/organization_roles/:organization_role_id", removeRole},
    {"POST", "/organization_roles/:organization_role_id/permissions/:permission_id", assignPermission},
    {"DELETE", "/organization_roles/:organization_role_id/permissions/:permission_id", takePermission},
    {"GET", "/role_sets", listSets},
    {"POST", "/role_sets", createSet},
    {"GET", "/role_sets/:role_set_key_or_id", readSet},
    {"PATCH", "/role_sets/:role_set_key_or_id", updateSet},
    {"POST", "/role_sets/:role_set_key_or_id/replace", replaceSet},
    {"POST", "/role_sets/:role_set_key_or_id/roles", addRoles},
    {"POST", "/role_sets/:role_set_key_or_id/roles/replace", replaceRole},
};

}  // namespace

void addOrganizationRoles(const AddOperation& add) {
  for (const auto& route : routes) add(route.method, route.path, route.endpoint);
}

}  // namespace clerk::instance::backend_api
