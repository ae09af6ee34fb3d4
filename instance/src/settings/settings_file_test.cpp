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

TEST(SettingsFile, sets_how_hard_guessing_is) {
  const auto settings =
      settingsOf(R"({"lockout": {"max_attempts": 5, "duration_minutes": 0}, "second_factor_required": true,
      "password_rules": {"min_length": 12, "require_numbers": true}, "rate_limits": {"window_seconds": 60, "attempts": 7}})");
  EXPECT_EQ(settings.lockout.maxAttempts, 5);
  EXPECT_FALSE(settings.lockout.duration) << "until a backend unlocks it";
  EXPECT_TRUE(settings.secondFactorRequired);
  EXPECT_EQ(settings.passwords.minLength, 12);
  EXPECT_TRUE(settings.passwords.requireNumbers);
  EXPECT_FALSE(settings.passwords.requireUppercase);
  EXPECT_TRUE(settings.rateLimits.enabled);
  EXPECT_EQ(settings.rateLimits.window, std::chrono::seconds(60));
  EXPECT_EQ(settings.rateLimits.attempts, 7);
  EXPECT_EQ(settings.rateLimits.attemptCreations, RateLimits().attemptCreations);
}

TEST(SettingsFile, what_is_shown_is_read_as_the_same) {
  const auto settings = settingsOf(R"({"lockout": {"max_attempts": 5, "duration_minutes": 0}, "password": "optional",
      "password_rules": {"min_length": 12, "require_numbers": true}, "second_factor_required": true,
      "reverification_age_seconds": 60})");
  const auto shown = changeableSettings(settings);
  EXPECT_EQ(shown.at("lockout"), boost::json::value({{"max_attempts", 5}, {"duration_minutes", 0}}));
  EXPECT_EQ(shown.at("password_rules").at("min_length"), 12);
  Settings again;
  applySettings(again, shown);
  EXPECT_EQ(changeableSettings(again), shown);
}

TEST(SettingsFile, refuses_what_it_does_not_know) {
  EXPECT_EQ(refusalOf(R"({"phone": true})"), "setting \"phone\" is unknown");
  EXPECT_EQ(refusalOf(R"({"username": "yes"})"), "setting \"username\" must be true or false");
  EXPECT_NE(refusalOf(R"({"sign_up_mode": "closed"})"), "");
  EXPECT_NE(refusalOf(R"({"reverification_age_seconds": -1})"), "");
  EXPECT_NE(refusalOf(R"({"social": [{"strategy": "google", "issuer": "https://x", "client_id": "i"}]})"), "");
  EXPECT_NE(refusalOf(R"({"social": [{"strategy": "oauth_x", "client_id": "i"}]})"), "");
  EXPECT_NE(refusalOf(R"({"social": [{"strategy": "oauth_x", "secret": "i"}]})"), "");
  EXPECT_EQ(refusalOf(R"({"lockout": {"tries": 5}})"), "setting \"lockout.tries\" must be left out: it is unknown");
  EXPECT_NE(refusalOf(R"({"lockout": {"max_attempts": 0}})"), "");
  EXPECT_NE(refusalOf(R"({"lockout": 5})"), "");
  EXPECT_NE(refusalOf(R"({"password_rules": {"min_length": 100}})"), "");
  EXPECT_NE(refusalOf(R"({"password_rules": {"require_numbers": 1}})"), "");
  EXPECT_NE(refusalOf(R"({"rate_limits": {"window_seconds": 0}})"), "");
  EXPECT_NE(refusalOf(R"({"rate_limits": "on"})"), "");
}

TEST(SettingsFile, a_file_that_cannot_be_read_is_named) {
  Settings settings;
  EXPECT_THROW(applySettingsFile(settings, "/nowhere/settings.json"), std::runtime_error);
}

}  // namespace
}  // namespace clerk::instance
