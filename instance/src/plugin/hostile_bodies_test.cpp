// Every operation on registered things, with everything wrong at once: an error in Clerk's words, never a 500.

#include "plugin/backend_test.hpp"

namespace clerk {
namespace {

class HostileBodies : public BackendTest {};

std::string nested(int depth) {
  return R"({"claims":)" + std::string(static_cast<std::size_t>(depth), '[') +
         std::string(static_cast<std::size_t>(depth), ']') + "}";
}

TEST_F(HostileBodies, never_break_an_operation) {
  const std::string long_(100'000, 'x');
  const std::string bodies[] = {
      R"({"name":1,"claims":1,"url":{},"user_id":[],"actor":"x","redirect_uris":{},"scopes":[[]],"token":{}})",
      R"({"name":null,"claims":null,"url":null,"user_id":null,"actor":null,"subject":null,"secret":null})",
      R"({"name":"\u0000\ud83d\ude00 ' \" ; drop table registry;--","claims":{"a":{"b":"{{user"}},"url":"\u0000://x",
          "subject":"user_\u0000","scopes":["\u0000"],"redirect_uris":["https://\u0000"],"to_machine_id":"\u0000"})",
      R"({"name":")" + long_ + R"(","url":"https://)" + long_ + R"(","subject":"user_)" + long_ + R"(","token":")" +
          long_ + R"(","secret":")" + long_ + R"(","access_token":")" + long_ + R"(","scopes":")" + long_ + "\"}",
      R"({"lifetime":1e400,"allowed_clock_skew":-9223372036854775808,"expires_in_seconds":9223372036854775807,
          "default_token_ttl":1.5,"seconds_until_expiration":-0.1,"previous_token_ttl":99999999999999999999})",
      nested(30),
      "[]",
      "{",
      "nonsense",
  };
  const std::string paths[] = {"POST /jwt_templates",
                               "PATCH /jwt_templates/x",
                               "POST /sessions/x/tokens/x",
                               "POST /redirect_urls",
                               "POST /domains",
                               "PATCH /domains/x",
                               "POST /proxy_checks",
                               "POST /actor_tokens",
                               "PATCH /sign_ups/x",
                               "PATCH /instance",
                               "PATCH /instance/restrictions",
                               "PATCH /instance/communication",
                               "PATCH /instance/oauth_application_settings",
                               "POST /machines",
                               "PATCH /machines/x",
                               "POST /machines/x/secret_key/rotate",
                               "POST /machines/x/scopes",
                               "POST /m2m_tokens",
                               "POST /m2m_tokens/verify",
                               "POST /m2m_tokens/x/revoke",
                               "POST /api_keys",
                               "PATCH /api_keys/x",
                               "POST /api_keys/verify",
                               "POST /api_keys/x/revoke",
                               "POST /oauth_applications",
                               "PATCH /oauth_applications/x",
                               "POST /oauth_applications/x/revoke_token",
                               "POST /oauth_applications/access_tokens/verify",
                               "POST /users/ban"};
  for (const auto& operation : paths) {
    const auto space = operation.find(' ');
    for (const auto& body : bodies) {
      const auto response = backend(operation.substr(0, space), operation.substr(space + 1), body);
      EXPECT_GE(response.statusCode, 400) << operation << " " << body.substr(0, 100);
      EXPECT_LT(response.statusCode, 500) << operation << " " << body.substr(0, 100) << response.body;
    }
  }
}

TEST_F(HostileBodies, what_is_nested_deeply_is_not_stored) {
  const auto user = createUser("deep@example.com");
  const auto object = [](std::size_t levels) {
    std::string nested = "1";
    for (std::size_t i = 0; i < levels; ++i) nested = R"({"a":)" + nested + "}";
    return nested;
  };
  const std::pair<std::string, std::string> places[] = {{"PATCH /users/" + user + "/metadata", "public_metadata"},
                                                        {"PUT /users/" + user + "/metadata", "private_metadata"},
                                                        {"POST /organizations", "public_metadata"},
                                                        {"POST /jwt_templates", "claims"},
                                                        {"POST /api_keys", "claims"}};
  for (const auto& [operation, member] : places) {
    const auto space = operation.find(' ');
    const auto send = [&](std::size_t levels) {
      const auto others = operation.starts_with("POST /api_keys") ? R"(,"name":"deep","subject":")" + user + "\""
                          : operation.starts_with("POST")         ? std::string(R"(,"name":"deep")")
                                                                  : std::string();
      return backend(operation.substr(0, space), operation.substr(space + 1),
                     "{\"" + member + "\":" + object(levels) + others + "}");
    };
    EXPECT_EQ(failure(send(25)).substr(4, 25), "form_param_format_invalid") << operation;
    const auto stored = ok(send(24));
    const auto id = text(stored, "id");
    const auto path = operation.substr(space + 1, operation.find('/', space + 2) - space - 1);
    EXPECT_EQ(backend("GET", path + "/" + id).statusCode, 200) << operation;
  }
}

