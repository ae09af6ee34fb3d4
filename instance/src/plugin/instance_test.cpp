// The instance as its clients see it: requests through the whole app, without a socket.

#include <clerk/instance.hpp>

#include "plugin/test_browser.hpp"
#include "testing/postgres_server.hpp"

#include <fastify/fastify.hpp>

#include <boost/json/serialize.hpp>

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>

#include <unistd.h>

namespace clerk {
namespace {

using testing::HasSubstr;

class InstanceTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = temporaryFolder();
    const auto dist = folder_ / "packages/@clerk/ui/dist";
    std::filesystem::create_directories(dist);
    std::ofstream(dist / "ui.browser.js") << "the script";
    std::ofstream(dist.parent_path() / "package.json") << R"({"version":"1.36.0"})";
    instance_ = std::make_unique<InstancePlugin>(options());
    app_ = std::make_unique<Fastify>(fastify::FastifyOptions{.frameworkErrors = answerFrameworkError});
    app_->registerPlugin(*instance_);
  }
  static void TearDownTestSuite() {
    app_->close();
    app_.reset();
    instance_.reset();
    std::filesystem::remove_all(folder_);
  }

  static InstanceOptions options() {
    return {.dataFolder = folder_ / "data",
            .database = instance::databaseOfThisRun(),
            .portalPackages = folder_ / "packages"};
  }

  static std::string freshEmail() {
    static int count = 0;
    return "person" + std::to_string(++count) + "%2Bclerk_test@example.com";
  }

  static InjectResponse backend(const std::string& method, const std::string& path, fastify::Payload body = {},
                                HeaderPairs headers = {}) {
    headers.emplace_back("authorization", "Bearer " + instance_->secretKey());
    headers.emplace_back("content-type", "application/json");
    return app_->inject(
        {.method = method, .url = "/__bapi/v1" + path, .headers = std::move(headers), .payload = std::move(body)});
  }

  static inline std::filesystem::path folder_;
  static inline std::unique_ptr<InstancePlugin> instance_;
  static inline std::unique_ptr<Fastify> app_;
};

TEST_F(InstanceTest, the_environment_of_an_app_is_complete) {
  std::vector<std::string> names;
  for (const auto& [name, value] : instance_->environment()) {
    names.push_back(name);
    EXPECT_FALSE(value.empty()) << name;
  }
  EXPECT_THAT(names, testing::ElementsAre("CLERK_PUBLISHABLE_KEY", "CLERK_SECRET_KEY", "CLERK_API_URL",
                                          "CLERK_FAPI_URL", "CLERK_JWT_KEY"));
  EXPECT_EQ(instance_->publishableKey(), "pk_live_Y2xlcmsubG9jYWxob3N0LnRlc3Qk");  // of clerk.localhost.test$
  EXPECT_THAT(instance_->jwtKey(), HasSubstr("BEGIN PUBLIC KEY"));
}

TEST_F(InstanceTest, both_prefixes_reach_one_frontend_api) {
  for (const auto* prefix : {"/v1", "/__clerk/v1"}) {
    Browser browser(*app_, prefix);
    EXPECT_EQ(browser.get("/client").body, R"({"response":null,"client":null})");
    EXPECT_EQ(browser.get("/client/").statusCode, 200);
    EXPECT_EQ(browser.post("/environment?_method=PATCH").statusCode, 200);
    EXPECT_EQ(browser.send({.method = "PATCH", .url = std::string(prefix) + "/environment"}).statusCode, 200);
  }
}

TEST_F(InstanceTest, the_key_set_is_public_at_the_front_and_guarded_at_the_back) {
  const auto front = app_->inject("/.well-known/jwks.json");
  EXPECT_EQ(front.header("access-control-allow-origin"), "*");
  EXPECT_EQ(front.body, backend("GET", "/jwks").body);
  EXPECT_EQ(front.body.find("\"d\""), std::string::npos);
  EXPECT_EQ(app_->inject("/__bapi/v1/jwks").statusCode, 401);
}

