// The operator's dashboard, as a browser asks for it.

#include "plugin/backend_test.hpp"

namespace clerk {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;
using Headers = fastify::HeaderPairs;

class DashboardTest : public BackendTest {
 protected:
  /// What a browser keeps.
  struct Operator {
    std::string cookie;
    std::string csrf;
  };

  static Response ask(const std::string& method, const std::string& path, Headers headers = {},
                      const std::string& body = "") {
    if (!body.empty()) headers.emplace_back("content-type", "application/json");
    return app_->inject({.method = method,
                         .url = "/dashboard/api" + path,
                         .headers = headers,
                         .payload = body.empty() ? fastify::Payload() : fastify::Payload(body)});
  }
  /// Each from an address of its own: nobody waits for what others got wrong.
  static Response present(const std::string& key, const Headers& headers = {}) {
    return ask("POST", "/session", headers, R"({"secret_key":")" + key + R"("})");
  }
  static std::string cookieOf(const Response& response) {
    const auto header = response.header("set-cookie").value_or("");
    return std::string(header.substr(0, header.find(';')));
  }
  static Operator signIn() {
    const auto response = present(instance_->secretKey());
    EXPECT_EQ(response.statusCode, 200) << response.body;
    return {cookieOf(response), text(response.json(), "csrf_token")};
  }
  static Response as(const Operator& who, const std::string& method, const std::string& path,
                     const std::string& body = "") {
    return ask(method, path, {{"cookie", who.cookie}, {"x-clerkd-csrf", who.csrf}, {"sec-fetch-site", "same-origin"}},
               body);
  }
  static boost::json::array data(const Response& response) { return ok(response).at("data").as_array(); }
  /// The newest entry of the audit log of an object.
  static boost::json::value entryOf(const Operator& who, const std::string& id) {
    const auto entries = data(as(who, "GET", "/lists/audit_log?object_id=" + id));
    EXPECT_FALSE(entries.empty()) << id;
    return entries.empty() ? boost::json::value(boost::json::object()) : entries.front();
  }
};

TEST_F(DashboardTest, the_page_is_for_everybody_and_allows_itself_nothing_but_its_own_files) {
  for (const auto* path : {"/dashboard", "/dashboard/", "/dashboard/users/user_1"}) {
    const auto page = app_->inject({.method = "GET", .url = path});
    EXPECT_EQ(page.statusCode, 200) << path;
    EXPECT_EQ(page.header("content-type"), "text/html; charset=utf-8");
    const auto policy = std::string(page.header("content-security-policy").value_or(""));
    EXPECT_THAT(policy, HasSubstr("default-src 'none'"));
    EXPECT_THAT(policy, HasSubstr("script-src 'self';"));
    EXPECT_THAT(policy, HasSubstr("frame-ancestors 'none'"));
    EXPECT_THAT(policy, HasSubstr("require-trusted-types-for 'script'"));
    EXPECT_THAT(policy, Not(HasSubstr("unsafe")));
    EXPECT_EQ(page.header("x-content-type-options"), "nosniff");
    EXPECT_EQ(page.header("referrer-policy"), "no-referrer");
    EXPECT_THAT(page.body, Not(HasSubstr(instance_->secretKey())));
  }
}

TEST_F(DashboardTest, files_are_asked_for_again_only_when_they_changed) {
  const auto script = app_->inject({.method = "GET", .url = "/dashboard/assets/app.js"});
  EXPECT_EQ(script.statusCode, 200);
  EXPECT_EQ(script.header("content-type"), "text/javascript; charset=utf-8");
  const std::string etag(script.header("etag").value_or(""));
  const auto again =
      app_->inject({.method = "GET", .url = "/dashboard/assets/app.js", .headers = {{"if-none-match", etag}}});
  EXPECT_EQ(again.statusCode, 304);
  EXPECT_EQ(app_->inject({.method = "GET", .url = "/dashboard/assets/..%2fapp.js"}).statusCode, 404);
}

TEST_F(DashboardTest, whoever_has_the_key_gets_a_cookie_that_scripts_and_other_sites_do_not) {
  const auto response = present(instance_->secretKey());
  EXPECT_EQ(response.statusCode, 200);
  const std::string cookie(response.header("set-cookie").value_or(""));
  EXPECT_THAT(cookie, HasSubstr("; HttpOnly"));
  EXPECT_THAT(cookie, HasSubstr("; SameSite=Strict"));
  EXPECT_THAT(cookie, HasSubstr("; Path=/dashboard;"));
  EXPECT_THAT(cookie, Not(HasSubstr(instance_->secretKey())));
  EXPECT_THAT(response.body, Not(HasSubstr(instance_->secretKey())));
  EXPECT_EQ(response.header("cache-control"), "no-store");
  const auto session = ask("GET", "/session", {{"cookie", cookieOf(response)}});
  EXPECT_TRUE(ok(session).at("signed_in").as_bool());
  EXPECT_FALSE(ok(ask("GET", "/session")).at("signed_in").as_bool());
}

TEST_F(DashboardTest, a_wrong_key_is_refused_and_after_some_the_address_has_to_wait) {
  // An app of its own: the address of this test would have to wait in the others.
  InstancePlugin instance({.dataFolder = folder_ / "wrong keys"});
  fastify::Fastify app;
  app.registerPlugin(instance);
  const auto present = [&](const std::string& body) {
    return app.inject({.method = "POST",
                       .url = "/dashboard/api/session",
                       .headers = {{"content-type", "application/json"}},
                       .payload = fastify::Payload(body)});
  };
  EXPECT_EQ(failure(present(R"({"secret_key":"sk_test_wrong"})")), "401 clerk_key_invalid");
  EXPECT_EQ(failure(present(R"({"secret_key":7})")), "401 clerk_key_invalid");
  EXPECT_EQ(failure(present(R"({})")), "401 clerk_key_invalid");
  EXPECT_EQ(failure(present(R"({"secret_key":")" + std::string(1000, 'x') + R"("})")), "401 clerk_key_invalid");
  EXPECT_EQ(failure(present("{")), "400 malformed_request_parameters");
  EXPECT_EQ(failure(present(R"({"secret_key":")" + std::string(5000, 'x') + R"("})")), "413 request_body_too_large");
  EXPECT_EQ(failure(present(R"({"secret_key":""})")), "401 clerk_key_invalid");
  const auto refused = present(R"({"secret_key":")" + instance.secretKey() + R"("})");
  EXPECT_EQ(failure(refused), "429 too_many_requests") << "the right one, too";
  EXPECT_GE(std::stoi(std::string(refused.header("retry-after").value_or("0"))), 1);
  EXPECT_FALSE(refused.header("set-cookie"));
  app.close();
}

TEST_F(DashboardTest, without_a_session_nothing_is_told) {
  for (const auto* path : {"/overview", "/users", "/lists/sessions", "/lists/messages", "/lists/audit_log", "/settings",
                           "/keys", "/lists/api_keys"}) {
    EXPECT_EQ(failure(ask("GET", path)), "401 dashboard_signed_out") << path;
    EXPECT_EQ(failure(ask("GET", path, {{"cookie", "clerkd_dashboard=x"}})), "401 dashboard_signed_out");
  }
  EXPECT_EQ(failure(ask("POST", "/users", {}, "{}")), "401 dashboard_signed_out");
  EXPECT_EQ(failure(ask("GET", "/users", {{"authorization", "Bearer " + instance_->secretKey()}})),
            "401 dashboard_signed_out")
      << "the key itself is for the Backend API";
}

TEST_F(DashboardTest, what_another_page_asks_for_is_refused) {
  const auto who = signIn();
  const std::string body = R"({"email_address":["forged@example.test"],"skip_password_requirement":true})";
  const auto refused = "403 dashboard_request_refused";
  EXPECT_EQ(failure(ask("POST", "/users", {{"cookie", who.cookie}}, body)), refused);
  EXPECT_EQ(failure(ask("POST", "/users", {{"cookie", who.cookie}, {"x-clerkd-csrf", who.csrf + "x"}}, body)), refused);
  EXPECT_EQ(failure(ask("DELETE", "/session", {{"cookie", who.cookie}})), refused);
  for (const Headers& foreign : {Headers{{"sec-fetch-site", "cross-site"}}, Headers{{"sec-fetch-site", "same-site"}},
                                 Headers{{"origin", "https://evil.test"}}, Headers{{"origin", "null"}}}) {
    auto headers = foreign;
    EXPECT_EQ(failure(present(instance_->secretKey(), headers)), refused);
    headers.emplace_back("cookie", who.cookie);
    headers.emplace_back("x-clerkd-csrf", who.csrf);
    EXPECT_EQ(failure(ask("GET", "/users", headers)), refused);
    EXPECT_EQ(failure(ask("POST", "/users", headers, body)), refused);
  }
  EXPECT_EQ(failure(ask("POST", "/users",
                        {{"cookie", who.cookie}, {"x-clerkd-csrf", who.csrf}, {"origin", instance_->origin()}}, body)),
            "200")
      << "its own may";
}

TEST_F(DashboardTest, a_session_that_was_signed_out_is_over_though_its_cookie_lives) {
  const auto who = signIn();
  const auto other = signIn();
  EXPECT_EQ(as(who, "GET", "/users").statusCode, 200);
  const auto out = as(who, "DELETE", "/session");
  EXPECT_EQ(out.statusCode, 200);
  EXPECT_THAT(std::string(out.header("set-cookie").value_or("")), HasSubstr("Max-Age=0"));
  EXPECT_EQ(failure(as(who, "GET", "/users")), "401 dashboard_signed_out");
  EXPECT_EQ(as(other, "GET", "/users").statusCode, 200) << "others go on";
}

TEST_F(DashboardTest, nothing_that_gives_out_secrets_is_behind_this_door) {
  const auto who = signIn();
  const auto user = createUser("secrets@example.test");
  for (const auto* path :
       {"/testing_tokens", "/sign_in_tokens", "/actor_tokens", "/api_keys", "/machines", "/sessions"}) {
    EXPECT_EQ(as(who, "POST", path, "{}").statusCode, 404) << path;
  }
  EXPECT_EQ(as(who, "GET", "/api_keys/ak_1/secret").statusCode, 404);
  const auto keys = as(who, "GET", "/keys");
  EXPECT_EQ(keys.statusCode, 200);
  EXPECT_THAT(keys.body, Not(HasSubstr(instance_->secretKey().substr(10))));
  EXPECT_THAT(keys.body, HasSubstr(instance_->publishableKey()));
  EXPECT_THAT(keys.body, Not(HasSubstr("PRIVATE KEY")));
}

TEST_F(DashboardTest, what_it_changes_is_what_the_backend_api_would_change_and_stands_in_the_audit_log) {
  const auto who = signIn();
  const auto user = createUser("audited@example.test");
  auto entry = entryOf(who, user);
  EXPECT_EQ(text(entry, "operation"), "POST /users");
  EXPECT_EQ(text(entry, "source"), "backend_api");
  EXPECT_TRUE(text(entry, "actor").starts_with("key_"));
  EXPECT_THAT(instance_->secretKey(), Not(HasSubstr(text(entry, "actor").substr(4))));

  EXPECT_EQ(as(who, "POST", "/users/" + user + "/ban").statusCode, 200);
  EXPECT_TRUE(ok(backend("GET", "/users/" + user)).at("banned").as_bool());
  entry = entryOf(who, user);
  EXPECT_EQ(text(entry, "operation"), "POST /users/:user_id/ban");
  EXPECT_EQ(text(entry, "source"), "dashboard");
  EXPECT_TRUE(text(entry, "actor").starts_with("dash_"));
  EXPECT_EQ(text(entry, "ip_address"), "127.0.0.1");
  EXPECT_FALSE(text(entry, "request_id").empty());

  EXPECT_EQ(as(who, "DELETE", "/users/" + user).statusCode, 200);
  EXPECT_EQ(text(entryOf(who, user), "operation"), "DELETE /users/:user_id");
}

TEST_F(DashboardTest, the_audit_log_holds_no_values_and_nothing_of_what_failed_or_only_read) {
  const auto who = signIn();
  const auto user = createUser("values@example.test");
  const auto before = data(as(who, "GET", "/lists/audit_log?object_id=" + user)).size();
  ok(backend("GET", "/users/" + user));
  EXPECT_GE(backend("PATCH", "/users/" + user, R"({"password":"x"})").statusCode, 400);
  EXPECT_EQ(data(as(who, "GET", "/lists/audit_log?object_id=" + user)).size(), before);

  ok(as(who, "PATCH", "/users/" + user, R"({"password":"a secret horse 42!","first_name":"Grace"})"));
  const auto list = as(who, "GET", "/lists/audit_log");
  EXPECT_THAT(list.body, Not(HasSubstr("secret horse")));
  EXPECT_THAT(list.body, Not(HasSubstr("Grace")));
  EXPECT_THAT(list.body, Not(HasSubstr("values@example.test")));
  EXPECT_THAT(list.body, Not(HasSubstr(instance_->secretKey())));
}

TEST_F(DashboardTest, changes_of_many_kinds_are_recorded) {
  const auto who = signIn();
  struct Change {
    std::string method, path, body, idMember;
  };
  for (const auto& change :
       {Change{"POST", "/organizations", R"({"name":"Recorded"})", "id"},
        Change{"POST", "/jwt_templates", R"({"name":"recorded","claims":{}})", "id"},
        Change{"POST", "/redirect_urls", R"({"url":"https://recorded.example.test/back"})", "id"},
        Change{"POST", "/allowlist_identifiers", R"({"identifier":"recorded@example.test","notify":false})", "id"},
        Change{"POST", "/invitations", R"({"email_address":"recorded@example.test","notify":false})", "id"},
        Change{"POST", "/organization_roles", R"({"key":"org:recorded","name":"Recorded"})", "id"},
        Change{"POST", "/machines", R"({"name":"recorded"})", "id"}}) {
    const auto id = text(ok(backend(change.method, change.path, change.body)), change.idMember);
    ASSERT_FALSE(id.empty()) << change.path;
    EXPECT_EQ(text(entryOf(who, id), "operation"), change.method + " " + change.path);
  }
  EXPECT_EQ(backend("PATCH", "/instance", R"({"support_email":"help@example.test"})").statusCode, 204);
  const auto newest = data(as(who, "GET", "/lists/audit_log?limit=1"));
  EXPECT_EQ(text(newest.at(0), "operation"), "PATCH /instance");
}

TEST_F(DashboardTest, how_people_sign_in_is_changed_while_the_instance_runs_and_a_providers_secret_stays_inside) {
  const auto who = signIn();
  const auto path = "/instance/sign_in_settings";
  EXPECT_EQ(ok(as(who, "GET", path)).at("sign_up_mode"), "public");
  const auto changed = as(who, "PATCH", path, R"({"sign_up_mode":"restricted","social":[{"strategy":"oauth_example",
      "issuer":"http://127.0.0.1:9","client_id":"ours","client_secret":"kept inside"}]})");
  EXPECT_EQ(ok(changed).at("sign_up_mode"), "restricted");
  EXPECT_THAT(changed.body, Not(HasSubstr("kept inside")));
  EXPECT_EQ(ok(backend("GET", path)).at("sign_up_mode"), "restricted");
  EXPECT_EQ(text(data(as(who, "GET", "/lists/audit_log?limit=1")).at(0), "operation"),
            "PATCH /instance/sign_in_settings");
  const auto back = ok(as(who, "PATCH", path, R"({"sign_up_mode":null,"social":null})"));
  EXPECT_EQ(back.at("sign_up_mode"), "public");
  EXPECT_TRUE(back.at("social").as_array().empty());
}