TEST_F(HostileBodies, an_id_does_not_end_at_a_nul) {
  const auto user = createUser("nul@example.com");
  EXPECT_EQ(backend("GET", "/users/" + user).statusCode, 200);
  EXPECT_EQ(failure(backend("GET", "/users/" + user + "%00x")), "404 resource_not_found");
  for (const auto* path :
       {"/api_keys/ak_x%00", "/api_keys/%00/secret", "/machines/%00x", "/m2m_tokens/%00", "/v1%00"}) {
    const auto response = backend("GET", path);
    EXPECT_EQ(response.statusCode, 404) << path;
    EXPECT_EQ(response.body.find("u0000"), std::string::npos) << response.body;
  }
  EXPECT_EQ(failure(backend("POST", "/sessions", R"({"user_id":")" + user + R"(\u0000x"})")),
            "422 form_param_format_invalid user_id");
  for (const auto* list : {"/users?query=a%00", "/users?name_query=%00", "/users/count?email_address_query=%00"}) {
    EXPECT_EQ(backend("GET", list).statusCode, 422) << list;
  }
}

TEST_F(HostileBodies, never_break_the_oauth_endpoints) {
  const std::string long_(20'000, 'x');
  const std::string forms[] = {"",
                               "a",
                               "grant_type=authorization_code&code=" + long_ + "&client_id=" + long_,
                               "client_id=%00&client_secret=%ff%fe&token=%00&grant_type=refresh_token",
                               "client_id=a&client_id=b&token=a&token=b&scope=a&scope=b",
                               "response_type=code&client_id=%27%3B--&redirect_uri=%00&state=" + long_};
  for (const auto* path : {"/oauth/token", "/oauth/token_info", "/oauth/token/revoke", "/oauth/authorize",
                           "/oauth/register", "/oauth/userinfo", "/api_keys", "/v1/me/oauth/consent/x"}) {
    for (const auto& form : forms) {
      const auto response = app_->inject(
          {.method = "POST",
           .url = path,
           .headers = {{"content-type", "application/x-www-form-urlencoded"}, {"authorization", "Basic !!!"}},
           .payload = form});
      EXPECT_GE(response.statusCode, 400) << path << " " << form.substr(0, 100);
      EXPECT_LT(response.statusCode, 500) << path << " " << form.substr(0, 100) << response.body;
    }
  }
}

TEST_F(HostileBodies, do_not_become_addresses) {
  const std::string long_(100'000, 'x');
  const auto post = [](const std::string& url, const std::string& form) {
    return app_->inject({.method = "POST",
                         .url = url,
                         .headers = {{"content-type", "application/x-www-form-urlencoded"}},
                         .payload = form});
  };
  for (const auto* field : {"state", "code", "error"}) {
    EXPECT_EQ(failure(post("/v1/oauth_callback", std::string(field) + "=" + long_)),
              "422 form_param_max_length_exceeded " + std::string(field));
  }
  const auto application =
      ok(backend("POST", "/oauth_applications", R"({"name":"long","redirect_uris":["https://app.example.com/back"]})"));
  const auto asked = "response_type=code&client_id=" + text(application, "client_id");
  EXPECT_EQ(post("/oauth/authorize", asked + "&state=x").statusCode, 303);
  for (const auto& wrong : {"&state=" + long_, std::string("&state=a&state=b"), std::string("&state=%00")}) {
    EXPECT_EQ(post("/oauth/authorize", asked + wrong).statusCode, 400) << wrong.substr(0, 30);
  }
}

TEST_F(HostileBodies, never_break_a_list) {
  for (const auto* path : {"/jwt_templates", "/redirect_urls", "/machines", "/oauth_applications", "/api_keys",
                           "/m2m_tokens", "/domains"}) {
    for (const auto* query : {"?limit=0", "?limit=99999999999999999999", "?offset=-1", "?order_by=drop",
                              "?query=%00%25", "?subject=%00&subject=x", "?name_query=%27%22%25_%5C"}) {
      EXPECT_LT(backend("GET", std::string(path) + query).statusCode, 500) << path << query;
    }
  }
}

}  // namespace
}  // namespace clerk
