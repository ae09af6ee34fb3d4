#include "delivery/webhook_sender.hpp"

#include "testing/scripted_server.hpp"

#include <crypto/base64.hpp>
#include <crypto/digest.hpp>

#include <boost/json/parse.hpp>

#include <gmock/gmock.h>

#include <cstdlib>
#include <map>
#include <stdexcept>

namespace clerk::instance {
namespace {

constexpr const char* secret = "whsec_MDEyMzQ1Njc4OWFiY2RlZg==";

/// The one request that a server was sent.
struct Received {
  std::string status = "204 No Content";
  std::map<std::string, std::string> headers{};
  std::string body{};

  void serve(ScriptedPeer& peer) {
    for (auto line = peer.readLine(); !line.empty(); line = peer.readLine()) {
      const auto colon = line.find(": ");
      if (colon != std::string::npos) headers[line.substr(0, colon)] = line.substr(colon + 2);
    }
    body = peer.readBytes(static_cast<std::size_t>(std::atoi(headers["content-length"].c_str()) +
                                                   std::atoi(headers["Content-Length"].c_str())));
    peer.write("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  }
};

class WebhookSenderTest : public testing::Test {
 protected:
  std::unique_ptr<Sender> sender(bool mails = false) {
    return makeWebhookSender({.url = "http://127.0.0.1:" + std::to_string(server.port()) + "/messages",
                              .signingSecret = secret,
                              .mails = mails});
  }
  Message message{.id = "ema_1", .channel = MessageChannel::Sms, .to = "+12025550100", .body = "123456 is your code"};
  Received received;
  ScriptedServer server{[this](ScriptedPeer& peer) { received.serve(peer); }};
};

TEST_F(WebhookSenderTest, the_message_arrives_signed) {
  sender()->send(message);
  const auto json = boost::json::parse(received.body).as_object();
  EXPECT_EQ(json.at("to"), "+12025550100");
  EXPECT_EQ(json.at("channel"), "sms");
  EXPECT_EQ(json.at("body"), "123456 is your code");
  const auto signature =
      crypto::hmacSha256("0123456789abcdef", "ema_1." + received.headers["webhook-timestamp"] + "." + received.body);
  EXPECT_EQ(received.headers["webhook-signature"], "v1," + crypto::base64Encode(crypto::bytesOf(signature)));
}

TEST_F(WebhookSenderTest, a_refusal_is_for_good_and_a_failure_is_not) {
  const auto isPermanent = [&](const std::string& status) {
    received.status = status;
    try {
      sender()->send(message);
    } catch (const DeliveryError& error) {
      return error.isPermanent() ? 1 : 0;
    }
    return -1;
  };
  EXPECT_EQ(isPermanent("422 Unprocessable Entity"), 1);
  EXPECT_EQ(isPermanent("429 Too Many Requests"), 0);
  EXPECT_EQ(isPermanent("500 Internal Server Error"), 0);
}

TEST_F(WebhookSenderTest, takes_mails_only_when_it_is_told_to) {
  EXPECT_TRUE(sender()->takes(MessageChannel::Sms));
  EXPECT_FALSE(sender()->takes(MessageChannel::Email));
  EXPECT_TRUE(sender(true)->takes(MessageChannel::Email));
}

TEST(WebhookSender, options_that_cannot_work_are_refused_at_once) {
  EXPECT_THROW(makeWebhookSender({.url = "http://example.com", .signingSecret = secret}), std::invalid_argument);
  EXPECT_THROW(makeWebhookSender({.url = "http://localhost.example.com", .signingSecret = secret}),
               std::invalid_argument);
  EXPECT_THROW(makeWebhookSender({.url = "https://example.com", .signingSecret = "secret"}), std::invalid_argument);
  EXPECT_NO_THROW(makeWebhookSender({.url = "https://example.com", .signingSecret = secret}));
}

}  // namespace
}  // namespace clerk::instance
