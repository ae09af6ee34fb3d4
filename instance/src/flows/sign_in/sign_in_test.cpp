#include "flows/flow_test.hpp"

#include "flows/outbox/outbox.hpp"
#include "flows/sign_in_token/sign_in_token.hpp"

#include <algorithm>

namespace clerk::instance {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class SignInFlow : public FlowTest {
 protected:
  explicit SignInFlow(const std::function<void(Settings&)>& change = nullptr) : FlowTest(change) {
    user = createUser("ada+clerk_test@example.com");
  }

  Outcome<SignInState> create(SignInFields fields) {
    return request(browser, [&](Visitor& visitor) { return createSignIn(*core, visitor, fields); });
  }
  Outcome<SignInState> identify(const std::string& identifier) { return create({.identifier = identifier}); }
  Outcome<SignInState> prepare(const std::string& id, PrepareFactorFields fields) {
    return request(browser, [&](Visitor& visitor) { return prepareFirstFactor(*core, visitor, id, fields); });
  }
  Outcome<SignInState> attempt(const std::string& id, AttemptFactorFields fields) {
    return request(browser, [&](Visitor& visitor) { return attemptFirstFactor(*core, visitor, id, fields); });
  }
  Outcome<SignInState> attemptPassword(const std::string& id, const std::string& with) {
    return attempt(id, {.strategy = "password", .password = with});
  }

  static std::vector<std::string> strategies(const std::vector<Factor>& factors) {
    std::vector<std::string> names;
    for (const auto& factor : factors) names.push_back(factor.strategy);
    return names;
  }

