#include "store/contract/store_contract.hpp"

#include <gmock/gmock.h>

#include <string>

namespace clerk::instance {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr Time now = fromMilliseconds(1'800'000'000'000);
constexpr Time later = now + std::chrono::days(1);

}  // namespace

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(OrganizationContract);

OrganizationContract::OrganizationContract() {
  write([&](Transaction& tx) {
    int n = 0;
    seedRoles(tx.permissions(), tx.roles(), tx.roleSets(), now,
              [&](std::string_view prefix) { return std::string(prefix) + "_" + std::to_string(++n); });
    for (int i = 1; i <= 3; ++i) EXPECT_TRUE(tx.users().insert(sampleUser(i)));
  });
}

Organization OrganizationContract::make(const std::string& slug, Transaction& tx) {
  Organization organization{.id = "org_" + slug, .name = "The " + slug, .slug = slug};
  organization.roleSetId = tx.roleSets().findInitial()->id;
  organization.createdAt = organization.updatedAt = now;
  EXPECT_TRUE(tx.organizations().insert(organization));
  return organization;
}

void OrganizationContract::join(Transaction& tx, const Organization& organization, int user, std::string_view role) {
  EXPECT_TRUE(tx.memberships().insert({.id = "orgmem_" + organization.slug + std::to_string(user),
                                       .organizationId = organization.id,
                                       .userId = sampleUser(user).id,
                                       .roleKey = std::string(role),
                                       .createdAt = now + std::chrono::seconds(user)}));
}

