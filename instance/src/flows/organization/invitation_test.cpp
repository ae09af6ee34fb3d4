#include "flows/organization/organization_flow_test.hpp"
#include "flows/outbox/outbox.hpp"

namespace clerk::instance {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class OrganizationInvitationFlow : public OrganizationFlow {
 protected:
  Outcome<Page<ShownInvitation>> ofGrace() {
    return run(
        [&] { return listInvitationsOfUser(*core, grace.id, {.statuses = {OrganizationInvitationStatus::Pending}}); });
  }
  Outcome<ShownInvitation> accept(const User& user, const std::string& id) {
    return run([&] { return acceptInvitation(*core, user.id, id); });
  }
};

TEST_F(OrganizationInvitationFlow, is_mailed_and_accepted_by_whom_it_is_for) {
  const auto made = *invite("Grace@Example.com");
  ASSERT_THAT(made, SizeIs(1));
  EXPECT_EQ(made[0].emailAddress, "grace@example.com");
  EXPECT_EQ(made[0].inviterId, ada.id);
  const auto mails = run([&] { return listMessages(*core, "grace@example.com", {}); });
  ASSERT_THAT(mails, SizeIs(1));
  EXPECT_THAT(mails[0].body, HasSubstr("/v1/tickets/accept?ticket="));
  EXPECT_EQ(reloadAcme().pendingInvitationsCount, 1);

  ASSERT_THAT(ofGrace()->data, SizeIs(1));
  EXPECT_EQ(codeOf(accept(createUser("eve@example.com"), made[0].id)), "organization_invitation_not_found");
  EXPECT_EQ(accept(grace, made[0].id)->invitation.status, OrganizationInvitationStatus::Accepted);
  EXPECT_EQ(codeOf(accept(grace, made[0].id)), "organization_invitation_already_accepted");
  EXPECT_EQ(reloadAcme().membersCount, 2);
  EXPECT_EQ(reloadAcme().pendingInvitationsCount, 0);
  EXPECT_THAT(ofGrace()->data, IsEmpty());
}

TEST_F(OrganizationInvitationFlow, is_refused_for_members_and_those_who_are_invited) {
  EXPECT_EQ(codeOf(invite("ada@example.com")), "already_a_member_in_organization");
  ASSERT_TRUE(invite("new@example.com"));
  const auto again = invite("new@example.com");
  EXPECT_EQ(codeOf(again), "duplicate_record");
  EXPECT_EQ(again.error().first().meta.at("email_addresses").as_array().size(), 1u);
  EXPECT_EQ(codeOf(invite("nope")), "form_param_format_invalid");
  const auto many = run([&] {
    return inviteToOrganization(*core, asAda(), acme.id,
                                {{.emailAddress = "a@example.com", .roleKey = "org:member"},
                                 {.emailAddress = "A@example.com", .roleKey = "org:member"}});
  });
  EXPECT_EQ(codeOf(many), "form_param_duplicate");
  EXPECT_EQ(reloadAcme().pendingInvitationsCount, 1) << "all or none";
}

TEST_F(OrganizationInvitationFlow, can_be_revoked_while_it_waits) {
  const auto id = (*invite("grace@example.com"))[0].id;
  const auto revoke = [&](std::optional<std::string> by = std::nullopt) {
    return run([&] { return revokeOrganizationInvitation(*core, backend(), acme.id, id, by); });
  };
  EXPECT_EQ(codeOf(revoke(grace.id)), "not_a_member_in_organization");
  EXPECT_EQ(revoke(ada.id)->invitation.status, OrganizationInvitationStatus::Revoked);
  EXPECT_EQ(codeOf(revoke()), "organization_invitation_not_pending");
  EXPECT_EQ(codeOf(accept(grace, id)), "organization_invitation_revoked_code");
  const auto other = *run([&] { return createOrganization(*core, asGrace(), {.name = "Other"}); });
  EXPECT_EQ(codeOf(run([&] { return getOrganizationInvitation(*core, asGrace(), other.id, id); })),
            "organization_invitation_not_found");
}

TEST_F(OrganizationInvitationFlow, runs_out) {
  const auto id = (*invite("grace@example.com"))[0].id;
  clock.advance(std::chrono::days(31));
  EXPECT_EQ(codeOf(accept(grace, id)), "organization_invitation_not_pending");
  EXPECT_TRUE(invite("grace@example.com")) << "a new one may follow";
}

TEST_F(OrganizationInvitationFlow, hands_its_metadata_to_the_membership) {
  const auto made = run([&] {
    return inviteToOrganization(*core, backend(), acme.id,
                                {{.emailAddress = "grace@example.com",
                                  .roleKey = "org:admin",
                                  .publicMetadata = {{"team", "x"}},
                                  .notify = false}});
  });
  EXPECT_THAT(run([&] { return listMessages(*core, "grace@example.com", {}); }), IsEmpty());
  ASSERT_TRUE(accept(grace, (*made)[0].id));
  const auto members = *run([&] { return listMembershipsOfUser(*core, grace.id, {}); });
  ASSERT_THAT(members.data, SizeIs(1));
  EXPECT_EQ(members.data[0].membership.roleKey, "org:admin");
  EXPECT_EQ(members.data[0].membership.publicMetadata, (boost::json::object{{"team", "x"}}));
}

// ---- domains

class OrganizationDomainFlow : public OrganizationFlow {
 protected:
  OrganizationDomainFlow() {
    set({.domainsEnabled = true,
         .domainsEnrollmentModes = std::vector<std::string>{"automatic_invitation", "automatic_suggestion"}});
  }
  Outcome<ShownDomain> create(const std::string& name) {
    return run([&] { return createDomain(*core, asAda(), acme.id, {.name = name}); });
  }
  Outcome<ShownDomain> setMode(const std::string& id, const std::string& mode, bool deletePending = false) {
    return run([&] {
      return updateDomain(*core, asAda(), acme.id, id, {.enrollmentMode = mode, .deletePending = deletePending});
    });
  }
  /// A verified domain that grace's address is of.
  std::string verified() {
    return run([&] { return createDomain(*core, backend(), acme.id, {.name = "example.com", .verified = true}); })
        ->domain.id;
  }
  auto suggestionsOfGrace() {
    return run([&] { return listSuggestions(*core, grace.id, {}, {}); })->data;
  }
};

TEST_F(OrganizationDomainFlow, is_verified_by_a_code_to_one_of_its_mailboxes) {
  const auto id = create("Example.COM")->domain.id;
  const auto prepare = [&](const std::string& email) {
    return run([&] { return prepareAffiliation(*core, asAda(), acme.id, id, email); });
  };
  const auto attempt = [&](const std::string& code) {
    return run([&] { return attemptAffiliation(*core, asAda(), acme.id, id, code); });
  };
  EXPECT_EQ(codeOf(attempt("424242")), "verification_missing");
  EXPECT_EQ(codeOf(prepare("ada@elsewhere.com")), "organization_domain_mismatch");
  EXPECT_EQ(prepare("ada+clerk_test@example.com")->domain.affiliationVerification->status,
            VerificationStatus::Unverified);
  EXPECT_EQ(codeOf(attempt("000000")), "form_code_incorrect");
  const auto verified = attempt("424242");
  ASSERT_TRUE(verified) << codeOf(verified);
  EXPECT_TRUE(verified->domain.verified());
  EXPECT_EQ(codeOf(prepare("ada+clerk_test@example.com")), "verification_already_verified");
}

TEST_F(OrganizationDomainFlow, is_refused_where_it_is_common_taken_or_not_wanted) {
  EXPECT_EQ(codeOf(create("gmail.com")), "organization_domain_common");
  for (const char* name : {"", "nope", "a b.com", "x@y.com", "\xff.com", "a..b"}) EXPECT_FALSE(create(name)) << name;
  ASSERT_TRUE(create("acme.com"));
  EXPECT_EQ(codeOf(create("acme.com")), "organization_domain_already_exists_same_organization");
  verified();
  const auto other = *run([&] { return createOrganization(*core, asGrace(), {.name = "Other"}); });
  EXPECT_EQ(codeOf(run([&] { return createDomain(*core, asGrace(), other.id, {.name = "example.com"}); })),
            "organization_domain_already_exists");
  set({.domainsEnabled = false});
  EXPECT_EQ(codeOf(create("more.com")), "organization_domains_not_enabled");
  EXPECT_TRUE(run([&] { return listDomains(*core, asAda(), {.organizationId = acme.id}); }));
}

TEST_F(OrganizationDomainFlow, invites_people_with_its_addresses_once) {
  const auto id = verified();
  EXPECT_EQ(codeOf(setMode(id, "enterprise_sso")), "organization_domain_enrollment_mode_not_enabled");
  EXPECT_EQ(codeOf(setMode(id, "nonsense")), "form_param_value_invalid");
  ASSERT_TRUE(setMode(id, "automatic_invitation"));
  const auto invitations = [&] {
    return run([&] {
             return listInvitationsOfUser(*core, grace.id, {.statuses = {OrganizationInvitationStatus::Pending}});
           })
        ->data;
  };
  ASSERT_THAT(invitations(), SizeIs(1));
  EXPECT_THAT(invitations(), SizeIs(1)) << "once";
  EXPECT_EQ(reloadAcme().pendingInvitationsCount, 0) << "only those that somebody sent count";
  EXPECT_EQ(run([&] { return getDomain(*core, asAda(), acme.id, id); })->domain.totalPendingInvitations, 1);
  const auto offered = invitations()[0].invitation.id;
  ASSERT_TRUE(run([&] { return acceptInvitation(*core, grace.id, offered); }));
  EXPECT_EQ(reloadAcme().membersCount, 2);
}

TEST_F(OrganizationDomainFlow, suggests_itself_and_people_ask) {
  const auto id = verified();
  ASSERT_TRUE(setMode(id, "automatic_suggestion"));
  ASSERT_THAT(suggestionsOfGrace(), SizeIs(1));
  const auto suggestion = suggestionsOfGrace()[0].suggestion.id;
  const auto ask = [&](const User& user) { return run([&] { return acceptSuggestion(*core, user.id, suggestion); }); };
  EXPECT_EQ(codeOf(ask(ada)), "resource_not_found");
  ASSERT_TRUE(ask(grace));
  EXPECT_EQ(codeOf(ask(grace)), "organization_suggestion_already_accepted");

  const auto requests =
      run([&] { return listMembershipRequests(*core, asAda(), acme.id, {OrganizationRequestStatus::Pending}, {}); });
  ASSERT_THAT(requests->data, SizeIs(1));
  const auto settle = [&](const OrganizationActor& actor) {
    return run([&] {
      return settleMembershipRequest(*core, actor, acme.id, requests->data[0].request.id, RequestVerdict::Accept);
    });
  };
  EXPECT_EQ(codeOf(settle(asGrace())), "organization_not_found_or_unauthorized");
  EXPECT_EQ(settle(asAda())->request.status, OrganizationRequestStatus::Accepted);
  EXPECT_EQ(codeOf(settle(asAda())), "resource_not_found");
  EXPECT_EQ(reloadAcme().membersCount, 2);
  EXPECT_THAT(suggestionsOfGrace(), IsEmpty());
}

TEST_F(OrganizationDomainFlow, takes_back_what_it_offered) {
  const auto id = verified();
  ASSERT_TRUE(setMode(id, "automatic_suggestion"));
  ASSERT_THAT(suggestionsOfGrace(), SizeIs(1));
  ASSERT_TRUE(setMode(id, "manual_invitation", true));
  EXPECT_THAT(suggestionsOfGrace(), IsEmpty());
  ASSERT_TRUE(run([&] { return deleteDomain(*core, asAda(), acme.id, id); }));
  EXPECT_EQ(codeOf(run([&] { return getDomain(*core, asAda(), acme.id, id); })), "resource_not_found");
}

TEST_F(OrganizationDomainFlow, ownership_is_a_backends_word) {
  const auto id = create("acme.com")->domain.id;
  const auto verified = run([&] { return overrideOwnership(*core, acme.id, id); });
  EXPECT_EQ(verified->domain.ownershipVerifiedAt, clock.now());
  EXPECT_EQ(run([&] { return refuseOwnershipChallenge(*core, asAda(), acme.id); }).first().code,
            "self_serve_sso_disabled");
}

}  // namespace
}  // namespace clerk::instance
