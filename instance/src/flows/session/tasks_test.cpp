#include "flows/session/tasks.hpp"

#include "flows/flow_test.hpp"
#include "flows/user/second_factors.hpp"
#include "strategies/totp.hpp"

namespace clerk::instance {
namespace {

class SessionTaskFlow : public FlowTest {
 protected:
  SessionTaskFlow() : FlowTest([](Settings& settings) { settings.secondFactorRequired = true; }) {}

  Session sessionOf(Browser& browser) { return client(browser)->sessions.at(0).session; }

  /// Sets up an authenticator app; gives the outcome of its first code.
  Outcome<Totp> setUp(const std::string& userId) {
    const auto started = run([&] { return startTotp(*core, userId); });
    EXPECT_TRUE(started.has_value());
    const auto code = totpCode(base32Decode(started->secret).value_or(""), totpStep(clock.now()));
    return run([&] { return attemptTotp(*core, userId, code); });
  }
};

TEST_F(SessionTaskFlow, who_has_no_second_factor_must_set_one_up_first) {
  const auto user = createUser("ada@example.com");
  Browser browser;
  ASSERT_TRUE(signIn(browser, "ada@example.com"));
  const auto pending = sessionOf(browser);
  EXPECT_EQ(pending.status, SessionStatus::Pending);
  EXPECT_THAT(pending.tasks, testing::ElementsAre("setup-mfa"));

  ASSERT_TRUE(setUp(user.id));
  const auto active = sessionOf(browser);
  EXPECT_EQ(active.status, SessionStatus::Active);
  EXPECT_TRUE(active.tasks.empty());
}

TEST_F(SessionTaskFlow, the_last_second_factor_stays) {
  const auto user = createUser("ada@example.com");
  ASSERT_TRUE(setUp(user.id));
  EXPECT_EQ(codeOf(run([&] { return deleteTotp(*core, user.id); })), "second_factor_deletion_not_allowed");
  EXPECT_TRUE(reload(user.id).totpEnabled);
}

TEST_F(SessionTaskFlow, a_second_factor_that_is_there_already_is_no_task) {
  const auto user = createUser("ada@example.com");
  ASSERT_TRUE(setUp(user.id));
  Browser browser;
  const auto state = signIn(browser, "ada@example.com");
  ASSERT_TRUE(state);
  EXPECT_EQ(state->signIn.status, SignInStatus::NeedsSecondFactor);
}

TEST(SessionTasks, are_listed_once_and_decide_the_status) {
  Session session;
  addTask(session, session_task::setupMfa);
  addTask(session, session_task::setupMfa);
  EXPECT_EQ(session.tasks.size(), 1u);
  EXPECT_EQ(session.status, SessionStatus::Pending);
  addTask(session, session_task::chooseOrganization);
  removeTask(session, session_task::setupMfa);
  EXPECT_EQ(session.status, SessionStatus::Pending);
  removeTask(session, session_task::chooseOrganization);
  EXPECT_EQ(session.status, SessionStatus::Active);
}

}  // namespace
}  // namespace clerk::instance