TEST_F(InstanceTest, mutations_set_the_clients_cookies) {
  Browser browser(*app_);
  const auto response =
      browser.post("/client/sign_ups", "email_address=" + freshEmail() + "&password=correct+horse+42");
  ASSERT_EQ(response.statusCode, 200) << response.body;
  std::map<std::string, fastify::JsonObject> set;
  for (const auto& cookie : response.cookies()) set[cookie.name] = cookie.attributes;
  ASSERT_TRUE(set.contains("__client"));
  EXPECT_EQ(set["__client"].at("httpOnly"), true);
  EXPECT_EQ(set["__client"].at("sameSite"), "Lax");
  EXPECT_EQ(set["__client"].at("path"), "/");
  EXPECT_FALSE(set["__client"].contains("domain"));
  EXPECT_FALSE(set["__client_uat"].contains("httpOnly"));
  EXPECT_EQ(set.size(), 3u);  // and __client_uat with the key's suffix
  EXPECT_EQ(browser.cookies["__client_uat"], "0");
}

TEST_F(InstanceTest, other_origins_are_answered_with_credentials_and_preflights_without_a_body) {
  const auto response = Browser(*app_).get("/client");
  EXPECT_EQ(response.header("access-control-allow-origin"), "http://localhost:4000");
  EXPECT_EQ(response.header("access-control-allow-credentials"), "true");
  EXPECT_EQ(response.header("vary"), "Origin");
  const auto preflight = app_->inject({.method = "OPTIONS",
                                       .url = "/__clerk/v1/me",
                                       .headers = {{"origin", "http://localhost:5173"},
                                                   {"access-control-request-method", "PUT"},
                                                   {"access-control-request-headers", "x-a"}}});
  EXPECT_EQ(preflight.statusCode, 204);
  EXPECT_EQ(preflight.body, "");
  EXPECT_EQ(preflight.header("access-control-allow-origin"), "http://localhost:5173");
  EXPECT_EQ(preflight.header("access-control-allow-headers"), "x-a");
}

TEST_F(InstanceTest, another_browsers_things_are_not_found) {
  Browser ada(*app_), eve(*app_);
  ada.signUp(freshEmail());
  eve.signUp(freshEmail());
  for (const auto& path : {"/client/sessions/" + ada.sessionId, "/client/sign_ups/" + ada.signUpId}) {
    const auto response = eve.get(path);
    EXPECT_EQ(response.statusCode, 404) << path;
    EXPECT_EQ(response.body.find(ada.userId), std::string::npos);
  }
  for (const auto& path :
       {"/client/sessions/" + ada.sessionId + "/touch", "/client/sessions/" + ada.sessionId + "/tokens",
        "/client/sessions/" + ada.sessionId + "/remove", "/me/sessions/" + ada.sessionId + "/revoke"}) {
    EXPECT_EQ(eve.post(path).statusCode, 404) << path;
  }
  EXPECT_EQ(eve.get("/me?_clerk_session_id=" + ada.sessionId).statusCode, 401);
  EXPECT_EQ(ada.get("/me").json().at("response").at("id").as_string(), ada.userId);
}

TEST_F(InstanceTest, a_native_app_keeps_its_token_in_the_header) {
  const auto ask = [&](const std::string& method, const std::string& path, HeaderPairs headers) {
    return app_->inject({.method = method, .url = "/v1" + path + "?_is_native=1", .headers = std::move(headers)});
  };
  const auto made = ask("PUT", "/client", {});
  EXPECT_FALSE(made.header("set-cookie"));
  const auto token = made.header("authorization");
  ASSERT_TRUE(token);
  const auto id = made.json().at("response").at("id");
  EXPECT_EQ(ask("GET", "/client", {{"authorization", *token}}).json().at("response").at("id"), id);
  EXPECT_TRUE(ask("GET", "/client", {}).json().at("response").is_null());
  EXPECT_EQ(errorCode(ask("GET", "/client", {{"authorization", *token}, {"origin", "http://localhost"}})),
            "origin_authorization_headers_conflict");
}

TEST_F(InstanceTest, garbage_for_cookies_is_no_client) {
  for (const std::string& value : {std::string("x"), std::string("a.b.c"), std::string(8000, 'a'),
                                   std::string("eyJ.eyJ."), std::string("\"quoted")}) {
    Browser browser(*app_);
    browser.cookies["__client"] = value;
    EXPECT_EQ(browser.get("/client").body, R"({"response":null,"client":null})") << value.substr(0, 20);
  }
}

