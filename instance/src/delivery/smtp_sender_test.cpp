#include "delivery/smtp_sender.hpp"

#include "testing/scripted_server.hpp"

#include <gmock/gmock.h>

#include <stdexcept>

namespace clerk::instance {
namespace {

using testing::HasSubstr;

/// What a mail server was told; `answerToRecipient` is its word on the address.
struct Mailbox {
  std::string answerToRecipient = "250 ok";
  std::string from{}, to{}, text{};

  void serve(ScriptedPeer& peer) {
    peer.write("220 test\r\n");
    while (peer.isOpen()) {
      const auto line = peer.readLine();
      if (line.starts_with("EHLO")) {
        peer.write("250-test\r\n250 8BITMIME\r\n");
      } else if (line.starts_with("MAIL FROM:")) {
        from = line.substr(10);
        peer.write("250 ok\r\n");
      } else if (line.starts_with("RCPT TO:")) {
        to = line.substr(8);
        peer.write(answerToRecipient + "\r\n");
      } else if (line == "DATA") {
        peer.write("354 go on\r\n");
        for (auto each = peer.readLine(); each != "." && peer.isOpen(); each = peer.readLine()) text += each + "\n";
        peer.write("250 taken\r\n");
      } else if (line == "QUIT") {
        peer.write("221 bye\r\n");
        return;
      } else if (peer.isOpen()) {
        peer.write("250 ok\r\n");
      }
    }
  }
};

class SmtpSenderTest : public testing::Test {
 protected:
  void send(const std::string& to = "ada@example.com") {
    const auto sender = makeSmtpSender(
        {.url = "smtp://127.0.0.1:" + std::to_string(server.port()), .from = "Example <me@example.com>"});
    sender->send({.id = "ema_1", .to = to, .subject = "Hello", .body = "Enter 123456.\n"});
  }
  DeliveryError refusal(const std::string& to = "ada@example.com") {
    try {
      send(to);
    } catch (const DeliveryError& error) {
      return error;
    }
    ADD_FAILURE() << "it was sent";
    return {"", false};
  }

  Mailbox mailbox;
  ScriptedServer server{[this](ScriptedPeer& peer) { mailbox.serve(peer); }};
};

TEST_F(SmtpSenderTest, the_server_gets_the_mail) {
  send();
  EXPECT_EQ(mailbox.from, "<me@example.com>");
  EXPECT_EQ(mailbox.to, "<ada@example.com>");
  EXPECT_THAT(mailbox.text, HasSubstr("Subject: Hello\n"));
  EXPECT_THAT(mailbox.text, HasSubstr("RW50ZXIgMTIzNDU2Lgo="));
}

TEST_F(SmtpSenderTest, an_address_that_the_server_refuses_is_refused_for_good) {
  mailbox.answerToRecipient = "550 no such mailbox";
  const auto error = refusal();
  EXPECT_TRUE(error.isPermanent());
  EXPECT_EQ(std::string(error.what()).find("ada"), std::string::npos);
}

TEST_F(SmtpSenderTest, a_server_that_is_busy_is_asked_again) {
  mailbox.answerToRecipient = "451 later";
  EXPECT_FALSE(refusal().isPermanent());
}

TEST_F(SmtpSenderTest, an_address_with_a_line_break_reaches_nobody) {
  EXPECT_TRUE(refusal("ada@example.com>\r\nRCPT TO:<eve@example.com").isPermanent());
  EXPECT_EQ(mailbox.to, "");
}

TEST(SmtpSender, options_that_cannot_work_are_refused_at_once) {
  EXPECT_THROW(makeSmtpSender({.url = "http://example.com", .from = "a@b.c"}), std::invalid_argument);
  EXPECT_THROW(makeSmtpSender({.url = "smtp://", .from = "a@b.c"}), std::invalid_argument);
  EXPECT_THROW(makeSmtpSender({.url = "smtp://example.com", .from = "nobody"}), std::invalid_argument);
}

}  // namespace
}  // namespace clerk::instance
