#include "flows/flow_test.hpp"

#include "flows/client/client_token.hpp"

#include <crypto/base64.hpp>

namespace clerk::instance {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

class ClientFlow : public FlowTest {
 protected:
  explicit ClientFlow(const std::function<void(Settings&)>& change = nullptr) : FlowTest(change) {}

  Outcome<Visitor> recognise(Credentials credentials) {
    return run([&] { return identifyVisitor(*core, credentials); });
  }
  void ensure(Browser& browser) {
    request(browser, [&](Visitor& visitor) -> async::Task<int> {
      co_await ensureClient(*core, visitor);
      co_return 0;
    });
  }
  Browser browser;
};

TEST_F(ClientFlow, a_stranger_has_none) {
  EXPECT_FALSE(client(browser));
  EXPECT_EQ(browser.clientToken, "");
  EXPECT_EQ(codeOf(request(browser, [&](Visitor& visitor) { return removeClientSessions(*core, visitor); })),
            "client_not_found");
}

TEST_F(ClientFlow, is_known_again_by_its_token) {
  ensure(browser);
  EXPECT_FALSE(browser.clientToken.empty());
  const auto token = browser.clientToken;
  const auto state = client(browser);
  ASSERT_TRUE(state);
  EXPECT_EQ(browser.clientToken, token);
  EXPECT_EQ(core->tokens().verify(token)->at("id"), boost::json::string(state->client.id));
  EXPECT_EQ(clientUat(*state), 0);
  EXPECT_EQ(state->client.cookieExpiresAt, clock.now() + std::chrono::days(400));
}

TEST_F(ClientFlow, garbage_is_no_client) {
  ensure(browser);
  const auto& token = browser.clientToken;
  for (const auto& garbage : {std::string("x"), std::string("a.b.c"), std::string("..."), std::string(100'000, 'x'),
                              std::string(2000, '.'), std::string("\xff\xfe\0", 3), token.substr(0, 150),
                              std::string("e30.e30.e30"), "x." + crypto::base64urlEncode("[1]") + ".y",
                              "x." + crypto::base64urlEncode(R"({"id":1,"rotating_token":null})") + ".y"}) {
    auto visitor = recognise({.clientToken = garbage});
    ASSERT_TRUE(visitor.has_value());
    EXPECT_FALSE(visitor->client) << garbage.substr(0, 50);
  }
}

TEST_F(ClientFlow, a_guessed_secret_is_no_client) {
  ensure(browser);
  const auto id = client(browser)->client.id;
  const auto forged = run([&] { return core->tokens().sign({{"id", id}, {"rotating_token", "guess"}}, ""); });
  EXPECT_FALSE(recognise({.clientToken = forged})->client);
}

TEST_F(ClientFlow, its_secret_changes_with_its_sessions_and_the_old_one_serves_a_moment_longer) {
  createUser("ada@example.com");
  ensure(browser);
  const auto before = browser.clientToken;
  ASSERT_TRUE(signIn(browser, "ada@example.com"));
  EXPECT_NE(browser.clientToken, before);

  auto late = recognise({.clientToken = before});
  ASSERT_TRUE(late->client);
  EXPECT_TRUE(late->superseded);
  // Its answer must not bring the old token back.
  EXPECT_EQ(run([&] { return clientTokenFor(*core, *late); }), "");
  clock.advance(10s);
  EXPECT_FALSE(recognise({.clientToken = before})->client);
  EXPECT_TRUE(recognise({.clientToken = browser.clientToken})->client);
}

TEST_F(ClientFlow, a_token_that_was_replaced_while_a_request_ran_is_not_sent_again) {
  createUser("ada@example.com");
  ensure(browser);
  auto slow = recognise({.clientToken = browser.clientToken});
  ASSERT_TRUE(signIn(browser, "ada@example.com"));
  EXPECT_EQ(run([&] { return clientTokenFor(*core, *slow); }), "");
}

TEST_F(ClientFlow, signing_out_removes_all_sessions_and_keeps_the_client) {
  createUser("ada@example.com");
  ASSERT_TRUE(signIn(browser, "ada@example.com"));
  const auto id = client(browser)->client.id;
  EXPECT_EQ(clientUat(*client(browser)), toSeconds(clock.now()));
  clock.advance(5s);
  ASSERT_TRUE(request(browser, [&](Visitor& visitor) { return removeClientSessions(*core, visitor); }));
  const auto state = client(browser);
  EXPECT_EQ(state->client.id, id);
  EXPECT_THAT(state->sessions, IsEmpty());
  EXPECT_FALSE(state->client.lastActiveSessionId);
  EXPECT_EQ(clientUat(*state), 0);
}

TEST_F(ClientFlow, uat_is_never_later_than_a_token) {
  createUser("ada@example.com");
  clock.advance(999ms);
  ASSERT_TRUE(signIn(browser, "ada@example.com"));
  const auto state = client(browser);
  EXPECT_LE(clientUat(*state), core->tokens().verify(state->sessions[0].token)->at("iat").as_int64());
  EXPECT_EQ(request(browser, [&](Visitor& visitor) { return clientUat(*core, visitor); }), clientUat(*state));
}

TEST_F(ClientFlow, destroying_it_forgets_it) {
  createUser("ada@example.com");
  ASSERT_TRUE(signIn(browser, "ada@example.com"));
  const auto token = browser.clientToken;
  ASSERT_TRUE(request(browser, [&](Visitor& visitor) { return destroyClient(*core, visitor); }));
  EXPECT_EQ(browser.clientToken, "");
  EXPECT_FALSE(recognise({.clientToken = token})->client);
}

TEST_F(ClientFlow, a_cookie_that_is_used_does_not_run_out) {
  ensure(browser);
  clock.advance(std::chrono::days(300));
  const auto extended = request(browser, [&](Visitor& visitor) -> async::Task<Time> {
    co_await clientTokenFor(*core, visitor);
    co_return visitor.client->cookieExpiresAt;
  });
  EXPECT_EQ(extended, clock.now() + std::chrono::days(400));
  run([&] { return core->store().transact([](Transaction&) {}); });
  EXPECT_EQ(client(browser)->client.cookieExpiresAt, extended);
}

TEST_F(ClientFlow, a_backend_sees_clients) {
  createUser("ada@example.com");
  ASSERT_TRUE(signIn(browser, "ada@example.com"));
  const auto id = client(browser)->client.id;
  EXPECT_THAT(run([&] { return getClient(*core, id); })->sessions, SizeIs(1));
  EXPECT_EQ(run([&] { return listClients(*core, {}); }).totalCount, 1);
  EXPECT_EQ(run([&] { return verifyClient(*core, browser.clientToken); })->client.id, id);
  EXPECT_EQ(codeOf(run([&] { return verifyClient(*core, "x"); })), "resource_not_found");
  EXPECT_EQ(codeOf(run([&] { return getClient(*core, "client_nobody"); })), "resource_not_found");
}

TEST_F(ClientFlow, parallel_reads_of_many_clients) {
  createUser("ada@example.com");
  ASSERT_TRUE(signIn(browser, "ada@example.com"));
  run([&]() -> async::Task<> {
    std::vector<std::unique_ptr<Visitor>> visitors;
    std::vector<async::Task<std::optional<ClientState>>> reads;
    for (int i = 0; i < 30; ++i) {
      visitors.push_back(std::make_unique<Visitor>(co_await identify(browser)));
      reads.push_back(readClient(*core, *visitors.back()));
    }
    for (auto& read : reads) EXPECT_THAT((co_await read)->sessions, SizeIs(1));
  });
}

// ---- development browsers

class DevBrowserFlow : public ClientFlow {
 protected:
  DevBrowserFlow()
      : ClientFlow([](Settings& settings) { settings.frontendApiHost = "local-clerk-1.clerk.accounts.dev"; }) {}
};

TEST_F(DevBrowserFlow, stands_for_a_browser_without_cookies) {
  createUser("ada@example.com");
  browser.devBrowser = run([&] { return createDevBrowser(*core); });
  EXPECT_TRUE(browser.devBrowser.starts_with("dvb_"));
  EXPECT_FALSE(client(browser));
  ASSERT_TRUE(signIn(browser, "ada@example.com"));
  EXPECT_FALSE(browser.clientToken.empty());
  browser.clientToken.clear();
  EXPECT_THAT(client(browser)->sessions, SizeIs(1));
  EXPECT_FALSE(browser.clientToken.empty());
}

TEST_F(DevBrowserFlow, one_that_nobody_made_is_told_to_get_a_new_one) {
  EXPECT_EQ(codeOf(recognise({.devBrowser = "dvb_unknown"})), "dev_browser_unauthenticated");
  EXPECT_EQ(codeOf(recognise({.devBrowser = std::string(100'000, 'x')})), "dev_browser_unauthenticated");
}

TEST_F(DevBrowserFlow, decides_against_a_cookie_of_another_site) {
  createUser("ada@example.com");
  ASSERT_TRUE(signIn(browser, "ada@example.com"));
  auto visitor =
      recognise({.clientToken = browser.clientToken, .devBrowser = run([&] { return createDevBrowser(*core); })});
  EXPECT_FALSE(visitor->client);
}

TEST_F(ClientFlow, a_host_without_development_suffix_ignores_an_unknown_development_browser) {
  createUser("ada@example.com");
  ASSERT_TRUE(signIn(browser, "ada@example.com"));
  EXPECT_TRUE(recognise({.clientToken = browser.clientToken, .devBrowser = "dvb_stale"})->client);
}

}  // namespace
}  // namespace clerk::instance
