// What operators register through the Backend API, and the settings that they change.

#include "plugin/backend_test.hpp"

#include <crypto/base64.hpp>
#include <crypto/digest.hpp>
#include <crypto/rsa.hpp>

namespace clerk {
namespace {

using testing::HasSubstr;

class Registered : public BackendTest {};

boost::json::object claimsOf(const std::string& token) {
  const auto first = token.find('.');
  const auto payload = crypto::base64urlDecode(token.substr(first + 1, token.rfind('.') - first - 1));
  return boost::json::parse(payload.value_or("{}")).as_object();
}

TEST_F(Registered, a_jwt_template_makes_tokens_with_its_claims_and_lifetime) {
  const auto user = createUser("template@example.com");
  const auto session = createSession(user);
  const auto created = ok(backend("POST", "/jwt_templates",
                                  R"({"name":"db","claims":{"mail":"{{user.primary_email_address}}","plan":
                                      "{{user.public_metadata.plan}}","aud":"db"},"lifetime":300})"));
  EXPECT_EQ(created.at("object"), "jwt_template");
  EXPECT_EQ(created.at("allowed_clock_skew"), 5);
  EXPECT_EQ(created.at("signing_algorithm"), "RS256");
  EXPECT_EQ(created.at("custom_signing_key"), false);

