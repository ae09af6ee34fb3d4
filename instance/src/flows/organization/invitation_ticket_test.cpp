#include "flows/invitations/invitations.hpp"
#include "flows/organization/logo.hpp"
#include "flows/organization/organization_flow_test.hpp"

namespace clerk::instance {
namespace {

using testing::SizeIs;

class InvitationTicket : public OrganizationFlow {
 protected:
  /// The ticket in the link of a fresh invitation.
  std::string ticketFor(const std::string& email) {
    const auto made = run([&] {
      return inviteToOrganization(*core, backend(), acme.id, {{.emailAddress = email, .roleKey = "org:member"}});
    });
    EXPECT_TRUE(made) << codeOf(made);
    invitationId = (*made)[0].id;
    return (*made)[0].url.substr((*made)[0].url.find("ticket=") + 7);
  }
  Outcome<SignUp> signUp(Browser& browser, const std::string& ticket) {
    return request(browser, [&](Visitor& visitor) {
      return createSignUp(*core, visitor, {.password = password, .strategy = "ticket", .ticket = ticket});
    });
  }
  Outcome<SignInState> signInWith(Browser& browser, const std::string& ticket) {
    return request(browser, [&](Visitor& visitor) {
      return createSignIn(*core, visitor, {.strategy = "ticket", .ticket = ticket});
    });
  }
  Outcome<AcceptedTicket> follow(Browser& browser, const std::string& ticket) {
    return request(browser, [&](Visitor& visitor) -> async::Task<Outcome<AcceptedTicket>> {
      return acceptTicket(*core, visitor, ticket);
    });
  }

  std::string invitationId;
};

TEST_F(InvitationTicket, signs_up_with_a_proved_address_and_joins) {
  const auto ticket = ticketFor("new@example.com");
  Browser browser;
  EXPECT_EQ(follow(browser, ticket)->status, "sign_up");
  const auto made = signUp(browser, ticket);
  ASSERT_TRUE(made) << codeOf(made);
  ASSERT_EQ(made->status, SignUpStatus::Complete);
  const auto session = client(browser)->sessions.at(0);
  EXPECT_TRUE(session.user.emailAddresses.at(0).verified());
  EXPECT_THAT(session.memberships, SizeIs(1));
  EXPECT_EQ(session.session.lastActiveOrganizationId, acme.id) << "one begins where one was asked to";
  Browser other;
  EXPECT_EQ(codeOf(signUp(other, ticket)), "organization_invitation_already_accepted");
}

TEST_F(InvitationTicket, signs_in_who_has_the_address_and_joins) {
  const auto ticket = ticketFor("grace@example.com");
  Browser browser;
  EXPECT_EQ(follow(browser, ticket)->status, "sign_in");
  EXPECT_EQ(codeOf(signUp(browser, ticket)), "organization_invitation_identification_already_exists");
  const auto state = signInWith(browser, ticket);
  ASSERT_TRUE(state) << codeOf(state);
  EXPECT_EQ(state->signIn.status, SignInStatus::Complete);
  EXPECT_EQ(client(browser)->sessions.at(0).session.lastActiveOrganizationId, acme.id);
  Browser other;
  EXPECT_EQ(codeOf(signInWith(other, ticket)), "organization_invitation_already_accepted");
}

TEST_F(InvitationTicket, joins_at_once_who_is_signed_in) {
  Browser browser;
  ASSERT_TRUE(signIn(browser, "grace@example.com"));
  EXPECT_EQ(follow(browser, ticketFor("grace@example.com"))->status, "complete");
  EXPECT_EQ(reloadAcme().membersCount, 2);
  EXPECT_EQ(follow(browser, ticketFor("new@example.com"))->status, "sign_up");
}

TEST_F(InvitationTicket, is_good_for_nothing_else_and_not_for_ever) {
  Browser browser;
  const auto ticket = ticketFor("new@example.com");
  EXPECT_EQ(codeOf(signInWith(browser, ticket)), "organization_invitation_identification_not_exist");
  run([&] { return revokeOrganizationInvitation(*core, backend(), acme.id, invitationId, std::nullopt); });
  EXPECT_EQ(codeOf(signUp(browser, ticket)), "organization_invitation_revoked_code");
  const auto late = ticketFor("new@example.com");
  clock.advance(std::chrono::days(31));
  EXPECT_EQ(codeOf(signUp(browser, late)), "ticket_expired_code");
  EXPECT_EQ(codeOf(follow(browser, "garbage")), "ticket_invalid_code");
}

TEST_F(OrganizationFlow, a_logo_is_a_picture_and_an_admins_doing) {
  const std::string png("\x89PNG\r\n\x1a\n rest", 13);
  const auto set = run([&] { return setOrganizationLogo(*core, asAda(), acme.id, png); });
  ASSERT_TRUE(set) << codeOf(set);
  EXPECT_THAT(set->imageUrl, testing::HasSubstr("/__img/img_"));
  EXPECT_FALSE(run([&] { return setOrganizationLogo(*core, asAda(), acme.id, "<svg>"); }));
  EXPECT_EQ(codeOf(run([&] { return deleteOrganizationLogo(*core, asGrace(), acme.id); })),
            "organization_not_found_or_unauthorized");
  EXPECT_EQ(run([&] { return deleteOrganizationLogo(*core, asAda(), acme.id); })->imageUrl, "");
  EXPECT_EQ(codeOf(run([&] { return deleteOrganizationLogo(*core, asAda(), acme.id); })), "image_not_found");
}

}  // namespace
}  // namespace clerk::instance
