// One person acts as another, for a while, and everybody can tell.

#include "flows/actor_token/actor_token.hpp"

#include "flows/flow_test.hpp"

namespace clerk::instance {
namespace {

class ActorTokens : public FlowTest {
 protected:
  ActorTokens() : user(createUser("ada@example.com")) {}

  RegistryEntry issue() {
    auto entry = run([&] {
      return createActorToken(
          *core, {.userId = user.id, .actor = {{"sub", "user_support"}}, .sessionLifetime = std::chrono::minutes(10)});
    });
    EXPECT_TRUE(entry.has_value());
    return *std::move(entry);
  }
  Outcome<SignInState> use(Browser& browser, const RegistryEntry& entry) {
    return request(browser, [&](Visitor& visitor) {
      return createSignIn(*core, visitor, {.strategy = "ticket", .ticket = std::string(entry.text("token"))});
    });
  }

  User user;
};

TEST_F(ActorTokens, a_session_says_who_acts_and_ends_soon) {
  Browser browser;
  const auto state = use(browser, issue());
  ASSERT_TRUE(state) << codeOf(state);
  EXPECT_EQ(state->signIn.status, SignInStatus::Complete);
  const auto session = client(browser)->sessions.at(0).session;
  EXPECT_EQ(session.userId, user.id);
  ASSERT_TRUE(session.actor);
  EXPECT_EQ(session.actor->at("sub"), "user_support");
  EXPECT_EQ(session.expireAt - session.createdAt, std::chrono::minutes(10));
  EXPECT_FALSE(reload(user.id).lastSignInAt) << "it was not the user who signed in";

  const auto token =
      request(browser, [&](Visitor& visitor) { return createSessionToken(*core, visitor, session.id, std::nullopt); });
  ASSERT_TRUE(token);
  const auto claims = core->tokens().verify(*token);
  ASSERT_TRUE(claims);
  EXPECT_EQ(claims->at("act").at("sub"), "user_support");
  EXPECT_EQ(std::string(claims->at("sub").as_string()), user.id);

  clock.advance(11min);
  EXPECT_TRUE(client(browser)->sessions.empty());
}

TEST_F(ActorTokens, what_the_user_is_to_do_is_no_task_of_who_acts) {
  ASSERT_TRUE(run([&] { return markPasswordCompromised(*core, user.id, true); }));
  Browser browser;
  ASSERT_TRUE(use(browser, issue()));
  EXPECT_EQ(client(browser)->sessions.at(0).session.status, SessionStatus::Active);
}

TEST_F(ActorTokens, a_token_serves_once) {
  const auto entry = issue();
  Browser browser, other;
  ASSERT_TRUE(use(browser, entry));
  EXPECT_EQ(codeOf(use(other, entry)), "actor_token_already_used_code");
}

TEST_F(ActorTokens, what_was_revoked_or_is_late_opens_nothing) {
  Browser browser;
  const auto revoked = issue();
  ASSERT_TRUE(run([&] { return revokeActorToken(*core, revoked.id); }));
  EXPECT_EQ(codeOf(use(browser, revoked)), "actor_token_revoked_code");
  const auto late = issue();
  clock.advance(2h);
  EXPECT_EQ(codeOf(use(browser, late)), "ticket_expired_code");
}

TEST_F(ActorTokens, nobody_acts_as_somebody_who_is_gone) {
  const auto entry = issue();
  run([&] { return deleteUser(*core, user.id); });
  Browser browser;
  EXPECT_EQ(codeOf(use(browser, entry)), "actor_token_subject_not_found");
}

TEST_F(ActorTokens, an_actor_token_signs_nobody_up) {
  Browser browser;
  const auto entry = issue();
  const auto state = request(browser, [&](Visitor& visitor) {
    return createSignUp(*core, visitor, {.strategy = "ticket", .ticket = std::string(entry.text("token"))});
  });
  EXPECT_EQ(codeOf(state), "actor_token_not_in_sign_in_code");
}

TEST_F(ActorTokens, of_many_at_once_one_gets_in) {
  const auto entry = issue();
  constexpr int count = 8;
  std::vector<Browser> browsers(count);
  int accepted = 0;
  for (auto& browser : browsers) accepted += use(browser, entry).has_value();
  EXPECT_EQ(accepted, 1);
}

}  // namespace
}  // namespace clerk::instance
