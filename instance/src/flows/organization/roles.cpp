#include "flows/organization/roles.hpp"

#include "flows/normal_form.hpp"
#include "flows/organization/names.hpp"
#include "model/errors.hpp"
#include "model/ids.hpp"
#include "model/organization_errors.hpp"

#include <algorithm>
#include <ranges>
#include <utility>

namespace clerk::instance {
namespace {

constexpr std::int64_t maxRoles = 100;
constexpr std::size_t maxDescription = 1024;

Outcome<> setName(std::string& name, const std::optional<std::string>& given) {
  if (!given) return {};
  auto normal = requiredName(*given, "name");
  if (!normal) return normal.error();
  name = *std::move(normal);
  return {};
}

Outcome<> setKey(std::string& key, KeyKind kind, const std::optional<std::string>& given) {
  // One that is there already may be a system's, which nobody could give.
  if (!given || (!key.empty() && *given == key)) return {};
  auto checked = checkKey(kind, *given, "key");
  if (!checked) return checked.error();
  key = *std::move(checked);
  return {};
}

Outcome<> setDescription(std::string& description, const std::optional<std::string>& given) {
  if (!given) return {};
  if (given->size() > maxDescription) return Failure(errors::formParamMaxLengthExceeded("description", maxDescription));
  description = *given;
  return {};
}

/// Name, key and description of any of the three.
Outcome<> setTexts(auto& thing, KeyKind kind, const auto& fields) {
  for (auto set : {setName(thing.name, fields.name), setKey(thing.key, kind, fields.key),
                   setDescription(thing.description, fields.description)}) {
    if (!set) return set;
  }
  return {};
}

// ---- permissions

Outcome<Permission> findOwnPermission(const Transaction& tx, std::string_view id) {
  auto permission = tx.permissions().find(id);
  if (!permission) return Failure(errors::organizationPermissionNotFound());
  if (permission->system) return Failure(errors::systemPermissionNotModifiable());
  return *std::move(permission);
}

// ---- roles

Outcome<Role> findRole(const Transaction& tx, std::string_view id) {
  auto role = tx.roles().find(id);
  if (!role) return Failure(errors::organizationRoleNotFound());
  return *std::move(role);
}

Outcome<> setPermissions(const Transaction& tx, Role& role, const std::optional<std::vector<std::string>>& ids) {
  if (!ids) return {};
  role.permissions.clear();
  for (const auto& id : *ids) {
    auto permission = tx.permissions().find(id);
    if (!permission) return Failure(errors::organizationPermissionNotFound());
    role.permissions.push_back(*std::move(permission));
  }
  return {};
}

bool isCreatorRole(const Core& core, const Transaction& tx, const Role& role) {
  if (core.runtimeSettings(tx).organizations.creatorRole == role.key) return true;
  RoleListRequest all{.page = {.limit = maxRoles}};
  return std::ranges::any_of(tx.roleSets().list(all).data,
                             [&](const RoleSet& set) { return set.creatorRoleKey == role.key; });
}

/// A role that creators get must stay able to run an organization.
Outcome<> checkStillCreator(const Core& core, const Transaction& tx, const Role& role) {
  if (role.isCreatorEligible() || !isCreatorRole(core, tx, role)) return {};
  return Failure(errors::creatorRoleLacksPermissions());
}

/// The settings name roles by their keys.
void followKey(const Core& core, Transaction& tx, std::string_view from, std::string_view to) {
  auto settings = core.runtimeSettings(tx);
  const auto before = settings;
  auto& organizations = settings.organizations;
  if (organizations.creatorRole == from) organizations.creatorRole = to;
  if (organizations.domainsDefaultRole == from) organizations.domainsDefaultRole = to;
  if (settings != before) core.setRuntimeSettings(tx, settings);
}

Outcome<> checkDeletable(const Core& core, const Transaction& tx, const Role& role) {
  if (isCreatorRole(core, tx, role)) return Failure(errors::roleIsCreatorRole());
  if (core.runtimeSettings(tx).organizations.domainsDefaultRole == role.key || tx.roleSets().usesRole(role.id)) {
    return Failure(errors::roleIsDomainDefaultRole());
  }
  if (tx.roles().hasMembers(role.id)) return Failure(errors::roleAssignedToMembers());
  if (tx.roles().isInvitedTo(role.id, core.now())) return Failure(errors::roleIsInvitedTo());
  return {};
}

/// Finds the role, lets `change(tx, role)` change it, and writes it.
template <class Change>
async::Task<Outcome<Role>> changeRole(Core& core, std::string roleId, Change change) {
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<Role> {
    auto role = findRole(tx, roleId);
    if (!role) return role;
    const auto keyBefore = role->key;
    role->updatedAt = core.now();
    Outcome<> changed = change(tx, *role);
    if (changed) changed = checkStillCreator(core, tx, *role);
    if (!changed) {
      tx.abandon();
      return changed.error();
    }
    if (!tx.roles().update(*role)) return Failure(errors::formIdentifierExists("key"));
    followKey(core, tx, keyBefore, role->key);
    return findRole(tx, roleId);
  });
}

// ---- role sets

Outcome<RoleSet> findRoleSet(const Transaction& tx, std::string_view keyOrId) {
  auto set = keyOrId.starts_with("role_set:") ? tx.roleSets().findByKey(keyOrId) : tx.roleSets().find(keyOrId);
  if (!set) return Failure(errors::resourceNotFound());
  return *std::move(set);
}

ShownRoleSet shown(const Transaction& tx, RoleSet set) {
  ShownRoleSet all;
  for (const auto& key : set.roleKeys) {
    auto role = tx.roles().findByKey(key);
    if (role) all.roles.push_back({*std::move(role), tx.roleSets().membersWithRole(set.id, key)});
  }
  all.roleSet = std::move(set);
  return all;
}

/// Its roles exist, are not too many, and default and creator are among them.
Outcome<> checkRoles(const Transaction& tx, const RoleSet& set, std::string_view rolesParam) {
  if (set.roleKeys.empty()) return Failure(errors::formParamMissing(rolesParam));
  for (const auto& key : set.roleKeys) {
    if (!tx.roles().findByKey(key)) return Failure(errors::organizationRoleNotFound(rolesParam));
  }
  if (!set.has(set.defaultRoleKey))
    return Failure(errors::formParamValueInvalid("default_role_key", set.defaultRoleKey));
  if (!set.has(set.creatorRoleKey))
    return Failure(errors::formParamValueInvalid("creator_role_key", set.creatorRoleKey));
  if (!tx.roles().findByKey(set.creatorRoleKey)->isCreatorEligible()) {
    return Failure(errors::creatorRoleLacksPermissions());
  }
  return {};
}

void addKeys(RoleSet& set, const std::vector<std::string>& keys) {
  for (const auto& key : keys) {
    if (!set.has(key)) set.roleKeys.push_back(key);
  }
}

/// Finds the set, lets `change(tx, set)` change it, and writes it.
template <class Change>
async::Task<Outcome<ShownRoleSet>> changeRoleSet(Core& core, std::string keyOrId, Change change) {
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<ShownRoleSet> {
    auto set = findRoleSet(tx, keyOrId);
    if (!set) return set.error();
    set->updatedAt = core.now();
    Outcome<> changed = change(tx, *set);
    if (changed) changed = checkRoles(tx, *set, "role_keys");
    if (!changed) {
      tx.abandon();
      return changed.error();
    }
    if (!tx.roleSets().update(*set)) {
      tx.abandon();
      return Failure(errors::formIdentifierExists("key"));
    }
    return shown(tx, *tx.roleSets().find(set->id));
  });
}

