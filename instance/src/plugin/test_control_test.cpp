// What tests of an app may ask of an instance, and who may not.

#include <clerk/instance.hpp>

#include "plugin/test_browser.hpp"
#include "testing/postgres_server.hpp"

#include <fastify/fastify.hpp>

#include <gmock/gmock.h>

#include <memory>
#include <stdexcept>

namespace clerk {
namespace {

class TestControlTest : public testing::Test {
 protected:
  TestControlTest() : folder_(temporaryFolder()) {
    instance_ = std::make_unique<InstancePlugin>(
        InstanceOptions{.dataFolder = folder_, .database = instance::databaseOfThisRun(), .testControl = true});
    app_.registerPlugin(*instance_);
  }
  ~TestControlTest() override {
    app_.close();
    instance_.reset();
    std::filesystem::remove_all(folder_);
  }

  InjectResponse control(const std::string& method, const std::string& path, fastify::Payload payload = {},
                         HeaderPairs headers = {}) {
    return app_.inject(
        {.method = method, .url = "/__control" + path, .headers = std::move(headers), .payload = std::move(payload)});
  }
  std::int64_t now() { return control("GET", "/clock").json().at("now").to_number<std::int64_t>(); }

  std::filesystem::path folder_;
  std::unique_ptr<InstancePlugin> instance_;
  Fastify app_;
};

TEST_F(TestControlTest, says_who_the_instance_is) {
  const auto info = control("GET", "/info").json();
  EXPECT_EQ(info.at("pk").as_string(), instance_->publishableKey());
  EXPECT_EQ(info.at("sk").as_string(), instance_->secretKey());
  EXPECT_EQ(info.at("pem").as_string(), instance_->jwtKey());
  EXPECT_EQ(info.at("iss"), "https://clerk.localhost.test");
  EXPECT_EQ(info.at("suffix").as_string().size(), 8u);
}

TEST_F(TestControlTest, keeps_what_was_said_until_it_is_told_to_forget) {
  Browser browser(app_);
  browser.post("/client/sign_ups?_method=POST", "email_address=nope&password=x");
  const auto log = control("GET", "/log").json();
  const auto& exchange = log.as_array().back();
  EXPECT_EQ(exchange.at("request").at("method"), "POST");
  EXPECT_EQ(exchange.at("request").at("path"), "/__clerk/v1/client/sign_ups");
  EXPECT_EQ(exchange.at("request").at("body").at("email_address"), "nope");
  EXPECT_EQ(exchange.at("response").at("status"), 422);
  EXPECT_EQ(exchange.at("response").at("json").at("errors").at(0).at("code"), "form_param_format_invalid");
  EXPECT_EQ(control("POST", "/reset-log").statusCode, 200);
  EXPECT_TRUE(control("GET", "/log").json().as_array().empty());
}

TEST_F(TestControlTest, shows_messages_with_their_codes_and_links) {
  Browser browser(app_);
  const auto id = std::string(browser.post("/client/sign_ups", "email_address=a@example.com&password=correct+horse+42")
                                  .json()
                                  .at("response")
                                  .at("id")
                                  .as_string());
  browser.post("/client/sign_ups/" + id + "/prepare_verification", "strategy=email_code");
  const auto outbox = control("GET", "/outbox?to=a%40example.com").json();
  ASSERT_EQ(outbox.as_array().size(), 1u);
  EXPECT_EQ(outbox.at(0).at("code").as_string().size(), 6u);
  EXPECT_EQ(outbox.at(0).at("link"), "");
}

TEST_F(TestControlTest, moves_the_clock) {
  const auto before = now();
  EXPECT_EQ(control("POST", "/clock", fastify::Json{{"ahead_seconds", 86'400}}).json().at("ahead_seconds"), 86'400);
  EXPECT_GE(now(), before + 86'400'000);
  EXPECT_EQ(control("POST", "/clock", fastify::Json{{"ahead_seconds", 0}}).statusCode, 200);
  EXPECT_LT(now(), before + 86'400'000);
  for (const fastify::Json& wrong :
       {fastify::Json{{"ahead_seconds", "1"}}, fastify::Json{{"ahead_seconds", 1e18}}, fastify::Json{{"other", 1}}}) {
    EXPECT_EQ(control("POST", "/clock", wrong).statusCode, 400);
  }
  EXPECT_EQ(control("POST", "/clock").statusCode, 400);
}

TEST_F(TestControlTest, a_session_of_last_month_is_over) {
  Browser browser(app_);
  browser.signUp("late%2Bclerk_test@example.com");
  control("POST", "/clock", fastify::Json{{"ahead_seconds", 31 * 86'400}});
  EXPECT_EQ(browser.post("/client/sessions/" + browser.sessionId + "/tokens").statusCode, 401);
}

TEST_F(TestControlTest, removes_everybody) {
  Browser browser(app_);
  browser.signUp("gone%2Bclerk_test@example.com");
  EXPECT_EQ(control("POST", "/reset").statusCode, 200);
  EXPECT_EQ(browser.get("/client").json().at("response"), nullptr);
  Browser again(app_);
  again.signUp("gone%2Bclerk_test@example.com");
}

TEST_F(TestControlTest, answers_to_this_machine_alone) {
  EXPECT_EQ(app_.inject({.url = "/__control/info", .authority = "evil.example:4000"}).statusCode, 403);
  EXPECT_EQ(app_.inject({.url = "/__control/info", .authority = "127.0.0.1:4000"}).statusCode, 200);
  EXPECT_EQ(app_.inject({.url = "/__control/info", .remoteAddress = "192.0.2.1"}).statusCode, 403);
  EXPECT_EQ(control("GET", "/info", {}, {{"origin", "https://evil.example"}}).statusCode, 403);
  EXPECT_EQ(control("GET", "/info", {}, {{"origin", "null"}}).statusCode, 403);
  EXPECT_EQ(control("GET", "/info", {}, {{"origin", "http://localhost:3000"}}).statusCode, 200);
  EXPECT_EQ(control("POST", "/reset", {}, {{"sec-fetch-site", "cross-site"}}).statusCode, 403);
}

TEST(TestControl, is_not_there_unless_it_is_asked_for) {
  const auto folder = temporaryFolder();
  {
    const InstancePlugin instance({.dataFolder = folder, .database = instance::databaseOfThisRun()});
    Fastify app;
    app.registerPlugin(instance);
    for (const auto* path : {"/info", "/log", "/outbox", "/clock"}) {
      EXPECT_EQ(app.inject("/__control" + std::string(path)).statusCode, 404) << path;
    }
    app.close();
  }
  EXPECT_THROW(InstancePlugin({.dataFolder = folder, .origin = "https://accounts.example.com", .testControl = true}),
               std::runtime_error);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace clerk
