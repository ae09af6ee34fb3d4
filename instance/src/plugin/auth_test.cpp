// Identifiers, factors and detours as a browser goes through them.

#include "plugin/test_browser.hpp"
#include "plugin/test_issuer.hpp"
#include "strategies/totp.hpp"

#include <boost/json/serialize.hpp>

#include <gmock/gmock.h>

#include <chrono>
#include <fstream>

namespace clerk {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

std::string text(const InjectResponse& response, std::string_view member) {
  return std::string(response.json().at("response").at(member).as_string());
}

std::string header(const InjectResponse& response, std::string_view name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return {};
}

class AuthTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = temporaryFolder();
    issuer_ = std::make_unique<TestIssuer>();
    std::ofstream(folder_ / "settings.json")
        << boost::json::serialize(boost::json::object{{"phone_number", true},
                                                      {"username", true},
                                                      {"passkey", true},
                                                      {"email_verification", "code"},
                                                      {"social",
                                                       {{{"strategy", "oauth_google"},
                                                         {"name", "Google"},
                                                         {"issuer", issuer_->origin},
                                                         {"client_id", "our-client"},
                                                         {"client_secret", "secret"}}}}});
    instance_ = std::make_unique<InstancePlugin>(
        InstanceOptions{.dataFolder = folder_ / "data", .settingsFile = folder_ / "settings.json"});
    app_ = std::make_unique<Fastify>();
    app_->registerPlugin(*instance_);
  }
  static void TearDownTestSuite() {
    app_->close();
    app_.reset();
    instance_.reset();
    issuer_.reset();
    std::filesystem::remove_all(folder_);
  }

  static std::string freshEmail() {
    static int count = 0;
    return "auth" + std::to_string(++count) + "%2Bclerk_test@example.com";
  }

  static InjectResponse backend(const std::string& method, const std::string& path, fastify::Payload body = {}) {
    return app_->inject(
        {.method = method,
         .url = "/__bapi/v1" + path,
         .headers = {{"authorization", "Bearer " + instance_->secretKey()}, {"content-type", "application/json"}},
         .payload = std::move(body)});
  }

  /// The last message to an address, as the developer's outbox shows it.
  static std::string lastMail(const std::string& to) {
    const auto outbox =
        app_->inject({.method = "GET", .url = "/__dev/outbox?to=" + to, .headers = {{"host", "localhost:4000"}}});
    return std::string(outbox.json().at(0).at("body").as_string());
  }

  /// Goes to the provider and back, in this browser; gives where it is sent then.
  static InjectResponse journey(Browser& browser, const std::string& url) { return browser.get(issuer_->approve(url)); }
  static std::string providerUrl(const InjectResponse& signIn) {
    return std::string(signIn.json()
                           .at("response")
                           .at("first_factor_verification")
                           .at("external_verification_redirect_url")
                           .as_string());
  }
  static InjectResponse startGoogle(Browser& browser) {
    return browser.post("/client/sign_ins",
                        "strategy=oauth_google&redirect_url=http%3A%2F%2Flocalhost%3A4000%2Fsso-callback"
                        "&action_complete_redirect_url=http%3A%2F%2Flocalhost%3A4000%2Fdone");
  }

  static inline std::filesystem::path folder_;
  static inline std::unique_ptr<TestIssuer> issuer_;
  static inline std::unique_ptr<InstancePlugin> instance_;
  static inline std::unique_ptr<Fastify> app_;
};

TEST_F(AuthTest, the_environment_tells_what_is_enabled) {
  Browser browser(*app_);
  const auto environment = browser.get("/environment").json();
  const auto settings = environment.at("user_settings");
  EXPECT_TRUE(settings.at("attributes").at("phone_number").at("enabled").as_bool());
  EXPECT_TRUE(settings.at("attributes").at("authenticator_app").at("used_for_second_factor").as_bool());
  EXPECT_EQ(settings.at("social").at("oauth_google").at("name").as_string(), "Google");
  EXPECT_TRUE(settings.at("sign_in").at("second_factor").at("enabled").as_bool());
}

