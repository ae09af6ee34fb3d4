#include "strategies/breached_passwords.hpp"

#include "strategies/password.hpp"

#include <gtest/gtest.h>

namespace clerk::instance {
namespace {

// SHA-1 of "correct horse 42!" is not here; that of "password1" is, as the list of a breach has it.
constexpr std::string_view lines =
    "hunter2 is my secret\r\n\nE38AD214943DAAD1D64C102FAEC29DE4AFE9DA3D:2413945\nhunter2 is my secret\n";

TEST(BreachedPasswords, are_found_by_themselves_and_by_their_digest) {
  const BreachedPasswords breached(lines);
  EXPECT_EQ(breached.size(), 2u);
  EXPECT_TRUE(breached.contains("hunter2 is my secret"));
  EXPECT_TRUE(breached.contains("password1"));
  EXPECT_FALSE(breached.contains("correct horse 42!"));
  EXPECT_FALSE(breached.contains(""));
}

TEST(BreachedPasswords, are_refused_by_the_rules) {
  PasswordSettings settings;
  EXPECT_FALSE(checkPasswordRules(settings, "hunter2 is my secret", {}, "password"));
  settings.breached = std::make_shared<const BreachedPasswords>(lines);
  const auto refused = checkPasswordRules(settings, "hunter2 is my secret", {}, "password");
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->first().code, "form_password_pwned");
}

TEST(BreachedPasswords, a_file_that_is_not_there_is_told) {
  EXPECT_THROW(readBreachedPasswords("/nowhere/list.txt"), std::runtime_error);
}

}  // namespace
}  // namespace clerk::instance
