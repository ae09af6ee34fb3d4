#include "flows/passkeys/passkeys.hpp"

#include "flows/enterprise/connection.hpp"
#include "flows/flow_test.hpp"
#include "flows/session/reverification.hpp"
#include "strategies/soft_authenticator.hpp"

namespace clerk::instance {
namespace {

class Passkeys : public FlowTest {
 protected:
  Passkeys()
      : FlowTest([](Settings& settings) {
          settings.attributes.passkey = {.enabled = true, .usedForFirstFactor = true, .firstFactors = {"passkey"}};
        }) {}

  const PasskeyPage page{"http://localhost:3000", "localhost"};
  User user = createUser("ada@example.com");
  SoftAuthenticator authenticator;

  Passkey registered() {
    const auto started = run([&] { return startPasskey(*core, user.id, page); });
    EXPECT_TRUE(started) << codeOf(started);
    const auto credential = authenticator.registration(started->verification->nonce);
    auto passkey = run([&] { return attemptPasskey(*core, user.id, started->id, credential, page); });
    EXPECT_TRUE(passkey) << codeOf(passkey);
    return *passkey;
  }

  Outcome<SignInState> start(Browser& browser) {
    return request(browser, [&](Visitor& visitor) { return startPasskeySignIn(*core, visitor, page); });
  }
  Outcome<SignInState> attempt(Browser& browser, const SignIn& signIn, const std::string& credential) {
    return request(browser,
                   [&](Visitor& visitor) { return attemptPasskeyFactor(*core, visitor, signIn.id, credential, page); });
  }
};

TEST_F(Passkeys, one_that_was_registered_signs_in_without_a_name) {
  const auto passkey = registered();
  EXPECT_TRUE(passkey.verified());
  Browser browser;
  const auto started = start(browser);
  ASSERT_TRUE(started) << codeOf(started);
  authenticator.signCount = 7;
  const auto answer = authenticator.assertion(started->signIn.firstFactorVerification->nonce, user.id);
  const auto done = attempt(browser, started->signIn, answer);
  ASSERT_TRUE(done) << codeOf(done);
  EXPECT_EQ(done->signIn.status, SignInStatus::Complete);
  const auto sessions = client(browser)->sessions;
  ASSERT_EQ(sessions.size(), 1u);
  EXPECT_EQ(sessions[0].user.id, user.id);
  EXPECT_TRUE(sessions[0].session.secondFactorVerifiedAt);
  EXPECT_EQ(sessions[0].user.passkeys[0].signCount, 7);
  EXPECT_TRUE(sessions[0].user.passkeys[0].lastUsedAt);

  // The answer belongs to its challenge.
  Browser other;
  const auto again = start(other);
  EXPECT_EQ(codeOf(attempt(other, again->signIn, answer)), "passkey_authentication_failure");
  EXPECT_EQ(codeOf(attempt(other, again->signIn, answer)), "verification_failed");
}

TEST_F(Passkeys, do_not_let_in_whoever_signs_in_at_an_organizations_provider) {
  registered();
  const auto connection = run([&] {
    return createEnterpriseConnection(*core, {.name = "Acme",
                                              .provider = "oidc_custom",
                                              .domains = {"example.com"},
                                              .active = true,
                                              .oidc = {{"client_id", "our-client"},
                                                       {"client_secret", "a secret"},
                                                       {"discovery_url", "https://idp.example"}}});
  });
  ASSERT_TRUE(connection) << codeOf(connection);
  Browser browser;
  const auto started = start(browser);
  const auto answer = authenticator.assertion(started->signIn.firstFactorVerification->nonce, user.id);
  EXPECT_EQ(codeOf(attempt(browser, started->signIn, answer)), "sign_in_must_use_enterprise_connection_identifier");
  EXPECT_TRUE(client(browser)->sessions.empty());
}

TEST_F(Passkeys, unknown_and_removed_ones_are_refused) {
  const auto passkey = registered();
  Browser browser;
  const auto started = start(browser);
  const auto& nonce = started->signIn.firstFactorVerification->nonce;
  EXPECT_EQ(codeOf(attempt(browser, started->signIn, "{}")), "passkey_invalid_public_key_credential");
  EXPECT_EQ(codeOf(attempt(browser, started->signIn, authenticator.assertion(nonce, "user_other"))),
            "passkey_not_registered");
  ASSERT_TRUE(run([&] { return deletePasskey(*core, user.id, passkey.id); }));
  EXPECT_EQ(codeOf(attempt(browser, started->signIn, authenticator.assertion(nonce, user.id))),
            "passkey_not_registered");
}

TEST_F(Passkeys, a_challenge_is_good_for_one_try_and_some_minutes) {
  auto started = run([&] { return startPasskey(*core, user.id, page); });
  EXPECT_EQ(codeOf(run([&] { return attemptPasskey(*core, user.id, started->id, "{}", page); })),
            "passkey_invalid_public_key_credential");
  const auto credential = authenticator.registration(started->verification->nonce);
  EXPECT_EQ(codeOf(run([&] { return attemptPasskey(*core, user.id, started->id, credential, page); })),
            "verification_failed");
  started = run([&] { return startPasskey(*core, user.id, page); });
  clock.advance(11min);
  const auto late = authenticator.registration(started->verification->nonce);
  EXPECT_EQ(codeOf(run([&] { return attemptPasskey(*core, user.id, started->id, late, page); })),
            "verification_expired");
  EXPECT_TRUE(reload(user.id).passkeys.size() <= 1);
}

TEST_F(Passkeys, are_named_and_belong_to_their_owner) {
  const auto passkey = registered();
  EXPECT_EQ(run([&] { return renamePasskey(*core, user.id, passkey.id, "My phone"); })->name, "My phone");
  const auto other = createUser("grace@example.com");
  EXPECT_EQ(codeOf(run([&] { return getPasskey(*core, other.id, passkey.id); })), "resource_not_found");
  EXPECT_EQ(codeOf(run([&] { return deletePasskey(*core, other.id, passkey.id); })), "resource_not_found");
}

TEST_F(Passkeys, one_proves_again_within_a_session_who_is_there) {
  registered();
  Browser browser;
  ASSERT_TRUE(signIn(browser, "ada@example.com"));
  const auto sessionId = client(browser)->sessions.at(0).session.id;
  clock.advance(1h);
  const auto started = request(browser, [&](Visitor& visitor) {
    return startReverification(*core, visitor, sessionId, ReverificationLevel::FirstFactor);
  });
  ASSERT_TRUE(started) << codeOf(started);
  EXPECT_EQ(started->firstFactors.at(0).strategy, "passkey");
  const auto prepared = request(browser, [&](Visitor& visitor) {
    return prepareReverificationFirstFactor(*core, visitor, sessionId, {.strategy = "passkey"}, page);
  });
  ASSERT_TRUE(prepared) << codeOf(prepared);
  const auto nonce = prepared->reverification.firstFactorVerification->nonce;
  const auto attempt = [&](const std::string& credential) {
    return request(browser, [&](Visitor& visitor) {
      return attemptReverificationFirstFactor(*core, visitor, sessionId,
                                              {.strategy = "passkey", .publicKeyCredential = credential}, page);
    });
  };
  EXPECT_EQ(codeOf(attempt("")), "form_param_nil");
  const auto done = attempt(authenticator.assertion(nonce, user.id));
  ASSERT_TRUE(done) << codeOf(done);
  EXPECT_EQ(done->reverification.status, ReverificationStatus::Complete);
  EXPECT_EQ(client(browser)->sessions.at(0).session.firstFactorVerifiedAt, clock.now());
}

TEST_F(Passkeys, somebody_elses_passkey_proves_nothing_within_a_session) {
  registered();
  const auto other = createUser("grace@example.com");
  Browser browser;
  ASSERT_TRUE(signIn(browser, "grace@example.com"));
  const auto sessionId = client(browser)->sessions.at(0).session.id;
  request(browser, [&](Visitor& visitor) {
    return startReverification(*core, visitor, sessionId, ReverificationLevel::FirstFactor);
  });
  const auto prepared = request(browser, [&](Visitor& visitor) {
    return prepareReverificationFirstFactor(*core, visitor, sessionId, {.strategy = "passkey"}, page);
  });
  EXPECT_EQ(codeOf(prepared), "strategy_for_user_invalid") << "she has none";
}

}  // namespace
}  // namespace clerk::instance
