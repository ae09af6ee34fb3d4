#include "flows/links/email_link.hpp"

#include "flows/flow_test.hpp"
#include "flows/outbox/outbox.hpp"

namespace clerk::instance {
namespace {

constexpr const char* ada = "ada@example.com";

class EmailLinks : public FlowTest {
 protected:
  explicit EmailLinks(bool sameClient = false)
      : FlowTest([sameClient](Settings& settings) {
          auto& email = settings.attributes.emailAddress;
          email.verifications = {"email_link"};
          email.firstFactors = {"email_code", "email_link"};
          settings.linksNeedSameClient = sameClient;
        }) {}

  std::string lastToken(const std::string& to) {
    const auto messages = run([&] { return listMessages(*core, to, {}); });
    const auto& body = messages.at(0).body;
    const auto begin = body.find("token=") + 6;
    return body.substr(begin, body.find('\n', begin) - begin);
  }

  std::string beginSignUp(Browser& browser) {
    const auto signUp = request(browser, [&](Visitor& visitor) {
      return createSignUp(*core, visitor, {.emailAddress = ada, .password = password});
    });
    EXPECT_TRUE(signUp) << codeOf(signUp);
    const auto prepared = request(browser, [&](Visitor& visitor) {
      return prepareSignUpVerification(*core, visitor, signUp->id, "email_link", "http://localhost:3000/verify");
    });
    EXPECT_TRUE(prepared) << codeOf(prepared);
    return signUp->id;
  }
  Outcome<FollowedLink> follow(Browser& browser, const std::string& token) {
    return request(browser, [&](Visitor& visitor) { return followEmailLink(*core, visitor, token); });
  }
};

class EmailLinksOfOneBrowser : public EmailLinks {
 protected:
  EmailLinksOfOneBrowser() : EmailLinks(true) {}
};

TEST_F(EmailLinks, a_link_completes_a_sign_up_and_works_once) {
  Browser browser;
  beginSignUp(browser);
  const auto token = lastToken(ada);
  const auto followed = follow(browser, token);
  ASSERT_TRUE(followed) << codeOf(followed);
  EXPECT_EQ(followed->status, "verified");
  EXPECT_EQ(followed->redirectUrl, "http://localhost:3000/verify");
  ASSERT_EQ(client(browser)->sessions.size(), 1u);
  EXPECT_EQ(client(browser)->sessions[0].session.id, followed->createdSessionId);
  EXPECT_EQ(codeOf(follow(browser, token)), "verification_link_token_invalid");
  EXPECT_EQ(codeOf(follow(browser, "made up")), "verification_link_token_invalid");
}

TEST_F(EmailLinks, opened_elsewhere_it_signs_in_where_it_was_asked_for) {
  Browser browser;
  beginSignUp(browser);
  Browser phone;
  const auto followed = follow(phone, lastToken(ada));
  EXPECT_EQ(followed->status, "verified");
  EXPECT_FALSE(client(phone));
  EXPECT_EQ(client(browser)->sessions.size(), 1u);
}

TEST_F(EmailLinks, a_link_is_over_after_its_time_and_after_a_newer_one) {
  Browser browser;
  const auto id = beginSignUp(browser);
  const auto first = lastToken(ada);
  clock.advance(1s);
  ASSERT_TRUE(request(browser, [&](Visitor& visitor) {
    return prepareSignUpVerification(*core, visitor, id, "email_link", "http://localhost:3000/verify");
  }));
  EXPECT_EQ(follow(browser, first)->status, "failed");
  const auto second = lastToken(ada);
  clock.advance(11min);
  EXPECT_EQ(follow(browser, second)->status, "expired");
  EXPECT_TRUE(client(browser)->sessions.empty());
}

TEST_F(EmailLinks, a_link_signs_in) {
  createUser(ada);
  Browser browser;
  const auto started = request(browser, [&](Visitor& visitor) {
    return createSignIn(*core, visitor,
                        {.identifier = ada,
                         .strategy = "email_link",
                         .password = {},
                         .ticket = {},
                         .redirectUrl = "http://localhost:3000/back"});
  });
  ASSERT_TRUE(started) << codeOf(started);
  const auto followed = follow(browser, lastToken(ada));
  ASSERT_TRUE(followed) << codeOf(followed);
  EXPECT_EQ(followed->status, "verified");
  EXPECT_EQ(client(browser)->sessions.size(), 1u);
}

TEST_F(EmailLinksOfOneBrowser, another_browser_is_told_so_and_uses_nothing_up) {
  Browser browser;
  beginSignUp(browser);
  const auto token = lastToken(ada);
  Browser phone;
  EXPECT_EQ(follow(phone, token)->status, "client_mismatch");
  EXPECT_EQ(follow(browser, token)->status, "verified");
}

}  // namespace
}  // namespace clerk::instance
