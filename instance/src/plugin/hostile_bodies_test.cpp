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