TEST_F(AuthTest, an_address_is_added_proved_and_removed) {
  Browser browser(*app_);
  browser.signUp(freshEmail());
  const auto added = browser.post("/me/email_addresses/", "email_address=" + freshEmail());
  ASSERT_EQ(added.statusCode, 200) << added.body;
  const auto path = "/me/email_addresses/" + text(added, "id");
  EXPECT_EQ(browser.post(path + "/prepare_verification", "strategy=email_code").statusCode, 200);
  EXPECT_EQ(errorCode(browser.post(path + "/attempt_verification", "code=1")), "form_code_incorrect");
  const auto done = browser.post(path + "/attempt_verification", "code=424242");
  ASSERT_EQ(done.statusCode, 200) << done.body;
  EXPECT_EQ(done.json().at("response").at("verification").at("status").as_string(), "verified");
  EXPECT_EQ(done.json().at("client").at("sessions").at(0).at("user").at("email_addresses").as_array().size(), 2u);
  EXPECT_EQ(browser.post(path + "?_method=DELETE").statusCode, 200);
  EXPECT_EQ(browser.get(path).statusCode, 404);
}

TEST_F(AuthTest, an_app_is_set_up_and_asked_for) {
  Browser browser(*app_);
  const auto email = freshEmail();
  browser.signUp(email);
  const auto started = browser.post("/me/totp");
  ASSERT_EQ(started.statusCode, 200) << started.body;
  const auto secret = *instance::base32Decode(text(started, "secret"));
  const auto step = instance::totpStep(instance::SystemClock().now());
  const auto verified = browser.post("/me/totp/attempt_verification", "code=" + instance::totpCode(secret, step - 1));
  ASSERT_EQ(verified.statusCode, 200) << verified.body;
  EXPECT_TRUE(verified.json().at("response").at("secret").is_null());
  const std::string backup(verified.json().at("response").at("backup_codes").at(0).as_string());
  const auto me = verified.json().at("client").at("sessions").at(0).at("user");
  EXPECT_TRUE(me.at("two_factor_enabled").as_bool());

  Browser other(*app_);
  const auto signIn = other.post("/client/sign_ins", "identifier=" + email + "&password=correct+horse+42%21");
  ASSERT_EQ(signIn.statusCode, 200) << signIn.body;
  EXPECT_EQ(text(signIn, "status"), "needs_second_factor");
  EXPECT_EQ(signIn.json().at("response").at("supported_second_factors").as_array().size(), 2u);
  EXPECT_TRUE(signIn.json().at("client").at("sessions").as_array().empty());
  const auto path = "/client/sign_ins/" + text(signIn, "id") + "/attempt_second_factor";
  EXPECT_EQ(errorCode(other.post(path, "strategy=totp&code=000000")), "form_code_incorrect");
  const auto done = other.post(path, "strategy=backup_code&code=" + backup);
  ASSERT_EQ(done.statusCode, 200) << done.body;
  EXPECT_EQ(text(done, "status"), "complete");
  EXPECT_EQ(done.json().at("client").at("sessions").at(0).at("factor_verification_age").at(1).as_int64(), 0);
  EXPECT_EQ(backend("DELETE", "/users/" + browser.userId + "/mfa").statusCode, 200);
}

