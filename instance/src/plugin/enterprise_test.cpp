// Enterprise connections: registering them and signing in by OpenID Connect. With them: the tokens that a provider
// gave.

#include "plugin/enterprise_test.hpp"

#include <gmock/gmock.h>

namespace clerk {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST_F(Enterprise, connections_are_made_changed_listed_and_removed) {
  const auto id = connect("Crud.example", false);
  const auto path = "/enterprise_connections/" + id;
  const auto read = backend("GET", path);
  EXPECT_EQ(ok(read).at("domains").at(0), "crud.example");
  EXPECT_EQ(ok(read).at("oauth_config").at("client_id"), "our-client");
  EXPECT_TRUE(ok(read).at("saml_connection").is_null());
  EXPECT_THAT(read.body, Not(HasSubstr("a secret")));
  EXPECT_EQ(ok(backend("PATCH", path, R"({"name":"Acme Inc","domains":["crud2.example"]})")).at("name"), "Acme Inc");
  EXPECT_EQ(ok(backend("GET", path)).at("domains").at(0), "crud2.example");
  EXPECT_EQ(ok(backend("GET", "/enterprise_connections?active=true")).at("total_count"), 0);
  EXPECT_EQ(ok(backend("PATCH", path, R"({"active":true})")).at("active"), true);
  EXPECT_EQ(ok(backend("GET", "/enterprise_connections?active=true")).at("total_count"), 1);
  EXPECT_EQ(ok(backend("DELETE", path)).at("deleted"), true);
  EXPECT_EQ(failure(backend("GET", path)), "404 resource_not_found");
  EXPECT_EQ(ok(backend("GET", "/enterprise_connections")).at("total_count"), 0);
  const auto again = connect("crud2.example", false);
  ok(backend("DELETE", "/enterprise_connections/" + again));
}

TEST_F(Enterprise, what_is_wrong_with_a_connection_is_named) {
  const auto taken = connect("taken.example", false);
  const struct {
    const char* body;
    const char* failure;
  } rows[] = {
      {R"({"name":"a","provider":"oidc_custom"})", "422 form_param_missing domains"},
      {R"({"name":"a","provider":"ldap","domains":["a.example"]})", "422 form_param_value_invalid provider"},
      {R"({"name":"a","provider":"oidc_custom","domains":["no dot"]})", "422 form_param_format_invalid domains"},
      {R"({"name":"a","provider":"oidc_custom","domains":["TAKEN.example"]})", "422 form_identifier_exists domains"},
      {R"({"name":"a","provider":"oidc_custom","domains":["a.example"],"active":true})",
       "422 enterprise_connection_cant_be_activated"},
      {R"({"name":"a","provider":"saml_okta","domains":["a.example"],"active":true})",
       "422 saml_connection_cant_be_activated"},
      {R"({"name":"a","provider":"oidc_custom","domains":["a.example"],"oidc":{"discovery_url":"javascript:1"}})",
       "422 form_param_format_invalid discovery_url"},
      {R"({"name":"a","provider":"saml_okta","domains":["a.example"],"saml":{"idp_metadata":"<xml/>"}})",
       "422 saml_failed_to_parse_idp_metadata"},
      {R"({"name":"a","provider":"saml_okta","domains":["a.example"],"saml":{"idp_certificate":"MII"}})",
       "422 form_param_format_invalid idp_certificate"},
      {R"({"name":"a","provider":"saml_okta","domains":["a.example"],"saml":{"idp_metadata_url":"http://127.0.0.1:1/"}})",
       "422 saml_failed_to_fetch_idp_metadata idp_metadata_url"},
      {R"({"name":"a","provider":"saml_okta","domains":["a.example"],"saml":{"nonsense":1}})",
       "422 form_param_unknown nonsense"},
      {R"({"name":"a","provider":"oidc_custom","domains":["a.example"],"organization_id":"org_x"})",
       "422 form_resource_not_found organization_id"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(failure(backend("POST", "/enterprise_connections", row.body)), row.failure) << row.body;
  }
  EXPECT_EQ(ok(backend("GET", "/enterprise_connections")).at("total_count"), 1) << "nothing was left behind";
  ok(backend("DELETE", "/enterprise_connections/" + taken));
}

TEST_F(Enterprise, people_of_a_connections_domain_sign_in_by_it_and_by_nothing_else) {
  const auto id = connect("acme.example");
  issuer_->person = {.sub = "acme-1", .email = "ada@acme.example", .emailVerified = false};
  Browser browser(*app_);
  EXPECT_EQ(browser.get("/environment").json().at("user_settings").at("enterprise_sso").at("enabled"), true);
  const auto identified = browser.post("/client/sign_ins", "identifier=ada%40acme.example");
  ASSERT_EQ(identified.statusCode, 200) << identified.body;
  EXPECT_EQ(boost::json::serialize(identified.json().at("response").at("supported_first_factors")),
            R"([{"strategy":"enterprise_sso"}])");

  const auto client = signInBy(browser, "strategy=enterprise_sso&identifier=ada%40acme.example");
  ASSERT_EQ(client.at("sessions").as_array().size(), 1U) << client;
  const auto user = client.at("sessions").at(0).at("user");
  EXPECT_EQ(user.at("email_addresses").at(0).at("email_address"), "ada@acme.example");
  EXPECT_EQ(user.at("email_addresses").at(0).at("verification").at("status"), "verified");
  EXPECT_EQ(user.at("enterprise_accounts").at(0).at("enterprise_connection_id").as_string(), id);
  EXPECT_EQ(user.at("external_accounts").as_array().size(), 0U);

  Browser again(*app_);
  const auto second = signInBy(again, "strategy=enterprise_sso&identifier=ada%40acme.example");
  EXPECT_EQ(second.at("sessions").at(0).at("user").at("id"), user.at("id")) << "the same person";

  ok(backend("PATCH", "/users/" + text(user, "id"), R"({"password":"correct horse 42!"})"));
  Browser byPassword(*app_);
  EXPECT_EQ(errorCode(byPassword.post("/client/sign_ins",
                                      "strategy=password&identifier=ada%40acme.example&password=correct+horse+42%21")),
            "strategy_for_user_invalid");
  issuer_->person = {.sub = "google-of-ada", .email = "ada@acme.example"};
  Browser byGoogle(*app_);
  auto refused = signInBy(byGoogle, "strategy=oauth_google");
  EXPECT_TRUE(refused.at("sessions").as_array().empty());
  EXPECT_EQ(refused.at("sign_in").at("first_factor_verification").at("error").at("code"),
            "sign_in_must_use_enterprise_connection_identifier");
  const auto ticket =
      text(ok(backend("POST", "/sign_in_tokens", R"({"user_id":")" + text(user, "id") + R"("})")), "token");
  Browser byTicket(*app_);
  EXPECT_EQ(byTicket.post("/client/sign_ins", "strategy=ticket&ticket=" + ticket).statusCode, 200)
      << "a backend's word goes before";

  Browser signsUp(*app_);
  EXPECT_EQ(
      errorCode(signsUp.post("/client/sign_ups", "email_address=new%40acme.example&password=correct+horse+42%21")),
      "saml_email_address_domain_reserved");
  issuer_->person = {.sub = "google-of-new", .email = "new@acme.example"};
  EXPECT_EQ(signsUp
                .get(issuer_->approve(
                    providerUrl(signsUp.post("/client/sign_ins", std::string("strategy=oauth_google") + returns))))
                .statusCode,
            303);
  EXPECT_EQ(errorCode(signsUp.post("/client/sign_ups", "transfer=true")), "saml_email_address_domain_reserved");
  issuer_->person = {.sub = "acme-1", .email = "ada@acme.example", .emailVerified = false};

  ok(backend("PATCH", "/enterprise_connections/" + id, R"({"active":false})"));
  EXPECT_EQ(
      byPassword
          .post("/client/sign_ins", "strategy=password&identifier=ada%40acme.example&password=correct+horse+42%21")
          .statusCode,
      200)
      << "a connection that is off changes nothing";
  ok(backend("DELETE", "/enterprise_connections/" + id));
}

TEST_F(Enterprise, a_provider_vouches_for_its_own_domains_alone) {
  const auto id = connect("narrow.example");
  issuer_->person = {.sub = "narrow-1", .email = "ceo@elsewhere.example"};
  Browser browser(*app_);
  const auto client = signInBy(browser, "strategy=enterprise_sso&identifier=ada%40narrow.example");
  EXPECT_EQ(client.at("sessions").as_array().size(), 0U);
  EXPECT_EQ(client.at("sign_in").at("first_factor_verification").at("error").at("code"),
            "enterprise_sso_email_address_domain_mismatch");
  EXPECT_EQ(errorCode(browser.post("/client/sign_ins",
                                   std::string("strategy=enterprise_sso&identifier=ada%40none.example") + returns)),
            "enterprise_sso_sign_in_connection_missing");
  ok(backend("DELETE", "/enterprise_connections/" + id));
}

TEST_F(Enterprise, a_backend_gets_the_token_that_the_provider_gave_until_it_is_given_back) {
  issuer_->person = {.sub = "token-1", .email = "token@example.com"};
  Browser browser(*app_);
  const auto client = signInBy(browser, "strategy=oauth_google");
  ASSERT_EQ(client.at("sessions").as_array().size(), 1U) << client;
  const auto user = client.at("sessions").at(0).at("user");
  const auto path = "/users/" + text(user, "id") + "/oauth_access_tokens/";
  const auto tokens = ok(backend("GET", path + "oauth_google"));
  EXPECT_EQ(tokens.at(0).at("token"), "at");
  EXPECT_EQ(tokens.at(0).at("provider_user_id"), "token-1");
  EXPECT_EQ(ok(backend("GET", path + "google?paginated=true")).at("total_count"), 1);
  EXPECT_EQ(failure(backend("GET", path + "oauth_none")), "404 oauth_token_provider_not_enabled");
  const auto account = text(user.at("external_accounts").at(0), "id");
  const auto revoked = browser.post("/me/external_accounts/" + account + "/tokens?_method=DELETE");
  EXPECT_EQ(revoked.statusCode, 200) << revoked.body;
  EXPECT_TRUE(ok(backend("GET", path + "oauth_google")).as_array().empty());
}

}  // namespace
}  // namespace clerk
