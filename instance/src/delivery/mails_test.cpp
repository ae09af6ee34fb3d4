#include "delivery/mails.hpp"

#include <gtest/gtest.h>

namespace clerk::instance {
namespace {

TEST(Mails, tell_the_code_and_how_long_it_is_good) {
  const auto mail = verificationCodeMail({.applicationName = "Acme"}, "ada@example.com", "012345");
  EXPECT_EQ(mail.subject, "012345 is your Acme verification code");
  EXPECT_NE(mail.body.find("012345"), std::string::npos);
  EXPECT_NE(mail.body.find("10 minutes"), std::string::npos);
  EXPECT_EQ(mail.code, "012345");
  EXPECT_EQ(mail.to, "ada@example.com");
  EXPECT_EQ(resetPasswordCodeMail({}, "a@b.c", "1").slug, "reset_password_code");
  EXPECT_EQ(accountExistsMail({}, "a@b.c").code, "");
}

TEST(Mails, test_addresses_are_told_by_their_subaddress_in_test_mode_alone) {
  const Settings development{.testMode = true};
  EXPECT_TRUE(isTestAddress(development, "ada+clerk_test@example.com"));
  EXPECT_TRUE(isTestAddress(development, "Ada+CLERK_TEST@example.com"));
  EXPECT_FALSE(isTestAddress(development, "ada@example.com"));
  EXPECT_FALSE(isTestAddress(development, "ada+clerk_test_2@example.com"));
  EXPECT_FALSE(isTestAddress(development, "ada@x+clerk_test.com"));
  EXPECT_FALSE(isTestAddress({}, "ada+clerk_test@example.com"));
}

}  // namespace
}  // namespace clerk::instance
