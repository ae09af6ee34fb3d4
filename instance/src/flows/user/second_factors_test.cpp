#include "flows/user/second_factors.hpp"

#include "flows/flow_test.hpp"
#include "strategies/totp.hpp"

namespace clerk::instance {
namespace {

constexpr const char* ada = "ada+clerk_test@example.com";

class SecondFactors : public FlowTest {
 protected:
  User user = createUser(ada);
  std::string secret;
  std::vector<std::string> backupCodes;

  std::string codeNow(int offset = 0) const { return totpCode(secret, totpStep(clock.now()) + offset); }

  void enable() {
    const auto started = run([&] { return startTotp(*core, user.id); });
    ASSERT_TRUE(started) << codeOf(started);
    secret = *base32Decode(started->secret);
    const auto verified = run([&] { return attemptTotp(*core, user.id, codeNow()); });
    ASSERT_TRUE(verified) << codeOf(verified);
    backupCodes = verified->backupCodes;
    clock.advance(30s);
  }

  /// As far as the second factor.
  std::string begin(Browser& browser) {
    const auto state = signIn(browser, ada);
    EXPECT_TRUE(state) << codeOf(state);
    EXPECT_EQ(state->signIn.status, SignInStatus::NeedsSecondFactor);
    EXPECT_FALSE(state->signIn.createdSessionId);
    return state->signIn.id;
  }
  Outcome<SignInState> attempt(Browser& browser, const std::string& id, const std::string& strategy,
                               const std::string& code) {
    return request(browser, [&](Visitor& visitor) { return attemptSecondFactor(*core, visitor, id, strategy, code); });
  }
};

TEST_F(SecondFactors, an_app_counts_once_a_code_of_it_was_given) {
  const auto started = run([&] { return startTotp(*core, user.id); });
  ASSERT_TRUE(started);
  EXPECT_NE(started->uri.find("secret=" + started->secret), std::string::npos);
  EXPECT_EQ(codeOf(run([&] { return attemptTotp(*core, user.id, "000000"); })), "form_code_incorrect");
  EXPECT_FALSE(reload(user.id).twoFactorEnabled());
  Browser browser;
  EXPECT_EQ(signIn(browser, ada)->signIn.status, SignInStatus::Complete);

  enable();
  EXPECT_EQ(backupCodes.size(), 10u);
  const auto now = reload(user.id);
  EXPECT_TRUE(now.totpEnabled);
  EXPECT_TRUE(now.backupCodeEnabled);
  EXPECT_EQ(codeOf(run([&] { return startTotp(*core, user.id); })), "totp_already_enabled");
}

TEST_F(SecondFactors, a_backend_brings_them_along) {
  NewUser fields{.emailAddresses = {"grace+clerk_test@example.com"}, .password = "correct horse 42!"};
  fields.secondFactors = {.totpSecret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", .backupCodes = {"First-Code"}};
  const auto grace = run([&] { return instance::createUser(*core, fields); });
  ASSERT_TRUE(grace) << codeOf(grace);
  EXPECT_TRUE(grace->totpEnabled && grace->backupCodeEnabled && grace->mfaEnabledAt);
  secret = *base32Decode(*fields.secondFactors.totpSecret);
  const auto verify = [&](const std::string& code) {
    return codeOf(run([&] { return verifySecondFactor(*core, grace->id, code); }));
  };
  EXPECT_EQ(verify(codeNow()), "");
  EXPECT_EQ(verify("first code"), "");
  EXPECT_EQ(verify("first code"), "totp_invalid_length");

  UserChanges changes;
  changes.secondFactors.totpSecret = "KRUGKIDROVUWG2ZAMJZG653OEBTG66BA";
  ASSERT_TRUE(run([&] { return updateUser(*core, grace->id, changes); }));
  EXPECT_EQ(verify(codeNow(1)), "totp_incorrect_code");
  for (const auto* wrong : {"", "short", "not base32 at all, is it?"}) {
    changes.secondFactors.totpSecret = wrong;
    EXPECT_EQ(codeOf(run([&] { return updateUser(*core, grace->id, changes); })), "form_param_format_invalid") << wrong;
  }
  changes.secondFactors = {.totpSecret = {}, .backupCodes = {"$2a$10$a.digest"}};
  EXPECT_EQ(codeOf(run([&] { return updateUser(*core, grace->id, changes); })), "form_param_format_invalid");
}

TEST_F(SecondFactors, sign_in_asks_for_the_app_and_takes_each_code_once) {
  enable();
  Browser browser;
  const auto id = begin(browser);
  EXPECT_TRUE(client(browser)->sessions.empty());
  EXPECT_EQ(codeOf(attempt(browser, id, "totp", "000000")), "form_code_incorrect");
  EXPECT_EQ(codeOf(attempt(browser, id, "phone_code", "000000")), "no_second_factors");
  const auto code = codeNow();
  const auto state = attempt(browser, id, "totp", code);
  ASSERT_TRUE(state) << codeOf(state);
  EXPECT_EQ(state->signIn.status, SignInStatus::Complete);
  ASSERT_EQ(client(browser)->sessions.size(), 1u);
  EXPECT_TRUE(client(browser)->sessions[0].session.secondFactorVerifiedAt);

  // Whoever looked over the shoulder is too late: with this code and with the one before.
  Browser thief;
  const auto other = begin(thief);
  EXPECT_EQ(codeOf(attempt(thief, other, "totp", code)), "form_code_incorrect");
  EXPECT_EQ(codeOf(attempt(thief, other, "totp", codeNow(-1))), "form_code_incorrect");
}

TEST_F(SecondFactors, the_code_that_set_the_app_up_signs_in_once) {
  enable();
  clock.advance(-30s);
  Browser browser;
  const auto id = begin(browser);
  EXPECT_EQ(codeOf(attempt(browser, id, "totp", codeNow(-1))), "form_code_incorrect") << "an earlier one does not";
  ASSERT_TRUE(attempt(browser, id, "totp", codeNow()));
  Browser thief;
  EXPECT_EQ(codeOf(attempt(thief, begin(thief), "totp", codeNow())), "form_code_incorrect");
}

TEST_F(SecondFactors, backup_codes_work_once_each_however_they_are_typed) {
  enable();
  Browser browser;
  auto typed = backupCodes[3];
  typed.insert(4, "-");
  EXPECT_TRUE(attempt(browser, begin(browser), "backup_code", typed));
  Browser other;
  EXPECT_EQ(codeOf(attempt(other, begin(other), "backup_code", backupCodes[3])), "form_code_incorrect");
  const auto fresh = run([&] { return createBackupCodes(*core, user.id); });
  ASSERT_TRUE(fresh);
  Browser third;
  const auto id = begin(third);
  EXPECT_EQ(codeOf(attempt(third, id, "backup_code", backupCodes[4])), "form_code_incorrect");
  EXPECT_TRUE(attempt(third, id, "backup_code", fresh->codes[0]));
}

TEST_F(SecondFactors, guessing_ends_the_attempt_and_counts_towards_the_lock) {
  enable();
  Browser browser;
  const auto id = begin(browser);
  for (int i = 0; i < 10; ++i) EXPECT_EQ(codeOf(attempt(browser, id, "totp", "000000")), "form_code_incorrect");
  EXPECT_EQ(codeOf(attempt(browser, id, "totp", codeNow())), "verification_failed");
  EXPECT_EQ(reload(user.id).failedAttempts, 10);
}

TEST_F(SecondFactors, a_new_password_does_not_go_around_the_app) {
  enable();
  Browser browser;
  auto state = request(browser, [&](Visitor& visitor) {
    return createSignIn(*core, visitor,
                        {.identifier = ada, .strategy = "reset_password_email_code", .password = {}, .ticket = {}});
  });
  ASSERT_TRUE(state) << codeOf(state);
  const auto id = state->signIn.id;
  state = request(browser, [&](Visitor& visitor) {
    return attemptFirstFactor(
        *core, visitor, id, {.strategy = "reset_password_email_code", .password = {}, .code = "424242", .ticket = {}});
  });
  ASSERT_TRUE(state) << codeOf(state);
  EXPECT_EQ(state->signIn.status, SignInStatus::NeedsNewPassword);
  state =
      request(browser, [&](Visitor& visitor) { return resetPassword(*core, visitor, id, "another horse 43!", false); });
  ASSERT_TRUE(state) << codeOf(state);
  EXPECT_EQ(state->signIn.status, SignInStatus::NeedsSecondFactor);
  EXPECT_TRUE(client(browser)->sessions.empty());
  state = attempt(browser, id, "totp", codeNow());
  ASSERT_TRUE(state) << codeOf(state);
  EXPECT_EQ(client(browser)->sessions.size(), 1u);
}

TEST_F(SecondFactors, without_the_app_backup_codes_go_too) {
  enable();
  ASSERT_TRUE(run([&] { return deleteTotp(*core, user.id); }));
  const auto now = reload(user.id);
  EXPECT_FALSE(now.twoFactorEnabled());
  EXPECT_FALSE(now.backupCodeEnabled);
  EXPECT_TRUE(now.mfaDisabledAt);
  EXPECT_EQ(codeOf(run([&] { return createBackupCodes(*core, user.id); })), "backup_codes_not_available");
  EXPECT_EQ(codeOf(run([&] { return deleteTotp(*core, user.id); })), "resource_not_found");
  Browser browser;
  EXPECT_EQ(signIn(browser, ada)->signIn.status, SignInStatus::Complete);
}

TEST_F(SecondFactors, a_backend_checks_and_disables) {
  EXPECT_EQ(codeOf(run([&] { return verifySecondFactor(*core, user.id, "000000"); })), "totp_disabled");
  enable();
  EXPECT_EQ(run([&] { return verifySecondFactor(*core, user.id, codeNow()); })->codeType, "totp");
  EXPECT_EQ(codeOf(run([&] { return verifySecondFactor(*core, user.id, codeNow()); })), "totp_incorrect_code");
  EXPECT_EQ(run([&] { return verifySecondFactor(*core, user.id, backupCodes[0]); })->codeType, "backup_code");
  EXPECT_EQ(codeOf(run([&] { return verifySecondFactor(*core, user.id, "1"); })), "totp_invalid_length");
  ASSERT_TRUE(run([&] { return disableSecondFactors(*core, user.id); }));
  EXPECT_FALSE(reload(user.id).twoFactorEnabled());
  EXPECT_EQ(codeOf(run([&] { return disableSecondFactors(*core, "user_unknown"); })), "resource_not_found");
}

}  // namespace
}  // namespace clerk::instance