std::string keyOf(std::string_view name) {
  auto key = slugOf(name);
  std::ranges::replace(key, '-', '_');
  return "role_set:" + key;
}

}  // namespace

async::Task<Outcome<Page<Role>>> listRolesOfOrganization(Core& core, OrganizationActor actor,
                                                         std::string organizationId, PageRequest page) {
  co_return co_await core.store().read([&](const Transaction& tx) -> Outcome<Page<Role>> {
    const auto organization = authorize(core, tx, actor, organizationId, noPermission);
    if (!organization) return organization.error();
    return tx.roles().listOfSet(organization->roleSetId, page);
  });
}

async::Task<Page<Permission>> listPermissions(Core& core, RoleListRequest request) {
  co_return co_await core.store().scan([&](const Transaction& tx) { return tx.permissions().list(request); });
}

async::Task<Outcome<Permission>> getPermission(Core& core, std::string permissionId) {
  co_return co_await core.store().read([&](const Transaction& tx) -> Outcome<Permission> {
    auto permission = tx.permissions().find(permissionId);
    if (!permission) return Failure(errors::organizationPermissionNotFound());
    return *std::move(permission);
  });
}

async::Task<Outcome<Permission>> createPermission(Core& core, PermissionFields fields) {
  Permission permission;
  permission.id = newId(id::permission, core.now(), core.random());
  permission.createdAt = permission.updatedAt = core.now();
  if (auto set = setTexts(permission, KeyKind::Permission, fields); !set) co_return set.error();
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<Permission> {
    if (!tx.permissions().insert(permission)) return Failure(errors::formIdentifierExists("key"));
    return permission;
  });
}

