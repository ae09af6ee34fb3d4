#include "delivery/mail_text.hpp"

#include <gmock/gmock.h>

namespace clerk::instance {
namespace {

using testing::HasSubstr;
using testing::Not;

Message sample() {
  return {.id = "ema_1",
          .to = "ada@example.com",
          .subject = "123456 is your code",
          .body = "Enter 123456.\n",
          .createdAt = fromMilliseconds(1'800'000'000'000)};
}

TEST(MailText, is_what_mail_servers_expect) {
  EXPECT_EQ(mailText(sample(), "Example <no-reply@example.com>"),
            "From: Example <no-reply@example.com>\r\n"
            "To: ada@example.com\r\n"
            "Subject: 123456 is your code\r\n"
            "Date: Fri, 15 Jan 2027 08:00:00 +0000\r\n"
            "Message-ID: <ema_1@example.com>\r\n"
            "Auto-Submitted: auto-generated\r\n"
            "MIME-Version: 1.0\r\n"
            "Content-Type: text/plain; charset=utf-8\r\n"
            "Content-Transfer-Encoding: base64\r\n"
            "\r\n"
            "RW50ZXIgMTIzNDU2Lgo=\r\n");
}

TEST(MailText, a_line_break_starts_no_header) {
  auto message = sample();
  message.subject = "hello\r\nBcc: eve@example.com";
  message.to = "ada@example.com\nBcc: eve@example.com";
  const auto text = mailText(message, "a@b.c");
  EXPECT_THAT(text, Not(HasSubstr("\nBcc")));
  EXPECT_THAT(text, HasSubstr("Subject: hello  Bcc: eve@example.com\r\n"));
}

TEST(MailText, other_letters_are_encoded_in_words_that_cut_none_apart) {
  auto message = sample();
  message.subject = std::string(44, 'x') + "äöü";
  EXPECT_THAT(mailText(message, "a@b.c"),
              HasSubstr("Subject: =?utf-8?B?eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHg=?=\r\n "
                        "=?utf-8?B?w6TDtsO8?=\r\n"));
}

TEST(MailText, lines_of_the_body_are_short) {
  auto message = sample();
  message.body = std::string(1000, 'x');
  const auto text = mailText(message, "a@b.c");
  const auto body = text.substr(text.find("\r\n\r\n") + 4);
  EXPECT_EQ(body.find("\r\n"), 76u);
}

TEST(MailText, the_address_of_a_mailbox) {
  EXPECT_EQ(addressOf("Example <a@b.c>"), "a@b.c");
  EXPECT_EQ(addressOf("a@b.c"), "a@b.c");
  EXPECT_EQ(addressOf("> a <"), "> a <");
}

}  // namespace
}  // namespace clerk::instance