TEST_F(InstanceTest, a_handshake_sends_back_where_it_may) {
  Browser browser(*app_);
  browser.signUp(freshEmail());
  const auto good =
      browser.get("/client/handshake?format=nonce&redirect_url=http%3A%2F%2Flocalhost%3A3000%2Fa%3Fb%3D1");
  EXPECT_EQ(good.statusCode, 307);
  EXPECT_EQ(good.header("location"), "http://localhost:3000/a?b=1");
  EXPECT_EQ(good.header("cache-control"), "no-store");
  const auto nonce = browser.cookies["__clerk_handshake_nonce"];
  const auto payload = backend("GET", "/clients/handshake_payload?nonce=" + nonce);
  ASSERT_EQ(payload.statusCode, 200) << payload.body;
  EXPECT_EQ(payload.json().at("directives").as_array().size(), 4u);
  EXPECT_EQ(backend("GET", "/clients/handshake_payload?nonce=" + nonce).statusCode, 404);

  struct Row {
    std::string_view query, code;
    int status;
  };
  const Row rows[] = {{"", "missing_query_parameter", 400},
                      {"redirect_url=", "missing_query_parameter", 400},
                      {"redirect_url=%2Frelative", "invalid_redirect_url", 422},
                      {"redirect_url=javascript%3Aalert(1)", "invalid_redirect_url", 422},
                      {"redirect_url=http%3A%2F%2Fuser%40localhost", "invalid_redirect_url", 422},
                      {"redirect_url=https%3A%2F%2Fevil.example", "invalid_handshake", 400}};
  for (const auto& row : rows) {
    const auto response = browser.get("/client/handshake?" + std::string(row.query));
    EXPECT_EQ(response.statusCode, row.status) << row.query;
    EXPECT_EQ(errorCode(response), row.code) << row.query;
    EXPECT_FALSE(response.header("location"));
  }
}

TEST_F(InstanceTest, whoever_is_signed_out_is_told_so_by_the_handshake) {
  const auto response = Browser(*app_).get("/client/handshake?redirect_url=http%3A%2F%2Flocalhost%3A3000%2F");
  EXPECT_EQ(response.statusCode, 307);
  Browser browser(*app_);
  browser.get("/client/handshake?format=nonce&redirect_url=http%3A%2F%2Flocalhost%3A3000%2F");
  const auto payload = backend("GET", "/clients/handshake_payload?nonce=" + browser.cookies["__clerk_handshake_nonce"]);
  EXPECT_THAT(payload.body, HasSubstr("__client_uat=0;"));
  EXPECT_THAT(payload.body, HasSubstr("__session=;"));
}