async::Task<Outcome<Permission>> updatePermission(Core& core, std::string permissionId, PermissionFields fields) {
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<Permission> {
    auto permission = findOwnPermission(tx, permissionId);
    if (!permission) return permission;
    if (auto set = setTexts(*permission, KeyKind::Permission, fields); !set) return set.error();
    permission->updatedAt = core.now();
    if (!tx.permissions().update(*permission)) return Failure(errors::formIdentifierExists("key"));
    return permission;
  });
}

async::Task<Outcome<Permission>> deletePermission(Core& core, std::string permissionId) {
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<Permission> {
    auto permission = findOwnPermission(tx, permissionId);
    if (permission) tx.permissions().erase(permissionId);
    return permission;
  });
}

async::Task<Page<Role>> listRoles(Core& core, RoleListRequest request) {
  co_return co_await core.store().scan([&](const Transaction& tx) { return tx.roles().list(request); });
}

async::Task<Outcome<Role>> getRole(Core& core, std::string roleId) {
  co_return co_await core.store().read([&](const Transaction& tx) { return findRole(tx, roleId); });
}

async::Task<Outcome<Role>> createRole(Core& core, RoleFields fields) {
  Role role;
  role.id = newId(id::role, core.now(), core.random());
  role.createdAt = role.updatedAt = core.now();
  if (auto set = setTexts(role, KeyKind::Role, fields); !set) co_return set.error();
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<Role> {
    if (tx.roles().count() >= maxRoles) return Failure(errors::organizationRolesQuotaExceeded(maxRoles));
    if (auto set = setPermissions(tx, role, fields.permissionIds); !set) return set.error();
    if (!tx.roles().insert(role)) return Failure(errors::formIdentifierExists("key"));
    if (fields.includeInInitialRoleSet) {
      auto initial = *tx.roleSets().findInitial();
      addKeys(initial, {role.key});
      std::ignore = tx.roleSets().update(initial);
    }
    return findRole(tx, role.id);
  });
}

async::Task<Outcome<Role>> updateRole(Core& core, std::string roleId, RoleFields fields) {
  co_return co_await changeRole(core, std::move(roleId), [&](Transaction& tx, Role& role) {
    auto set = setTexts(role, KeyKind::Role, fields);
    return set ? setPermissions(tx, role, fields.permissionIds) : set;
  });
}

async::Task<Outcome<Role>> deleteRole(Core& core, std::string roleId) {
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<Role> {
    auto role = findRole(tx, roleId);
    if (!role) return role;
    if (auto deletable = checkDeletable(core, tx, *role); !deletable) return deletable.error();
    tx.roles().erase(roleId);
    return role;
  });
}

async::Task<Outcome<Role>> addPermissionToRole(Core& core, std::string roleId, std::string permissionId) {
  co_return co_await changeRole(core, std::move(roleId), [&](Transaction& tx, Role& role) -> Outcome<> {
    auto permission = tx.permissions().find(permissionId);
    if (!permission) return Failure(errors::organizationPermissionNotFound());
    if (role.has(permission->key)) return Failure(errors::rolePermissionExists());
    role.permissions.push_back(*std::move(permission));
    return {};
  });
}

async::Task<Outcome<Role>> removePermissionFromRole(Core& core, std::string roleId, std::string permissionId) {
  co_return co_await changeRole(core, std::move(roleId), [&](Transaction& tx, Role& role) -> Outcome<> {
    if (!tx.permissions().find(permissionId)) return Failure(errors::organizationPermissionNotFound());
    const auto removed = std::erase_if(role.permissions, [&](const Permission& p) { return p.id == permissionId; });
    if (removed == 0) return Failure(errors::rolePermissionNotFound());
    return {};
  });
}

async::Task<Page<ShownRoleSet>> listRoleSets(Core& core, RoleListRequest request) {
  co_return co_await core.store().scan([&](const Transaction& tx) {
    auto sets = tx.roleSets().list(request);
    Page<ShownRoleSet> page;
    page.totalCount = sets.totalCount;
    for (auto& set : sets.data) page.data.push_back(shown(tx, std::move(set)));
    return page;
  });
}

async::Task<Outcome<ShownRoleSet>> getRoleSet(Core& core, std::string keyOrId) {
  co_return co_await core.store().read([&](const Transaction& tx) -> Outcome<ShownRoleSet> {
    auto set = findRoleSet(tx, keyOrId);
    if (!set) return set.error();
    return shown(tx, *std::move(set));
  });
}