TEST_F(AuthTest, a_picture_is_shown_to_other_origins_as_what_it_is) {
  Browser browser(*app_);
  browser.signUp(freshEmail());
  const std::string png("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
  const auto form =
      "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\r\n" + png + "\r\n--b--\r\n";
  const auto set = browser.send({.method = "POST",
                                 .url = "/__clerk/v1/me/profile_image",
                                 .headers = {{"content-type", "multipart/form-data; boundary=b"}},
                                 .payload = form});
  ASSERT_EQ(set.statusCode, 200) << set.body;
  const auto user = set.json().at("client").at("sessions").at(0).at("user");
  EXPECT_TRUE(user.at("has_image").as_bool());
  const std::string url(user.at("image_url").as_string());
  EXPECT_EQ(url, text(set, "public_url"));
  const auto shown = app_->inject({.method = "GET", .url = url.substr(url.find("/__img"))});
  EXPECT_EQ(shown.statusCode, 200);
  EXPECT_EQ(shown.body, png);
  EXPECT_EQ(header(shown, "content-type"), "image/png");
  EXPECT_EQ(header(shown, "access-control-allow-origin"), "*");
  EXPECT_EQ(header(shown, "x-content-type-options"), "nosniff");
  EXPECT_EQ(browser.post("/me/profile_image", "file=x").statusCode, 400);
  EXPECT_EQ(browser.post("/me/profile_image?_method=DELETE").statusCode, 200);
  EXPECT_EQ(app_->inject({.method = "GET", .url = url.substr(url.find("/__img"))}).statusCode, 404);
}

TEST_F(AuthTest, somebody_new_comes_by_another_provider) {
  issuer_->person = {.sub = "new-1", .email = "new1@example.com"};
  Browser browser(*app_);
  const auto started = startGoogle(browser);
  ASSERT_EQ(started.statusCode, 200) << started.body;
  EXPECT_EQ(text(started, "status"), "needs_identifier");
  const auto url = providerUrl(started);
  EXPECT_THAT(url, StartsWith(issuer_->origin + "/authorize?"));
  EXPECT_THAT(url, HasSubstr("code_challenge_method=S256"));
  const auto back = journey(browser, url);
  ASSERT_EQ(back.statusCode, 303) << back.body;
  EXPECT_EQ(header(back, "location"), "http://localhost:4000/sso-callback");
  const auto client = browser.get("/client").json().at("response");
  const auto verification = client.at("sign_in").at("first_factor_verification");
  EXPECT_EQ(verification.at("status").as_string(), "transferable");
  EXPECT_EQ(verification.at("error").at("code").as_string(), "external_account_not_found");
  EXPECT_FALSE(verification.as_object().contains("nonce"));

  const auto signedUp = browser.post("/client/sign_ups", "transfer=true");
  ASSERT_EQ(signedUp.statusCode, 200) << signedUp.body;
  EXPECT_EQ(text(signedUp, "status"), "complete");
  const auto user = signedUp.json().at("client").at("sessions").at(0).at("user");
  EXPECT_EQ(user.at("first_name").as_string(), "Grace");
  EXPECT_EQ(user.at("external_accounts").at(0).at("provider").as_string(), "oauth_google");
  EXPECT_EQ(user.at("email_addresses").at(0).at("verification").at("strategy").as_string(), "from_oauth_google");
  EXPECT_EQ(user.at("email_addresses").at(0).at("linked_to").at(0).at("type").as_string(), "oauth_google");

  Browser again(*app_);
  const auto returned = journey(again, providerUrl(startGoogle(again)));
  EXPECT_EQ(header(returned, "location"), "http://localhost:4000/done");
  EXPECT_EQ(again.get("/client").json().at("response").at("sessions").as_array().size(), 1u);
}

TEST_F(AuthTest, an_account_is_linked_by_its_proved_address_alone) {
  const auto made =
      backend("POST", "/users", R"({"email_address":["linked@example.com"],"password":"correct horse 42!"})");
  ASSERT_EQ(made.statusCode, 200) << made.body;
  issuer_->person = {.sub = "linked-unproved", .email = "linked@example.com", .emailVerified = false};
  Browser thief(*app_);
  EXPECT_EQ(header(journey(thief, providerUrl(startGoogle(thief))), "location"), "http://localhost:4000/sso-callback");
  EXPECT_TRUE(thief.get("/client").json().at("response").at("sessions").as_array().empty());

  issuer_->person = {.sub = "linked-1", .email = "linked@example.com"};
  Browser browser(*app_);
  EXPECT_EQ(header(journey(browser, providerUrl(startGoogle(browser))), "location"), "http://localhost:4000/done");
  const auto client = browser.get("/client").json().at("response");
  EXPECT_EQ(client.at("sessions").at(0).at("user").at("id"), made.json().at("id"));
}

TEST_F(AuthTest, only_the_browser_that_began_may_come_back_and_once) {
  issuer_->person = {.sub = "csrf-1", .email = "csrf@example.com"};
  Browser attacker(*app_);
  const auto path = issuer_->approve(providerUrl(startGoogle(attacker)));
  Browser victim(*app_);
  victim.post("/client/sign_ins", "");
  const auto before = issuer_->tokensAsked;
  EXPECT_EQ(errorCode(victim.get(path)), "oauth_callback_invalid");
  // Whoever was lured has used the state up.
  EXPECT_EQ(errorCode(attacker.get(path)), "oauth_callback_invalid");
  EXPECT_EQ(issuer_->tokensAsked, before);
  EXPECT_EQ(errorCode(attacker.get("/oauth_callback?state=unknown&code=x")), "oauth_callback_invalid");
}

TEST_F(AuthTest, what_goes_wrong_at_the_provider_is_told_on_the_page) {
  Browser browser(*app_);
  const auto url = providerUrl(startGoogle(browser));
  auto path = issuer_->approve(url);
  path.replace(path.find("code="), std::string::npos, "error=access_denied");
  EXPECT_EQ(browser.get(path).statusCode, 303);
  auto verification = browser.get("/client").json().at("response").at("sign_in").at("first_factor_verification");
  EXPECT_EQ(verification.at("error").at("code").as_string(), "oauth_access_denied");

  issuer_->audience = "somebody else's client";
  EXPECT_EQ(journey(browser, providerUrl(startGoogle(browser))).statusCode, 303);
  issuer_->audience = "our-client";
  verification = browser.get("/client").json().at("response").at("sign_in").at("first_factor_verification");
  EXPECT_EQ(verification.at("error").at("code").as_string(), "oauth_fetch_user_error");
  EXPECT_EQ(errorCode(browser.post("/client/sign_ups", "transfer=true")), "account_transfer_invalid");
}

TEST_F(AuthTest, an_account_is_connected_to_ones_own_and_taken_off) {
  issuer_->person = {.sub = "mine-1", .email = "mine1@example.com"};
  Browser browser(*app_);
  browser.signUp(freshEmail());
  const auto started =
      browser.post("/me/external_accounts", "strategy=oauth_google&redirect_url=http%3A%2F%2Flocalhost%3A4000%2Fuser");
  ASSERT_EQ(started.statusCode, 200) << started.body;
  const std::string url(
      started.json().at("response").at("verification").at("external_verification_redirect_url").as_string());
  EXPECT_EQ(header(journey(browser, url), "location"), "http://localhost:4000/user");
  const auto me = browser.get("/me").json().at("response");
  ASSERT_EQ(me.at("external_accounts").as_array().size(), 1u);
  EXPECT_EQ(me.at("external_accounts").at(0).at("verification").at("status").as_string(), "verified");
  EXPECT_EQ(errorCode(browser.post("/me/external_accounts", "strategy=oauth_google")),
            "oauth_account_already_connected");
  const std::string id(me.at("external_accounts").at(0).at("id").as_string());
  EXPECT_EQ(browser.post("/me/external_accounts/" + id + "?_method=DELETE").statusCode, 200);
  EXPECT_TRUE(browser.get("/me").json().at("response").at("external_accounts").as_array().empty());
}

TEST_F(AuthTest, whoever_is_asked_in_needs_no_code) {
  const auto invited =
      backend("POST", "/invitations", R"({"email_address":"guest@example.com","public_metadata":{"plan":"pro"}})");
  ASSERT_EQ(invited.statusCode, 200) << invited.body;
  EXPECT_EQ(errorCode(backend("POST", "/invitations", R"({"email_address":"guest@example.com"})")), "duplicate_record");
  const std::string url(invited.json().at("url").as_string());
  EXPECT_THAT(lastMail("guest@example.com"), HasSubstr(url));
  const auto opened = app_->inject({.method = "GET", .url = url.substr(url.find("/v1/"))});
  ASSERT_EQ(opened.statusCode, 303);
  const auto location = header(opened, "location");
  EXPECT_THAT(location, StartsWith("http://localhost:4000/sign-up?__clerk_ticket="));
  EXPECT_THAT(location, HasSubstr("__clerk_status=sign_up"));
  const auto begin = location.find('=') + 1;
  const auto ticket = location.substr(begin, location.find('&') - begin);
  Browser browser(*app_);
  const auto done =
      browser.post("/client/sign_ups", "strategy=ticket&ticket=" + ticket + "&password=correct+horse+42%21");
  ASSERT_EQ(done.statusCode, 200) << done.body;
  EXPECT_EQ(text(done, "status"), "complete");
  const auto user = done.json().at("client").at("sessions").at(0).at("user");
  EXPECT_EQ(user.at("public_metadata").at("plan").as_string(), "pro");
  Browser other(*app_);
  EXPECT_EQ(errorCode(other.post("/client/sign_ups", "strategy=ticket&ticket=" + ticket)),
            "invitation_already_accepted");
  const std::string path = "/invitations/" + std::string(invited.json().at("id").as_string()) + "/revoke";
  EXPECT_EQ(errorCode(backend("POST", path)), "invitation_already_accepted");
  EXPECT_EQ(backend("GET", "/invitations?status=accepted&query=guest").json().as_array().size(), 1u);
}

TEST_F(AuthTest, a_backend_makes_a_user_with_phone_numbers) {
  const auto made = backend("POST", "/users",
                            R"({"email_address":["numbers@example.com"],"password":"correct horse 42!",
                                "phone_number":["+12015550188","+12015550189"],
                                "phone_number_identification_status":["reserved","verified"]})");
  ASSERT_EQ(made.statusCode, 200) << made.body;
  const auto user = made.json();
  const auto& numbers = user.at("phone_numbers").as_array();
  ASSERT_EQ(numbers.size(), 2u);
  EXPECT_EQ(user.at("primary_phone_number_id"), numbers[0].at("id"));
  EXPECT_EQ(numbers[0].at("reserved"), true);
  EXPECT_EQ(numbers[1].at("verification").at("status"), "verified");
  EXPECT_EQ(
      errorCode(backend("POST", "/users", R"({"email_address":["other@example.com"],"password":"correct horse 42!",
                                                    "phone_number":["+12015550189"]})")),
      "form_identifier_exists");
  const auto path = "/users/" + std::string(user.at("id").as_string());
  const std::string second(numbers[1].at("id").as_string());
  const auto changed = backend("PATCH", path, R"({"primary_phone_number_id":")" + second + "\"}");
  EXPECT_EQ(changed.json().at("primary_phone_number_id").as_string(), second) << changed.body;
}

