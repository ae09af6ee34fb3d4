#include "settings/settings_file.hpp"

#include <boost/json/parse.hpp>

#include <gmock/gmock.h>

namespace clerk::instance {
namespace {

using testing::ElementsAre;

Settings settingsOf(const char* json) {
  Settings settings;
  applySettings(settings, boost::json::parse(json).as_object());
  return settings;
}

std::string refusalOf(const char* json) {
  try {
    settingsOf(json);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return {};
}

TEST(SettingsFile, changes_what_it_names_alone) {
  const auto settings = settingsOf(R"({"phone_number": true, "multi_session": true, "email_verification": "link",
      "sign_up_mode": "waitlist", "reverification_age_seconds": 600, "rate_limits": true,
      "social": [{"strategy": "oauth_google", "name": "Google", "issuer": "https://accounts.google.com",
                  "client_id": "id", "client_secret": "secret"}]})");
  EXPECT_TRUE(settings.attributes.phoneNumber.enabled);
  EXPECT_FALSE(settings.attributes.username.enabled);
  EXPECT_FALSE(settings.singleSessionMode);
  EXPECT_THAT(settings.attributes.emailAddress.verifications, ElementsAre("email_link"));
  EXPECT_EQ(settings.signUpMode, SignUpMode::Waitlist);
  EXPECT_EQ(settings.reverificationAge, std::chrono::minutes(10));
  EXPECT_TRUE(settings.rateLimits.enabled);
  ASSERT_EQ(settings.socialProviders.size(), 1u);
  EXPECT_EQ(settings.socialProviders[0].scope, "openid email profile");
}

TEST(SettingsFile, refuses_what_it_does_not_know) {
  EXPECT_EQ(refusalOf(R"({"phone": true})"), "setting \"phone\" is unknown");
  EXPECT_EQ(refusalOf(R"({"username": "yes"})"), "setting \"username\" must be true or false");
  EXPECT_NE(refusalOf(R"({"sign_up_mode": "closed"})"), "");
  EXPECT_NE(refusalOf(R"({"reverification_age_seconds": -1})"), "");
  EXPECT_NE(refusalOf(R"({"social": [{"strategy": "google", "issuer": "https://x", "client_id": "i"}]})"), "");
  EXPECT_NE(refusalOf(R"({"social": [{"strategy": "oauth_x", "client_id": "i"}]})"), "");
  EXPECT_NE(refusalOf(R"({"social": [{"strategy": "oauth_x", "secret": "i"}]})"), "");
}

TEST(SettingsFile, a_file_that_cannot_be_read_is_named) {
  Settings settings;
  EXPECT_THROW(applySettingsFile(settings, "/nowhere/settings.json"), std::runtime_error);
}

}  // namespace
}  // namespace clerk::instance