TEST_F(InstanceTest, bodies_that_cannot_be_read_get_clerks_errors) {
  struct Row {
    std::string type, body, code;
    int status;
  };
  const Row rows[] = {{"application/json", "{\"a\":", "malformed_request_parameters", 400},
                      {"application/json", "[1]", "malformed_request_parameters", 400},
                      {"application/json", "null", "malformed_request_parameters", 400},
                      {"application/json", std::string(100'000, '['), "malformed_request_parameters", 400},
                      {"text/plain", "hello", "malformed_request_parameters", 400},
                      {"application/xml", "<a/>", "unsupported_content_type", 415},
                      {"application/json", "\"" + std::string(1 << 20, 'a') + "\"", "request_body_too_large", 413}};
  for (const auto& row : rows) {
    for (const auto* path : {"/__clerk/v1/client/sign_ups", "/__bapi/v1/users"}) {
      const auto response = app_->inject({.method = "POST",
                                          .url = path,
                                          .headers = {{"content-type", row.type},
                                                      {"x-authorization", ""},
                                                      {"authorization", "Bearer " + instance_->secretKey()}},
                                          .payload = row.body});
      EXPECT_EQ(response.statusCode, row.status) << path << " " << row.body.substr(0, 20) << response.body;
      EXPECT_EQ(errorCode(response), row.code) << path << " " << row.body.substr(0, 20);
      EXPECT_EQ(response.header("content-type"), "application/json");
    }
  }
}

TEST_F(InstanceTest, unknown_paths_and_methods_are_not_found_in_clerks_words) {
  for (const auto& [method, url] :
       std::vector<std::pair<std::string, std::string>>{{"GET", "/v1/nope"},
                                                        {"GET", "/__clerk/v1/client/nope/nope"},
                                                        {"DELETE", "/v1/environment"},
                                                        {"POST", "/v1/environment?_method=DELETE"},
                                                        {"POST", "/v1/environment?_method=CONNECT"},
                                                        {"GET", "/v1/client/sign_ups/" + std::string(500, 'x')},
                                                        {"GET", "/v1/client/sign_ups/%zz"}}) {
    const auto response = app_->inject({.method = method, .url = url});
    EXPECT_EQ(response.statusCode, 404) << url;
    EXPECT_EQ(errorCode(response), "resource_not_found") << url;
    EXPECT_TRUE(response.header("x-clerk-trace-id")) << url;
  }
  EXPECT_EQ(errorCode(backend("GET", "/nope")), "resource_not_found");
}

TEST_F(InstanceTest, the_backend_api_wants_the_secret_key) {
  const auto code = [&](const char* authorization) {
    HeaderPairs headers;
    if (authorization) headers.emplace_back("authorization", authorization);
    const auto response = app_->inject({.url = "/__bapi/v1/users", .headers = headers});
    EXPECT_EQ(response.statusCode, 401);
    EXPECT_EQ(response.header("content-type"), "application/json");
    return errorCode(response);
  };
  EXPECT_EQ(code(nullptr), "authorization_header_format_invalid");
  EXPECT_EQ(code("Bearer "), "authorization_header_format_invalid");
  EXPECT_EQ(code("Basic abc"), "authorization_header_format_invalid");
  EXPECT_EQ(code("Bearer sk_live_wrong"), "clerk_key_invalid");
  EXPECT_EQ(app_->inject("/__bapi/v1/nothing").statusCode, 401);
}

TEST_F(InstanceTest, users_are_made_found_changed_and_deleted_by_a_backend) {
  const auto made = backend("POST", "/users",
                            {{"email_address", {"backend1@example.com"}},
                             {"password", password},
                             {"first_name", "Grace"},
                             {"external_id", "ext_1"},
                             {"private_metadata", {{"plan", "pro"}, {"old", 1}}}});
  ASSERT_EQ(made.statusCode, 200) << made.body;
  const auto id = std::string(made.json().at("id").as_string());
  EXPECT_EQ(made.json().at("email_addresses").at(0).at("verification").at("strategy").as_string(), "admin");

  EXPECT_EQ(backend("GET", "/users?external_id=ext_1").json().as_array().size(), 1u);
  EXPECT_EQ(backend("GET", "/users?query=BACKEND1").json().at(0).at("id").as_string(), id);
  EXPECT_EQ(backend("GET", "/users/count?email_address=backend1%40example.com").body,
            R"({"object":"total_count","total_count":1})");
  EXPECT_EQ(backend("GET", "/users?organization_id=org_x").body, "[]");

  EXPECT_TRUE(backend("PATCH", "/users/" + id, {{"first_name", nullptr}}).json().at("first_name").is_null());
  const auto metadata =
      backend("PATCH", "/users/" + id + "/metadata", {{"private_metadata", {{"old", nullptr}, {"new", true}}}});
  EXPECT_EQ(boost::json::serialize(metadata.json().at("private_metadata")), R"({"plan":"pro","new":true})");

  EXPECT_EQ(backend("POST", "/users/" + id + "/verify_password", {{"password", password}}).body,
            R"({"verified":true})");
  EXPECT_EQ(backend("POST", "/users/" + id + "/verify_password", {{"password", "no"}}).statusCode, 422);
  EXPECT_EQ(backend("POST", "/users/" + id + "/ban").json().at("banned"), true);
  EXPECT_EQ(backend("POST", "/users/" + id + "/unban").json().at("banned"), false);
  EXPECT_EQ(backend("POST", "/users/" + id + "/lock").json().at("locked"), true);
  EXPECT_EQ(backend("POST", "/users/" + id + "/unlock").json().at("locked"), false);
  EXPECT_EQ(backend("GET", "/users/" + id + "/organization_memberships").body, R"({"data":[],"total_count":0})");
  EXPECT_EQ(backend("DELETE", "/users/" + id).body, R"({"object":"user","id":")" + id + R"(","deleted":true})");
  EXPECT_EQ(backend("GET", "/users/" + id).statusCode, 404);
}

TEST_F(InstanceTest, what_a_backend_gets_wrong_is_named) {
  struct Row {
    std::string method, path;
    fastify::Json body;
    int status;
    std::string code, param;
  };
  const Row rows[] = {
      {"POST", "/users", {{"email_address", "not a list"}}, 422, "form_param_type_invalid", "email_address"},
      {"POST", "/users", {{"first_name", 7}}, 422, "form_param_type_invalid", "first_name"},
      {"POST", "/users", {{"banned", "yes"}}, 422, "form_param_type_invalid", "banned"},
      {"POST", "/users", {{"public_metadata", "text"}}, 422, "form_param_type_invalid", "public_metadata"},
      {"POST", "/users", {{"typo", 1}}, 422, "form_param_unknown", "typo"},
      {"POST", "/users", {{"password_digest", "x"}}, 422, "form_param_missing", "password_hasher"},
      {"POST",
       "/users",
       {{"email_address", {"nope"}}, {"password", password}},
       422,
       "form_param_format_invalid",
       "email_address"},
      {"GET", "/users?limit=0", nullptr, 422, "form_param_value_invalid", "limit"},
      {"GET", "/users?limit=501", nullptr, 422, "form_param_value_too_large", "limit"},
      {"GET", "/users?limit=ten", nullptr, 422, "form_param_type_invalid", "limit"},
      {"GET", "/users?limit=1&limit=2", nullptr, 422, "form_param_duplicate", "limit"},
      {"GET", "/users?offset=-1", nullptr, 422, "form_param_value_invalid", "offset"},
      {"GET", "/users?order_by=shoe_size", nullptr, 422, "form_param_value_invalid", "order_by"},
      {"GET", "/users?banned=maybe", nullptr, 422, "form_param_type_invalid", "banned"},
      {"GET", "/users?created_at_after=99999999999999999999", nullptr, 422, "form_param_type_invalid",
       "created_at_after"},
      {"GET", "/sessions?status=asleep", nullptr, 422, "form_param_value_invalid", "status"},
      {"POST", "/sessions", {{"user_id", ""}}, 422, "form_param_nil", "user_id"},
      {"POST", "/sign_in_tokens", {}, 422, "form_param_missing", "user_id"},
      {"POST",
       "/sign_in_tokens",
       {{"user_id", "user_x"}, {"expires_in_seconds", 1.5}},
       422,
       "form_param_type_invalid",
       "expires_in_seconds"},
      {"GET", "/clients/handshake_payload", nullptr, 400, "missing_query_parameter", "nonce"},
  };
  for (const auto& row : rows) {
    fastify::Payload body;
    if (!row.body.is_null()) body = boost::json::serialize(row.body);
    const auto response = backend(row.method, row.path, std::move(body));
    EXPECT_EQ(response.statusCode, row.status) << row.path << response.body;
    EXPECT_EQ(errorCode(response), row.code) << row.path;
    EXPECT_EQ(errorParam(response), row.param) << row.path;
  }
}

TEST_F(InstanceTest, a_list_is_bare_or_paginated_as_asked) {
  EXPECT_TRUE(backend("GET", "/sessions?limit=1").json().is_array());
  EXPECT_TRUE(backend("GET", "/clients?limit=1").json().is_array());
  const auto page = backend("GET", "/sessions?limit=1&paginated=true").json();
  EXPECT_TRUE(page.at("data").is_array());
  EXPECT_TRUE(page.at("total_count").is_int64());
}

TEST_F(InstanceTest, empty_bodies_of_json_type_are_no_bodies) {
  EXPECT_EQ(backend("POST", "/testing_tokens", "").statusCode, 200);
  EXPECT_EQ(backend("POST", "/testing_tokens").json().at("object").as_string(), "testing_token");
}

/// Every operation that changes something, with everything wrong at once: Clerk's envelope, no 500.
TEST_F(InstanceTest, hostile_input_never_breaks_an_operation) {
  Browser browser(*app_);
  browser.signUp(freshEmail());
  const auto user = "/users/" + browser.userId;
  const auto session = "/client/sessions/" + browser.sessionId;
  const auto made = browser.post("/organizations", "name=Hostile").json();
  const auto organization = "/organizations/" + std::string(made.at("response").at("id").as_string());
  const std::string frontendPaths[] = {"/client/sign_ups",
                                       "/client/sign_ups/sua_x/prepare_verification",
                                       "/client/sign_ups/sua_x/attempt_verification",
                                       "/client/sign_ups/sua_x?_method=PATCH",
                                       "/client/sign_ins",
                                       "/client/sign_ins/sia_x/prepare_first_factor",
                                       "/client/sign_ins/sia_x/attempt_first_factor",
                                       "/client/sign_ins/sia_x/reset_password",
                                       "/client/sign_ins/sia_x/prepare_second_factor",
                                       "/client/sign_ins/sia_x/attempt_second_factor",
                                       session + "/verify",
                                       session + "/verify/prepare_first_factor",
                                       session + "/verify/attempt_first_factor",
                                       session + "/verify/attempt_second_factor",
                                       "/me/email_addresses",
                                       "/me/email_addresses/idn_x/prepare_verification",
                                       "/me/email_addresses/idn_x/attempt_verification",
                                       "/me/phone_numbers",
                                       "/me/phone_numbers/idn_x?_method=PATCH",
                                       "/me/totp",
                                       "/me/totp/attempt_verification",
                                       "/me/backup_codes",
                                       "/me/passkeys",
                                       "/me/passkeys/idn_x/attempt_verification",
                                       "/me/external_accounts",
                                       "/me/external_accounts/eac_x/reauthorize?_method=PATCH",
                                       "/me/profile_image",
                                       "/me/remove_password",
                                       "/waitlist",
                                       "/oauth_callback",
                                       session + "/touch",
                                       session + "/tokens",
                                       session + "/tokens/template",
                                       "/me?_method=PATCH",
                                       "/me/metadata?_method=PATCH",
                                       "/me/change_password",
                                       "/me/sessions/sess_x/revoke",
                                       "/organizations",
                                       organization + "?_method=PATCH",
                                       organization + "/memberships",
                                       organization + "/memberships/user_x?_method=PATCH",
                                       organization + "/invitations",
                                       organization + "/invitations/bulk",
                                       organization + "/domains",
                                       organization + "/domains/orgdmn_x/update_enrollment_mode",
                                       organization + "/domains/orgdmn_x/prepare_affiliation_verification",
                                       organization + "/domains/orgdmn_x/attempt_affiliation_verification",
                                       "/me/organization_invitations/orginv_x/accept",
                                       "/me/organization_suggestions/orgsug_x/accept"};
  const std::string forms[] = {
      "",
      "a=b",
      "email_address=a&email_address=b&strategy=x&strategy=y&password=p&password=q&identifier=i&identifier=j",
      "email_address=%00%FF%ED%A0%80&strategy=%F0%9F%92%A9&password=%00&identifier=%E2%80%AE&code=%00&first_name=%00",
      "unsafe_metadata=%7B&first_name=" + std::string(50'000, 'a') + "&email_address=" + std::string(5'000, 'a') +
          "@b.co",
      "unsafe_metadata=%5B1%5D&strategy=oauth_google&active_organization_id=org_x&organization_id=org_x&intent=x",
      "name=%00&slug=%00&role=%00&user_id=%00&affiliation_email_address=%FF&enrollment_mode=x&delete_pending=x&notify="
      "x",
      "name=" + std::string(50'000, 'a') + "&slug=" + std::string(5'000, 'a') + "&role=" + std::string(5'000, 'r') +
          "&user_id=user_x&email_address=" + std::string(500, ','),
      "unsafe_metadata=" + std::string(20'000, '[') + "&new_password=x&current_password=" + std::string(100'000, 'p'),
  };
  for (const auto& path : frontendPaths) {
    for (const auto& form : forms) {
      const auto response = browser.post(path, form);
      EXPECT_LT(response.statusCode, 500) << path << " " << form.substr(0, 60) << response.body;
      if (response.statusCode >= 400) EXPECT_FALSE(errorCode(response).empty());
    }
  }
  const std::pair<std::string, std::string> backendOperations[] = {
      {"POST", "/users"},
      {"PATCH", user},
      {"PATCH", user + "/metadata"},
      {"PUT", user + "/metadata"},
      {"POST", user + "/verify_password"},
      {"POST", user + "/remove_password"},
      {"POST", "/sessions"},
      {"POST", "/sessions/sess_x/verify"},
      {"POST", "/sessions/" + browser.sessionId + "/tokens"},
      {"POST", "/clients/verify"},
      {"POST", user + "/verify_totp"},
      {"POST", "/email_addresses"},
      {"PATCH", "/email_addresses/idn_x"},
      {"POST", "/phone_numbers"},
      {"POST", "/invitations"},
      {"POST", "/invitations/bulk"},
      {"POST", "/waitlist_entries"},
      {"POST", "/waitlist_entries/wtl_x/invite"},
      {"POST", "/allowlist_identifiers"},
      {"POST", "/blocklist_identifiers"},
      {"POST", "/sign_in_tokens"},
      {"POST", "/sign_in_tokens/sit_x/revoke"},
      {"POST", "/organizations"},
      {"PATCH", organization},
      {"PATCH", organization + "/metadata"},
      {"PUT", organization + "/metadata"},
      {"POST", organization + "/memberships"},
      {"PATCH", organization + "/memberships/user_x"},
      {"PATCH", organization + "/memberships/user_x/metadata"},
      {"POST", organization + "/invitations"},
      {"POST", organization + "/invitations/bulk"},
      {"POST", organization + "/invitations/orginv_x/revoke"},
      {"POST", organization + "/domains"},
      {"PATCH", organization + "/domains/orgdmn_x"},
      {"PATCH", "/instance/organization_settings"},
      {"POST", "/organization_permissions"},
      {"POST", "/organization_roles"},
      {"POST", "/role_sets"},
      {"POST", "/role_sets/role_set:default/roles"},
      {"POST", "/role_sets/role_set:default/roles/replace"},
      {"POST", "/role_sets/role_set:default/replace"}};
  const std::string bodies[] = {
      "{}",
      R"({"email_address":[null,1,{}],"user_id":1,"token":[],"password":{},"public_metadata":[],"created_at":"x"})",
      R"({"email_address":["\u0000@b.co"],"user_id":"\u0000","token":"\ud800","password":"\u0000","first_name":"\ud83d\ude00"})",
      R"([{"email_address":1},{"email_address":"\u0000","role":[]}])",
      R"({"name":"\u0000","slug":"\ud800","key":"org:\u0000","role":"\u0000","permissions":["x"],"roles":["\u0000"],
          "role_keys":[""],"default_role_key":"","dest_role_set_key":"x","reassignment_mappings":{"a":1},
          "max_allowed_memberships":1e30,"domains_enrollment_modes":[1],"creator_role_id":{},"verified":"x"})",
      R"({"created_at":-1,"expires_in_seconds":1e308,"create_organizations_limit":-5,"legal_accepted_at":9e15})",
      R"({"public_metadata":{"a":)" + std::string(30, '[') + std::string(30, ']') + "}}",
      R"({"first_name":")" + std::string(500'000, 'a') + R"(","unsafe_metadata":{"x":")" + std::string(100'000, 'b') +
          R"("}})",
  };
  for (const auto& [method, path] : backendOperations) {
    for (const auto& body : bodies) {
      const auto response = backend(method, path, body);
      EXPECT_LT(response.statusCode, 500) << method << path << " " << body.substr(0, 60) << response.body;
      if (response.statusCode >= 400) EXPECT_FALSE(errorCode(response).empty());
    }
  }
}

