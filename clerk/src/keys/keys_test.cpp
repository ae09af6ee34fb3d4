#include <clerk/errors.hpp>
#include <clerk/keys.hpp>
#include <clerk/redirect.hpp>

#include <gtest/gtest.h>

using namespace clerk;

TEST(PublishableKey, says_which_instance_it_belongs_to) {
  const auto key = parsePublishableKey("pk_test_aGFwcHktb3R0ZXItNDIuY2xlcmsuYWNjb3VudHMuZGV2JA");
  ASSERT_TRUE(key);
  EXPECT_EQ(key->instanceType, InstanceType::Development);
  EXPECT_EQ(key->frontendApi, "happy-otter-42.clerk.accounts.dev");
  EXPECT_EQ(parsePublishableKey("pk_live_Y2xlcmsuZXhhbXBsZS5jb20k")->instanceType, InstanceType::Production);
}

TEST(PublishableKey, of_a_satellite_stands_for_its_domain) {
  const std::string key = "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k";
  EXPECT_EQ(parsePublishableKey(key, {.domain = "sat.example", .isSatellite = true})->frontendApi, "clerk.sat.example");
  EXPECT_EQ(parsePublishableKey(key, {.domain = "sat.example"})->frontendApi, "clerk.example.com");
  EXPECT_EQ(parsePublishableKey(key, {.proxyUrl = "https://a.b/c"})->frontendApi, "https://a.b/c");
}

TEST(PublishableKey, refuses_other_texts_and_says_what_to_do) {
  for (auto key : {"", " ", "sk_test_abc", "pk_test_", "pk_test_JA==", "pk_live___4uY29tJA==",
                   "pk_test_bG9jYWxob3N0JA==", "PK_TEST_AGFWCHKTB3R0ZXITNDIUY2XLCMSUYWNJB3VUDHMUZGV2JA"}) {
    EXPECT_FALSE(isPublishableKey(key)) << key;
    EXPECT_THROW(requirePublishableKey(key), Error) << key;
  }
  try {
    requirePublishableKey("");
    FAIL();
  } catch (const Error& error) {
    EXPECT_TRUE(std::string_view(error.what()).starts_with("Publishable key is missing.\n\n"));
    EXPECT_NE(std::string_view(error.what()).find("clerkd dev"), std::string_view::npos);
  }
}

TEST(PublishableKey, is_built_from_a_host) {
  const auto own = buildPublishableKey("clerk.localhost.test", InstanceType::Development);
  EXPECT_TRUE(own.starts_with("pk_test_"));
  EXPECT_EQ(parsePublishableKey(own)->frontendApi, "clerk.localhost.test");
  EXPECT_TRUE(buildPublishableKey("happy-otter-42.clerk.accounts.dev").starts_with("pk_test_"));
  EXPECT_TRUE(buildPublishableKey("clerk.example.com").starts_with("pk_live_"));
  EXPECT_EQ(publishableKeyFromHost("Example.com:8080"), buildPublishableKey("clerk.example.com"));
  EXPECT_EQ(publishableKeyFromHost("x", "pk_test_y"), "pk_test_y");
  EXPECT_THROW(publishableKeyFromHost(""), Error);
}

TEST(CookieSuffix, follows_from_the_key) {
  EXPECT_EQ(getCookieSuffix("pk_live_Y2xlcmsuZXhhbXBsZS5jb20k"), "naoXFJnI");
  EXPECT_EQ(getSuffixedCookieName("__session", "naoXFJnI"), "__session_naoXFJnI");
}

TEST(SecretKey, tells_its_kind_by_its_prefix) {
  EXPECT_TRUE(isDevelopmentFromSecretKey("sk_test_a"));
  EXPECT_TRUE(isProductionFromSecretKey("sk_live_a"));
  EXPECT_FALSE(isDevelopmentFromSecretKey("SK_TEST_a"));
}

TEST(Redirect, goes_to_the_account_portal_and_back) {
  const RedirectOptions options{.baseUrl = "https://app.example.com/p",
                                .publishableKey = "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k"};
  EXPECT_EQ(redirectToSignIn(options, "/p?a=1"),
            "https://accounts.example.com/sign-in?redirect_url=https%3A%2F%2Fapp.example.com%2Fp%3Fa%3D1");
  EXPECT_EQ(redirectToSignUp(options), "https://accounts.example.com/sign-up");
  EXPECT_THROW(redirectToSignIn({.baseUrl = "https://app.example.com/"}), Error);
}
