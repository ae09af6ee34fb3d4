// Operations of both APIs that stand alone: health, places, renewing a session, codes of backends, satellites.

#include "plugin/backend_test.hpp"
#include "plugin/test_browser.hpp"

namespace clerk {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class Operations : public BackendTest {
 protected:
  static std::string headerOf(const Response& response, std::string_view name) {
    return response.header(name).value_or("");
  }
  static Response get(const std::string& path, HeaderPairs headers = {}) {
    return app_->inject({.method = "GET", .url = "/v1" + path, .headers = std::move(headers)});
  }
};

/// What development keys are needed for.
class DevelopmentOperations : public Operations {
 protected:
  static void SetUpTestSuite() { start(KeyMode::Test); }
};

TEST_F(Operations, the_instance_tells_that_it_lives_and_where_its_pages_are) {
  EXPECT_EQ(get("/health").body, R"({"status":"healthy"})");
  const auto portal = ok(get("/account_portal"));
  EXPECT_EQ(portal.at("object"), "account_portal");
  EXPECT_EQ(portal.at("enabled"), true);
  EXPECT_EQ(headerOf(get("/clear-site-data"), "clear-site-data"), "\"*\"");
}

TEST_F(Operations, a_redirect_leads_home_or_to_allowed_addresses_alone) {
  EXPECT_EQ(get("/redirect").statusCode, 307);
  EXPECT_EQ(headerOf(get("/redirect"), "location"), instance_->origin() + "/");
  EXPECT_EQ(headerOf(get("/redirect?redirect_url=http%3A%2F%2Flocalhost%3A3000%2Fa"), "location"),
            "http://localhost:3000/a");
  EXPECT_EQ(get("/redirect?redirect_url=https%3A%2F%2Felsewhere.example%2F").statusCode / 100, 4);
  EXPECT_EQ(backend("PATCH", "/instance", R"({"allowed_origins":["https://elsewhere.example"]})").statusCode, 204);
  EXPECT_EQ(headerOf(get("/redirect?redirect_url=https%3A%2F%2Felsewhere.example%2F"), "location"),
            "https://elsewhere.example/");
}

TEST_F(Operations, a_proxy_is_told_whether_it_leads_here) {
  const auto id = text(
      ok(backend("POST", "/domains",
                 R"({"name":"proxied.example.org","is_satellite":true,"proxy_url":"https://proxied.example.org/c"})")),
      "id");
  const HeaderPairs right{{"clerk-proxy-url", "https://proxied.example.org/c"},
                          {"clerk-secret-key", instance_->secretKey()},
                          {"x-forwarded-for", "198.51.100.7"}};
  EXPECT_EQ(get("/proxy-health?domain_id=" + id, right).body,
            R"({"status":"healthy","x_forwarded_for":"198.51.100.7"})");
  for (std::size_t left = 0; left < right.size(); ++left) {
    auto without = right;
    without.erase(without.begin() + static_cast<std::ptrdiff_t>(left));
    const auto answer = get("/proxy-health?domain_id=" + id, without);
    EXPECT_EQ(answer.statusCode, 503) << left;
    EXPECT_EQ(answer.json().at("status"), "unhealthy");
  }
  EXPECT_EQ(get("/proxy-health?domain_id=dmn_x", right).statusCode, 503);
  EXPECT_EQ(get("/proxy-health").statusCode, 400);
}

TEST_F(DevelopmentOperations, a_development_browser_is_made_by_the_older_way_too) {
  const auto made = ok(get("/dev_browser/init"));
  EXPECT_EQ(made.at("object"), "dev_browser");
  const auto again = app_->inject({.method = "POST",
                                   .url = "/v1/dev_browser/set_first_party_cookie",
                                   .headers = {{"cookie", "__clerk_db_jwt=" + text(made, "id")}}});
  EXPECT_EQ(text(ok(again), "id"), text(made, "id"));
  EXPECT_THAT(headerOf(again, "set-cookie"), StartsWith("__clerk_db_jwt=" + text(made, "id")));
}

TEST_F(DevelopmentOperations, a_session_is_renewed_by_what_its_handshake_gave) {
  Browser browser(*app_);
  browser.signUp("refresh%2Bclerk_test@example.com");
  const auto handshake = browser.get("/client/handshake?redirect_url=https%3A%2F%2Fapp.localhost%2F&format=nonce");
  ASSERT_EQ(handshake.statusCode, 307) << handshake.body;
  const std::string location(headerOf(handshake, "location"));
  const auto nonce = location.substr(location.find("__clerk_handshake_nonce=") + 24);
  const auto payload = ok(backend("GET", "/clients/handshake_payload?nonce=" + nonce));
  std::string token, refresh;
  for (const auto& directive : payload.at("directives").as_array()) {
    const std::string cookie(directive.as_string());
    const auto value = cookie.substr(cookie.find('=') + 1, cookie.find(';') - cookie.find('=') - 1);
    if (cookie.starts_with("__session=")) token = value;
    if (cookie.starts_with("__refresh_")) {
      refresh = value;
      EXPECT_THAT(cookie, HasSubstr("HttpOnly"));
      EXPECT_THAT(cookie, HasSubstr("Secure"));
    }
  }
  ASSERT_FALSE(token.empty());
  ASSERT_FALSE(refresh.empty());
  const auto body = [&](const std::string& rest) {
    return R"({"expired_token":")" + token + R"(","refresh_token":")" + refresh +
           R"(","request_origin":"https://app.localhost")" + rest + "}";
  };
  const auto path = "/sessions/" + browser.sessionId + "/refresh";
  EXPECT_EQ(ok(backend("POST", path, body(""))).at("object"), "token");
  const auto cookies = ok(backend("POST", path + "?suffixed_cookies=true", body(R"(,"format":"cookie")")));
  EXPECT_EQ(cookies.at("object"), "cookies");
  EXPECT_THAT(std::string(cookies.at("cookies").at(0).as_string()), StartsWith("__session=ey"));
  EXPECT_EQ(failure(backend("POST", path, body(R"(,"format":"stone")"))), "422 form_param_value_invalid format");
  EXPECT_EQ(failure(backend("POST", path, R"({"expired_token":"a","refresh_token":"b","request_origin":"c"})")),
            "401 expired_session_token_invalid");
  ok(backend("POST", "/sessions/" + browser.sessionId + "/revoke"));
  EXPECT_EQ(failure(backend("POST", path, body(""))), "401 session_refresh_inactive_session");
}

TEST_F(Operations, a_backend_sends_and_takes_codes) {
  const auto user = createUser("codes+clerk_test@example.com");
  const auto email = text(ok(backend("GET", "/users/" + user)).at("email_addresses").at(0), "id");
  const auto path = "/email_addresses/" + email;
  const auto sent = ok(backend("POST", path + "/prepare_verification"));
  EXPECT_EQ(sent.at("strategy"), "email_code");
  EXPECT_EQ(sent.at("status"), "unverified");
  const auto body = R"({"verification_id":")" + text(sent, "id") + R"(","code":")";
  EXPECT_EQ(ok(backend("POST", path + "/attempt_verification", body + R"(000000"})")).at("status"), "unverified");
  EXPECT_EQ(ok(backend("POST", path + "/attempt_verification", body + R"(424242"})")).at("status"), "verified");
  EXPECT_EQ(failure(backend("POST", path + "/attempt_verification", body + R"(424242"})")),
            "400 verification_already_verified");
  EXPECT_EQ(failure(backend("POST", "/phone_numbers/idn_x/prepare_verification")), "404 resource_not_found");

  const auto replaced = ok(backend("PUT", "/users/" + user + "/email_address",
                                   R"({"email_address":"codes2@example.com","identification_status":"reserved"})"));
  EXPECT_EQ(replaced.at("reserved"), true);
  EXPECT_EQ(failure(backend("PUT", "/users/" + user + "/email_address",
                            R"({"email_address":"codes3@example.com","identification_status":"maybe"})")),
            "422 form_param_value_invalid identification_status");
  const auto phone = ok(backend("PUT", "/users/" + user + "/phone_number", R"({"phone_number":"+1 415 555 0101"})"));
  EXPECT_EQ(phone.at("phone_number"), "+14155550101");
}

TEST_F(Operations, a_password_that_others_know_is_marked) {
  const auto user = createUser("known-password@example.com");
  const auto marked = ok(backend("POST", "/users/" + user + "/password/set_compromised", R"({})"));
  EXPECT_EQ(marked.at("requires_password_reset"), true);
  EXPECT_EQ(ok(backend("POST", "/users/" + user + "/password/unset_compromised")).at("requires_password_reset"), false);
  EXPECT_EQ(failure(backend("POST", "/users/user_x/password/set_compromised")), "404 resource_not_found");
}

TEST_F(Operations, an_application_has_a_logo) {
  const auto application = ok(backend("POST", "/oauth_applications", R"({"name":"With a logo"})"));
  const auto path = "/oauth_applications/" + text(application, "id") + "/logo";
  const std::string png("\x89PNG\r\n\x1a\n and more", 17);
  const auto put = [&](const std::string& bytes) {
    return app_->inject({.method = "PUT",
                         .url = "/__bapi/v1" + path,
                         .headers = {{"authorization", "Bearer " + instance_->secretKey()},
                                     {"content-type", "application/octet-stream"}},
                         .payload = fastify::Payload(bytes)});
  };
  EXPECT_THAT(text(ok(put(png)), "client_image_url"), HasSubstr("/__img/img_"));
  EXPECT_EQ(put("<svg></svg>").statusCode, 400);
}

TEST_F(Operations, a_satellite_learns_who_is_signed_in_once) {
  Browser browser(*app_, "/v1");
  browser.signUp("satellite%2Bclerk_test@example.com");
  ok(backend("POST", "/domains",
             R"({"name":"sat.example.org","is_satellite":true,"proxy_url":"https://sat.example.org/__clerk"})"));
  const auto sync = [&](const std::string& domain, const std::string& url) {
    return browser.get("/client/sync?link_domain=" + domain + "&redirect_url=" + url);
  };
  const auto sent = sync("sat.example.org", "https%3A%2F%2Fsat.example.org%2Fpage");
  ASSERT_EQ(sent.statusCode, 307) << sent.body;
  const std::string location(headerOf(sent, "location"));
  EXPECT_THAT(location, StartsWith("https://sat.example.org/__clerk/v1/client/link?__clerk_token="));
  const auto link = location.substr(location.find("/v1/"));
  Browser satellite(*app_, "");
  const auto linked = satellite.get(link);
  ASSERT_EQ(linked.statusCode, 307) << linked.body;
  EXPECT_EQ(headerOf(linked, "location"), "https://sat.example.org/page?__clerk_synced=true");
  EXPECT_EQ(satellite.cookies["__client"], browser.cookies["__client"]);
  EXPECT_EQ(satellite.get(link).statusCode, 422) << "the secret is good once";
  EXPECT_EQ(sync("sat.example.org", "https%3A%2F%2Fevil.example%2F").statusCode / 100, 4);
  EXPECT_EQ(sync("evil.example", "https%3A%2F%2Fevil.example%2F").statusCode / 100, 4);
}

TEST_F(Operations, sign_in_settings_are_shown_and_changed) {
  const auto before = ok(backend("GET", "/instance/sign_in_settings"));
  EXPECT_EQ(before.at("sign_up_mode"), "public");
  EXPECT_EQ(ok(backend("PATCH", "/instance/sign_in_settings", R"({"sign_up_mode":"restricted"})")).at("sign_up_mode"),
            "restricted");
  Browser browser(*app_, "/v1");
  EXPECT_EQ(browser.get("/environment").json().at("user_settings").at("sign_up").at("mode"), "restricted");
  EXPECT_EQ(errorCode(browser.post("/client/sign_ups", "email_address=a%40example.com&password=correct+horse+42%21")),
            "sign_up_mode_restricted");
  ok(backend("PATCH", "/instance/sign_in_settings", R"({"sign_up_mode":null})"));
  EXPECT_EQ(failure(backend("PATCH", "/instance/sign_in_settings", R"({"sign_up_mode":3})")),
            "422 form_param_format_invalid sign_up_mode");
  EXPECT_EQ(backend("PATCH", "/instance", R"({"test_mode":true,"support_email":"help@example.com"})").statusCode, 204);
  EXPECT_EQ(browser.get("/environment").json().at("display_config").at("support_email"), "help@example.com");
}

}  // namespace
}  // namespace clerk
