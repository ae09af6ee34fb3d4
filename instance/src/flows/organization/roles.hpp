#pragma once
// Roles, permissions and role sets, as a backend manages them; and what members see of them.

#include "flows/organization/access.hpp"
#include "model/organization_list.hpp"

#include <async/task.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace clerk::instance {

/// The roles that a member can be given, of any member's organization.
async::Task<Outcome<Page<Role>>> listRolesOfOrganization(Core& core, OrganizationActor actor,
                                                         std::string organizationId, PageRequest page);

// ---- permissions

struct PermissionFields {
  std::optional<std::string> name;
  std::optional<std::string> key;
  std::optional<std::string> description;
};
async::Task<Page<Permission>> listPermissions(Core& core, RoleListRequest request);
async::Task<Outcome<Permission>> getPermission(Core& core, std::string permissionId);
/// Errors: `form_param_…`, `form_identifier_exists` (key).
async::Task<Outcome<Permission>> createPermission(Core& core, PermissionFields fields);
/// Errors: `organization_system_permission_not_modifiable`, …
async::Task<Outcome<Permission>> updatePermission(Core& core, std::string permissionId, PermissionFields fields);
async::Task<Outcome<Permission>> deletePermission(Core& core, std::string permissionId);

// ---- roles

struct RoleFields {
  std::optional<std::string> name;
  std::optional<std::string> key;
  std::optional<std::string> description;
  std::optional<std::vector<std::string>> permissionIds;
  bool includeInInitialRoleSet = false;
};
async::Task<Page<Role>> listRoles(Core& core, RoleListRequest request);
async::Task<Outcome<Role>> getRole(Core& core, std::string roleId);
async::Task<Outcome<Role>> createRole(Core& core, RoleFields fields);
/// Settings that name the role follow its key.
async::Task<Outcome<Role>> updateRole(Core& core, std::string roleId, RoleFields fields);
/// Errors: `organization_role_…` while somebody needs it.
async::Task<Outcome<Role>> deleteRole(Core& core, std::string roleId);
/// Errors: `organization_role_permission_association_exists`.
async::Task<Outcome<Role>> addPermissionToRole(Core& core, std::string roleId, std::string permissionId);
/// Errors: `organization_role_permission_association_not_found`, `organization_missing_creator_role_permissions`.
async::Task<Outcome<Role>> removePermissionFromRole(Core& core, std::string roleId, std::string permissionId);

// ---- role sets; `keyOrId` either way

/// With the roles themselves, and how many members have each.
struct ShownRoleSet {
  struct Item {
    Role role;
    std::int64_t membersCount = 0;
  };
  RoleSet roleSet;
  std::vector<Item> roles;
};

struct RoleSetFields {
  std::optional<std::string> name;
  std::optional<std::string> key;
  std::optional<std::string> description;
  std::optional<std::string> defaultRoleKey;
  std::optional<std::string> creatorRoleKey;
  std::vector<std::string> roleKeys;
  bool initial = false;
};
async::Task<Page<ShownRoleSet>> listRoleSets(Core& core, RoleListRequest request);
async::Task<Outcome<ShownRoleSet>> getRoleSet(Core& core, std::string keyOrId);
async::Task<Outcome<ShownRoleSet>> createRoleSet(Core& core, RoleSetFields fields);
async::Task<Outcome<ShownRoleSet>> updateRoleSet(Core& core, std::string keyOrId, RoleSetFields fields);
/// `fields.roleKeys` are added; default and creator role may be among them.
async::Task<Outcome<ShownRoleSet>> addRolesToRoleSet(Core& core, std::string keyOrId, RoleSetFields fields);
/// Members with the first role get the second.
async::Task<Outcome<ShownRoleSet>> replaceRoleInRoleSet(Core& core, std::string keyOrId, std::string roleKey,
                                                        std::string toRoleKey);
/// Deletes it; its organizations move to another, whose members' roles are mapped from key to key. Gives the id.
async::Task<Outcome<std::string>> replaceRoleSet(Core& core, std::string keyOrId, std::string destinationKey,
                                                 std::vector<std::pair<std::string, std::string>> mappings);

}  // namespace clerk::instance