TEST_F(InstanceTest, packages_are_served_under_any_version) {
  for (const auto* url : {"/npm/@clerk/ui@1/dist/ui.browser.js", "/__clerk/npm/@clerk/ui@0.0.1/dist/ui.browser.js"}) {
    const auto response = app_->inject(url);
    EXPECT_EQ(response.statusCode, 200) << url;
    EXPECT_EQ(response.body, "the script");
    EXPECT_EQ(response.header("content-type"), "application/javascript; charset=utf-8");
    EXPECT_EQ(response.header("access-control-allow-origin"), "*");
    EXPECT_EQ(response.header("cache-control"), "public, max-age=3600");
  }
  const auto exact = app_->inject("/npm/@clerk/ui@1.36.0/dist/ui.browser.js");
  EXPECT_THAT(exact.header("cache-control").value_or(""), HasSubstr("immutable"));
  const auto again = app_->inject({.url = "/npm/@clerk/ui@1/dist/ui.browser.js",
                                   .headers = {{"if-none-match", exact.header("etag").value_or("")}}});
  EXPECT_EQ(again.statusCode, 304);
  for (const auto* url : {"/npm/@clerk/ui@1/dist/../package.json", "/npm/@clerk/ui@1/dist/%2e%2e%2fpackage.json",
                          "/npm/@clerk/ui@1/dist/%2e%2e/package.json", "/npm/@clerk/ui@1/package.json",
                          "/npm/@clerk/%2e%2e/x@1/dist/a.js", "/npm/@clerk/ui@1/dist/none.js"}) {
    EXPECT_EQ(app_->inject(url).statusCode, 404) << url;
  }
}

