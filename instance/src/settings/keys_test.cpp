#include "settings/keys.hpp"

#include <gtest/gtest.h>

namespace clerk::instance {
namespace {

TEST(Keys, publishable_key_is_the_host_and_a_dollar_in_base64) {
  EXPECT_EQ(publishableKeyOf(Environment::Production, "clerk.localhost.test"), "pk_live_Y2xlcmsubG9jYWxob3N0LnRlc3Qk");
  EXPECT_EQ(publishableKeyOf(Environment::Development, "a.b"), "pk_test_YS5iJA");
}

TEST(Keys, cookie_suffix_is_the_recorded_one) {
  // From the recorded exchanges: __client_uat_nMPGLRhb for the production key of this host.
  EXPECT_EQ(cookieSuffixOf(publishableKeyOf(Environment::Production, "clerk.localhost.test")), "nMPGLRhb");
  EXPECT_EQ(cookieSuffixOf(publishableKeyOf(Environment::Development, "local-clerk-1.clerk.accounts.dev")), "UvSsYCyZ");
}

TEST(Keys, secret_keys_differ) {
  SystemRandom random;
  const auto key = newSecretKey(Environment::Development, random);
  EXPECT_TRUE(key.starts_with("sk_test_"));
  EXPECT_EQ(key.size(), 48u);
  EXPECT_NE(key, newSecretKey(Environment::Development, random));
}

TEST(Keys, development_hosts_are_told_by_their_end) {
  EXPECT_TRUE(hasDevelopmentSuffix("local-clerk-1.clerk.accounts.dev"));
  EXPECT_FALSE(hasDevelopmentSuffix("clerk.localhost.test"));
}

}  // namespace
}  // namespace clerk::instance