  User user;
  Browser browser;
};

TEST_F(SignInFlow, identifier_then_password) {
  auto state = identify(" Ada+clerk_test@Example.com");
  ASSERT_TRUE(state) << codeOf(state);
  EXPECT_EQ(state->signIn.status, SignInStatus::NeedsFirstFactor);
  EXPECT_TRUE(state->showsUserData);
  EXPECT_THAT(strategies(state->firstFactors), ElementsAre("password", "email_code", "reset_password_email_code"));
  EXPECT_EQ(state->firstFactors[1].emailAddressId, user.emailAddresses[0].id);
  EXPECT_EQ(state->firstFactors[1].safeIdentifier, "a***@example.com");
  EXPECT_TRUE(state->firstFactors[1].primary);
  EXPECT_EQ(client(browser)->signIn->signIn.id, state->signIn.id);

  state = attemptPassword(state->signIn.id, password);
  ASSERT_TRUE(state) << codeOf(state);
  EXPECT_EQ(state->signIn.status, SignInStatus::Complete);
  EXPECT_EQ(state->signIn.firstFactorVerification->status, VerificationStatus::Verified);
  EXPECT_EQ(state->signIn.firstFactorVerification->strategy, "password");
  const auto now = client(browser);
  ASSERT_THAT(now->sessions, SizeIs(1));
  EXPECT_EQ(now->sessions[0].session.id, state->signIn.createdSessionId);
  EXPECT_EQ(now->sessions[0].session.latestActivity.browserName, "Chrome");
  EXPECT_FALSE(now->signIn);
  EXPECT_EQ(now->client.lastAuthenticationStrategy, "password");
}

TEST_F(SignInFlow, with_the_password_at_once) {
  auto state = signIn(browser, "ada+clerk_test@example.com");
  ASSERT_TRUE(state) << codeOf(state);
  EXPECT_EQ(state->signIn.status, SignInStatus::Complete);
}

TEST_F(SignInFlow, with_an_email_code) {
  auto state = identify("ada+clerk_test@example.com");
  const auto id = state->signIn.id;
  EXPECT_EQ(codeOf(attempt(id, {.strategy = "email_code", .code = "424242"})), "verification_missing");
  state = prepare(id, {.strategy = "email_code", .emailAddressId = user.emailAddresses[0].id});
  ASSERT_TRUE(state) << codeOf(state);
  EXPECT_EQ(state->signIn.firstFactorVerification->strategy, "email_code");
  EXPECT_EQ(codeOf(attempt(id, {.strategy = "email_code", .code = "000000"})), "form_code_incorrect");
  EXPECT_EQ(codeOf(attempt(id, {.strategy = "reset_password_email_code", .code = "424242"})), "verification_missing");
  EXPECT_EQ(codeOf(attempt(id, {.strategy = "email_code"})), "form_param_nil");
  state = attempt(id, {.strategy = "email_code", .code = "424242"});
  ASSERT_TRUE(state) << codeOf(state);
  EXPECT_EQ(state->signIn.status, SignInStatus::Complete);
  EXPECT_EQ(client(browser)->client.lastAuthenticationStrategy, "email_code");
  EXPECT_EQ(reload(user.id).failedAttempts, 0);
}

TEST_F(SignInFlow, a_wrong_password_does_not_void_a_code_that_is_on_its_way) {
  const auto id = identify("ada+clerk_test@example.com")->signIn.id;
  ASSERT_TRUE(prepare(id, {.strategy = "email_code"}));
  EXPECT_EQ(codeOf(attemptPassword(id, "wrong")), "form_password_incorrect");
  EXPECT_TRUE(attempt(id, {.strategy = "email_code", .code = "424242"}));
}

TEST_F(SignInFlow, tells_what_is_wrong) {
  EXPECT_EQ(codeOf(identify("nobody@example.com")), "form_identifier_not_found");
  EXPECT_EQ(paramOf(identify("nobody@example.com")), "identifier");
  EXPECT_EQ(codeOf(identify("")), "form_param_nil");
  EXPECT_EQ(codeOf(create({.strategy = "password", .password = password})), "form_param_missing");
  EXPECT_EQ(codeOf(create({.identifier = "x", .strategy = "carrier_pigeon"})), "form_param_value_invalid");
  EXPECT_EQ(codeOf(identify(std::string(1000, 'x'))), "form_param_max_length_exceeded");
  EXPECT_FALSE(client(browser));
  const auto id = identify("ada+clerk_test@example.com")->signIn.id;
  auto wrong = attemptPassword(id, "wrong");
  EXPECT_EQ(codeOf(wrong), "form_password_incorrect");
  EXPECT_EQ(paramOf(wrong), "password");
  EXPECT_EQ(codeOf(attemptPassword(id, "")), "form_param_nil");
  EXPECT_EQ(codeOf(attemptPassword("sia_nobody", password)), "resource_not_found");
  EXPECT_EQ(codeOf(attempt(id, {.strategy = "totp", .code = "1"})), "strategy_for_user_invalid");
  EXPECT_EQ(codeOf(prepare(id, {.strategy = "phone_code"})), "strategy_for_user_invalid");
  EXPECT_EQ(codeOf(prepare(id, {.strategy = "email_code", .emailAddressId = "idn_other"})),
            "strategy_for_user_invalid");
  EXPECT_EQ(client(browser)->signIn->signIn.firstFactorVerification->attempts, 1);
}

TEST_F(SignInFlow, needs_an_identifier_before_a_factor) {
  auto state = create({});
  ASSERT_TRUE(state);
  EXPECT_EQ(state->signIn.status, SignInStatus::NeedsIdentifier);
  EXPECT_THAT(state->firstFactors, IsEmpty());
  EXPECT_EQ(codeOf(attemptPassword(state->signIn.id, password)), "client_state_invalid");
}

TEST_F(SignInFlow, is_over_after_a_day) {
  const auto id = identify("ada+clerk_test@example.com")->signIn.id;
  clock.advance(24h);
  EXPECT_EQ(codeOf(attemptPassword(id, password)), "client_state_invalid");
  EXPECT_FALSE(client(browser)->signIn);
}

TEST_F(SignInFlow, is_its_clients_alone) {
  const auto id = identify("ada+clerk_test@example.com")->signIn.id;
  browser = {};
  EXPECT_EQ(codeOf(attemptPassword(id, password)), "resource_not_found");
}

TEST_F(SignInFlow, somebody_who_is_signed_in_is_told_so) {
  ASSERT_TRUE(signIn(browser, "ada+clerk_test@example.com"));
  EXPECT_EQ(codeOf(signIn(browser, "ada+clerk_test@example.com")), "session_exists");
}

TEST_F(SignInFlow, a_banned_user_stays_out) {
  const auto id = identify("ada+clerk_test@example.com")->signIn.id;
  ASSERT_TRUE(run([&] { return banUser(*core, user.id); }));
  EXPECT_EQ(codeOf(attemptPassword(id, password)), "user_banned");
  EXPECT_EQ(codeOf(prepare(id, {.strategy = "email_code"})), "user_banned");
  ASSERT_TRUE(run([&] { return unbanUser(*core, user.id); }));
  EXPECT_TRUE(attemptPassword(id, password));
}

TEST_F(SignInFlow, a_new_password_after_a_code) {
  Browser elsewhere;
  ASSERT_TRUE(signIn(elsewhere, "ada+clerk_test@example.com"));
  const auto id = identify("ada+clerk_test@example.com")->signIn.id;
  const auto reset = [&](std::string with, bool others = false) {
    return request(browser, [&](Visitor& visitor) { return resetPassword(*core, visitor, id, with, others); });
  };
  EXPECT_EQ(codeOf(reset("another horse 43!")), "client_state_invalid");
  ASSERT_TRUE(prepare(id, {.strategy = "reset_password_email_code"}));
  auto state = attempt(id, {.strategy = "reset_password_email_code", .code = "424242"});
  ASSERT_TRUE(state) << codeOf(state);
  EXPECT_EQ(state->signIn.status, SignInStatus::NeedsNewPassword);
  EXPECT_THAT(client(browser)->sessions, IsEmpty());
  EXPECT_EQ(codeOf(attemptPassword(id, password)), "client_state_invalid");
  EXPECT_EQ(codeOf(reset("x")), "form_password_length_too_short");
  state = reset("another horse 43!", true);
  ASSERT_TRUE(state) << codeOf(state);
  EXPECT_EQ(state->signIn.status, SignInStatus::Complete);
  EXPECT_THAT(client(browser)->sessions, SizeIs(1));
  EXPECT_THAT(client(elsewhere)->sessions, IsEmpty());
  Browser third;
  EXPECT_EQ(codeOf(signIn(third, "ada+clerk_test@example.com")), "form_password_incorrect");
  EXPECT_TRUE(signIn(third, "ada+clerk_test@example.com", "another horse 43!"));
}

TEST_F(SignInFlow, a_reserved_address_is_proved_by_its_code) {
  auto reserved = run([&] {
    return instance::createUser(*core, {.emailAddresses = {"grace+clerk_test@example.com"},
                                        .emailAddressIdentificationStatus = {"reserved"},
                                        .password = password});
  });
  ASSERT_TRUE(reserved) << codeOf(reserved);
  EXPECT_FALSE(reserved->emailAddresses[0].verified());
  const auto id = identify("grace+clerk_test@example.com")->signIn.id;
  ASSERT_TRUE(prepare(id, {.strategy = "email_code"}));
  ASSERT_TRUE(attempt(id, {.strategy = "email_code", .code = "424242"}));
  const auto email = reload(reserved->id).emailAddresses[0];
  EXPECT_TRUE(email.verified());
  EXPECT_FALSE(email.reserved);
}

TEST_F(SignInFlow, twenty_browsers_at_once_all_get_in) {
  int in = 0;
  run([&]() -> async::Task<> {
    std::vector<std::unique_ptr<Visitor>> visitors;
    std::vector<async::Task<Outcome<SignInState>>> attempts;
    for (int i = 0; i < 20; ++i) {
      visitors.push_back(std::make_unique<Visitor>());
      attempts.push_back(
          createSignIn(*core, *visitors.back(),
                       {.identifier = "ada+clerk_test@example.com", .strategy = "password", .password = password}));
    }
    for (auto& attempt : attempts) in += (co_await attempt).has_value();
  });
  EXPECT_EQ(in, 20);
  EXPECT_EQ(reload(user.id).failedAttempts, 0);
}

TEST_F(SignInFlow, one_sign_in_attempted_twenty_times_at_once_has_one_session) {
  const auto id = identify("ada+clerk_test@example.com")->signIn.id;
  std::vector<std::string> sessions;
  run([&]() -> async::Task<> {
    std::vector<std::unique_ptr<Visitor>> visitors;
    std::vector<async::Task<Outcome<SignInState>>> attempts;
    for (int i = 0; i < 20; ++i) {
      visitors.push_back(std::make_unique<Visitor>(co_await FlowTest::identify(browser)));
      attempts.push_back(
          attemptFirstFactor(*core, *visitors.back(), id, {.strategy = "password", .password = password}));
    }
    for (auto& attempt : attempts) {
      auto state = co_await attempt;
      // One that looks when the first is through is told so.
      EXPECT_TRUE(state || codeOf(state) == "client_state_invalid") << codeOf(state);
      if (state) sessions.push_back(state->signIn.createdSessionId.value_or(""));
    }
  });
  std::ranges::sort(sessions);
  sessions.erase(std::ranges::unique(sessions).begin(), sessions.end());
  EXPECT_THAT(sessions, SizeIs(1));
}

// ---- tickets

TEST_F(SignInFlow, a_ticket_signs_in_once) {
  auto issued = run([&] { return createSignInToken(*core, user.id, std::nullopt); });
  ASSERT_TRUE(issued);
  EXPECT_EQ(issued->url, "http://localhost:4000/sign-in?__clerk_ticket=" + issued->token);
  EXPECT_EQ(issued->signInToken.expiresAt, clock.now() + std::chrono::days(30));
  auto state = create({.strategy = "ticket", .ticket = issued->token});
  ASSERT_TRUE(state) << codeOf(state);
  EXPECT_EQ(state->signIn.status, SignInStatus::Complete);
  EXPECT_EQ(state->signIn.firstFactorVerification->strategy, "ticket");
  EXPECT_THAT(client(browser)->sessions, SizeIs(1));
  browser = {};
  EXPECT_EQ(codeOf(create({.strategy = "ticket", .ticket = issued->token})), "sign_in_token_already_used_code");
  EXPECT_EQ(codeOf(run([&] { return revokeSignInToken(*core, issued->signInToken.id); })),
            "sign_in_token_cannot_be_revoked_code");
}

TEST_F(SignInFlow, a_ticket_serves_one_of_many_at_once) {
  const auto ticket = run([&] { return createSignInToken(*core, user.id, std::nullopt); })->token;
  int in = 0;
  run([&]() -> async::Task<> {
    std::vector<std::unique_ptr<Visitor>> visitors;
    std::vector<async::Task<Outcome<SignInState>>> attempts;
    for (int i = 0; i < 10; ++i) {
      visitors.push_back(std::make_unique<Visitor>());
      attempts.push_back(createSignIn(*core, *visitors.back(), {.strategy = "ticket", .ticket = ticket}));
    }
    for (auto& attempt : attempts) in += (co_await attempt).has_value();
  });
  EXPECT_EQ(in, 1);
}

TEST_F(SignInFlow, a_ticket_that_is_not_used_up_by_a_refusal) {
  const auto ticket = run([&] { return createSignInToken(*core, user.id, 1h); })->token;
  ASSERT_TRUE(run([&] { return lockUser(*core, user.id); }));
  EXPECT_EQ(codeOf(create({.strategy = "ticket", .ticket = ticket})), "user_locked");
  ASSERT_TRUE(run([&] { return unlockUser(*core, user.id); }));
  EXPECT_TRUE(create({.strategy = "ticket", .ticket = ticket}));
}

TEST_F(SignInFlow, bad_tickets_are_told_apart) {
  const auto issued = run([&] { return createSignInToken(*core, user.id, 60s); });
  EXPECT_EQ(codeOf(create({.strategy = "ticket"})), "form_param_nil");
  for (const auto& garbage : {std::string("x"), std::string("a.b.c"), issued->token + "x", std::string(100'000, '.')}) {
    EXPECT_EQ(codeOf(create({.strategy = "ticket", .ticket = garbage})), "ticket_invalid_code");
  }
  // A session token is signed with the same key, and is no ticket.
  Browser other;
  ASSERT_TRUE(signIn(other, "ada+clerk_test@example.com"));
  EXPECT_EQ(codeOf(create({.strategy = "ticket", .ticket = client(other)->sessions[0].token})), "ticket_invalid_code");
  ASSERT_TRUE(run([&] { return revokeSignInToken(*core, issued->signInToken.id); }));
  EXPECT_EQ(codeOf(create({.strategy = "ticket", .ticket = issued->token})), "sign_in_token_revoked_code");
  clock.advance(60s);
  EXPECT_EQ(codeOf(create({.strategy = "ticket", .ticket = issued->token})), "ticket_expired_code");
  EXPECT_FALSE(client(browser));
}

TEST_F(SignInFlow, tickets_are_for_users_and_for_a_while) {
  EXPECT_EQ(codeOf(run([&] { return createSignInToken(*core, "user_nobody", std::nullopt); })), "resource_not_found");
  EXPECT_EQ(codeOf(run([&] { return createSignInToken(*core, user.id, 0s); })), "form_param_value_invalid");
  EXPECT_EQ(codeOf(run([&] { return revokeSignInToken(*core, "sit_nobody"); })), "resource_not_found");
  const auto testing = createTestingToken(*core);
  EXPECT_TRUE(testing.token.starts_with("1800000000-c_"));
  EXPECT_EQ(testing.expiresAt, clock.now() + 1h);
}

// ---- lockout

class Lock : public SignInFlow {
 protected:
  Lock() : SignInFlow([](Settings& settings) { settings.lockout.maxAttempts = 10; }) {}

  int wrongAtOnce(int count) {
    int locked = 0;
    run([&]() -> async::Task<> {
      std::vector<std::unique_ptr<Visitor>> visitors;
      std::vector<async::Task<Outcome<SignInState>>> attempts;
      for (int i = 0; i < count; ++i) {
        visitors.push_back(std::make_unique<Visitor>());
        attempts.push_back(
            createSignIn(*core, *visitors.back(),
                         {.identifier = "ada+clerk_test@example.com", .strategy = "password", .password = "wrong"}));
      }
      for (auto& attempt : attempts) locked += codeOf(co_await attempt) == "user_locked";
    });
    return locked;
  }
};

TEST_F(Lock, wrong_passwords_lock_and_time_opens) {
  for (int i = 0; i < 9; ++i) {
    Browser other;
    EXPECT_EQ(codeOf(signIn(other, "ada+clerk_test@example.com", "wrong")), "form_password_incorrect");
  }
  EXPECT_EQ(verificationAttemptsRemaining(core->settings(), reload(user.id), clock.now()), 1);
  auto locked = signIn(browser, "ada+clerk_test@example.com", "wrong");
  EXPECT_EQ(codeOf(locked), "user_locked");
  EXPECT_EQ(locked.error().first().trouble, Trouble::Forbidden);
  EXPECT_NE(locked.error().first().longMessage.find("60 minutes"), std::string::npos);
  EXPECT_EQ(codeOf(signIn(browser, "ada+clerk_test@example.com")), "user_locked");
  EXPECT_EQ(lockoutExpiresInSeconds(reload(user.id), clock.now()), 3600);
  EXPECT_EQ(verificationAttemptsRemaining(core->settings(), reload(user.id), clock.now()), 0);
  clock.advance(1h);
  EXPECT_EQ(verificationAttemptsRemaining(core->settings(), reload(user.id), clock.now()), 10);
  EXPECT_TRUE(signIn(browser, "ada+clerk_test@example.com"));
  EXPECT_EQ(reload(user.id).failedAttempts, 0);
}

TEST_F(Lock, twenty_wrong_ones_at_once_lock_and_later_ones_are_not_even_tried) {
  EXPECT_GE(wrongAtOnce(20), 1);
  const auto locked = reload(user.id);
  EXPECT_TRUE(locked.isLocked(clock.now()));
  EXPECT_GE(locked.failedAttempts, 10);
  // The queue of guesses is asked again before each is hashed: what is under way on two threads may still count.
  EXPECT_LE(locked.failedAttempts, 20);
  EXPECT_EQ(codeOf(signIn(browser, "ada+clerk_test@example.com")), "user_locked");
}

TEST_F(Lock, the_right_password_clears_the_count) {
  for (int i = 0; i < 5; ++i) {
    Browser other;
    EXPECT_EQ(codeOf(signIn(other, "ada+clerk_test@example.com", "wrong")), "form_password_incorrect");
  }
  EXPECT_EQ(reload(user.id).failedAttempts, 5);
  ASSERT_TRUE(signIn(browser, "ada+clerk_test@example.com"));
  EXPECT_EQ(reload(user.id).failedAttempts, 0);
}

TEST_F(Lock, wrong_codes_count_as_well) {
  for (int round = 0; round < 3; ++round) {
    const auto id = identify("ada+clerk_test@example.com")->signIn.id;
    ASSERT_TRUE(prepare(id, {.strategy = "email_code"}));
    for (int i = 0; i < 3; ++i) {
      EXPECT_EQ(codeOf(attempt(id, {.strategy = "email_code", .code = "000000"})), "form_code_incorrect");
    }
  }
  const auto id = identify("ada+clerk_test@example.com")->signIn.id;
  ASSERT_TRUE(prepare(id, {.strategy = "email_code"}));
  EXPECT_EQ(codeOf(attempt(id, {.strategy = "email_code", .code = "000000"})), "user_locked");
  EXPECT_EQ(codeOf(attempt(id, {.strategy = "email_code", .code = "424242"})), "user_locked");
}

TEST_F(Lock, a_backend_locks_and_unlocks) {
  auto locked = run([&] { return lockUser(*core, user.id); });
  ASSERT_TRUE(locked);
  EXPECT_TRUE(locked->isLocked(clock.now()));
  EXPECT_EQ(codeOf(signIn(browser, "ada+clerk_test@example.com")), "user_locked");
  auto unlocked = run([&] { return unlockUser(*core, user.id); });
  EXPECT_FALSE(unlocked->isLocked(clock.now()));
  EXPECT_TRUE(signIn(browser, "ada+clerk_test@example.com"));
}

// ---- enumeration protection

class ProtectedSignIn : public SignInFlow {
 protected:
  ProtectedSignIn()
      : SignInFlow([](Settings& settings) {
          settings.enumerationProtection = true;
          settings.lockout.maxAttempts = 5;
        }) {}
};

TEST_F(ProtectedSignIn, known_and_unknown_identifiers_look_alike) {
  const auto known = identify("ada+clerk_test@example.com");
  Browser other;
  browser = other;
  const auto unknown = identify("nobody@example.com");
  ASSERT_TRUE(unknown) << codeOf(unknown);
  EXPECT_EQ(known->signIn.status, unknown->signIn.status);
  EXPECT_EQ(strategies(known->firstFactors), strategies(unknown->firstFactors));
  EXPECT_EQ(unknown->firstFactors[1].emailAddressId.size(), known->firstFactors[1].emailAddressId.size());
  EXPECT_EQ(unknown->firstFactors[1].safeIdentifier, "n***@example.com");
  EXPECT_TRUE(unknown->firstFactors[1].primary);
  EXPECT_FALSE(known->showsUserData);
  EXPECT_FALSE(unknown->showsUserData);
  EXPECT_EQ(identify("nobody@example.com")->firstFactors, unknown->firstFactors);
  EXPECT_NE(identify("somebody@example.com")->firstFactors, unknown->firstFactors);
}

TEST_F(ProtectedSignIn, wrong_passwords_and_codes_answer_alike) {
  for (const auto* identifier : {"ada+clerk_test@example.com", "nobody@example.com"}) {
    browser = {};
    const auto id = identify(identifier)->signIn.id;
    for (int i = 0; i < 8; ++i) {
      auto wrong = attemptPassword(id, "wrong");
      EXPECT_EQ(codeOf(wrong), "form_password_or_identifier_incorrect") << identifier << i;
      EXPECT_EQ(paramOf(wrong), "");
    }
    EXPECT_EQ(client(browser)->signIn->signIn.firstFactorVerification->attempts, 8);
    auto prepared = prepare(id, {.strategy = "email_code"});
    ASSERT_TRUE(prepared) << codeOf(prepared);
    EXPECT_EQ(prepared->signIn.firstFactorVerification->strategy, "email_code");
    EXPECT_EQ(codeOf(attempt(id, {.strategy = "email_code", .code = "000000"})), "form_code_incorrect") << identifier;
  }
  EXPECT_TRUE(reload(user.id).isLocked(clock.now()));
  browser = {};
  EXPECT_EQ(codeOf(signIn(browser, "ada+clerk_test@example.com")), "form_password_or_identifier_incorrect");
  EXPECT_THAT(client(browser)->sessions, IsEmpty());
}

/// Does something once, when the flow draws random bytes again: after what it looked up, before what it writes.
class Interruption final : public Random {
 public:
  void fill(std::span<unsigned char> bytes) override {
    if (act && draws++ == 1) act();
    system_.fill(bytes);
  }
  std::function<void()> act;
  int draws = 0;

 private:
  SystemRandom system_;
};

/// Somebody deletes the account while its owner starts to sign in.
void deleteMeanwhile(Core& core, Interruption& interruption, const std::string& userId) {
  interruption.act = [&core, userId] {
    core.store().writeNow([&](Transaction& tx) { EXPECT_TRUE(tx.users().erase(userId)); });
  };
}

TEST_F(SignInFlow, an_account_that_is_deleted_meanwhile_is_not_found) {
  Interruption interruption;
  core.reset();
  core = Core::open(
      {.dataFolder = folder, .database = database, .settings = settings, .clock = &clock, .random = &interruption});
  deleteMeanwhile(*core, interruption, user.id);
  EXPECT_EQ(codeOf(identify("ada+clerk_test@example.com")), "form_identifier_not_found");
  EXPECT_GT(interruption.draws, 1);
  EXPECT_FALSE(client(browser));
  core.reset();
}

TEST_F(ProtectedSignIn, an_account_that_is_deleted_meanwhile_looks_as_any_other) {
  Interruption interruption;
  core.reset();
  core = Core::open(
      {.dataFolder = folder, .database = database, .settings = settings, .clock = &clock, .random = &interruption});
  deleteMeanwhile(*core, interruption, user.id);
  EXPECT_TRUE(identify("ada+clerk_test@example.com"));
  EXPECT_GT(interruption.draws, 1);
  core.reset();
}

TEST_F(ProtectedSignIn, the_right_password_still_gets_in) {
  EXPECT_TRUE(signIn(browser, "ada+clerk_test@example.com"));
}

}  // namespace
}  // namespace clerk::instance
