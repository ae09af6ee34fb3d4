#include "flows/invitations/invitations.hpp"

#include "flows/flow_test.hpp"

namespace clerk::instance {
namespace {

class Admission : public FlowTest {
 protected:
  explicit Admission(const std::function<void(Settings&)>& change = nullptr) : FlowTest(change) {}

  std::string signUpWith(const std::string& email, const std::string& ticket = "") {
    Browser browser;
    return codeOf(request(browser, [&](Visitor& visitor) {
      return createSignUp(*core, visitor,
                          {.emailAddress = email,
                           .password = password,
                           .ticket = ticket.empty() ? std::nullopt : std::optional(ticket)});
    }));
  }
  std::string ticketFor(const std::string& email) {
    const auto made = run([&] { return createInvitation(*core, {.emailAddress = email}); });
    EXPECT_TRUE(made) << codeOf(made);
    return made->url.substr(made->url.find('=') + 1);
  }
};

class Waitlisted : public Admission {
 protected:
  Waitlisted() : Admission([](Settings& settings) { settings.signUpMode = SignUpMode::Waitlist; }) {}
};
class Closed : public Admission {
 protected:
  Closed() : Admission([](Settings& settings) { settings.signUpMode = SignUpMode::Restricted; }) {}
};
class Listed : public Admission {
 protected:
  Listed()
      : Admission([](Settings& settings) {
          settings.runtimeDefaults.restrictions = {
              .allowlist = true, .blocklist = true, .blockEmailSubaddresses = true};
        }) {}
};

TEST_F(Closed, lets_in_who_was_asked_alone) {
  EXPECT_EQ(signUpWith("ada@example.com"), "sign_up_mode_restricted");
  const auto ticket = ticketFor("ada@example.com");
  EXPECT_EQ(signUpWith("", ticket), "");
  EXPECT_EQ(signUpWith("", ticket), "invitation_already_accepted");
  EXPECT_EQ(signUpWith("", ticket + "x"), "ticket_invalid_code");
  EXPECT_EQ(codeOf(run([&] { return createInvitation(*core, {.emailAddress = "ada@example.com"}); })),
            "form_identifier_exists");
}

TEST_F(Closed, invitations_end_and_are_taken_back) {
  const auto made = run([&] { return createInvitation(*core, {.emailAddress = "eve@example.com"}); });
  ASSERT_TRUE(run([&] { return revokeInvitation(*core, made->invitation.id); }));
  EXPECT_EQ(signUpWith("", made->url.substr(made->url.find('=') + 1)), "revoked_invitation");
  EXPECT_EQ(codeOf(run([&] { return revokeInvitation(*core, made->invitation.id); })), "invitation_already_revoked");
  const auto other = ticketFor("eve@example.com");
  clock.advance(std::chrono::days(31));
  EXPECT_EQ(signUpWith("", other), "ticket_expired_code");
  EXPECT_EQ(run([&] { return listInvitations(*core, {.status = InvitationStatus::Expired}, {}); }).totalCount, 1);
}

TEST_F(Waitlisted, people_wait_until_they_are_asked_in) {
  EXPECT_EQ(signUpWith("ada@example.com"), "sign_up_restricted_waitlist");
  const auto entry = run([&] { return joinWaitlist(*core, "Ada@example.com", false); });
  ASSERT_TRUE(entry);
  EXPECT_EQ(run([&] { return joinWaitlist(*core, "ada@example.com", false); })->id, entry->id);
  const auto invited = run([&] { return inviteWaitlistEntry(*core, entry->id, false); });
  ASSERT_TRUE(invited) << codeOf(invited);
  EXPECT_EQ(invited->status, WaitlistStatus::Invited);
  EXPECT_EQ(codeOf(run([&] { return inviteWaitlistEntry(*core, entry->id, true); })), "waitlist_entry_already_invited");
  EXPECT_EQ(codeOf(run([&] { return rejectWaitlistEntry(*core, "wtl_unknown"); })), "resource_not_found");
  ASSERT_TRUE(run([&] { return deleteWaitlistEntry(*core, entry->id); }));
  EXPECT_EQ(run([&] { return listWaitlist(*core, std::nullopt, "", {}); }).totalCount, 0);
}

TEST_F(Admission, there_is_no_waitlist_unless_the_instance_has_one) {
  EXPECT_EQ(codeOf(run([&] { return joinWaitlist(*core, "ada@example.com", false); })),
            "waitlist_not_accepting_entries");
}

TEST_F(Listed, lists_decide_by_address_and_domain) {
  const auto add = [&](RestrictionList list, const std::string& identifier) {
    return codeOf(run([&] { return addRestrictedIdentifier(*core, list, identifier); }));
  };
  EXPECT_EQ(add(RestrictionList::Allowlist, "*@Example.com"), "");
  EXPECT_EQ(add(RestrictionList::Allowlist, "*@example.com"), "duplicate_record");
  EXPECT_EQ(add(RestrictionList::Blocklist, "eve@example.com"), "");
  EXPECT_EQ(add(RestrictionList::Blocklist, "no address"), "form_param_format_invalid");
  EXPECT_EQ(signUpWith("ada@example.com"), "");
  EXPECT_EQ(signUpWith("eve@example.com"), "not_allowed_access");
  EXPECT_EQ(signUpWith("ada@elsewhere.org"), "not_allowed_access");
  EXPECT_EQ(signUpWith("ada+work@example.com"), "not_allowed_access");
}

}  // namespace
}  // namespace clerk::instance
