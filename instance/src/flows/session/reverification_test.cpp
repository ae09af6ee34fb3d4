#include "flows/session/reverification.hpp"

#include "flows/flow_test.hpp"
#include "flows/user/second_factors.hpp"
#include "strategies/totp.hpp"

namespace clerk::instance {
namespace {

constexpr const char* ada = "ada+clerk_test@example.com";

class Reverify : public FlowTest {
 protected:
  Reverify() : FlowTest([](Settings& settings) { settings.reverificationAge = 10min; }) {}

  User user = createUser(ada);
  Browser browser;
  std::string sessionId;

  void begin() {
    const auto state = signIn(browser, ada);
    ASSERT_TRUE(state) << codeOf(state);
    sessionId = client(browser)->sessions.at(0).session.id;
  }
  std::string asked() {
    return request(browser, [&](Visitor& visitor) -> async::Task<std::string> {
      const auto state = co_await requireSession(*core, visitor, sessionId);
      EXPECT_TRUE(state);
      const auto recent = requireRecentProof(*core, *state);
      co_return recent ? "" : recent.error().first().code;
    });
  }
  Outcome<ReverificationState> start(ReverificationLevel level) {
    return request(browser, [&](Visitor& visitor) { return startReverification(*core, visitor, sessionId, level); });
  }
  Outcome<ReverificationState> attempt(const AttemptFactorFields& fields) {
    return request(
        browser, [&](Visitor& visitor) { return attemptReverificationFirstFactor(*core, visitor, sessionId, fields); });
  }
};

TEST_F(Reverify, is_asked_for_when_the_proof_is_old) {
  begin();
  EXPECT_EQ(asked(), "");
  clock.advance(10min + 1s);
  EXPECT_EQ(asked(), "session_reverification_required");
  EXPECT_EQ(codeOf(attempt({.strategy = "password", .password = password, .code = {}, .ticket = {}})),
            "session_reverification_missing");
  // Nobody has a second factor here: the first one is asked for.
  const auto started = start(ReverificationLevel::SecondFactor);
  ASSERT_TRUE(started) << codeOf(started);
  EXPECT_EQ(started->reverification.status, ReverificationStatus::NeedsFirstFactor);
  EXPECT_EQ(codeOf(attempt({.strategy = "password", .password = "wrong password", .code = {}, .ticket = {}})),
            "form_password_incorrect");
  const auto done = attempt({.strategy = "password", .password = password, .code = {}, .ticket = {}});
  ASSERT_TRUE(done) << codeOf(done);
  EXPECT_EQ(done->reverification.status, ReverificationStatus::Complete);
  EXPECT_EQ(asked(), "");
  EXPECT_EQ(codeOf(attempt({.strategy = "password", .password = password, .code = {}, .ticket = {}})),
            "client_state_invalid");
}

TEST_F(Reverify, takes_a_code_by_mail) {
  begin();
  clock.advance(1h);
  ASSERT_TRUE(start(ReverificationLevel::FirstFactor));
  const auto prepared = request(browser, [&](Visitor& visitor) {
    return prepareReverificationFirstFactor(*core, visitor, sessionId, {.strategy = "email_code"});
  });
  ASSERT_TRUE(prepared) << codeOf(prepared);
  EXPECT_EQ(codeOf(attempt({.strategy = "email_code", .password = {}, .code = "000000", .ticket = {}})),
            "form_code_incorrect");
  ASSERT_TRUE(attempt({.strategy = "email_code", .password = {}, .code = "424242", .ticket = {}}));
  EXPECT_EQ(asked(), "");
}

TEST_F(Reverify, whoever_has_a_second_factor_proves_that) {
  begin();
  const auto started = run([&] { return startTotp(*core, user.id); });
  const auto secret = *base32Decode(started->secret);
  ASSERT_TRUE(run([&] { return attemptTotp(*core, user.id, totpCode(secret, totpStep(clock.now()))); }));
  clock.advance(1min);
  EXPECT_EQ(asked(), "session_reverification_required");
  ASSERT_EQ(start(ReverificationLevel::SecondFactor)->reverification.status, ReverificationStatus::NeedsSecondFactor);
  const auto done = request(browser, [&](Visitor& visitor) {
    return attemptReverificationSecondFactor(*core, visitor, sessionId, "totp",
                                             totpCode(secret, totpStep(clock.now())));
  });
  ASSERT_TRUE(done) << codeOf(done);
  EXPECT_EQ(done->reverification.status, ReverificationStatus::Complete);
  EXPECT_EQ(asked(), "");
}

TEST_F(Reverify, is_for_the_sessions_own_browser) {
  begin();
  Browser other;
  const auto started = request(other, [&](Visitor& visitor) {
    return startReverification(*core, visitor, sessionId, ReverificationLevel::FirstFactor);
  });
  EXPECT_EQ(codeOf(started), "resource_not_found");
}

}  // namespace
}  // namespace clerk::instance
