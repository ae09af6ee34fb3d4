// Test runs of enterprise connections: an administrator walks the sign-in, and nobody is signed in by it.

#include "plugin/enterprise_test.hpp"

#include <gmock/gmock.h>

namespace clerk {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class EnterpriseTestRun : public Enterprise {
 protected:
  static std::string runs(const std::string& connection) {
    return "/enterprise_connections/" + connection + "/test_runs";
  }
  static boost::json::value newest(const std::string& connection) {
    return ok(backend("GET", runs(connection))).at("data").at(0);
  }
  /// The path of an address of this instance.
  static std::string pathOf(const std::string& url) {
    EXPECT_THAT(url, StartsWith(instance_->origin() + "/v1/"));
    return url.substr(instance_->origin().size());
  }
  static std::string start(const std::string& connection) {
    return pathOf(text(ok(backend("POST", runs(connection))), "url"));
  }
  static InjectResponse open(const std::string& path) { return app_->inject({.method = "GET", .url = path}); }
  static std::string location(const InjectResponse& response) {
    return std::string(response.header("location").value_or(""));
  }
  /// From the ticket to the page of the result, as the person that the issuer says.
  static InjectResponse walk(const std::string& connection) {
    const auto begun = open(start(connection));
    EXPECT_EQ(begun.statusCode, 301) << begun.body;
    Browser browser(*app_);
    return open(pathOf(location(browser.get(issuer_->approve(location(begun))))));
  }
};

TEST_F(EnterpriseTestRun, a_connection_is_tried_before_it_is_active_and_nobody_is_signed_in) {
  const auto id = connect("try.example", false);
  issuer_->person = {.sub = "try-1", .email = "ada@try.example", .givenName = "<b>Ada</b>"};
  const auto begin = start(id);
  EXPECT_EQ(newest(id).at("status"), "pending");
  EXPECT_EQ(newest(id).at("connection_type"), "oauth");
  const auto begun = open(begin);
  ASSERT_EQ(begun.statusCode, 301) << begun.body;
  EXPECT_THAT(location(begun), StartsWith(issuer_->origin + "/authorize?"));
  EXPECT_EQ(failure(open(begin)), "400 enterprise_connection_test_run_ticket_invalid") << "a ticket is good once";

  Browser browser(*app_);
  const auto answer = issuer_->approve(location(begun));
  const auto result = pathOf(location(browser.get(answer)));
  const auto page = open(result);
  EXPECT_EQ(page.statusCode, 200);
  EXPECT_EQ(page.header("content-type").value_or(""), "text/html; charset=utf-8");
  EXPECT_THAT(page.body, HasSubstr("ada@try.example"));
  EXPECT_THAT(page.body, HasSubstr("&lt;b&gt;Ada"));
  EXPECT_THAT(page.body, Not(HasSubstr("<b>")));
  const auto run = newest(id);
  EXPECT_EQ(run.at("status"), "success");
  EXPECT_EQ(run.at("parsed_user_info").at("email_address"), "ada@try.example");
  EXPECT_EQ(run.at("parsed_user_info").at("user_id"), "try-1");
  EXPECT_EQ(run.at("oauth").at("access_token"), "at");
  EXPECT_TRUE(run.at("saml").is_null());

  const auto client = browser.get("/client").json().at("response");
  EXPECT_TRUE(client.is_null() || client.at("sessions").as_array().empty());
  EXPECT_EQ(ok(backend("GET", "/users?email_address=ada%40try.example")).as_array().size(), 0U);
  EXPECT_EQ(errorCode(browser.get(answer)), "oauth_callback_invalid") << "the provider's answer is good once";
  ok(backend("DELETE", "/enterprise_connections/" + id));
  EXPECT_EQ(failure(open(result)), "404 resource_not_found") << "the runs go with their connection";
}

TEST_F(EnterpriseTestRun, what_does_not_work_is_named) {
  const auto id = connect("wrong.example", false);
  issuer_->person = {.sub = "try-2", .email = "ada@elsewhere.example"};
  EXPECT_THAT(walk(id).body, HasSubstr("enterprise_sso_email_address_domain_mismatch"));
  EXPECT_EQ(newest(id).at("status"), "failed");
  EXPECT_EQ(newest(id).at("logs").at(0).at("code"), "enterprise_sso_email_address_domain_mismatch");

  Browser browser(*app_);
  auto denied = issuer_->approve(location(open(start(id))));
  denied.replace(denied.find("code=the-code"), std::string::npos, "error=access_denied");
  EXPECT_EQ(browser.get(denied).statusCode, 303);
  EXPECT_EQ(newest(id).at("logs").at(0).at("code"), "oauth_access_denied");

  ok(backend("PATCH", "/enterprise_connections/" + id, R"({"oidc":{"discovery_url":"http://127.0.0.1:1/"}})"));
  const auto begun = open(start(id));
  EXPECT_EQ(begun.statusCode, 301);
  EXPECT_THAT(open(pathOf(location(begun))).body, HasSubstr("misconfigured_oauth_provider"));

  start(id);
  EXPECT_EQ(ok(backend("GET", runs(id))).at("total_count"), 4);
  EXPECT_EQ(ok(backend("GET", runs(id) + "?status=failed&limit=2")).at("data").as_array().size(), 2U);
  EXPECT_EQ(ok(backend("GET", runs(id) + "?status=failed&limit=2")).at("total_count"), 3);
  EXPECT_EQ(ok(backend("GET", runs(id) + "?status=pending&status=success")).at("total_count"), 1);
  EXPECT_EQ(failure(backend("GET", runs(id) + "?status=none")), "422 form_param_value_invalid status");
  EXPECT_EQ(failure(backend("POST", runs("entconn_none"))), "404 resource_not_found");
  const auto path = "/v1/enterprise_connections/" + id;
  EXPECT_EQ(failure(open(path + "/init_test_run")), "422 form_param_missing ticket");
  EXPECT_EQ(failure(open(path + "/init_test_run?ticket=x")), "400 enterprise_connection_test_run_ticket_invalid");
  const auto run = text(newest(id), "id");
  EXPECT_EQ(failure(open(path + "/test_runs/" + run + "?token=x")),
            "400 enterprise_connection_test_run_ticket_invalid");
  EXPECT_EQ(failure(open("/v1/enterprise_connections/entconn_x/test_runs/" + run + "?token=x")),
            "404 resource_not_found");
  ok(backend("DELETE", "/enterprise_connections/" + id));
}

TEST_F(EnterpriseTestRun, an_organizations_administrators_try_its_own_connections) {
  Browser ada(*app_), eve(*app_);
  ada.signUp("ada%2Bclerk_test%40org-admin.example");
  eve.signUp("eve%2Bclerk_test%40stranger.example");
  const auto organization = text(ada.post("/organizations", "name=Acme").json().at("response"), "id");
  const auto own = connect("org-own.example", false), other = connect("org-other.example", false);
  ok(backend("PATCH", "/enterprise_connections/" + own, R"({"organization_id":")" + organization + R"("})"));
  const auto path = "/organizations/" + organization + "/enterprise_connections/";
  const auto made = ada.post(path + own + "/test_runs");
  ASSERT_EQ(made.statusCode, 200) << made.body;
  EXPECT_EQ(open(pathOf(text(made.json().at("response"), "url"))).statusCode, 301);
  const auto listed = ada.get(path + own + "/test_runs?status=pending");
  EXPECT_EQ(listed.json().at("response").at("total_count"), 1) << listed.body;
  EXPECT_EQ(failure(ada.post(path + other + "/test_runs")), "404 resource_not_found");
  EXPECT_EQ(eve.get(path + own + "/test_runs").statusCode / 100, 4);
  EXPECT_EQ(eve.post(path + own + "/test_runs").statusCode / 100, 4);
  ok(backend("DELETE", "/enterprise_connections/" + own));
  ok(backend("DELETE", "/enterprise_connections/" + other));
}

}  // namespace
}  // namespace clerk
