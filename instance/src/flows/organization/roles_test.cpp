#include "flows/organization/organization_flow_test.hpp"

namespace clerk::instance {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

class OrganizationRoles : public OrganizationFlow {
 protected:
  Role role(std::string_view key) {
    auto page = run([&] { return listRoles(*core, {.query = std::string(key)}); });
    return page.data.at(0);
  }
  Outcome<Permission> makePermission(const std::string& key) {
    return run([&] { return createPermission(*core, {.name = "P", .key = key}); });
  }
  Outcome<Role> makeRole(const std::string& key, std::vector<std::string> permissionIds = {}) {
    return run([&] {
      return createRole(*core,
                        {.name = "R", .key = key, .permissionIds = permissionIds, .includeInInitialRoleSet = true});
    });
  }
};

TEST_F(OrganizationRoles, custom_permissions_come_with_custom_roles) {
  const auto edit = makePermission("org:docs:edit");
  ASSERT_TRUE(edit) << codeOf(edit);
  EXPECT_EQ(codeOf(makePermission("org:docs:edit")), "form_identifier_exists");
  for (const char* key : {"docs:edit", "org:docs", "org:sys_docs:edit", "org:Docs:edit", "org::", ""}) {
    EXPECT_EQ(paramOf(makePermission(key)), "key") << key;
  }
  const auto editor = makeRole("org:editor", {edit->id});
  ASSERT_TRUE(editor) << codeOf(editor);
  EXPECT_FALSE(editor->isCreatorEligible());
  ASSERT_TRUE(addGrace("org:editor"));
  const auto members = *run([&] { return listMembershipsOfUser(*core, grace.id, {}); });
  EXPECT_THAT(members.data.at(0).membership.permissions, ElementsAre("org:docs:edit"));
  EXPECT_EQ(codeOf(run([&] { return deleteRole(*core, editor->id); })), "organization_role_assigned_members");
  EXPECT_EQ(codeOf(run([&] { return addPermissionToRole(*core, editor->id, edit->id); })),
            "organization_role_permission_association_exists");
  ASSERT_TRUE(run([&] { return removePermissionFromRole(*core, editor->id, edit->id); }));
  EXPECT_EQ(codeOf(run([&] { return removePermissionFromRole(*core, editor->id, edit->id); })),
            "organization_role_permission_association_not_found");
}

TEST_F(OrganizationRoles, clerks_own_permissions_stay) {
  const auto system = run([&] { return listPermissions(*core, {.query = "sys_profile:manage"}); });
  ASSERT_THAT(system.data, SizeIs(1));
  const auto code = "organization_system_permission_not_modifiable";
  EXPECT_EQ(codeOf(run([&] { return deletePermission(*core, system.data[0].id); })), code);
  EXPECT_EQ(codeOf(run([&] { return updatePermission(*core, system.data[0].id, {.name = "x"}); })), code);
  EXPECT_EQ(codeOf(run([&] { return getPermission(*core, "perm_nobody"); })), "resource_not_found");
}

TEST_F(OrganizationRoles, the_creators_role_stays_able_to_run_an_organization) {
  const auto admin = role("org:admin");
  EXPECT_EQ(codeOf(run([&] { return updateRole(*core, admin.id, {.permissionIds = std::vector<std::string>{}}); })),
            "organization_missing_creator_role_permissions");
  EXPECT_THAT(role("org:admin").permissions, SizeIs(10)) << "nothing was written";
  EXPECT_EQ(codeOf(run([&] { return deleteRole(*core, admin.id); })), "organization_role_default_creator_role");
  const auto member = role("org:member").id;
  EXPECT_EQ(codeOf(run([&] { return deleteRole(*core, member); })), "organization_role_domain_default_role");
  const auto renamed = run([&] { return updateRole(*core, admin.id, {.key = "org:owner"}); });
  ASSERT_TRUE(renamed) << codeOf(renamed);
  EXPECT_EQ(run([&] { return getOrganizationSettings(*core); }).settings.creatorRole, "org:owner");
  EXPECT_TRUE(run([&] { return createOrganization(*core, asGrace(), {.name = "After"}); }));
}

TEST_F(OrganizationRoles, role_sets_say_which_roles_there_are) {
  ASSERT_TRUE(makeRole("org:editor"));
  const auto create = [&](RoleSetFields fields) { return run([&] { return createRoleSet(*core, fields); }); };
  const auto set = create({.name = "Small Teams",
                           .defaultRoleKey = "org:editor",
                           .creatorRoleKey = "org:admin",
                           .roleKeys = {"org:admin", "org:editor"}});
  ASSERT_TRUE(set) << codeOf(set);
  EXPECT_EQ(set->roleSet.key, "role_set:small_teams");
  EXPECT_EQ(codeOf(create({.name = "X", .defaultRoleKey = "org:x", .creatorRoleKey = "org:x", .roleKeys = {"org:x"}})),
            "resource_not_found");
  EXPECT_EQ(
      codeOf(create(
          {.name = "X", .defaultRoleKey = "org:editor", .creatorRoleKey = "org:editor", .roleKeys = {"org:editor"}})),
      "organization_missing_creator_role_permissions");

  // Members with a role that the other set has not must be given another one.
  ASSERT_TRUE(addGrace());
  EXPECT_EQ(
      codeOf(run([&] { return updateOrganization(*core, backend(), acme.id, {.roleSetKey = set->roleSet.key}); })),
      "organization_role_set_reassignment_mappings_missing");
  const auto replace = [&](std::vector<std::pair<std::string, std::string>> mappings) {
    return run([&] { return replaceRoleSet(*core, "role_set:default", set->roleSet.key, mappings); });
  };
  EXPECT_EQ(codeOf(replace({})), "organization_role_set_reassignment_mappings_missing");
  EXPECT_EQ(codeOf(replace({{"org:member", "org:x"}})), "organization_role_set_reassignment_mappings_invalid");
  ASSERT_TRUE(replace({{"org:member", "org:editor"}}));
  EXPECT_EQ(reloadAcme().roleSetKey, set->roleSet.key);
  const auto members = *run([&] { return listMembershipsOfUser(*core, grace.id, {}); });
  EXPECT_EQ(members.data.at(0).membership.roleKey, "org:editor");
  EXPECT_EQ(run([&] { return getOrganizationSettings(*core); }).initialRoleSetKey, set->roleSet.key);
  const auto roles = run([&] { return listRolesOfOrganization(*core, asGrace(), acme.id, {}); });
  EXPECT_EQ(roles->totalCount, 2);
}

TEST_F(OrganizationRoles, a_role_leaves_a_set_with_its_members) {
  ASSERT_TRUE(makeRole("org:editor"));
  ASSERT_TRUE(addGrace());
  const auto replaced =
      run([&] { return replaceRoleInRoleSet(*core, "role_set:default", "org:member", "org:editor"); });
  ASSERT_TRUE(replaced) << codeOf(replaced);
  EXPECT_THAT(replaced->roleSet.roleKeys, ElementsAre("org:admin", "org:editor"));
  EXPECT_EQ(replaced->roleSet.defaultRoleKey, "org:editor");
  EXPECT_EQ(codeOf(run([&] { return replaceRoleInRoleSet(*core, "role_set:x", "org:member", "org:x"); })),
            "resource_not_found");
}

TEST_F(OrganizationRoles, settings_name_roles_that_exist) {
  EXPECT_EQ(paramOf(set({.creatorRoleId = "role_nobody"})), "creator_role_id");
  EXPECT_EQ(codeOf(set({.creatorRoleId = role("org:member").id})), "organization_missing_creator_role_permissions");
  EXPECT_EQ(codeOf(set({.domainsEnrollmentModes = std::vector<std::string>{"x"}})), "form_param_value_invalid");
  const auto changed = set({.maxAllowedMemberships = 0, .domainsDefaultRoleId = role("org:admin").id});
  EXPECT_EQ(changed->settings.domainsDefaultRole, "org:admin");
  open();
  EXPECT_EQ(run([&] { return getOrganizationSettings(*core); }).settings.maxAllowedMemberships, 0);
}

}  // namespace
}  // namespace clerk::instance
