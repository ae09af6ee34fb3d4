#include "store/roles.hpp"

#include "store/sql_builder.hpp"

#include <tuple>

namespace clerk::instance {
namespace {

using sql::Builder;

#define CLERK_PERMISSION_COLUMNS "p.id, p.key, p.name, p.description, p.system, p.created_at, p.updated_at"

Permission readPermission(const sql::Rows& row) {
  return {row.string(0), row.string(1), row.string(2), row.string(3), row.boolean(4), row.time(5), row.time(6)};
}

#define CLERK_ROLE_COLUMNS "r.id, r.key, r.name, r.description, r.created_at, r.updated_at"

Role readRole(const sql::Rows& row) {
  Role role;
  role.id = row.string(0);
  role.key = row.string(1);
  role.name = row.string(2);
  role.description = row.string(3);
  role.createdAt = row.time(4);
  role.updatedAt = row.time(5);
  return role;
}

#define CLERK_ROLE_SET_COLUMNS                                                                     \
  "s.id, s.key, s.name, s.description, s.initial, (select key from organization_roles where id = " \
  "s.default_role_id), (select key from organization_roles where id = s.creator_role_id), s.created_at, s.updated_at"

RoleSet readRoleSet(const sql::Rows& row) {
  RoleSet set;
  set.id = row.string(0);
  set.key = row.string(1);
  set.name = row.string(2);
  set.description = row.string(3);
  set.initial = row.boolean(4);
  set.defaultRoleKey = row.string(5);
  set.creatorRoleKey = row.string(6);
  set.createdAt = row.time(7);
  set.updatedAt = row.time(8);
  return set;
}

template <class T>
using ReadRow = T (*)(const sql::Rows&);

template <class T>
std::vector<T> readAll(sql::Rows rows, ReadRow<T> read) {
  std::vector<T> all;
  while (rows.next()) all.push_back(read(rows));
  return all;
}

template <class T>
std::optional<T> readOne(sql::Rows rows, ReadRow<T> read) {
  return rows.next() ? std::optional(read(rows)) : std::nullopt;
}

/// One of the three lists that are asked in the same way. `table` with its alias; ids of its rows begin with `prefix`.
struct Listed {
  std::string_view table;
  std::string_view columns;
  std::string_view alias;  // with its dot
  std::string_view prefix;
};

void addQuery(Builder& builder, const Listed& listed, const std::string& query) {
  if (query.starts_with(listed.prefix)) {
    builder.condition().add(listed.alias).add("id = ").parameter(query);
  } else {
    builder.contains(std::string(listed.alias) + "search_text", query);
  }
}

std::string orderColumn(const Listed& listed, RoleOrder order) {
  const std::string_view column = order == RoleOrder::Name ? "name" : order == RoleOrder::Key ? "key" : "created_at";
  return std::string(listed.alias).append(column);
}

template <class T>
Page<T> listRows(sql::Connection& sql, const Listed& listed, const RoleListRequest& request, ReadRow<T> read) {
  Page<T> page;
  Builder count;
  count.add("select count(*) from ").add(listed.table);
  addQuery(count, listed, request.query);
  if (auto rows = count.run(sql); rows.next()) page.totalCount = rows.integer(0);
  Builder builder;
  builder.add("select ").add(listed.columns).add(" from ").add(listed.table);
  addQuery(builder, listed, request.query);
  builder.page(orderColumn(listed, request.order.by), request.order.descending, request.page, listed.alias);
  page.data = readAll(builder.run(sql), read);
  return page;
}

constexpr Listed listedPermissions{"organization_permissions p", CLERK_PERMISSION_COLUMNS, "p.", "perm_"};
constexpr Listed listedRoles{"organization_roles r", CLERK_ROLE_COLUMNS, "r.", "role_"};
constexpr Listed listedRoleSets{"role_sets s", CLERK_ROLE_SET_COLUMNS, "s.", "rset_"};

bool has(sql::Rows rows) { return rows.next(); }

std::int64_t firstInteger(sql::Rows rows) { return rows.next() ? rows.integer(0) : 0; }

std::string searchText(std::string_view name, std::string_view key) {
  return foldCase(std::string(name).append("\n").append(key));
}

/// Writes down once more which keys a role's permissions have.
void refreshKeys(sql::Connection& sql, std::string_view roleId) {
  std::string keys;
  {
    auto rows = sql.query(
        "select p.key from organization_permissions p join organization_role_permissions rp on rp.permission_id = p.id "
        "where rp.role_id = $1 order by p.created_at, p.key",
        {roleId});
    while (rows.next()) keys.append(keys.empty() ? "" : " ").append(rows.text(0));
  }
  sql.execute("update organization_roles set permission_keys = $2 where id = $1", {roleId, keys});
}

std::vector<std::string> rolesWith(sql::Connection& sql, std::string_view permissionId) {
  std::vector<std::string> ids;
  auto rows = sql.query("select role_id from organization_role_permissions where permission_id = $1", {permissionId});
  while (rows.next()) ids.push_back(rows.string(0));
  return ids;
}

}  // namespace

// ---- permissions

std::optional<Permission> Permissions::find(std::string_view id) const {
  return readOne(
      sql_.query("select " CLERK_PERMISSION_COLUMNS " from organization_permissions p where p.id = $1", {id}),
      readPermission);
}

std::optional<Permission> Permissions::findByKey(std::string_view key) const {
  return readOne(
      sql_.query("select " CLERK_PERMISSION_COLUMNS " from organization_permissions p where p.key = $1", {key}),
      readPermission);
}

Page<Permission> Permissions::list(const RoleListRequest& request) const {
  return listRows(sql_, listedPermissions, request, readPermission);
}

bool Permissions::insert(const Permission& permission) {
  const bool inserted =
      sql_.execute(
          "insert into organization_permissions (id, key, name, description, system, search_text, created_at, "
          "updated_at) values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (key) do nothing",
          {permission.id, permission.key, permission.name, permission.description, permission.system,
           searchText(permission.name, permission.key), permission.createdAt, permission.updatedAt}) > 0;
  if (inserted) sql_.changes.note("permission.created", permission.id);
  return inserted;
}

bool Permissions::update(const Permission& permission) {
  sql_.changes.touch(permission.id);
  const auto changed = sql_.execute(
      "update organization_permissions set key = $2, name = $3, description = $4, search_text = $5, updated_at = $6 "
      "where id = $1 and not exists (select 1 from organization_permissions where key = $2 and id <> $1)",
      {permission.id, permission.key, permission.name, permission.description,
       searchText(permission.name, permission.key), permission.updatedAt});
  if (changed == 0) return false;
  for (const auto& roleId : rolesWith(sql_, permission.id)) refreshKeys(sql_, roleId);
  sql_.changes.note("permission.updated", permission.id);
  return true;
}

bool Permissions::erase(std::string_view id) {
  sql_.changes.touch(id);
  const auto roles = rolesWith(sql_, id);
  sql_.changes.noteRemoval("permission.deleted", id);
  const bool erased = sql_.execute("delete from organization_permissions where id = $1", {id}) > 0;
  for (const auto& roleId : roles) refreshKeys(sql_, roleId);
  return erased;
}

// ---- roles

Role Roles::complete(Role role) const {
  role.permissions = readAll(sql_.query("select " CLERK_PERMISSION_COLUMNS
                                        " from organization_permissions p join organization_role_permissions rp on "
                                        "rp.permission_id = p.id where rp.role_id = $1 order by p.created_at, p.key",
                                        {role.id}),
                             readPermission);
  return role;
}

std::optional<Role> Roles::find(std::string_view id) const {
  auto role =
      readOne(sql_.query("select " CLERK_ROLE_COLUMNS " from organization_roles r where r.id = $1", {id}), readRole);
  return role ? std::optional(complete(*std::move(role))) : std::nullopt;
}

std::optional<Role> Roles::findByKey(std::string_view key) const {
  auto role =
      readOne(sql_.query("select " CLERK_ROLE_COLUMNS " from organization_roles r where r.key = $1", {key}), readRole);
  return role ? std::optional(complete(*std::move(role))) : std::nullopt;
}

Page<Role> Roles::list(const RoleListRequest& request) const {
  auto page = listRows(sql_, listedRoles, request, readRole);
  for (auto& role : page.data) role = complete(std::move(role));
  return page;
}

Page<Role> Roles::listOfSet(std::string_view roleSetId, const PageRequest& request) const {
  Page<Role> page;
  page.totalCount = firstInteger(sql_.query("select count(*) from role_set_roles where role_set_id = $1", {roleSetId}));
  page.data = readAll(sql_.query("select " CLERK_ROLE_COLUMNS
                                 " from role_set_roles sr join organization_roles r on r.id = sr.role_id where "
                                 "sr.role_set_id = $1 order by sr.position limit $2 offset $3",
                                 {roleSetId, request.limit, request.offset}),
                      readRole);
  for (auto& role : page.data) role = complete(std::move(role));
  return page;
}

void Roles::writePermissions(const Role& role) {
  sql_.execute("delete from organization_role_permissions where role_id = $1", {role.id});
  for (const auto& permission : role.permissions) {
    sql_.execute(
        "insert into organization_role_permissions (role_id, permission_id) values ($1, $2) on conflict do nothing",
        {role.id, permission.id});
  }
  refreshKeys(sql_, role.id);
}

bool Roles::insert(const Role& role) {
  sql_.changes.touch(role.id);
  const auto inserted = sql_.execute(
      "insert into organization_roles (id, key, name, description, permission_keys, search_text, created_at, "
      "updated_at) values ($1, $2, $3, $4, '', $5, $6, $7) on conflict (key) do nothing",
      {role.id, role.key, role.name, role.description, searchText(role.name, role.key), role.createdAt,
       role.updatedAt});
  if (inserted == 0) return false;
  writePermissions(role);
  sql_.changes.note("role.created", role.id);
  return true;
}

bool Roles::update(const Role& role) {
  sql_.changes.touch(role.id);
  const auto changed = sql_.execute(
      "update organization_roles set key = $2, name = $3, description = $4, search_text = $5, updated_at = $6 where id "
      "= $1 and not exists (select 1 from organization_roles where key = $2 and id <> $1)",
      {role.id, role.key, role.name, role.description, searchText(role.name, role.key), role.updatedAt});
  if (changed == 0) return false;
  writePermissions(role);
  sql_.changes.note("role.updated", role.id);
  return true;
}

bool Roles::addPermission(std::string_view roleId, std::string_view permissionId) {
  sql_.changes.touch(roleId);
  const bool added = sql_.execute(
                         "insert into organization_role_permissions (role_id, permission_id) values ($1, $2) on "
                         "conflict do nothing",
                         {roleId, permissionId}) > 0;
  refreshKeys(sql_, roleId);
  if (added) sql_.changes.note("role.updated", roleId);
  return added;
}

bool Roles::removePermission(std::string_view roleId, std::string_view permissionId) {
  sql_.changes.touch(roleId);
  const bool removed =
      sql_.execute("delete from organization_role_permissions where role_id = $1 and permission_id = $2",
                   {roleId, permissionId}) > 0;
  refreshKeys(sql_, roleId);
  if (removed) sql_.changes.note("role.updated", roleId);
  return removed;
}

bool Roles::erase(std::string_view id) {
  sql_.changes.noteRemoval("role.deleted", id);
  sql_.execute("delete from organization_invitations where role_id = $1", {id});  // those that are over
  sql_.execute("delete from role_set_roles where role_id = $1", {id});
  return sql_.execute("delete from organization_roles where id = $1", {id}) > 0;
}

bool Roles::hasMembers(std::string_view roleId) const {
  return has(sql_.query("select 1 from organization_memberships where role_id = $1 limit 1", {roleId}));
}

bool Roles::isInvitedTo(std::string_view roleId, Time now) const {
  return has(sql_.query(
      "select 1 from organization_invitations where role_id = $1 and status = 'pending' and expires_at > $2 limit 1",
      {roleId, now}));
}

std::int64_t Roles::count() const { return firstInteger(sql_.query("select count(*) from organization_roles", {})); }

// ---- role sets

RoleSet RoleSets::complete(RoleSet set) const {
  auto rows = sql_.query(
      "select r.key from role_set_roles sr join organization_roles r on r.id = sr.role_id where sr.role_set_id = $1 "
      "order by sr.position",
      {set.id});
  while (rows.next()) set.roleKeys.push_back(rows.string(0));
  return set;
}

std::optional<RoleSet> RoleSets::find(std::string_view id) const {
  auto set =
      readOne(sql_.query("select " CLERK_ROLE_SET_COLUMNS " from role_sets s where s.id = $1", {id}), readRoleSet);
  return set ? std::optional(complete(*std::move(set))) : std::nullopt;
}

std::optional<RoleSet> RoleSets::findByKey(std::string_view key) const {
  auto set =
      readOne(sql_.query("select " CLERK_ROLE_SET_COLUMNS " from role_sets s where s.key = $1", {key}), readRoleSet);
  return set ? std::optional(complete(*std::move(set))) : std::nullopt;
}

std::optional<RoleSet> RoleSets::findInitial() const {
  auto set =
      readOne(sql_.query("select " CLERK_ROLE_SET_COLUMNS " from role_sets s where s.initial = 1", {}), readRoleSet);
  return set ? std::optional(complete(*std::move(set))) : std::nullopt;
}

Page<RoleSet> RoleSets::list(const RoleListRequest& request) const {
  auto page = listRows(sql_, listedRoleSets, request, readRoleSet);
  for (auto& set : page.data) set = complete(std::move(set));
  return page;
}

void RoleSets::writeRoles(const RoleSet& set) {
  sql_.execute("delete from role_set_roles where role_set_id = $1", {set.id});
  std::int64_t position = 0;
  for (const auto& key : set.roleKeys) {
    sql_.execute(
        "insert into role_set_roles (role_set_id, role_id, position) select $1, id, $3 from organization_roles where "
        "key = $2",
        {set.id, key, position++});
  }
}

bool RoleSets::insert(const RoleSet& set) {
  sql_.changes.touch(set.id);
  if (has(sql_.query("select 1 from role_sets where key = $1", {set.key}))) return false;
  if (set.initial) sql_.execute("update role_sets set initial = 0 where initial = 1", {});
  sql_.execute(
      "insert into role_sets (id, key, name, description, initial, default_role_id, creator_role_id, search_text, "
      "created_at, updated_at) values ($1, $2, $3, $4, $5, (select id from organization_roles where key = $6), (select "
      "id from organization_roles where key = $7), $8, $9, $10)",
      {set.id, set.key, set.name, set.description, set.initial, set.defaultRoleKey, set.creatorRoleKey,
       searchText(set.name, set.key), set.createdAt, set.updatedAt});
  writeRoles(set);
  return true;
}

bool RoleSets::update(const RoleSet& set) {
  sql_.changes.touch(set.id);
  if (has(sql_.query("select 1 from role_sets where key = $1 and id <> $2", {set.key, set.id}))) return false;
  if (set.initial) sql_.execute("update role_sets set initial = 0 where initial = 1 and id <> $1", {set.id});
  sql_.execute(
      "update role_sets set key = $2, name = $3, description = $4, initial = $5, default_role_id = (select id from "
      "organization_roles where key = $6), creator_role_id = (select id from organization_roles where key = $7), "
      "search_text = $8, updated_at = $9 where id = $1",
      {set.id, set.key, set.name, set.description, set.initial, set.defaultRoleKey, set.creatorRoleKey,
       searchText(set.name, set.key), set.updatedAt});
  writeRoles(set);
  return true;
}

bool RoleSets::erase(std::string_view id) {
  sql_.changes.touch(id);
  return sql_.execute("delete from role_sets where id = $1", {id}) > 0;
}

std::int64_t RoleSets::count() const { return firstInteger(sql_.query("select count(*) from role_sets", {})); }

bool RoleSets::usesRole(std::string_view roleId) const {
  return has(
      sql_.query("select 1 from role_sets where default_role_id = $1 or creator_role_id = $1 limit 1", {roleId}));
}

std::int64_t RoleSets::membersWithRole(std::string_view roleSetId, std::string_view roleKey) const {
  return firstInteger(sql_.query(
      "select count(*) from organization_memberships m join organizations o on o.id = m.organization_id where "
      "m.role_id = (select id from organization_roles where key = $2) and o.role_set_id = $1",
      {roleSetId, roleKey}));
}

std::int64_t RoleSets::reassign(std::string_view roleSetId, std::string_view fromRoleKey, std::string_view toRoleKey,
                                Time now) {
  sql_.execute(
      "update organization_invitations set role_id = (select id from organization_roles where key = $3), updated_at = "
      "$4 where role_id = (select id from organization_roles where key = $2) and organization_id in (select id from "
      "organizations where role_set_id = $1)",
      {roleSetId, fromRoleKey, toRoleKey, now});
  return sql_.execute(
      "update organization_memberships set role_id = (select id from organization_roles where key = $3), updated_at = "
      "$4 where role_id = (select id from organization_roles where key = $2) and organization_id in (select id from "
      "organizations where role_set_id = $1)",
      {roleSetId, fromRoleKey, toRoleKey, now});
}

void RoleSets::moveOrganizations(std::string_view fromId, std::string_view toId, Time now) {
  sql_.execute("update organizations set role_set_id = $2, updated_at = $3 where role_set_id = $1",
               {fromId, toId, now});
}

// ---- what every instance has

void seedRoles(Permissions permissions, Roles roles, RoleSets roleSets, Time now,
               const std::function<std::string(std::string_view)>& newId) {
  const auto seeded = [&](std::string_view key, std::string_view name) {
    if (auto stored = roles.findByKey(key)) return *std::move(stored);
    Role role{.id = newId("role"), .key = std::string(key), .name = std::string(name)};
    role.createdAt = role.updatedAt = now;
    std::ignore = roles.insert(role);
    return role;
  };
  const Role admin = seeded(role::admin, "Admin");
  const Role member = seeded(role::member, "Member");
  for (const auto& system : permission::system) {
    // One that came with a newer program goes to the roles that would have had it from the start.
    if (permissions.findByKey(system.key)) continue;
    const Permission made{newId("perm"), std::string(system.key), std::string(system.name), "", true, now, now};
    if (!permissions.insert(made)) continue;
    roles.addPermission(admin.id, made.id);
    if (system.ofMembers) roles.addPermission(member.id, made.id);
  }
  if (roleSets.findInitial()) return;
  RoleSet set{.id = newId("rset"), .key = "role_set:default", .name = "Default role set", .initial = true};
  set.createdAt = set.updatedAt = now;
  set.defaultRoleKey = member.key;
  set.creatorRoleKey = admin.key;
  set.roleKeys = {admin.key, member.key};
  std::ignore = roleSets.insert(set);
}

}  // namespace clerk::instance