TEST_F(InstanceTest, pages_say_what_is_missing) {
  const auto response = app_->inject("/sign-in/factor-one");  // there is no clerk-js in this test's packages
  EXPECT_EQ(response.statusCode, 503);
  EXPECT_THAT(response.body, HasSubstr("--portal-packages"));
}

TEST_F(InstanceTest, the_outbox_shows_codes_to_this_machine_alone) {
  Browser browser(*app_);
  const auto created = browser.post("/client/sign_ups", "email_address=outbox@example.com&password=correct+horse+42");
  const auto id = std::string(created.json().at("response").at("id").as_string());
  ASSERT_EQ(browser.post("/client/sign_ups/" + id + "/prepare_verification", "strategy=email_code").statusCode, 200);
  const auto outbox = app_->inject("/__dev/outbox?to=outbox%40example.com");
  ASSERT_EQ(outbox.statusCode, 200);
  const auto code = std::string(outbox.json().at(0).at("code").as_string());
  EXPECT_EQ(code.size(), 6u);
  EXPECT_EQ(
      browser.post("/client/sign_ups/" + id + "/attempt_verification", "strategy=email_code&code=" + code).statusCode,
      200);
  for (const auto* path : {"/__dev", "/__dev/outbox"}) {
    EXPECT_EQ(app_->inject({.url = path, .authority = "evil.example:4000"}).statusCode, 403) << path;
    EXPECT_EQ(app_->inject({.url = path, .authority = "127.0.0.1:4000"}).statusCode, 200) << path;
  }
}

