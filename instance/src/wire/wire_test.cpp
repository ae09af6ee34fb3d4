#include "wire/client.hpp"
#include "wire/environment.hpp"
#include "wire/error.hpp"
#include "wire/session.hpp"
#include "wire/sign_up.hpp"
#include "wire/user.hpp"
#include "wire/verification.hpp"

#include "settings/settings.hpp"

#include <ecmascript/json_text.hpp>

#include <gtest/gtest.h>

namespace clerk::instance::wire {
namespace {

constexpr Time now = fromMilliseconds(1'700'000'000'000);

Settings settings() {
  Settings settings;
  settings.instanceId = "ins_1";
  settings.portalUrl = "http://localhost:4000";
  return settings;
}

Verification codeVerification(VerificationStatus status) {
  return {.id = "ver_1",
          .strategy = "email_code",
          .status = status,
          .attempts = 1,
          .expireAt = now + std::chrono::minutes(10)};
}

TEST(WireVerification, a_sign_up_that_nothing_was_sent_for_names_no_strategy) {
  const auto json = signUpVerification(std::nullopt, now, {"email_code"});
  EXPECT_EQ(
      ecmascript::stringify(json),
      R"({"object":"verification_otp","status":"unverified","strategy":null,"attempts":null,"expire_at":null,)"
      R"("verified_at_client":null,"error":null,"next_action":"needs_prepare","supported_strategies":["email_code"]})");
}

TEST(WireVerification, the_next_action_follows_the_status) {
  struct Row {
    VerificationStatus status;
    Time at;
    std::string_view shown, nextAction;
  };
  const Row rows[] = {
      {VerificationStatus::Unverified, now, "unverified", "needs_attempt"},
      {VerificationStatus::Unverified, now + std::chrono::hours(1), "expired", "needs_prepare"},
      {VerificationStatus::Failed, now, "failed", "needs_prepare"},
      {VerificationStatus::Verified, now + std::chrono::hours(1), "verified", ""},
  };
  for (const auto& row : rows) {
    const auto json = signUpVerification(codeVerification(row.status), row.at, {});
    EXPECT_EQ(json.at("status").as_string(), row.shown);
    EXPECT_EQ(json.at("next_action").as_string(), row.nextAction) << row.shown;
  }
}

TEST(WireVerification, an_own_id_is_never_shown) {
  const auto json = verification(codeVerification(VerificationStatus::Verified), now).as_object();
  EXPECT_FALSE(json.contains("id"));
  EXPECT_EQ(json.at("expire_at").as_int64(), toMilliseconds(now + std::chrono::minutes(10)));
}

TEST(WireUser, only_backends_see_private_metadata) {
  const auto set = settings();
  const View view{set, now};
  User person{.id = "user_1", .privateMetadata = {{"plan", "secret"}}};
  person.password = PasswordDigest{.hasher = "bcrypt", .digest = "$2b$10$digest"};
  const auto shown = ecmascript::stringify(user(view, person, {}));
  EXPECT_EQ(shown.find("private_metadata"), std::string::npos);
  EXPECT_EQ(shown.find("secret"), std::string::npos);
  const auto backend = backendUser(view, person);
  EXPECT_EQ(backend.at("private_metadata").at("plan").as_string(), "secret");
  EXPECT_FALSE(backend.contains("organization_memberships"));
  EXPECT_EQ(ecmascript::stringify(backend).find("digest\""), std::string::npos);
  EXPECT_EQ(ecmascript::stringify(backend).find("$2b$"), std::string::npos);
}

User somebody() {
  User person{.id = "user_1",
              .username = "ada \"the first\"\n",
              .publicMetadata = {{"plan", "free"}, {"list", {1, "two", nullptr}}},
              .privateMetadata = {{"nested", {{"deep", true}}}}};
  auto proof = codeVerification(VerificationStatus::Verified);
  auto refused = codeVerification(VerificationStatus::Failed);
  refused.errorCode = "code";
  refused.errorMessage = "message";
  person.emailAddresses = {{.id = "idn_1", .emailAddress = "ada@example.com", .verification = proof},
                           {.id = "idn_2", .emailAddress = "ada@example.org"}};
  person.primaryEmailAddressId = "idn_1";
  person.phoneNumbers = {{.id = "idn_3", .phoneNumber = "+15555550100", .verification = refused}};
  person.externalAccounts = {
      {.id = "eac_1",
       .identificationId = "idn_4",
       .provider = "oauth_google",
       .emailAddress = "ada@example.com",
       .verification = proof},
      {.id = "eac_2", .provider = std::string(strategy::enterprisePrefix) + "entconn_1", .verification = proof},
      {.id = "eac_3", .provider = "oauth_github", .verification = refused}};
  person.passkeys = {{.id = "idn_5", .name = "Key", .verification = proof, .lastUsedAt = now}, {.id = "idn_6"}};
  person.createOrganizationsLimit = 3;
  person.lockedAt = now;
  person.lockExpiresAt = now + std::chrono::seconds(90);
  return person;
}

TEST(WireUser, the_text_is_that_of_the_value) {
  const auto set = settings();
  const View view{set, now};
  for (const auto& person : {somebody(), User{.id = "user_2"}}) {
    std::string text = "before ";
    appendBackendUser(text, view, person);
    EXPECT_EQ(text, "before " + ecmascript::stringify(backendUser(view, person)));
  }
}

TEST(WireUser, what_is_on_its_way_is_seen_by_the_person_alone) {
  const auto set = settings();
  const View view{set, now};
  const auto person = somebody();
  const auto own = user(view, person, {});
  const auto backend = backendUser(view, person);
  EXPECT_EQ(own.at("external_accounts").as_array().size(), 2);
  EXPECT_EQ(backend.at("external_accounts").as_array().size(), 1);
  for (const auto& shown : {own, backend}) {
    EXPECT_EQ(shown.at("passkeys").as_array().size(), 1);
    EXPECT_EQ(shown.at("enterprise_accounts").at(0).at("enterprise_connection_id").as_string(), "entconn_1");
    EXPECT_EQ(ecmascript::stringify(shown.at("email_addresses").at(0).at("linked_to")),
              R"([{"type":"oauth_google","id":"idn_4"}])");
    EXPECT_TRUE(shown.at("email_addresses").at(1).at("verification").is_null());
    EXPECT_EQ(shown.at("phone_numbers").at(0).at("verification").at("error").at("code").as_string(), "code");
  }
}

TEST(WireUser, a_lock_shows_until_it_is_over) {
  const auto set = settings();
  User person{.id = "user_1", .lockedAt = now, .lockExpiresAt = now + std::chrono::seconds(90)};
  const auto locked = backendUser({set, now}, person);
  EXPECT_TRUE(locked.at("locked").as_bool());
  EXPECT_EQ(locked.at("lockout_expires_in_seconds").as_int64(), 90);
  const auto later = backendUser({set, now + std::chrono::seconds(91)}, person);
  EXPECT_FALSE(later.at("locked").as_bool());
  EXPECT_TRUE(later.at("lockout_expires_in_seconds").is_null());
}

TEST(WireSession, factor_ages_are_minutes_and_an_ended_session_has_no_token) {
  const auto set = settings();
  SessionState state{.session = {.id = "sess_1",
                                 .userId = "user_1",
                                 .firstFactorVerifiedAt = now - std::chrono::minutes(5),
                                 .expireAt = now + std::chrono::hours(1),
                                 .abandonAt = now + std::chrono::hours(2)},
                     .user = {.id = "user_1"},
                     .token = ""};
  const auto json = session({set, now}, state);
  EXPECT_EQ(ecmascript::stringify(json.at("factor_verification_age")), "[5,-1]");
  EXPECT_TRUE(json.at("last_active_token").is_null());
  EXPECT_TRUE(json.at("tasks").is_null());
  EXPECT_EQ(json.at("status").as_string(), "active");
  EXPECT_EQ(session({set, now + std::chrono::minutes(90)}, state).at("status").as_string(), "expired");
}

TEST(WireClient, no_client_is_null) {
  const auto set = settings();
  EXPECT_TRUE(client({set, now}, std::nullopt).is_null());
}

TEST(WireError, the_envelope_carries_texts_parameter_and_client) {
  Failure failure(
      Error{Trouble::Unprocessable, "form_code_incorrect", "is incorrect", "", "code", {{"session_id", "sess_1"}}});
  EXPECT_EQ(statusOf(failure), 422);
  EXPECT_EQ(
      ecmascript::stringify(errorBody(failure, "trace", JsonObject{{"id", "client_1"}})),
      R"({"errors":[{"code":"form_code_incorrect","message":"is incorrect","long_message":"is incorrect",)"
      R"("meta":{"session_id":"sess_1","param_name":"code"}}],"clerk_trace_id":"trace","meta":{"client":{"id":"client_1"}}})");
  EXPECT_FALSE(errorBody(failure, "trace").contains("meta"));
}

TEST(WireError, every_kind_of_trouble_has_its_status) {
  const auto statusOfTrouble = [](Trouble trouble) { return statusOf(Error{trouble, "c", "m", "m", "", {}}); };
  EXPECT_EQ(statusOfTrouble(Trouble::BadRequest), 400);
  EXPECT_EQ(statusOfTrouble(Trouble::Unauthenticated), 401);
  EXPECT_EQ(statusOfTrouble(Trouble::Forbidden), 403);
  EXPECT_EQ(statusOfTrouble(Trouble::NotFound), 404);
  EXPECT_EQ(statusOfTrouble(Trouble::Conflict), 409);
  EXPECT_EQ(statusOfTrouble(Trouble::TooLarge), 413);
  EXPECT_EQ(statusOfTrouble(Trouble::UnsupportedMedia), 415);
  EXPECT_EQ(statusOfTrouble(Trouble::Unprocessable), 422);
  EXPECT_EQ(statusOfTrouble(Trouble::TooMany), 429);
  EXPECT_EQ(statusOfTrouble(Trouble::Internal), 500);
}

TEST(WireEnvironment, forms_follow_the_settings) {
  auto set = settings();
  set.attributes.firstName.required = true;
  set.environment = Environment::Production;
  const auto json = environment(set);
  EXPECT_EQ(json.at("auth_config").at("first_name").as_string(), "required");
  EXPECT_EQ(json.at("auth_config").at("phone_number").as_string(), "off");
  EXPECT_EQ(json.at("display_config").at("instance_environment_type").as_string(), "production");
  EXPECT_EQ(json.at("display_config").at("sign_in_url").as_string(), "http://localhost:4000/sign-in");
  EXPECT_EQ(ecmascript::stringify(json.at("auth_config").at("first_factors")),
            R"(["email_code","password","reset_password_email_code"])");
}

}  // namespace
}  // namespace clerk::instance::wire