TEST_F(DashboardTest, signing_in_and_out_is_recorded) {
  const auto who = signIn();
  auto newest = data(as(who, "GET", "/lists/audit_log?source=dashboard&limit=1"));
  EXPECT_EQ(text(newest.at(0), "operation"), "POST /dashboard/sign_in");
  const auto actor = text(newest.at(0), "actor");
  as(who, "DELETE", "/session");
  // What happens in one millisecond has no order.
  newest = data(as(signIn(), "GET", "/lists/audit_log?source=dashboard&limit=3"));
  EXPECT_TRUE(std::ranges::any_of(newest, [&](const auto& entry) {
    return text(entry, "operation") == "POST /dashboard/sign_out" && text(entry, "actor") == actor;
  }));
}

TEST_F(DashboardTest, lists_go_on_where_their_pages_ended) {
  const auto who = signIn();
  std::vector<std::string> made;
  for (const auto* name : {"Pages 1", "Pages 2", "Pages 3"}) {
    made.push_back(text(ok(backend("POST", "/organizations", std::string(R"({"name":")") + name + R"("})")), "id"));
  }
  std::vector<std::string> seen;
  std::string after;
  do {
    const auto page = ok(
        as(who, "GET", "/lists/organizations?query=pages&limit=2" + (after.empty() ? "" : "&starting_after=" + after)));
    for (const auto& each : page.at("data").as_array()) seen.push_back(text(each, "id"));
    after = text(page, "next");
  } while (!after.empty());
  std::ranges::sort(seen);
  std::ranges::sort(made);
  EXPECT_EQ(seen, made);
  EXPECT_EQ(failure(as(who, "GET", "/lists/organizations?limit=1000")), "422 form_param_value_too_large limit");
  EXPECT_THAT(data(as(who, "GET", "/lists/sessions?starting_after=sess_nobody")), SizeIs(0));
}

TEST_F(DashboardTest, sessions_are_shown_with_whose_they_are) {
  const auto who = signIn();
  const auto user = createUser("seen@example.test");
  const auto session = createSession(user);
  const auto sessions = data(as(who, "GET", "/lists/sessions?user_id=" + user));
  ASSERT_THAT(sessions, SizeIs(1));
  EXPECT_EQ(text(sessions[0], "id"), session);
  EXPECT_EQ(text(sessions[0].at("user"), "identifier"), "seen@example.test");
  EXPECT_EQ(as(who, "POST", "/sessions/" + session + "/revoke").statusCode, 200);
  EXPECT_THAT(data(as(who, "GET", "/lists/sessions?status=active&user_id=" + user)), SizeIs(0));
}

TEST_F(DashboardTest, what_messages_say_is_shown_in_development_and_a_message_that_is_over_is_not_tried_again) {
  const auto who = signIn();
  ok(backend("POST", "/invitations", R"({"email_address":"outbox@example.test"})"));
  const auto messages = data(as(who, "GET", "/lists/messages?to=outbox%40example.test"));
  ASSERT_THAT(messages, SizeIs(1));
  EXPECT_FALSE(text(messages[0], "body").empty());
  EXPECT_EQ(as(who, "POST", "/messages/" + text(messages[0], "id") + "/retry").statusCode, 204);
  EXPECT_EQ(failure(as(who, "POST", "/messages/ema_nobody/retry")), "404 resource_not_found");
  EXPECT_EQ(failure(as(who, "POST", "/webhook_deliveries/whd_nobody/retry")), "404 resource_not_found");
}

TEST_F(DashboardTest, what_messages_say_is_a_secret_where_people_are_real) {
  InstancePlugin instance({.dataFolder = folder_ / "real people", .developerTools = false});
  fastify::Fastify app;
  app.registerPlugin(instance);
  app.inject({.method = "POST",
              .url = "/__bapi/v1/invitations",
              .headers = {{"authorization", "Bearer " + instance.secretKey()}, {"content-type", "application/json"}},
              .payload = fastify::Payload(R"({"email_address":"real@example.test"})")});
  const auto session = app.inject({.method = "POST",
                                   .url = "/dashboard/api/session",
                                   .headers = {{"content-type", "application/json"}},
                                   .payload = fastify::Payload(R"({"secret_key":")" + instance.secretKey() + R"("})")});
  const auto messages =
      app.inject({.method = "GET", .url = "/dashboard/api/lists/messages", .headers = {{"cookie", cookieOf(session)}}});
  ASSERT_THAT(data(messages), SizeIs(1));
  EXPECT_TRUE(data(messages)[0].at("body").is_null());
  EXPECT_TRUE(data(messages)[0].at("code").is_null());
  app.close();
}

TEST_F(DashboardTest, over_https_the_cookie_is_the_hosts_alone) {
  InstancePlugin instance({.dataFolder = folder_ / "https", .origin = "https://accounts.example.test"});
  fastify::Fastify app;
  app.registerPlugin(instance);
  const auto response =
      app.inject({.method = "POST",
                  .url = "/dashboard/api/session",
                  .headers = {{"content-type", "application/json"}},
                  .payload = fastify::Payload(R"({"secret_key":")" + instance.secretKey() + R"("})")});
  const std::string cookie(response.header("set-cookie").value_or(""));
  EXPECT_TRUE(cookie.starts_with("__Host-clerkd_dashboard_")) << cookie.substr(0, 30);
  EXPECT_THAT(cookie, HasSubstr("; Path=/;"));
  EXPECT_THAT(cookie, HasSubstr("; Secure"));
  app.close();
}

TEST_F(DashboardTest, where_it_is_switched_off_there_is_nothing) {
  InstancePlugin instance({.dataFolder = folder_ / "off", .dashboard = false});
  fastify::Fastify app;
  app.registerPlugin(instance);
  for (const auto* path : {"/dashboard", "/dashboard/api/session", "/dashboard/assets/app.js"}) {
    EXPECT_EQ(app.inject({.method = "GET", .url = path}).statusCode, 404) << path;
  }
  app.close();
}

}  // namespace
}  // namespace clerk