TEST_F(InstanceTest, without_developer_tools_there_is_no_outbox_and_no_test_address) {
  auto closed = options();
  closed.dataFolder = folder_ / "closed";
  closed.developerTools = false;
  const InstancePlugin instance(closed);
  Fastify app;
  app.registerPlugin(instance);
  EXPECT_EQ(app.inject("/__dev/outbox").statusCode, 404);
  EXPECT_EQ(app.inject("/v1/environment").json().at("auth_config").at("test_mode"), false);
  app.close();
}

TEST_F(InstanceTest, test_keys_run_the_development_browser_flow) {
  auto test = options();
  test.dataFolder = folder_ / "test-keys";
  test.keyMode = KeyMode::Test;
  const InstancePlugin instance(test);
  Fastify app;
  app.registerPlugin(instance);
  EXPECT_THAT(instance.publishableKey(), testing::StartsWith("pk_test_"));
  const auto made = app.inject({.method = "POST", .url = "/__clerk/v1/dev_browser"});
  ASSERT_EQ(made.statusCode, 200) << made.body;
  const auto id = std::string(made.json().at("id").as_string());
  EXPECT_THAT(id, testing::StartsWith("dvb_"));
  EXPECT_EQ(app.inject("/v1/client?__clerk_db_jwt=" + id).statusCode, 200);
  EXPECT_EQ(errorCode(app.inject("/v1/client?__clerk_db_jwt=dvb_unknown")), "dev_browser_unauthenticated");
  const auto handshake =
      app.inject("/v1/client/handshake?format=nonce&redirect_url=http%3A%2F%2Flocalhost%2F%3Fx&__clerk_db_jwt=" + id);
  EXPECT_EQ(handshake.statusCode, 307);
  EXPECT_THAT(handshake.header("location").value_or(""),
              testing::StartsWith("http://localhost/?x&__clerk_handshake_nonce="));
  app.close();
}

