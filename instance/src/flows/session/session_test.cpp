#include "flows/flow_test.hpp"

#include <crypto/base64.hpp>

#include <boost/json/parse.hpp>

#include <set>

namespace clerk::instance {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class SessionFlow : public FlowTest {
 protected:
  explicit SessionFlow(const std::function<void(Settings&)>& change = nullptr) : FlowTest(change) {
    user = createUser("ada@example.com");
    sessionId = *signIn(browser, "ada@example.com")->signIn.createdSessionId;
  }

  Outcome<SessionState> touch(TouchFields fields = {}) {
    return request(browser, [&](Visitor& visitor) { return touchSession(*core, visitor, sessionId, fields); });
  }
  Outcome<std::string> token(std::optional<std::string> organizationId = std::nullopt) {
    return request(browser,
                   [&](Visitor& visitor) { return createSessionToken(*core, visitor, sessionId, organizationId); });
  }
  boost::json::object claims(const std::string& token) { return core->tokens().verify(token).value(); }

  User user;
  Browser browser;
  std::string sessionId;
};

TEST_F(SessionFlow, a_token_tells_session_user_and_party) {
  clock.advance(5min);
  const auto minted = claims(*token());
  EXPECT_EQ(minted.at("sid"), boost::json::string(sessionId));
  EXPECT_EQ(minted.at("sub"), boost::json::string(user.id));
  EXPECT_EQ(minted.at("azp"), "http://localhost:3000");
  EXPECT_EQ(minted.at("fva"), (boost::json::array{5, -1}));
  EXPECT_EQ(minted.at("sts"), "active");
  EXPECT_TRUE(token(""));
  EXPECT_EQ(codeOf(token("org_nobody")), "organization_not_found_or_unauthorized");
}

TEST_F(SessionFlow, fifty_tokens_at_once_all_verify_and_leave_the_session_alone) {
  const auto before = *run([&] { return getSession(*core, sessionId); });
  std::set<std::string> tokens;
  run([&]() -> async::Task<> {
    std::vector<std::unique_ptr<Visitor>> visitors;
    std::vector<async::Task<Outcome<std::string>>> mints;
    for (int i = 0; i < 50; ++i) {
      visitors.push_back(std::make_unique<Visitor>(co_await identify(browser)));
      mints.push_back(createSessionToken(*core, *visitors.back(), sessionId, std::nullopt));
    }
    for (auto& mint : mints) {
      auto minted = co_await mint;
      EXPECT_TRUE(minted.has_value());
      if (minted) tokens.insert(*minted);
    }
  });
  EXPECT_EQ(tokens.size(), 50u);
  for (const auto& minted : tokens) EXPECT_EQ(claims(minted).at("sid"), boost::json::string(sessionId));
  EXPECT_EQ(*run([&] { return getSession(*core, sessionId); }), before);
}

TEST_F(SessionFlow, activity_is_noted_now_and_then) {
  const auto lastActive = [&] { return run([&] { return getSession(*core, sessionId); })->lastActiveAt; };
  const auto before = lastActive();
  clock.advance(10s);
  ASSERT_TRUE(token());
  clock.advance(20s);
  ASSERT_TRUE(token());
  // A transaction of our own comes after what was written without waiting.
  run([&] { return core->store().transact([](Transaction&) {}); });
  EXPECT_EQ(lastActive(), before + 30s);
  EXPECT_EQ(reload(user.id).lastActiveAt, before + 30s);
}

TEST_F(SessionFlow, ends_and_gives_no_more_tokens) {
  auto ended = request(browser, [&](Visitor& visitor) { return endSession(*core, visitor, sessionId); });
  ASSERT_TRUE(ended) << codeOf(ended);
  EXPECT_EQ(ended->session.status, SessionStatus::Ended);
  EXPECT_TRUE(ended->token.empty());
  EXPECT_EQ(codeOf(token()), "authentication_invalid");
  EXPECT_EQ(codeOf(touch()), "authentication_invalid");
  EXPECT_THAT(client(browser)->sessions, IsEmpty());
  EXPECT_FALSE(client(browser)->client.lastActiveSessionId);
  ended = request(browser, [&](Visitor& visitor) { return removeSession(*core, visitor, sessionId); });
  EXPECT_EQ(ended->session.status, SessionStatus::Ended);
}

TEST_F(SessionFlow, expires) {
  clock.advance(std::chrono::days(7));
  EXPECT_EQ(codeOf(token()), "authentication_invalid");
  EXPECT_EQ(run([&] { return getSession(*core, sessionId); })->status, SessionStatus::Expired);
  EXPECT_THAT(client(browser)->sessions, IsEmpty());
  EXPECT_EQ(clientUat(*client(browser)), 0);
}

TEST_F(SessionFlow, is_its_clients_alone) {
  browser = {};
  EXPECT_EQ(codeOf(token()), "resource_not_found");
  EXPECT_EQ(codeOf(touch()), "resource_not_found");
  auto ended = request(browser, [&](Visitor& visitor) { return endSession(*core, visitor, sessionId); });
  EXPECT_EQ(codeOf(ended), "resource_not_found");
}

TEST_F(SessionFlow, a_touch_of_the_active_session_leaves_the_client_alone) {
  const auto before = client(browser)->client;
  clock.advance(2s);
  auto touched = touch({.activeOrganizationId = "", .intent = "select_session"});
  ASSERT_TRUE(touched) << codeOf(touched);
  EXPECT_FALSE(touched->token.empty());
  EXPECT_EQ(touched->session.lastActiveAt, clock.now());
  EXPECT_EQ(client(browser)->client, before);
  EXPECT_EQ(codeOf(touch({.activeOrganizationId = "org_x"})), "organization_not_found_or_unauthorized");
}

TEST_F(SessionFlow, speaks_for_its_user) {
  const auto required = [&](std::string id) {
    return request(browser, [&](Visitor& visitor) { return requireSession(*core, visitor, id); });
  };
  EXPECT_EQ(required(sessionId)->user.id, user.id);
  EXPECT_EQ(required("")->session.id, sessionId);
  EXPECT_EQ(codeOf(required("sess_nobody")), "authentication_invalid");
  browser = {};
  EXPECT_EQ(codeOf(required(sessionId)), "authentication_invalid");
  EXPECT_EQ(codeOf(required("")), "authentication_invalid");
}

TEST_F(SessionFlow, one_revokes_ones_own_elsewhere) {
  Browser elsewhere;
  const auto other = *signIn(elsewhere, "ada@example.com")->signIn.createdSessionId;
  EXPECT_THAT(run([&] { return listLiveSessions(*core, user.id); }), SizeIs(2));
  const auto stranger = createUser("grace@example.com");
  EXPECT_EQ(codeOf(run([&] { return revokeOwnSession(*core, stranger.id, other); })), "resource_not_found");
  auto revoked = run([&] { return revokeOwnSession(*core, user.id, other); });
  EXPECT_EQ(revoked->status, SessionStatus::Revoked);
  EXPECT_THAT(client(elsewhere)->sessions, IsEmpty());
  EXPECT_THAT(client(browser)->sessions, SizeIs(1));
}

TEST_F(SessionFlow, a_backend_lists_revokes_and_verifies) {
  auto list = run([&] { return listSessions(*core, {.userId = user.id, .status = SessionStatus::Active}, {}); });
  ASSERT_THAT(list.data, SizeIs(1));
  EXPECT_EQ(list.totalCount, 1);
  const auto minted = *token();
  EXPECT_EQ(run([&] { return verifySession(*core, sessionId, minted); })->id, sessionId);
  EXPECT_EQ(codeOf(run([&] { return verifySession(*core, sessionId, "garbage"); })), "invalid_session_token");
  EXPECT_EQ(codeOf(run([&] { return verifySession(*core, "sess_nobody", minted); })), "resource_not_found");
  EXPECT_EQ(run([&] { return revokeSession(*core, sessionId); })->status, SessionStatus::Revoked);
  EXPECT_EQ(run([&] { return revokeSession(*core, sessionId); })->status, SessionStatus::Revoked);
  EXPECT_EQ(codeOf(run([&] { return revokeSession(*core, "sess_nobody"); })), "resource_not_found");
  EXPECT_EQ(codeOf(token()), "authentication_invalid");
  clock.advance(61s);
  EXPECT_EQ(codeOf(run([&] { return verifySession(*core, sessionId, minted); })), "invalid_session_token");
}

TEST_F(SessionFlow, a_backend_mints_tokens_of_its_lifetime) {
  auto minted = run([&] { return createBackendSessionToken(*core, sessionId, 600s); });
  ASSERT_TRUE(minted);
  EXPECT_EQ(claims(*minted).at("exp").as_int64() - claims(*minted).at("iat").as_int64(), 600);
  EXPECT_FALSE(claims(*minted).contains("azp"));
  EXPECT_EQ(codeOf(run([&] { return createBackendSessionToken(*core, sessionId, 1s); })), "form_param_value_invalid");
  EXPECT_EQ(codeOf(run([&] { return createBackendSessionToken(*core, "sess_nobody", std::nullopt); })),
            "resource_not_found");
}

TEST_F(SessionFlow, a_backend_makes_sessions_in_development_alone) {
  auto made = run([&] { return createSession(*core, user.id); });
  ASSERT_TRUE(made) << codeOf(made);
  EXPECT_EQ(made->userId, user.id);
  EXPECT_TRUE(run([&] { return createBackendSessionToken(*core, made->id, std::nullopt); }));
  EXPECT_EQ(codeOf(run([&] { return createSession(*core, "user_nobody"); })), "resource_not_found");
  settings.environment = Environment::Production;
  settings.testMode = false;
  open();
  EXPECT_EQ(codeOf(run([&] { return createSession(*core, user.id); })), "authorization_invalid");
}

class ManySessions : public SessionFlow {
 protected:
  ManySessions() : SessionFlow([](Settings& settings) { settings.singleSessionMode = false; }) {}
};

TEST_F(ManySessions, add_up_and_one_is_active) {
  const auto first = sessionId;
  createUser("grace@example.com");
  clock.advance(1s);
  const auto second = *signIn(browser, "grace@example.com")->signIn.createdSessionId;
  EXPECT_THAT(client(browser)->sessions, SizeIs(2));
  EXPECT_EQ(client(browser)->client.lastActiveSessionId, second);
  clock.advance(1s);
  ASSERT_TRUE(touch());
  EXPECT_EQ(client(browser)->client.lastActiveSessionId, first);
  EXPECT_EQ(client(browser)->client.updatedAt, clock.now());
  ASSERT_TRUE(request(browser, [&](Visitor& visitor) { return removeSession(*core, visitor, second); }));
  EXPECT_EQ(client(browser)->client.lastActiveSessionId, first);
  EXPECT_THAT(client(browser)->sessions, SizeIs(1));
}

}  // namespace
}  // namespace clerk::instance
