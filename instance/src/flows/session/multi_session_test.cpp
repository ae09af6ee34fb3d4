// Several people signed in at one browser.

#include "flows/flow_test.hpp"

namespace clerk::instance {
namespace {

class MultiSession : public FlowTest {
 protected:
  MultiSession() : FlowTest([](Settings& settings) { settings.singleSessionMode = false; }) {}
};

TEST_F(MultiSession, sessions_add_up_and_end_one_by_one) {
  createUser("ada@example.com");
  createUser("grace@example.com");
  Browser browser;
  ASSERT_TRUE(signIn(browser, "ada@example.com"));
  clock.advance(1s);
  ASSERT_TRUE(signIn(browser, "grace@example.com"));
  const auto both = client(browser);
  ASSERT_EQ(both->sessions.size(), 2u);
  EXPECT_EQ(both->client.lastActiveSessionId, both->sessions[1].session.id);
  const auto first = both->sessions[0].session.id;
  ASSERT_TRUE(request(browser, [&](Visitor& visitor) { return removeSession(*core, visitor, first); }));
  const auto left = client(browser);
  ASSERT_EQ(left->sessions.size(), 1u);
  EXPECT_EQ(left->sessions[0].user.emailAddresses[0].emailAddress, "grace@example.com");
}

TEST_F(MultiSession, nobody_is_signed_in_twice) {
  createUser("ada@example.com");
  Browser browser;
  ASSERT_TRUE(signIn(browser, "ada@example.com"));
  const auto session = client(browser)->sessions.at(0).session.id;
  const auto again = signIn(browser, "ada@example.com");
  ASSERT_FALSE(again);
  EXPECT_EQ(codeOf(again), "identifier_already_signed_in");
  EXPECT_EQ(again.error().first().meta.at("session_id").as_string(), session);
  EXPECT_EQ(client(browser)->sessions.size(), 1u);
}

}  // namespace
}  // namespace clerk::instance
