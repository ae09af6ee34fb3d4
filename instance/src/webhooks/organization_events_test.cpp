// Events of what belongs to organizations, and of the waitlist, as an endpoint gets them.

#include "delivery/webhook_signature.hpp"
#include "flows/invitations/invitations.hpp"
#include "flows/organization/organization_flow_test.hpp"
#include "webhooks/delivery.hpp"
#include "webhooks/endpoints.hpp"
#include "webhooks/events.hpp"
#include "webhooks/receiver.hpp"

#include <boost/json/parse.hpp>

namespace clerk::instance::webhooks {
namespace {

using testing::ElementsAre;

class OrganizationEvents : public OrganizationFlow {
 protected:
  OrganizationEvents() : OrganizationFlow([](Settings& settings) { settings.signUpMode = SignUpMode::Waitlist; }) {}

  void listen(std::vector<std::string> events) {
    configureEndpoints(*core, {{.url = receiver.url(), .signingSecret = secret, .events = std::move(events)}});
    recordEvents(*core);
  }
  /// All that arrived; the clock goes on so that they come in order.
  std::vector<boost::json::object> arrived() {
    while (run([&] { return deliverNext(*core); })) {
    }
    std::vector<boost::json::object> all;
    for (const auto& one : receiver.received()) all.push_back(boost::json::parse(one.body).as_object());
    return all;
  }
  static std::vector<std::string> typesOf(const std::vector<boost::json::object>& events) {
    std::vector<std::string> types;
    for (const auto& event : events) types.emplace_back(event.at("type").as_string());
    return types;
  }
  void later() { clock.advance(1s); }

  Receiver receiver;
  const std::string secret = secretOf(std::string(24, 's'));
};

TEST_F(OrganizationEvents, invitations_are_told_as_made_accepted_and_revoked) {
  listen({"organizationInvitation.*"});
  const auto toGrace = (*invite("grace@example.com"))[0].id;
  later();
  const auto toOther = (*invite("other@example.com"))[0].id;
  later();
  ASSERT_TRUE(run([&] { return acceptInvitation(*core, grace.id, toGrace); }));
  later();
  ASSERT_TRUE(run([&] { return revokeOrganizationInvitation(*core, asAda(), acme.id, toOther, std::nullopt); }));
  const auto events = arrived();
  EXPECT_THAT(typesOf(events), ElementsAre("organizationInvitation.created", "organizationInvitation.created",
                                           "organizationInvitation.accepted", "organizationInvitation.revoked"));
  EXPECT_EQ(events[0].at("data").at("id").as_string(), toGrace);
  EXPECT_EQ(events[0].at("data").at("status"), "pending");
  EXPECT_EQ(events[0].at("data").at("inviter_id").as_string(), ada.id);
  EXPECT_EQ(events[2].at("data").at("user_id").as_string(), grace.id);
  EXPECT_EQ(events[3].at("data").at("status"), "revoked");
}

TEST_F(OrganizationEvents, domains_are_told) {
  ASSERT_TRUE(set({.domainsEnabled = true}));
  listen({"organizationDomain.*"});
  const auto domain = run([&] { return createDomain(*core, backend(), acme.id, {.name = "acme.example"}); });
  ASSERT_TRUE(domain);
  later();
  ASSERT_TRUE(run([&] { return updateDomain(*core, backend(), acme.id, domain->domain.id, {.verified = true}); }));
  later();
  ASSERT_TRUE(run([&] { return deleteDomain(*core, backend(), acme.id, domain->domain.id); }));
  const auto events = arrived();
  EXPECT_THAT(typesOf(events),
              ElementsAre("organizationDomain.created", "organizationDomain.updated", "organizationDomain.deleted"));
  EXPECT_EQ(events[0].at("data").at("name"), "acme.example");
  EXPECT_EQ(events[2].at("data").at("deleted"), true);
}

TEST_F(OrganizationEvents, roles_and_permissions_are_told) {
  listen({"role.*", "permission.*"});
  const auto permission =
      run([&] { return createPermission(*core, {.name = "Read", .key = "org:docs:read", .description = "Reading"}); });
  ASSERT_TRUE(permission) << codeOf(permission);
  later();
  const auto role =
      run([&] { return createRole(*core, {.name = "Reader", .key = "org:reader", .description = "Reads"}); });
  ASSERT_TRUE(role) << codeOf(role);
  later();
  ASSERT_TRUE(run([&] { return addPermissionToRole(*core, role->id, permission->id); }));
  later();
  ASSERT_TRUE(run([&] { return updatePermission(*core, permission->id, {.name = "Reading"}); }));
  later();
  ASSERT_TRUE(run([&] { return deleteRole(*core, role->id); }));
  later();
  ASSERT_TRUE(run([&] { return deletePermission(*core, permission->id); }));
  const auto events = arrived();
  EXPECT_THAT(typesOf(events), ElementsAre("permission.created", "role.created", "role.updated", "permission.updated",
                                           "role.deleted", "permission.deleted"));
  EXPECT_EQ(events[2].at("data").at("permissions").at(0).at("key"), "org:docs:read");
}

TEST_F(OrganizationEvents, the_waitlist_is_told_with_the_invitation_that_came_of_it) {
  listen({"waitlistEntry.*"});
  const auto entry = run([&] { return joinWaitlist(*core, "late@example.com", false); });
  ASSERT_TRUE(entry) << codeOf(entry);
  later();
  ASSERT_TRUE(run([&] { return inviteWaitlistEntry(*core, entry->id, false); }));
  const auto events = arrived();
  ASSERT_THAT(typesOf(events), ElementsAre("waitlistEntry.created", "waitlistEntry.updated"));
  EXPECT_TRUE(events[0].at("data").at("invitation").is_null());
  EXPECT_EQ(events[1].at("data").at("status"), "invited");
  EXPECT_EQ(events[1].at("data").at("invitation").at("email_address"), "late@example.com");
}

}  // namespace
}  // namespace clerk::instance::webhooks