namespace {

TEST_P(OrganizationContract, every_instance_has_clerks_roles) {
  read([](const Transaction& tx) {
    const auto admin = tx.roles().findByKey(role::admin);
    const auto member = tx.roles().findByKey(role::member);
    EXPECT_THAT(admin->permissions, SizeIs(std::size(permission::system)));
    EXPECT_TRUE(admin->isCreatorEligible());
    EXPECT_TRUE(member->has(permission::readMemberships));
    EXPECT_FALSE(member->isCreatorEligible());
    EXPECT_THAT(tx.roleSets().findInitial()->roleKeys, ElementsAre("org:admin", "org:member"));
    EXPECT_EQ(tx.permissions().list({}).totalCount, 10);
    EXPECT_THAT(tx.roles().list({.query = "adm"}).data, SizeIs(1));
    return 0;
  });
}

TEST_P(OrganizationContract, an_organization_is_found_by_the_name_that_it_has) {
  const auto found = [&](const std::string& query) {
    return read([&](const Transaction& tx) { return tx.organizations().list({.query = query}, now).totalCount; });
  };
  write([&](Transaction& tx) {
    auto acme = make("acme", tx);
    acme.name = "Zuse Rechner";
    EXPECT_TRUE(tx.organizations().update(acme));
  });
  EXPECT_EQ(found("rechn"), 1);
  EXPECT_EQ(found("ZUSE"), 1);
  write([&](Transaction& tx) { EXPECT_TRUE(tx.organizations().erase("org_acme", Leaving::ToPersonalAccount)); });
  EXPECT_EQ(found("rechn"), 0);
}

TEST_P(OrganizationContract, a_membership_carries_its_role_and_organization) {
  write([&](Transaction& tx) {
    const auto acme = make("acme", tx);
    join(tx, acme, 1, role::admin);
    join(tx, acme, 2);
    EXPECT_FALSE(tx.memberships().insert(
        {.id = "orgmem_x", .organizationId = acme.id, .userId = sampleUser(2).id, .roleKey = "org:member"}));
    const auto found = tx.memberships().find(acme.id, sampleUser(1).id, now);
    EXPECT_EQ(found->roleName, "Admin");
    EXPECT_TRUE(found->has(permission::deleteProfile));
    EXPECT_EQ(found->organization.membersCount, 2);
    EXPECT_TRUE(tx.memberships().hasManager(acme.id));
    EXPECT_FALSE(tx.memberships().hasOtherManager(acme.id, sampleUser(1).id));
  });
}

TEST_P(OrganizationContract, lists_find_members_by_what_their_users_are) {
  write([&](Transaction& tx) {
    const auto acme = make("acme", tx);
    for (int i = 1; i <= 3; ++i) join(tx, acme, i, i == 1 ? role::admin : role::member);
  });
  const auto list = [&](MembershipListRequest request) {
    request.organizationId = "org_acme";
    return read([&](const Transaction& tx) {
      std::vector<std::string> ids;
      const auto page = tx.memberships().list(request, now);
      EXPECT_EQ(page.totalCount, static_cast<std::int64_t>(page.data.size()));
      for (const auto& member : page.data) ids.push_back(member.membership.id.substr(7));
      return ids;
    });
  };
  EXPECT_THAT(list({}), ElementsAre("acme3", "acme2", "acme1"));
  EXPECT_THAT(list({.order = {MembershipOrder::FirstName, false}}), ElementsAre("acme1", "acme2", "acme3"));
  EXPECT_THAT(list({.roleKeys = {"org:admin"}}), ElementsAre("acme1"));
  EXPECT_THAT(list({.users = {.emailAddresses = {"ADA2@example.com"}}}), ElementsAre("acme2"));
  EXPECT_THAT(list({.users = {.query = "ada3"}}), ElementsAre("acme3"));
  EXPECT_THAT(list({.users = {.userIds = {"-" + sampleUser(3).id}}}), ElementsAre("acme2", "acme1"));
  EXPECT_THAT(list({.users = {.query = "%"}}), IsEmpty());
}

TEST_P(OrganizationContract, lists_of_organizations_filter_and_order) {
  write([&](Transaction& tx) {
    join(tx, make("acme", tx), 1);
    const auto beta = make("beta", tx);
    join(tx, beta, 1);
    join(tx, beta, 2);
    make("corp", tx);
  });
  const auto list = [&](const OrganizationListRequest& request) {
    return read([&](const Transaction& tx) {
      std::vector<std::string> slugs;
      for (const auto& organization : tx.organizations().list(request, now).data) slugs.push_back(organization.slug);
      return slugs;
    });
  };
  EXPECT_THAT(list({.order = {OrganizationOrder::Name, false}}), ElementsAre("acme", "beta", "corp"));
  EXPECT_THAT(list({.order = {OrganizationOrder::MembersCount}}), ElementsAre("beta", "acme", "corp"));
  EXPECT_THAT(list({.userIds = {sampleUser(2).id}}), ElementsAre("beta"));
  EXPECT_THAT(list({.userIds = {"-" + sampleUser(1).id}}), ElementsAre("corp"));
  EXPECT_THAT(list({.query = "THE C"}), ElementsAre("corp"));
  EXPECT_THAT(list({.query = "THE C C"}), IsEmpty());
  EXPECT_THAT(list({.query = "orp"}), ElementsAre("corp"));
  EXPECT_THAT(list({.query = "or"}), ElementsAre("corp"));
  EXPECT_THAT(list({.query = "c%rp"}), IsEmpty());
  EXPECT_THAT(list({.query = "c_rp"}), IsEmpty());
  EXPECT_THAT(list({.query = "org_acme"}), ElementsAre("acme"));
  EXPECT_THAT(list({.organizationIds = {"-org_acme", "-org_beta"}}), ElementsAre("corp"));
  read([&](const Transaction& tx) {
    EXPECT_EQ(tx.users().count({.organizationIds = {"org_beta"}}), 2);
    EXPECT_EQ(tx.users().count({.organizationIds = {"-org_beta"}}), 1);
    EXPECT_THAT(tx.users().list({.filter = {.organizationIds = {"org_acme"}}}), SizeIs(1));
    return 0;
  });
}

TEST_P(OrganizationContract, sessions_leave_an_organization_with_their_user) {
  write([&](Transaction& tx) {
    const auto acme = make("acme", tx);
    join(tx, acme, 1);
    join(tx, acme, 2);
    for (int i = 1; i <= 2; ++i) {
      auto session = sampleSession(i, sampleUser(i).id, "client_1");
      session.lastActiveOrganizationId = acme.id;
      tx.sessions().insert(session);
      tx.memberships().rememberOrganization(session.userId, acme.id);
    }
    EXPECT_TRUE(tx.memberships().erase(acme.id, sampleUser(1).id, Leaving::ToPersonalAccount));
    EXPECT_FALSE(tx.memberships().erase(acme.id, sampleUser(1).id, Leaving::ToPersonalAccount));
    EXPECT_FALSE(tx.sessions().find(sampleSession(1, "", "").id)->lastActiveOrganizationId);
    EXPECT_FALSE(tx.memberships().rememberedOrganization(sampleUser(1).id));
    EXPECT_EQ(tx.memberships().rememberedOrganization(sampleUser(2).id), acme.id);
    EXPECT_EQ(tx.organizations().find(acme.id, now)->membersCount, 1);
    EXPECT_TRUE(tx.organizations().erase(acme.id, Leaving::ToChoice));
    const auto left = tx.sessions().find(sampleSession(2, "", "").id);
    EXPECT_FALSE(left->lastActiveOrganizationId);
    EXPECT_EQ(left->status, SessionStatus::Pending);
    EXPECT_THAT(left->tasks, ElementsAre("choose-organization"));
    EXPECT_THAT(tx.memberships().ofUser(sampleUser(2).id, 10, now), IsEmpty());
  });
}

TEST_P(OrganizationContract, a_user_who_is_deleted_is_no_member) {
  write([&](Transaction& tx) {
    const auto acme = make("acme", tx);
    join(tx, acme, 1);
    EXPECT_TRUE(tx.users().erase(sampleUser(1).id));
    EXPECT_EQ(tx.organizations().find(acme.id, now)->membersCount, 0);
  });
}

TEST_P(OrganizationContract, an_address_has_one_invitation_that_waits) {
  write([&](Transaction& tx) {
    const auto acme = make("acme", tx);
    OrganizationInvitation first{.id = "orginv_1", .organizationId = acme.id, .emailAddress = "x@example.com"};
    first.roleKey = "org:member";
    first.roleName = "Member";
    first.expiresAt = later;
    first.createdAt = first.updatedAt = now;
    EXPECT_TRUE(tx.organizationInvitations().insert(first));
    EXPECT_EQ(tx.organizationInvitations().find(first.id), first);
    auto second = first;
    second.id = "orginv_2";
    EXPECT_FALSE(tx.organizationInvitations().insert(second));
    EXPECT_EQ(tx.organizations().find(acme.id, now)->pendingInvitationsCount, 1);
    EXPECT_EQ(tx.organizations().find(acme.id, later)->pendingInvitationsCount, 0);

    second.createdAt = second.updatedAt = later;
    second.expiresAt = later + std::chrono::days(1);
    EXPECT_FALSE(tx.organizationInvitations().settle(first.id, OrganizationInvitationStatus::Accepted, later));
    EXPECT_TRUE(tx.organizationInvitations().insert(second)) << "the first has expired";
    EXPECT_TRUE(tx.organizationInvitations().settle(second.id, OrganizationInvitationStatus::Revoked, later));
    EXPECT_FALSE(tx.organizationInvitations().settle(second.id, OrganizationInvitationStatus::Accepted, later));

    const auto count = [&](OrganizationInvitationStatus status) {
      return tx.organizationInvitations().list({.organizationId = acme.id, .statuses = {status}}, later).totalCount;
    };
    EXPECT_EQ(count(OrganizationInvitationStatus::Expired), 1);
    EXPECT_EQ(count(OrganizationInvitationStatus::Revoked), 1);
    EXPECT_EQ(count(OrganizationInvitationStatus::Pending), 0);
  });
}

TEST_P(OrganizationContract, a_domain_is_verified_for_one_organization) {
  write([&](Transaction& tx) {
    const auto acme = make("acme", tx);
    const auto beta = make("beta", tx);
    OrganizationDomain domain{.id = "orgdmn_1", .organizationId = acme.id, .name = "example.com"};
    domain.createdAt = domain.updatedAt = now;
    EXPECT_TRUE(tx.organizationDomains().insert(domain));
    EXPECT_EQ(tx.organizationDomains().find(domain.id, now), domain);
    auto other = domain;
    other.id = "orgdmn_2";
    EXPECT_FALSE(tx.organizationDomains().insert(other)) << "the organization has it";
    other.organizationId = beta.id;
    EXPECT_TRUE(tx.organizationDomains().insert(other));
    domain.affiliationVerifiedAt = other.ownershipVerifiedAt = now;
    EXPECT_TRUE(tx.organizationDomains().update(domain));
    EXPECT_FALSE(tx.organizationDomains().update(other));
    EXPECT_EQ(tx.organizationDomains().findVerified("example.com", now)->id, domain.id);
    EXPECT_EQ(tx.organizationDomains().list({.verified = true}, now).totalCount, 1);
    EXPECT_EQ(tx.organizationDomains().list({.notModes = {EnrollmentMode::ManualInvitation}}, now).totalCount, 0);
  });
}

TEST_P(OrganizationContract, a_permission_renamed_is_renamed_in_roles) {
  write([&](Transaction& tx) {
    Permission edit{"perm_x", "org:docs:edit", "Edit", "", false, now, now};
    EXPECT_TRUE(tx.permissions().insert(edit));
    EXPECT_FALSE(tx.permissions().insert({"perm_y", "org:docs:edit", "Edit", "", false, now, now}));
    const auto member = *tx.roles().findByKey(role::member);
    EXPECT_TRUE(tx.roles().addPermission(member.id, edit.id));
    EXPECT_FALSE(tx.roles().addPermission(member.id, edit.id));
    const auto acme = make("acme", tx);
    join(tx, acme, 1);
    edit.key = "org:docs:write";
    EXPECT_TRUE(tx.permissions().update(edit));
    EXPECT_TRUE(tx.memberships().find(acme.id, sampleUser(1).id, now)->has("org:docs:write"));
    EXPECT_TRUE(tx.permissions().erase(edit.id));
    EXPECT_FALSE(tx.memberships().find(acme.id, sampleUser(1).id, now)->has("org:docs:write"));
  });
}

TEST_P(OrganizationContract, members_follow_when_a_role_set_changes) {
  write([&](Transaction& tx) {
    const auto initial = *tx.roleSets().findInitial();
    Role guest{.id = "role_guest", .key = "org:guest", .name = "Guest"};
    EXPECT_TRUE(tx.roles().insert(guest));
    const auto acme = make("acme", tx);
    join(tx, acme, 1);
    EXPECT_EQ(tx.roleSets().membersWithRole(initial.id, "org:member"), 1);
    EXPECT_EQ(tx.roleSets().reassign(initial.id, "org:member", "org:guest", now), 1);
    EXPECT_EQ(tx.memberships().find(acme.id, sampleUser(1).id, now)->roleKey, "org:guest");
    EXPECT_TRUE(tx.roles().hasMembers(guest.id));

    RoleSet other{.id = "rset_2", .key = "role_set:other", .name = "Other", .initial = true};
    other.defaultRoleKey = other.creatorRoleKey = "org:guest";
    other.roleKeys = {"org:guest"};
    EXPECT_TRUE(tx.roleSets().insert(other));
    EXPECT_EQ(tx.roleSets().findInitial()->id, other.id) << "there is one";
    tx.roleSets().moveOrganizations(initial.id, other.id, now);
    EXPECT_EQ(tx.organizations().find(acme.id, now)->roleSetId, other.id);
    EXPECT_TRUE(tx.roleSets().erase(initial.id));
  });
}

}  // namespace
}  // namespace clerk::instance