TEST_F(AuthTest, a_username_and_a_phone_number_sign_up_and_in) {
  Browser browser(*app_);
  const auto created = browser.post(
      "/client/sign_ups", "email_address=" + freshEmail() +
                              "&username=Lovelace_42&phone_number=%2B15555550142&password=correct+horse+42%21");
  ASSERT_EQ(created.statusCode, 200) << created.body;
  const auto path = "/client/sign_ups/" + text(created, "id");
  EXPECT_EQ(created.json().at("response").at("unverified_fields").as_array().size(), 2u);
  for (const std::string strategy : {"email_code", "phone_code"}) {
    ASSERT_EQ(browser.post(path + "/prepare_verification", "strategy=" + strategy).statusCode, 200);
    const auto done = browser.post(path + "/attempt_verification", "strategy=" + strategy + "&code=424242");
    ASSERT_EQ(done.statusCode, 200) << done.body;
  }
  for (const std::string identifier : {"lovelace_42", "%2B1+555+555-0142"}) {
    Browser other(*app_);
    const auto signIn = other.post("/client/sign_ins", "identifier=" + identifier + "&password=correct+horse+42%21");
    ASSERT_EQ(signIn.statusCode, 200) << signIn.body;
    EXPECT_EQ(text(signIn, "status"), "complete");
  }
}

}  // namespace
}  // namespace clerk
