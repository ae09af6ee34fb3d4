#pragma once
// The tables of permissions, roles and role sets.

#include "model/organization.hpp"
#include "model/organization_list.hpp"
#include "store/sql.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clerk::instance {

class Permissions {
 public:
  explicit Permissions(sql::Connection& connection) noexcept : sql_(connection) {}

  std::optional<Permission> find(std::string_view id) const;
  std::optional<Permission> findByKey(std::string_view key) const;
  Page<Permission> list(const RoleListRequest& request) const;
  /// False when the key is taken.
  [[nodiscard]] bool insert(const Permission& permission);
  /// Roles that hold it know it by its new key. False when that is another's.
  [[nodiscard]] bool update(const Permission& permission);
  /// Taken away from all roles.
  bool erase(std::string_view id);

 private:
  sql::Connection& sql_;
};

class Roles {
 public:
  explicit Roles(sql::Connection& connection) noexcept : sql_(connection) {}

  /// With its permissions.
  std::optional<Role> find(std::string_view id) const;
  std::optional<Role> findByKey(std::string_view key) const;
  Page<Role> list(const RoleListRequest& request) const;
  /// Roles of a set, in the set's order.
  Page<Role> listOfSet(std::string_view roleSetId, const PageRequest& page) const;

  /// With its permissions, of which only the ids are looked at. False when the key is taken.
  [[nodiscard]] bool insert(const Role& role);
  [[nodiscard]] bool update(const Role& role);
  bool addPermission(std::string_view roleId, std::string_view permissionId);
  bool removePermission(std::string_view roleId, std::string_view permissionId);
  bool erase(std::string_view id);

  bool hasMembers(std::string_view roleId) const;
  bool isInvitedTo(std::string_view roleId, Time now) const;
  std::int64_t count() const;

 private:
  Role complete(Role role) const;
  void writePermissions(const Role& role);

  sql::Connection& sql_;
};

class RoleSets {
 public:
  explicit RoleSets(sql::Connection& connection) noexcept : sql_(connection) {}

  std::optional<RoleSet> find(std::string_view id) const;
  std::optional<RoleSet> findByKey(std::string_view key) const;
  /// What new organizations get; absent only before the roles were seeded.
  std::optional<RoleSet> findInitial() const;
  Page<RoleSet> list(const RoleListRequest& request) const;
  /// All its roles must exist. An initial one takes that from the one that was it. False when the key is taken.
  [[nodiscard]] bool insert(const RoleSet& roleSet);
  [[nodiscard]] bool update(const RoleSet& roleSet);
  bool erase(std::string_view id);
  std::int64_t count() const;
  /// True when some role set has the role as its default or creator role.
  bool usesRole(std::string_view roleId) const;

  /// How many members of organizations with this set have the role.
  std::int64_t membersWithRole(std::string_view roleSetId, std::string_view roleKey) const;
  /// Members (and invitations) of organizations with this set get another role.
  std::int64_t reassign(std::string_view roleSetId, std::string_view fromRoleKey, std::string_view toRoleKey, Time now);
  /// Organizations with this set get another one.
  void moveOrganizations(std::string_view fromId, std::string_view toId, Time now);

 private:
  RoleSet complete(RoleSet roleSet) const;
  void writeRoles(const RoleSet& roleSet);

  sql::Connection& sql_;
};

/// Makes what every instance has, where it is missing: Clerk's permissions, the roles `org:admin` and `org:member`, and
/// the first role set. `newId(prefix)` makes ids.
void seedRoles(Permissions permissions, Roles roles, RoleSets roleSets, Time now,
               const std::function<std::string(std::string_view)>& newId);

}  // namespace clerk::instance
