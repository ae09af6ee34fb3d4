#include "webhooks/delivery.hpp"

#include "delivery/webhook_signature.hpp"
#include "flows/flow_test.hpp"
#include "webhooks/endpoints.hpp"
#include "webhooks/events.hpp"
#include "webhooks/receiver.hpp"

namespace clerk::instance::webhooks {
namespace {

using testing::ElementsAre;

class WebhookDeliveryTest : public FlowTest {
 protected:
  void configure(std::vector<Endpoint> endpoints) {
    configureEndpoints(*core, endpoints);
    recordEvents(*core);
  }
  bool deliver() {
    return run([&] { return deliverNext(*core); });
  }
  void deliverAll() {
    while (deliver()) {
    }
  }
  std::vector<std::string> types() {
    std::vector<std::string> all;
    for (const auto& one : receiver.received()) {
      all.emplace_back(boost::json::parse(one.body).at("type").as_string());
    }
    return all;
  }

  Receiver receiver;
  const std::string secret = secretOf(std::string(24, 's'));
};

TEST_F(WebhookDeliveryTest, an_event_arrives_signed_as_our_sdk_verifies_it) {
  // The SDK compares with the computer's clock.
  clock.advance(std::chrono::duration_cast<Milliseconds>(SystemClock().now() - clock.now()));
  configure({{.url = receiver.url(), .signingSecret = secret, .events = {"user.created"}}});
  const auto user = createUser("ada@example.com");
  deliverAll();
  const auto received = receiver.received();
  ASSERT_EQ(received.size(), 1U);
  const auto event = received[0].verified(secret);
  EXPECT_EQ(event.type, "user.created");
  EXPECT_EQ(event.data.at("id").as_string(), user.id);
  EXPECT_EQ(event.data.at("object"), "user");
  EXPECT_EQ(event.json.at("instance_id").as_string(), core->settings().instanceId);
  EXPECT_EQ(received[0].body.find("password_digest"), std::string::npos);
}

TEST_F(WebhookDeliveryTest, an_endpoint_without_a_secret_has_one_of_the_instance) {
  clock.advance(std::chrono::duration_cast<Milliseconds>(SystemClock().now() - clock.now()));
  configure({{.url = receiver.url()}});
  createUser("ada@example.com");
  deliverAll();
  std::string own;
  core->store().readNow([&](const Transaction& tx) {
    own = secretOfEndpoint(*core, *tx.registry().findByName(registry::webhookEndpoint, receiver.url()));
  });
  EXPECT_EQ(receiver.received().at(0).verified(own).type, "user.created");
}

TEST_F(WebhookDeliveryTest, every_change_is_told_in_order_and_what_was_undone_is_not) {
  configure({{.url = receiver.url(), .signingSecret = secret, .events = {"user.*", "session.*"}}});
  const auto user = createUser("ada@example.com");
  clock.advance(1s);
  Browser browser;
  ASSERT_TRUE(signIn(browser, "ada@example.com"));
  const auto session = client(browser)->sessions.at(0).session.id;
  clock.advance(1s);
  run([&] { return revokeSession(*core, session); });
  clock.advance(1s);
  EXPECT_FALSE(
      run([&] { return instance::createUser(*core, {.emailAddresses = {"ada@example.com"}, .password = password}); }));
  run([&] { return deleteUser(*core, user.id); });
  deliverAll();
  EXPECT_THAT(types(), ElementsAre("user.created", "session.created", "session.revoked", "user.deleted"));
}

TEST_F(WebhookDeliveryTest, a_refused_event_is_sent_again_with_the_same_id_until_it_is_taken) {
  configure({{.url = receiver.url(), .signingSecret = secret, .events = {"user.created"}}});
  createUser("ada@example.com");
  receiver.answerWith(500);
  EXPECT_TRUE(deliver());
  EXPECT_FALSE(deliver()) << "not before its time";
  clock.advance(5s);
  receiver.answerWith(307);
  EXPECT_TRUE(deliver());
  clock.advance(300s);
  receiver.answerWith(204);
  EXPECT_TRUE(deliver());
  clock.advance(24h);
  EXPECT_FALSE(deliver());
  const auto received = receiver.received();
  ASSERT_EQ(received.size(), 3U);
  EXPECT_EQ(received[0].body, received[2].body);
  EXPECT_FALSE(receiver.followed());
}

TEST_F(WebhookDeliveryTest, an_endpoint_that_never_answers_well_is_given_up) {
  configure({{.url = receiver.url(), .signingSecret = secret, .events = {"user.created"}}});
  createUser("ada@example.com");
  receiver.answerWith(400);
  std::size_t attempts = 0;
  for (; deliver() && attempts < 20; ++attempts) clock.advance(10h);
  EXPECT_EQ(attempts, 8U);
  EXPECT_EQ(receiver.received().size(), 8U);
}

TEST_F(WebhookDeliveryTest, what_is_no_longer_configured_gets_nothing) {
  configure({{.url = receiver.url(), .signingSecret = secret}});
  createUser("ada@example.com");
  configureEndpoints(*core, {});
  createUser("bob@example.com");
  deliverAll();
  EXPECT_TRUE(receiver.received().empty());
}

TEST_F(WebhookDeliveryTest, endpoints_that_are_none_are_refused_at_the_start) {
  for (const auto& wrong : {Endpoint{.url = "ftp://a"}, Endpoint{.url = "file:///etc/passwd"},
                            Endpoint{.url = "https://a.com", .signingSecret = "whsec_short"}}) {
    EXPECT_THROW(configureEndpoints(*core, {wrong}), StoreError) << wrong.url;
  }
}

TEST(WebhookSchedule, waits_longer_each_time_and_ends) {
  EXPECT_EQ(waitAfter(1), 5s);
  EXPECT_EQ(waitAfter(7), 36000s);
  EXPECT_FALSE(waitAfter(8));
  EXPECT_FALSE(waitAfter(0));
}

}  // namespace
}  // namespace clerk::instance::webhooks