  const auto token = text(ok(backend("POST", "/sessions/" + session + "/tokens/db")), "jwt");
  const auto claims = claimsOf(token);
  EXPECT_EQ(claims.at("mail"), "template@example.com");
  EXPECT_EQ(claims.at("plan"), "pro");
  EXPECT_EQ(claims.at("aud"), "db");
  EXPECT_EQ(claims.at("sub").as_string(), user);
  EXPECT_EQ(claims.at("exp").as_int64() - claims.at("iat").as_int64(), 300);
  EXPECT_EQ(claims.at("iat").as_int64() - claims.at("nbf").as_int64(), 5);
  const auto key = crypto::RsaPublicKey::fromPem(instance_->jwtKey());
  const auto dot = token.rfind('.');
  EXPECT_TRUE(key->verifies(token.substr(0, dot), *crypto::base64urlDecode(token.substr(dot + 1))));
}

TEST_F(Registered, a_jwt_template_signs_with_a_key_of_its_own_that_is_never_shown) {
  const auto session = createSession(createUser("own-key@example.com"));
  const std::string secret = "a secret of the database";
  const auto created = backend("POST", "/jwt_templates",
                               R"({"name":"hs","claims":{"role":"a"},"custom_signing_key":true,"signing_algorithm":
                                   "HS256","signing_key":")" +
                                   secret + "\"}");
  EXPECT_EQ(created.body.find(secret), std::string::npos);
  const auto id = text(ok(created), "id");
  const auto token = text(ok(backend("POST", "/sessions/" + session + "/tokens/hs")), "jwt");
  const auto dot = token.rfind('.');
  EXPECT_EQ(crypto::base64urlEncode(crypto::bytesOf(crypto::hmacSha256(secret, token.substr(0, dot)))),
            token.substr(dot + 1));

  ok(backend("PATCH", "/jwt_templates/" + id,
             R"({"name":"hs2","claims":{},"custom_signing_key":true,"signing_algorithm":"HS256"})"));
  EXPECT_EQ(failure(backend("POST", "/sessions/" + session + "/tokens/hs")), "404 resource_not_found");
  ok(backend("POST", "/sessions/" + session + "/tokens/hs2"));
  ok(backend("DELETE", "/jwt_templates/" + id));
  EXPECT_EQ(failure(backend("GET", "/jwt_templates/" + id)), "404 resource_not_found");
}

TEST_F(Registered, what_is_wrong_with_a_registration_is_named) {
  ok(backend("POST", "/jwt_templates", R"({"name":"taken","claims":{}})"));
  ok(backend("POST", "/redirect_urls", R"({"url":"myapp://callback"})"));
  ok(backend("POST", "/domains", R"({"name":"taken.example.com","is_satellite":true})"));
  const struct {
    const char* method;
    const char* path;
    const char* body;
    const char* failure;
  } rows[] = {
      {"POST", "/jwt_templates", R"({"claims":{}})", "422 form_param_missing name"},
      {"POST", "/jwt_templates", R"({"name":"a"})", "422 form_param_missing claims"},
      {"POST", "/jwt_templates", R"({"name":"a","claims":[]})", "422 form_param_type_invalid claims"},
      {"POST", "/jwt_templates", R"({"name":"taken","claims":{}})", "400 duplicate_record name"},
      {"POST", "/jwt_templates", R"({"name":"a","claims":{"sub":"x"}})", "400 jwt_template_reserved_claim claims"},
      {"POST", "/jwt_templates", R"({"name":"a","claims":{},"lifetime":29})", "422 form_param_value_invalid lifetime"},
      {"POST", "/jwt_templates", R"({"name":"a","claims":{},"signing_algorithm":"none"})",
       "422 form_param_value_invalid signing_algorithm"},
      {"POST", "/jwt_templates", R"({"name":"a","claims":{},"custom_signing_key":true,"signing_algorithm":"HS256"})",
       "422 form_param_missing signing_key"},
      {"POST", "/jwt_templates",
       R"({"name":"a","claims":{},"custom_signing_key":true,"signing_algorithm":"RS256","signing_key":"pem"})",
       "422 form_param_format_invalid signing_key"},
      {"POST", "/redirect_urls", R"({"url":"javascript:alert(1)//x"})", "422 form_param_format_invalid url"},
      {"POST", "/redirect_urls", R"({"url":"JavaScript://%0aalert(1);"})", "422 form_param_format_invalid url"},
      {"POST", "/redirect_urls", R"({"url":"/callback"})", "422 form_param_format_invalid url"},
      {"POST", "/redirect_urls", R"({"url":"myapp://callback"})", "400 duplicate_record url"},
      {"POST", "/domains", R"({"name":"no dots","is_satellite":true})", "422 form_param_format_invalid name"},
      {"POST", "/domains", R"({"name":"a.com","is_satellite":false})",
       "422 primary_domain_already_exists is_satellite"},
      {"POST", "/domains", R"({"name":"TAKEN.example.com","is_satellite":true})", "400 duplicate_record name"},
      {"POST", "/domains", R"({"name":"b.com","is_satellite":true,"proxy_url":"ftp://b.com"})",
       "422 form_param_format_invalid proxy_url"},
      {"DELETE", "/domains/dmn_x", "", "404 resource_not_found"},
      {"POST", "/proxy_checks", R"({"domain_id":"dmn_x","proxy_url":"https://a.com"})", "404 resource_not_found"},
      {"POST", "/actor_tokens", R"({"user_id":"user_x","actor":{"sub":"user_y"}})", "404 resource_not_found"},
      {"POST", "/actor_tokens", R"({"user_id":"user_x","actor":{"a":1}})", "422 form_param_missing actor.sub"},
      {"POST", "/actor_tokens/act_x/revoke", "", "404 resource_not_found"},
      {"GET", "/sign_ups/sua_x", "", "404 resource_not_found"},
      {"PATCH", "/sign_ups/sua_x", R"({"external_id":"e"})", "404 resource_not_found"},
      {"PATCH", "/instance", R"({"development_origin":"http://a.com\r\nx: y"})",
       "422 form_param_format_invalid development_origin"},
      {"PATCH", "/instance", R"({"development_origin":"a.com"})", "422 form_param_format_invalid development_origin"},
      {"PATCH", "/instance", R"({"allowed_origins":["http://a.com/path"]})",
       "422 form_param_format_invalid allowed_origins"},
      {"PATCH", "/instance", R"({"nonsense":1})", "422 form_param_unknown nonsense"},
      {"PATCH", "/instance/restrictions", R"({"allowlist":"yes"})", "422 form_param_type_invalid allowlist"},
      {"PATCH", "/instance/communication", R"({"blocked_country_codes":["de"]})",
       "422 form_param_value_invalid blocked_country_codes"},
      {"PATCH", "/instance/oauth_application_settings", R"({"default_scopes":["everything"]})",
       "422 form_param_value_invalid default_scopes"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(failure(backend(row.method, row.path, row.body)), row.failure) << row.path << " " << row.body;
  }
}

TEST_F(Registered, redirect_urls_are_listed_and_removed) {
  const auto id = text(ok(backend("POST", "/redirect_urls", R"({"url":"https://a.example.com/back"})")), "id");
  EXPECT_TRUE(ok(backend("GET", "/redirect_urls?limit=1")).is_array());
  EXPECT_THAT(backend("GET", "/redirect_urls?paginated=true").body, HasSubstr("total_count"));
  EXPECT_EQ(text(ok(backend("GET", "/redirect_urls/" + id)), "url"), "https://a.example.com/back");
  EXPECT_EQ(boost::json::serialize(ok(backend("DELETE", "/redirect_urls/" + id))),
            R"({"object":"redirect_url","id":")" + id + R"(","deleted":true})");
  EXPECT_EQ(failure(backend("DELETE", "/redirect_urls/" + id)), "404 resource_not_found");
}

TEST_F(Registered, the_instances_own_domain_stays_and_satellites_come_and_go) {
  const auto before = ok(backend("GET", "/domains"));
  const auto primary = text(before.at("data").at(0), "id");
  EXPECT_EQ(before.at("data").at(0).at("is_satellite"), false);
  EXPECT_EQ(failure(backend("DELETE", "/domains/" + primary)), "403 operation_not_allowed_on_primary_domain");

  const auto id = text(ok(backend("POST", "/domains", R"({"name":"sat.example.org","is_satellite":true})")), "id");
  const auto changed = ok(backend("PATCH", "/domains/" + id, R"({"proxy_url":"https://sat.example.org/__clerk"})"));
  EXPECT_EQ(text(changed, "proxy_url"), "https://sat.example.org/__clerk");
  const auto check = ok(backend("POST", "/proxy_checks",
                                R"({"domain_id":")" + id + R"(","proxy_url":"https://sat.example.org/__clerk"})"));
  EXPECT_EQ(check.at("successful"), true);
  ok(backend("DELETE", "/domains/" + id));
}

TEST_F(Registered, an_actor_token_is_told_once_and_revoked_once) {
  const auto user = createUser("acted-as@example.com");
  const auto created =
      ok(backend("POST", "/actor_tokens", R"({"user_id":")" + user + R"(","actor":{"sub":"user_operator"}})"));
  EXPECT_EQ(text(created, "status"), "pending");
  EXPECT_THAT(text(created, "url"), HasSubstr("__clerk_ticket=" + text(created, "token")));
  const auto path = "/actor_tokens/" + text(created, "id") + "/revoke";
  const auto revoked = ok(backend("POST", path));
  EXPECT_EQ(text(revoked, "status"), "revoked");
  EXPECT_FALSE(revoked.as_object().contains("token"));
  EXPECT_EQ(failure(backend("POST", path)), "400 actor_token_cannot_be_revoked_code");
}

TEST_F(Registered, several_users_are_banned_together_or_not_at_all) {
  const auto first = createUser("banned-one@example.com");
  const auto second = createUser("banned-two@example.com");
  const auto ids = [](const std::string& a, const std::string& b) {
    return R"({"user_ids":[")" + a + R"(",")" + b + R"("]})";
  };
  EXPECT_EQ(failure(backend("POST", "/users/ban", ids(first, "user_nobody"))), "404 resource_not_found");
  EXPECT_EQ(ok(backend("GET", "/users/" + first)).at("banned"), false);
  EXPECT_EQ(ok(backend("POST", "/users/ban", ids(first, second))).at(1).at("banned"), true);
  EXPECT_EQ(ok(backend("POST", "/users/unban", ids(first, second))).at(0).at("banned"), false);
  EXPECT_EQ(failure(backend("POST", "/users/ban", "{}")), "422 form_param_missing user_ids");
}

TEST_F(Registered, settings_that_a_backend_changed_are_in_force) {
  EXPECT_EQ(backend("PATCH", "/instance", R"({"allowed_origins":["https://a.com","myapp://x"]})").statusCode, 204);
  EXPECT_EQ(boost::json::serialize(ok(backend("GET", "/instance")).at("allowed_origins")),
            R"(["https://a.com","myapp://x"])");
  const auto restrictions = ok(backend("PATCH", "/instance/restrictions", R"({"block_email_subaddresses":true})"));
  EXPECT_EQ(restrictions.at("block_email_subaddresses"), true);
  EXPECT_EQ(restrictions.at("allowlist"), false);
  ok(backend("PATCH", "/instance/communication", R"({"blocked_country_codes":["DE"]})"));
  EXPECT_THAT(backend("GET", "/instance/communication").body, HasSubstr(R"(["DE"])"));
  ok(backend("PATCH", "/instance/oauth_application_settings", R"({"dynamic_oauth_client_registration":true})"));
  const auto oauth = ok(backend("GET", "/instance/oauth_application_settings"));
  EXPECT_EQ(oauth.at("dynamic_oauth_client_registration"), true);
  EXPECT_EQ(oauth.at("default_scopes").at(0), "profile");
  ok(backend("PATCH", "/instance/oauth_application_settings", R"({"dynamic_oauth_client_registration":false})"));
}

}  // namespace
}  // namespace clerk