async::Task<Outcome<ShownRoleSet>> createRoleSet(Core& core, RoleSetFields fields) {
  RoleSet set;
  set.id = newId(id::roleSet, core.now(), core.random());
  set.createdAt = set.updatedAt = core.now();
  if (fields.name && (!fields.key || fields.key->empty())) fields.key = keyOf(*fields.name);
  if (auto named = setTexts(set, KeyKind::RoleSet, fields); !named) co_return named.error();
  set.initial = fields.initial;
  set.defaultRoleKey = fields.defaultRoleKey.value_or("");
  set.creatorRoleKey = fields.creatorRoleKey.value_or("");
  addKeys(set, fields.roleKeys);
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<ShownRoleSet> {
    if (tx.roleSets().count() >= maxRoles) return Failure(errors::roleSetsQuotaExceeded(maxRoles));
    if (auto checked = checkRoles(tx, set, "roles"); !checked) return checked.error();
    if (!tx.roleSets().insert(set)) return Failure(errors::formIdentifierExists("key"));
    return shown(tx, *tx.roleSets().find(set.id));
  });
}

async::Task<Outcome<ShownRoleSet>> updateRoleSet(Core& core, std::string keyOrId, RoleSetFields fields) {
  co_return co_await changeRoleSet(core, std::move(keyOrId), [&](Transaction&, RoleSet& set) {
    if (fields.defaultRoleKey) set.defaultRoleKey = *fields.defaultRoleKey;
    if (fields.creatorRoleKey) set.creatorRoleKey = *fields.creatorRoleKey;
    if (fields.initial) set.initial = true;
    return setTexts(set, KeyKind::RoleSet, fields);
  });
}

async::Task<Outcome<ShownRoleSet>> addRolesToRoleSet(Core& core, std::string keyOrId, RoleSetFields fields) {
  co_return co_await changeRoleSet(core, std::move(keyOrId), [&](Transaction&, RoleSet& set) -> Outcome<> {
    addKeys(set, fields.roleKeys);
    if (fields.defaultRoleKey) set.defaultRoleKey = *fields.defaultRoleKey;
    if (fields.creatorRoleKey) set.creatorRoleKey = *fields.creatorRoleKey;
    return {};
  });
}

async::Task<Outcome<ShownRoleSet>> replaceRoleInRoleSet(Core& core, std::string keyOrId, std::string roleKey,
                                                        std::string toRoleKey) {
  co_return co_await changeRoleSet(core, std::move(keyOrId), [&](Transaction& tx, RoleSet& set) -> Outcome<> {
    if (!set.has(roleKey)) return Failure(errors::organizationRoleNotFound("role_key"));
    if (!tx.roles().findByKey(toRoleKey)) return Failure(errors::organizationRoleNotFound("to_role_key"));
    if (roleKey == toRoleKey) return Failure(errors::formParamValueInvalid("to_role_key", toRoleKey));
    addKeys(set, {toRoleKey});
    std::erase(set.roleKeys, roleKey);
    if (set.defaultRoleKey == roleKey) set.defaultRoleKey = toRoleKey;
    if (set.creatorRoleKey == roleKey) set.creatorRoleKey = toRoleKey;
    tx.roleSets().reassign(set.id, roleKey, toRoleKey, core.now());
    return {};
  });
}

async::Task<Outcome<std::string>> replaceRoleSet(Core& core, std::string keyOrId, std::string destinationKey,
                                                 std::vector<std::pair<std::string, std::string>> mappings) {
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<std::string> {
    const auto from = findRoleSet(tx, keyOrId);
    if (!from) return from.error();
    const auto to = tx.roleSets().findByKey(destinationKey);
    if (!to || to->id == from->id) return Failure(errors::formResourceNotFound("dest_role_set_key"));
    for (const auto& target : mappings | std::views::values) {
      if (!to->has(target)) return Failure(errors::reassignmentInvalid(target));
    }
    std::vector<std::string> missing;
    for (const auto& key : from->roleKeys) {
      if (to->has(key) || tx.roleSets().membersWithRole(from->id, key) == 0) continue;
      const auto mapped = std::ranges::find(mappings, key, &std::pair<std::string, std::string>::first);
      if (mapped == mappings.end()) missing.push_back(key);
    }
    if (!missing.empty()) return Failure(errors::reassignmentMissing(missing));
    for (const auto& [source, target] : mappings) tx.roleSets().reassign(from->id, source, target, core.now());
    tx.roleSets().moveOrganizations(from->id, to->id, core.now());
    tx.roleSets().erase(from->id);
    if (from->initial) {
      auto initial = *to;
      initial.initial = true;
      std::ignore = tx.roleSets().update(initial);
    }
    return from->id;
  });
}

}  // namespace clerk::instance
