#pragma once
// What the tests of enterprise connections share: an instance with an OpenID Connect provider beside it.

#include "plugin/test_browser.hpp"
#include "plugin/test_issuer.hpp"
#include "testing/postgres_server.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <fstream>

namespace clerk {

class Enterprise : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = temporaryFolder();
    issuer_ = std::make_unique<TestIssuer>();
    std::ofstream(folder_ / "settings.json") << boost::json::serialize(
        boost::json::object{{"social", boost::json::array{boost::json::object{{"strategy", "oauth_google"},
                                                                              {"issuer", issuer_->origin},
                                                                              {"client_id", "our-client"},
                                                                              {"client_secret", "secret"}}}}});
    instance_ = std::make_unique<InstancePlugin>(InstanceOptions{.dataFolder = folder_ / "data",
                                                                 .database = instance::databaseOfThisRun(),
                                                                 .settingsFile = folder_ / "settings.json"});
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

  static InjectResponse backend(const std::string& method, const std::string& path, const std::string& body = "") {
    return app_->inject(
        {.method = method,
         .url = "/__bapi/v1" + path,
         .headers = {{"authorization", "Bearer " + instance_->secretKey()}, {"content-type", "application/json"}},
         .payload = body.empty() ? fastify::Payload() : fastify::Payload(body)});
  }
  static boost::json::value ok(const InjectResponse& response) {
    EXPECT_EQ(response.statusCode / 100, 2) << response.body;
    return response.json();
  }
  static std::string text(const boost::json::value& json, std::string_view member) {
    const auto* value = json.is_object() ? json.get_object().if_contains(member) : nullptr;
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
  }
  static std::string failure(const InjectResponse& response) {
    if (response.statusCode < 400) return std::to_string(response.statusCode);
    const auto error = response.json().at("errors").at(0);
    const auto param = text(error.at("meta"), "param_name");
    return std::to_string(response.statusCode) + " " + text(error, "code") + (param.empty() ? "" : " " + param);
  }

  /// A connection to the test's issuer.
  static std::string connect(const std::string& domain, bool active = true) {
    return text(ok(backend("POST", "/enterprise_connections",
                           R"({"name":"Acme","provider":"oidc_custom","domains":[")" + domain + R"("],"active":)" +
                               (active ? "true" : "false") + R"(,"oidc":{"client_id":"our-client",
                               "client_secret":"a secret","discovery_url":")" +
                               issuer_->origin + R"(/.well-known/openid-configuration"}})")),
                "id");
  }
  static constexpr const char* returns =
      "&redirect_url=http%3A%2F%2Flocalhost%3A4000%2Fsso-callback"
      "&action_complete_redirect_url=http%3A%2F%2Flocalhost%3A4000%2Fdone";
  static std::string providerUrl(const InjectResponse& attempt) {
    return text(attempt.json().at("response").at("first_factor_verification"), "external_verification_redirect_url");
  }
  /// Signs somebody in by the connection whose domain the address is at; gives the client as it is then.
  static boost::json::value signInBy(Browser& browser, const std::string& strategy) {
    const auto started = browser.post("/client/sign_ins", strategy + returns);
    EXPECT_EQ(started.statusCode, 200) << started.body;
    EXPECT_EQ(browser.get(issuer_->approve(providerUrl(started))).statusCode, 303);
    auto client = browser.get("/client").json().at("response");
    if (client.at("sign_in").is_object() &&
        client.at("sign_in").at("first_factor_verification").at("status") == "transferable") {
      const auto made = browser.post("/client/sign_ups", "transfer=true");
      EXPECT_EQ(made.statusCode, 200) << made.body;
      client = browser.get("/client").json().at("response");
    }
    return client;
  }

  static inline std::filesystem::path folder_;
  static inline std::unique_ptr<TestIssuer> issuer_;
  static inline std::unique_ptr<InstancePlugin> instance_;
  static inline std::unique_ptr<Fastify> app_;
};

}  // namespace clerk
