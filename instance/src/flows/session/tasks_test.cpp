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

class CompromisedPassword : public FlowTest {
 protected:
  static constexpr const char* ada = "ada+clerk_test@example.com";
  static constexpr const char* another = "another horse 43!";

  /// Signs in by another way than the password, which is refused.
  Session sessionByCode(Browser& browser) {
    EXPECT_EQ(codeOf(signIn(browser, ada)), "form_password_compromised");
    const auto begun =
        request(browser, [&](Visitor& visitor) { return createSignIn(*core, visitor, {.identifier = ada}); });
    const std::string id = begun->signIn.id;
    EXPECT_TRUE(request(
        browser, [&](Visitor& visitor) { return prepareFirstFactor(*core, visitor, id, {.strategy = "email_code"}); }));
    const auto done = request(browser, [&](Visitor& visitor) {
      return attemptFirstFactor(*core, visitor, id, {.strategy = "email_code", .code = "424242"});
    });
    EXPECT_EQ(done->signIn.status, SignInStatus::Complete);
    return sessionOf(browser);
  }

  Session sessionOf(Browser& browser) { return client(browser)->sessions.at(0).session; }

  const User user = createUser(ada);
};

TEST_F(CompromisedPassword, is_to_be_replaced_before_the_session_counts) {
  Browser before;
  ASSERT_TRUE(signIn(before, ada));
  ASSERT_TRUE(run([&] { return markPasswordCompromised(*core, user.id, false); }));
  EXPECT_EQ(sessionOf(before).status, SessionStatus::Active) << "who is signed in is not interrupted";

  Browser browser;
  const auto pending = sessionByCode(browser);
  EXPECT_EQ(pending.status, SessionStatus::Pending);
  EXPECT_THAT(pending.tasks, testing::ElementsAre("reset-password"));

  const auto change = [&](const std::string& to) {
    return run([&] { return changePassword(*core, pending, {.newPassword = to}); });
  };
  EXPECT_EQ(codeOf(change("short")), "form_password_length_too_short");
  EXPECT_EQ(sessionOf(browser).status, SessionStatus::Pending);
  ASSERT_TRUE(change(another));
  EXPECT_EQ(sessionOf(browser).status, SessionStatus::Active);
  EXPECT_TRUE(sessionOf(browser).tasks.empty());
  Browser after;
  ASSERT_TRUE(signIn(after, ada, another));
  EXPECT_EQ(sessionOf(after).status, SessionStatus::Active);
}

TEST_F(CompromisedPassword, is_no_task_once_a_backend_has_taken_it_back) {
  ASSERT_TRUE(run([&] { return markPasswordCompromised(*core, user.id, true); }));
  Browser browser;
  ASSERT_EQ(sessionByCode(browser).status, SessionStatus::Pending);
  ASSERT_TRUE(run([&] { return unmarkPasswordCompromised(*core, user.id); }));
  EXPECT_EQ(sessionOf(browser).status, SessionStatus::Active);
}

TEST_F(CompromisedPassword, that_is_the_one_of_now_is_not_taken_as_the_new_one) {
  ASSERT_TRUE(run([&] { return markPasswordCompromised(*core, user.id, true); }));
  Browser browser;
  const auto pending = sessionByCode(browser);
  EXPECT_EQ(codeOf(run([&] { return changePassword(*core, pending, {.newPassword = password}); })),
            "form_password_pwned");
  EXPECT_EQ(sessionOf(browser).status, SessionStatus::Pending);
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
