#include "strategies/password.hpp"

#include "strategies/common_passwords.hpp"

#include <async/event_loop.hpp>

#include <gtest/gtest.h>

namespace clerk::instance {
namespace {

std::string codeOf(const PasswordSettings& settings, std::string_view password,
                   const std::vector<std::string>& identifiers = {}) {
  auto failure = checkPasswordRules(settings, password, identifiers, "password");
  if (!failure) return "";
  EXPECT_EQ(failure->first().paramName, "password");
  return failure->first().code;
}

TEST(PasswordRules, length_counts_characters_and_bcrypt_bytes) {
  const PasswordSettings settings;
  EXPECT_EQ(codeOf(settings, "x"), "form_password_length_too_short");
  EXPECT_EQ(codeOf(settings, "correct horse 42!"), "");
  EXPECT_EQ(codeOf(settings, "пароль"), "form_password_length_too_short");
  EXPECT_EQ(codeOf(settings, "парольпа"), "");
  EXPECT_EQ(codeOf(settings, std::string(73, 'x')), "form_password_length_too_long");
  std::string wide;
  for (int i = 0; i < 40; ++i) wide += "ж";
  EXPECT_EQ(codeOf(settings, wide), "form_password_size_in_bytes_exceeded");
  EXPECT_EQ(codeOf(settings, std::string("secret\0secret", 13)), "form_param_format_invalid");
}

TEST(PasswordRules, common_ones_and_ones_own_address_are_refused) {
  const PasswordSettings settings;
  EXPECT_EQ(codeOf(settings, "Password123"), "form_password_pwned");
  EXPECT_EQ(codeOf(settings, "Ada@Example.com", {"ada@example.com"}), "form_password_matches_identifier");
  EXPECT_TRUE(isCommonPassword("12345678"));
  EXPECT_FALSE(isCommonPassword("correct horse 42!"));
}

TEST(PasswordRules, all_missing_kinds_are_told_at_once) {
  const PasswordSettings settings{
      .requireSpecialChar = true, .requireNumbers = true, .requireUppercase = true, .requireLowercase = true};
  EXPECT_EQ(codeOf(settings, "Abcdefg1!"), "");
  auto failure = checkPasswordRules(settings, "ABCDEFGHI", {}, "new_password");
  ASSERT_TRUE(failure);
  ASSERT_EQ(failure->errors.size(), 3u);
  EXPECT_EQ(failure->errors[0].code, "form_password_no_lowercase");
  EXPECT_EQ(failure->errors[0].paramName, "new_password");
}

class Hashing : public testing::Test {
 protected:
  using Verdict = PasswordHasher::Verdict;
  PasswordSettings settings{.bcryptCost = 4};
  SystemRandom random;
  async::ThreadPool threads{2};
  PasswordHasher hasher{settings, random, threads};

  PasswordDigest hash(std::string password) {
    return async::blockOn([&] { return hasher.hash(password); });
  }
  Verdict verify(std::optional<PasswordDigest> digest, std::string password, std::function<bool()> allowed = nullptr) {
    return async::blockOn([&] { return hasher.verify(digest, password, allowed); });
  }
};

TEST_F(Hashing, tells_the_right_password_from_others) {
  const auto digest = hash("correct horse 42!");
  EXPECT_EQ(digest.hasher, "bcrypt");
  EXPECT_TRUE(digest.digest.starts_with("$2b$04$"));
  EXPECT_TRUE(isWellFormed(digest));
  EXPECT_EQ(verify(digest, "correct horse 42!"), Verdict::Right);
  EXPECT_EQ(verify(digest, "wrong"), Verdict::Wrong);
  EXPECT_EQ(verify(digest, ""), Verdict::Wrong);
  EXPECT_EQ(verify(std::nullopt, "correct horse 42!"), Verdict::Wrong);
}

TEST_F(Hashing, never_compares_beginnings_alone) {
  const auto longest = hash(std::string(72, 'x'));
  EXPECT_EQ(verify(longest, std::string(72, 'x')), Verdict::Right);
  EXPECT_EQ(verify(longest, std::string(73, 'x')), Verdict::Wrong);
  EXPECT_EQ(verify(hash("secret"), std::string("secret\0more", 11)), Verdict::Wrong);
}

TEST_F(Hashing, one_password_has_many_digests) { EXPECT_NE(hash("same").digest, hash("same").digest); }

TEST_F(Hashing, takes_over_digests_of_other_systems) {
  // OpenBSD's and PHP's spellings of bcrypt; the value is from the tests of Openwall's crypt_blowfish.
  const PasswordDigest imported{"bcrypt", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"};
  EXPECT_TRUE(isWellFormed(imported));
  EXPECT_EQ(verify(imported, "U*U"), Verdict::Right);
  EXPECT_FALSE(isWellFormed({"bcrypt", "$2b$31$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"}));
  EXPECT_FALSE(isWellFormed({"bcrypt", "plain"}));
  EXPECT_EQ(verify(PasswordDigest{"md5", "0cc175b9c0f1b6a831c399e269772661"}, "a"), Verdict::Right);
  EXPECT_EQ(verify(PasswordDigest{"md5", "0cc175b9c0f1b6a831c399e269772661"}, "b"), Verdict::Wrong);
  EXPECT_EQ(verify(PasswordDigest{"rot13", "0cc175b9c0f1b6a831c399e269772661"}, "a"), Verdict::Wrong);
}

TEST_F(Hashing, knows_what_it_would_make_otherwise_today) {
  EXPECT_FALSE(hasher.isOutdated(hash("secret")));
  EXPECT_TRUE(hasher.isOutdated({"bcrypt", "$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"}));
  EXPECT_TRUE(hasher.isOutdated({"argon2id", "x"}));
}

TEST_F(Hashing, asks_once_more_before_it_works) {
  const auto digest = hash("secret");
  EXPECT_EQ(verify(digest, "secret", [] { return false; }), Verdict::NotTried);
  EXPECT_EQ(verify(digest, "secret", [] { return true; }), Verdict::Right);
}

}  // namespace
}  // namespace clerk::instance
