#include "flows/handshake/handshake.hpp"

#include "flows/flow_test.hpp"

namespace clerk::instance {
namespace {

using testing::ElementsAre;

class Handshake : public FlowTest {
 protected:
  explicit Handshake(const std::function<void(Settings&)>& change = nullptr) : FlowTest(change) {}

  HandshakeState shake(HandshakeFields fields = {.authorizedParty = "http://localhost:3001"}) {
    return request(browser, [&](Visitor& visitor) { return shakeHands(*core, visitor, fields); });
  }
  Browser browser;
};

TEST_F(Handshake, gives_a_fresh_token_to_who_is_signed_in) {
  createUser("ada@example.com");
  ASSERT_TRUE(signIn(browser, "ada@example.com"));
  clock.advance(2min);
  const auto state = shake();
  const auto claims = core->tokens().verify(state.sessionToken).value();
  EXPECT_EQ(claims.at("azp"), "http://localhost:3001");
  EXPECT_GT(state.clientUat, 0);
  EXPECT_LE(state.clientUat, claims.at("iat").as_int64());
  EXPECT_TRUE(state.devBrowser.starts_with("dvb_"));
  EXPECT_FALSE(shake({.authorizedParty = "x", .organizationId = "org_unknown"}).sessionToken.empty());
  EXPECT_FALSE(shake({.authorizedParty = "x", .organizationId = ""}).sessionToken.empty());
}

TEST_F(Handshake, tells_strangers_that_they_are_signed_out) {
  const auto state = shake();
  EXPECT_EQ(state.clientUat, 0);
  EXPECT_EQ(state.sessionToken, "");
  createUser("ada@example.com");
  ASSERT_TRUE(signIn(browser, "ada@example.com"));
  ASSERT_TRUE(request(browser, [&](Visitor& visitor) { return removeClientSessions(*core, visitor); }));
  EXPECT_EQ(shake().clientUat, 0);
  EXPECT_EQ(shake().sessionToken, "");
}

TEST_F(Handshake, keeps_the_development_browser_there_is) {
  browser.devBrowser = shake().devBrowser;
  EXPECT_EQ(shake().devBrowser, browser.devBrowser);
  createUser("ada@example.com");
  ASSERT_TRUE(signIn(browser, "ada@example.com"));
  browser.clientToken.clear();
  EXPECT_FALSE(shake().sessionToken.empty());
}

TEST_F(Handshake, directives_are_taken_once) {
  const std::vector<std::string> directives{"__session=a; Path=/", "__client_uat=1; \"x\""};
  const auto nonce = run([&] { return keepDirectives(*core, directives); });
  EXPECT_EQ(nonce.size(), 32u);
  EXPECT_EQ(*run([&] { return takeDirectives(*core, nonce); }), directives);
  EXPECT_EQ(codeOf(run([&] { return takeDirectives(*core, nonce); })), "resource_not_found");
  EXPECT_EQ(codeOf(run([&] { return takeDirectives(*core, ""); })), "resource_not_found");
}

TEST_F(Handshake, directives_are_gone_after_a_minute) {
  const auto nonce = run([&] { return keepDirectives(*core, {"x"}); });
  clock.advance(60s);
  EXPECT_EQ(codeOf(run([&] { return takeDirectives(*core, nonce); })), "resource_not_found");
}

TEST_F(Handshake, the_older_form_is_a_signed_list) {
  const auto token = run([&] { return handshakeToken(*core, {"__session=a"}); });
  EXPECT_EQ(core->tokens().verify(token)->at("handshake"), (boost::json::array{"__session=a"}));
}

class ProductionHandshake : public Handshake {
 protected:
  ProductionHandshake() : Handshake([](Settings& settings) { settings.environment = Environment::Production; }) {}
};

TEST_F(ProductionHandshake, knows_no_development_browsers) { EXPECT_EQ(shake().devBrowser, ""); }

}  // namespace
}  // namespace clerk::instance
