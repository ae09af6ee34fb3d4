#include "flows/organization/organization_flow_test.hpp"

namespace clerk::instance {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

TEST_F(OrganizationFlow, its_creator_is_its_admin) {
  EXPECT_EQ(acme.slug, "acme-inc");
  EXPECT_EQ(acme.membersCount, 1);
  EXPECT_EQ(acme.createdBy, ada.id);
  EXPECT_EQ(acme.maxAllowedMemberships, 5);
  const auto members = run([&] { return listMembers(*core, asAda(), {.organizationId = acme.id}); });
  ASSERT_THAT(members->data, SizeIs(1));
  EXPECT_EQ(members->data[0].membership.roleKey, "org:admin");
}

TEST_F(OrganizationFlow, slugs_are_unique_and_made_from_names) {
  const auto create = [&](NewOrganization fields) {
    return run([&] { return createOrganization(*core, asAda(), fields); });
  };
  const auto again = create({.name = "Acme Inc"});
  EXPECT_THAT(again->slug, testing::StartsWith("acme-inc-"));
  EXPECT_EQ(codeOf(create({.name = "X", .slug = "ACME-inc"})), "form_identifier_exists");
  EXPECT_EQ(codeOf(create({.name = "X", .slug = "a b"})), "form_param_format_invalid");
  EXPECT_EQ(codeOf(create({.name = "X", .slug = "org_x"})), "form_param_format_invalid");
  EXPECT_EQ(create({.name = "\xe5\xa4\xa7"})->slug, "organization");
  for (const char* name : {"", "  ", "<b>", "see https://example.com", "\xff"}) {
    EXPECT_EQ(paramOf(create({.name = name})), "name") << name;
  }
  set({.slugDisabled = true});
  EXPECT_EQ(codeOf(create({.name = "X", .slug = "x"})), "organization_slugs_disabled");
  EXPECT_TRUE(create({.name = "X"}));
}

TEST_F(OrganizationFlow, strangers_learn_nothing) {
  const auto code = "organization_not_found_or_unauthorized";
  EXPECT_EQ(codeOf(run([&] { return getOrganization(*core, asGrace(), acme.id); })), code);
  EXPECT_EQ(codeOf(run([&] { return getOrganization(*core, asGrace(), "org_nobody"); })), code);
  EXPECT_EQ(codeOf(run([&] { return updateOrganization(*core, asGrace(), acme.id, {.name = "Mine"}); })), code);
  EXPECT_EQ(codeOf(run([&] { return deleteOrganization(*core, asGrace(), acme.id); })), code);
  EXPECT_EQ(codeOf(run([&] { return listMembers(*core, asGrace(), {.organizationId = acme.id}); })), code);
  EXPECT_EQ(codeOf(run([&] { return leaveOrganization(*core, acme.id, grace.id); })), code);
  EXPECT_EQ(codeOf(run([&] { return getOrganization(*core, backend(), "org_nobody"); })), "resource_not_found");
}

TEST_F(OrganizationFlow, members_read_and_admins_change) {
  ASSERT_TRUE(addGrace());
  EXPECT_TRUE(run([&] { return getOrganization(*core, asGrace(), acme.id); }));
  const auto code = "missing_organization_permission";
  EXPECT_EQ(codeOf(run([&] { return updateOrganization(*core, asGrace(), acme.id, {.name = "Mine"}); })), code);
  EXPECT_EQ(codeOf(run([&] { return deleteOrganization(*core, asGrace(), acme.id); })), code);
  EXPECT_EQ(codeOf(run([&] { return removeMember(*core, asGrace(), acme.id, ada.id); })), code);
  EXPECT_EQ(codeOf(run([&] { return listOrganizationInvitations(*core, asGrace(), {.organizationId = acme.id}); })),
            code);
  const auto renamed = run([&] { return updateOrganization(*core, asAda(), acme.id, {.name = "Ajax", .slug = "a"}); });
  EXPECT_EQ(renamed->name, "Ajax");
  EXPECT_EQ(renamed->slug, "a");
  EXPECT_EQ(run([&] { return getOrganization(*core, backend(), "a"); })->id, acme.id);
}

TEST_F(OrganizationFlow, admins_delete_where_they_may) {
  set({.adminDeleteEnabled = true});
  run([&] { return updateOrganization(*core, backend(), acme.id, {.adminDeleteEnabled = false}); });
  EXPECT_EQ(codeOf(run([&] { return deleteOrganization(*core, asAda(), acme.id); })),
            "organization_admin_delete_not_enabled");
  EXPECT_TRUE(run([&] { return deleteOrganization(*core, backend(), acme.id); }));
  EXPECT_EQ(codeOf(run([&] { return getOrganization(*core, backend(), acme.id); })), "resource_not_found");
}

TEST_F(OrganizationFlow, people_make_as_many_as_they_may) {
  run([&] { return updateUser(*core, ada.id, {.createOrganizationsLimit = 1}); });
  const auto create = [&] { return run([&] { return createOrganization(*core, asAda(), {.name = "Two"}); }); };
  EXPECT_EQ(codeOf(create()), "org_creation_limit_exceeded");
  run([&] { return updateUser(*core, ada.id, {.createOrganizationEnabled = false}); });
  EXPECT_EQ(codeOf(create()), "user_create_organization_not_enabled");
  set({.enabled = false});
  EXPECT_EQ(codeOf(create()), "organization_not_enabled_in_instance");
  EXPECT_EQ(codeOf(run([&] { return getOrganization(*core, asAda(), acme.id); })),
            "organization_not_enabled_in_instance");
}

TEST_F(OrganizationFlow, a_backend_makes_them_for_others) {
  const auto create = [&](std::optional<std::string> creator) {
    return run([&] { return createOrganization(*core, backend(), {.name = "B", .createdBy = creator}); });
  };
  EXPECT_EQ(create(std::nullopt)->membersCount, 0);
  EXPECT_EQ(create(grace.id)->membersCount, 1);
  EXPECT_EQ(codeOf(create("user_nobody")), "organization_creator_not_found");
  const auto empty = create(std::nullopt)->id;
  EXPECT_TRUE(run([&] { return lacksManager(*core, empty); }));
  EXPECT_FALSE(run([&] { return lacksManager(*core, acme.id); }));
}

TEST_F(OrganizationFlow, metadata_is_merged_or_replaced) {
  run([&] {
    return mergeOrganizationMetadata(*core, acme.id, {.publicMetadata = boost::json::object{{"a", 1}, {"b", 2}}});
  });
  auto merged = run([&] {
    return mergeOrganizationMetadata(*core, acme.id, {.publicMetadata = boost::json::object{{"a", nullptr}}});
  });
  EXPECT_EQ(merged->publicMetadata, (boost::json::object{{"b", 2}}));
  auto replaced = run(
      [&] { return replaceOrganizationMetadata(*core, acme.id, {.privateMetadata = boost::json::object{{"c", 3}}}); });
  EXPECT_EQ(replaced->publicMetadata, (boost::json::object{{"b", 2}}));
  EXPECT_EQ(replaced->privateMetadata, (boost::json::object{{"c", 3}}));
  const std::string big(9000, 'x');
  EXPECT_EQ(codeOf(run([&] {
              return replaceOrganizationMetadata(*core, acme.id, {.publicMetadata = boost::json::object{{"x", big}}});
            })),
            "form_param_exceeds_allowed_size");
}

TEST_F(OrganizationFlow, the_form_for_a_new_one_is_filled_in_where_that_is_wanted) {
  EXPECT_EQ(run([&] { return organizationCreationDefaults(*core, ada); }).name, "");
  settings.runtimeDefaults.organizations.creationDefaultsEnabled = true;
  open();
  EXPECT_EQ(run([&] { return organizationCreationDefaults(*core, ada); }).name, "Example");
  const auto other = createUser("ada@gmail.com");
  EXPECT_EQ(run([&] { return organizationCreationDefaults(*core, other); }).name, "");
}

// ---- members

TEST_F(OrganizationFlow, the_last_who_can_let_others_in_stays) {
  ASSERT_TRUE(addGrace());
  const auto code = "organization_minimum_permissions_needed";
  EXPECT_EQ(codeOf(run([&] { return leaveOrganization(*core, acme.id, ada.id); })), code);
  EXPECT_EQ(codeOf(run([&] { return changeMemberRole(*core, asAda(), acme.id, ada.id, "org:member"); })), code);
  EXPECT_EQ(codeOf(run([&] { return removeMember(*core, backend(), acme.id, ada.id); })), code);
  ASSERT_TRUE(run([&] { return changeMemberRole(*core, asAda(), acme.id, grace.id, "org:admin"); }));
  EXPECT_TRUE(run([&] { return leaveOrganization(*core, acme.id, ada.id); }));
  EXPECT_EQ(reloadAcme().membersCount, 1);
}

TEST_F(OrganizationFlow, one_is_a_member_once_and_with_a_role_of_the_set) {
  EXPECT_EQ(codeOf(addGrace("org:nobody")), "resource_not_found");
  EXPECT_EQ(paramOf(addGrace("org:nobody")), "role");
  ASSERT_TRUE(addGrace());
  EXPECT_EQ(codeOf(addGrace()), "already_a_member_in_organization");
  EXPECT_EQ(codeOf(run([&] { return changeMemberRole(*core, asAda(), acme.id, grace.id, "org:nobody"); })),
            "resource_not_found");
  EXPECT_EQ(codeOf(run([&] { return removeMember(*core, asAda(), acme.id, "user_nobody"); })), "resource_not_found");
}

TEST_F(OrganizationFlow, members_and_invitations_share_the_room_there_is) {
  run([&] { return updateOrganization(*core, backend(), acme.id, {.maxAllowedMemberships = 2}); });
  ASSERT_TRUE(invite("new@example.com"));
  EXPECT_EQ(codeOf(addGrace()), "organization_membership_quota_exceeded");
  EXPECT_EQ(codeOf(invite("other@example.com")), "organization_membership_quota_exceeded");
  run([&] { return updateOrganization(*core, backend(), acme.id, {.maxAllowedMemberships = 0}); });
  EXPECT_TRUE(addGrace());
}

TEST_F(OrganizationFlow, metadata_of_memberships_merges) {
  const auto merged = run([&] {
    return mergeMembershipMetadata(*core, acme.id, ada.id, {.privateMetadata = boost::json::object{{"k", "v"}}});
  });
  EXPECT_EQ(merged->membership.privateMetadata, (boost::json::object{{"k", "v"}}));
  EXPECT_EQ(codeOf(run([&] { return mergeMembershipMetadata(*core, acme.id, grace.id, {}); })), "resource_not_found");
}

}  // namespace
}  // namespace clerk::instance