TEST_F(InstanceTest, live_keys_have_no_development_browsers) {
  EXPECT_EQ(errorCode(app_->inject({.method = "POST", .url = "/v1/dev_browser"})), "request_invalid_for_environment");
}

TEST_F(InstanceTest, an_instance_may_live_below_a_prefix) {
  auto below = options();
  below.dataFolder = folder_ / "below";
  const InstancePlugin instance(below);
  Fastify app;
  app.registerPlugin(instance, {.prefix = "/accounts"});
  EXPECT_EQ(app.inject("/accounts/__clerk/v1/client").statusCode, 200);
  EXPECT_EQ(app.inject("/accounts/npm/@clerk/ui@1/dist/ui.browser.js").statusCode, 200);
  EXPECT_EQ(app.inject("/v1/client").statusCode, 404);
  app.close();
}

TEST(InstanceOpen, a_folder_that_cannot_be_made_is_an_error_in_one_line) {
  const auto file = temporaryFolder() / "file";
  std::ofstream(file) << "x";
  try {
    InstancePlugin instance({.dataFolder = file / "data"});
    FAIL();
  } catch (const std::exception& error) {
    EXPECT_THAT(error.what(), HasSubstr(file.string()));
    EXPECT_EQ(std::string_view(error.what()).find('\n'), std::string_view::npos);
  }
  std::filesystem::remove_all(file.parent_path());
}

}  // namespace
}  // namespace clerk
