#include "flows/handshake/handshake.hpp"
#include "flows/organization/organization_flow_test.hpp"

#include <crypto/base64.hpp>

#include <boost/json/parse.hpp>

namespace clerk::instance {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class ActiveOrganization : public OrganizationFlow {
 protected:
  explicit ActiveOrganization(const std::function<void(Settings&)>& change = nullptr) : OrganizationFlow(change) {}

  SessionState session() { return client(browser)->sessions.at(0); }
  Outcome<SessionState> touch(std::optional<std::string> organizationId) {
    const auto id = session().session.id;
    return request(browser, [&](Visitor& visitor) {
      return touchSession(*core, visitor, id, {.activeOrganizationId = organizationId});
    });
  }
  static boost::json::object claims(std::string_view token) {
    const auto payload = token.substr(token.find('.') + 1);
    return boost::json::parse(*crypto::base64urlDecode(payload.substr(0, payload.find('.')))).as_object();
  }

  Browser browser;
};

TEST_F(ActiveOrganization, is_in_the_token_and_can_be_left) {
  ASSERT_TRUE(signIn(browser, "grace@example.com"));
  EXPECT_FALSE(claims(session().token).contains("o"));
  EXPECT_EQ(codeOf(touch(acme.id)), "organization_not_found_or_unauthorized");
  ASSERT_TRUE(addGrace());
  const auto touched = touch(acme.id);
  ASSERT_TRUE(touched) << codeOf(touched);
  const auto claim = claims(touched->token).at("o").as_object();
  EXPECT_EQ(claim.at("id").as_string(), acme.id);
  EXPECT_EQ(claim.at("rol"), "member");
  EXPECT_EQ(claim.at("slg"), "acme-inc");
  EXPECT_THAT(session().memberships, SizeIs(1));
  ASSERT_TRUE(touch(""));
  EXPECT_FALSE(session().session.lastActiveOrganizationId);
}

TEST_F(ActiveOrganization, ends_with_the_membership) {
  ASSERT_TRUE(addGrace());
  ASSERT_TRUE(signIn(browser, "grace@example.com"));
  ASSERT_TRUE(touch(acme.id));
  ASSERT_TRUE(run([&] { return removeMember(*core, asAda(), acme.id, grace.id); }));
  EXPECT_FALSE(session().session.lastActiveOrganizationId);
  EXPECT_FALSE(claims(session().token).contains("o"));
}

TEST_F(ActiveOrganization, is_where_the_next_session_goes_on) {
  ASSERT_TRUE(signIn(browser, "ada@example.com"));
  EXPECT_EQ(session().session.lastActiveOrganizationId, acme.id);
  ASSERT_TRUE(touch(""));
  Browser second;
  ASSERT_TRUE(signIn(second, "ada@example.com"));
  EXPECT_FALSE(client(second)->sessions.at(0).session.lastActiveOrganizationId);
}

TEST_F(ActiveOrganization, of_one_token_alone_when_that_is_asked) {
  ASSERT_TRUE(addGrace());
  ASSERT_TRUE(signIn(browser, "grace@example.com"));
  ASSERT_TRUE(touch(""));
  const auto id = session().session.id;
  const auto token =
      request(browser, [&](Visitor& visitor) { return createSessionToken(*core, visitor, id, acme.id); });
  EXPECT_TRUE(claims(*token).contains("o"));
  EXPECT_FALSE(session().session.lastActiveOrganizationId);
  const auto backendToken = run([&] { return createBackendSessionToken(*core, id, std::nullopt); });
  EXPECT_FALSE(claims(*backendToken).contains("o"));
}

TEST_F(ActiveOrganization, follows_the_address_of_the_app) {
  ASSERT_TRUE(addGrace());
  ASSERT_TRUE(signIn(browser, "grace@example.com"));
  const auto shake = [&](const std::string& organization) {
    return request(browser, [&](Visitor& visitor) -> async::Task<HandshakeState> {
      return shakeHands(*core, visitor, {.authorizedParty = "x", .organizationId = organization});
    });
  };
  ASSERT_TRUE(touch(""));
  EXPECT_TRUE(claims(shake("acme-inc").sessionToken).contains("o"));
  EXPECT_EQ(session().session.lastActiveOrganizationId, acme.id);
  EXPECT_TRUE(claims(shake("somebody-elses").sessionToken).contains("o")) << "as it was";
  EXPECT_FALSE(claims(shake("").sessionToken).contains("o"));
}

class ForcedOrganization : public ActiveOrganization {
 protected:
  ForcedOrganization()
      : ActiveOrganization([](Settings& settings) { settings.runtimeDefaults.organizations.forceSelection = true; }) {}
};

TEST_F(ForcedOrganization, is_a_task_until_there_is_one) {
  ASSERT_TRUE(signIn(browser, "grace@example.com"));
  EXPECT_EQ(session().session.status, SessionStatus::Pending);
  EXPECT_THAT(session().session.tasks, ElementsAre("choose-organization"));
  EXPECT_EQ(claims(session().token).at("sts"), "pending");
  ASSERT_TRUE(touch(""));
  EXPECT_EQ(session().session.status, SessionStatus::Pending);
  const auto own = *run([&] { return createOrganization(*core, asGrace(), {.name = "Own"}); });
  const auto touched = touch(own.id);
  EXPECT_EQ(touched->session.status, SessionStatus::Active);
  EXPECT_THAT(touched->session.tasks, IsEmpty());
  EXPECT_EQ(claims(touched->token).at("sts"), "active");
  ASSERT_TRUE(run([&] { return deleteOrganization(*core, asGrace(), own.id); }));
  EXPECT_EQ(session().session.status, SessionStatus::Pending) << "the task is back";
}

TEST_F(ForcedOrganization, takes_the_newest_when_none_was_used_before) {
  ASSERT_TRUE(addGrace());
  ASSERT_TRUE(signIn(browser, "grace@example.com"));
  EXPECT_EQ(session().session.lastActiveOrganizationId, acme.id);
  EXPECT_EQ(session().session.status, SessionStatus::Active);
}

}  // namespace
}  // namespace clerk::instance
