// What went wrong for users of servers of this kind, with all plugins in place.
#include <fastify/cookie.hpp>
#include <fastify/cors.hpp>
#include <fastify/fastify.hpp>
#include <fastify/formbody.hpp>
#include <fastify/helmet.hpp>
#include <fastify/multipart.hpp>
#include <fastify/rate_limit.hpp>

#include <gtest/gtest.h>

#include <string>

namespace {

using namespace fastify;

TEST(FieldCases, bad_bodies_are_refused_a_thousand_times_and_the_next_good_one_is_taken) {
  Fastify app;
  app.registerPlugin(cors, {.origin = true});
  app.registerPlugin(helmet);
  app.registerPlugin(cookie, {.secret = "secret"});
  app.registerPlugin(formbody);
  app.registerPlugin(multipart, {.attachFieldsToBody = AttachFieldsToBody::KeyValues});
  app.after();
  app.post("/echo", {.schema = {.body = R"({"type": "object", "properties": {"name": {"type": "string"}}})"_json}},
           [](Request& request) { return request.body().json(); });
  const std::string json = "application/json", form = "multipart/form-data; boundary=b";
  const std::string part = "--b\r\nContent-Disposition: form-data; name=\"name\"\r\n";
  struct Row {
    std::string type;
    std::string body;
  };
  const Row rows[] = {
      {json, "{\"name\": value}"},
      {json, "{key:\"v\"}"},
      {json, "null"},
      {json, "{\"__proto__\": 1}"},
      {json, "\xFF"},
      {form, part + "\r\nx"},
      {form, "--b\r\n\r\n"},
      {form, part + "X: y\n\r\n\r\nx\r\n--b--"},
      {form, "--bogus--"},
      {"multipart/form-data", "--b--"},
      {form, "--b\r\nContent-Disposition: form-data; name=\"toString\"\r\n\r\nx\r\n--b--"},
  };
  const auto post = [&](const Row& row) {
    return app.inject({.method = "POST",
                       .url = "/echo",
                       .headers = {{"content-type", row.type}, {"cookie", "a=%zz;;=;"}},
                       .payload = row.body});
  };
  for (int round = 0; round < 100; ++round) {
    for (const auto& row : rows) ASSERT_EQ(post(row).statusCode, 400) << row.type << ": " << row.body;
  }
  ASSERT_EQ(post({json, std::string(1024 * 1024 - 1, '[')}).statusCode, 400);
  EXPECT_EQ(post({json, "{\"name\":\"ada\"}"}).body, "{\"name\":\"ada\"}");
  EXPECT_EQ(post({form, part + "\r\nada\r\n--b--"}).body, "{\"name\":\"ada\"}");
  EXPECT_EQ(post({"application/x-www-form-urlencoded", "name=ada"}).body, "{\"name\":\"ada\"}");
}

/// How many of 20 requests with another X-Forwarded-For each are let through, of 5 that one client may make.
int passedOf(TrustProxy trust, const std::function<std::string(int)>& forwardedFor) {
  Fastify app({.trustProxy = std::move(trust)});
  app.registerPlugin(rateLimit, {.max = 5}).after();
  app.post("/sign-in", [](Request&) { return "ok"; });
  int passed = 0;
  for (int i = 0; i < 20; ++i) {
    const auto response = app.inject({.method = "POST",
                                      .url = "/sign-in",
                                      .headers = {{"x-forwarded-for", forwardedFor(i)}},
                                      .remoteAddress = "10.0.0.9"});
    EXPECT_TRUE(response.statusCode == 200 || response.statusCode == 429) << response.statusCode;
    passed += response.statusCode == 200;
  }
  return passed;
}

TEST(FieldCases, a_forged_address_gets_nobody_past_a_limit) {
  const auto random = [](int i) { return "203.0.113." + std::to_string(i); };
  EXPECT_EQ(passedOf(false, random), 5);
  EXPECT_EQ(passedOf("10.0.0.0/8", [&](int i) { return random(i) + ", 198.51.100.7"; }), 5);
  EXPECT_EQ(passedOf("10.0.0.0/8", random), 20);  // the proxy says that they are twenty
  for (const char* odd : {", ,", "", ",", "unknown", "\"\"", "::", "1.2.3.4.5"})
    EXPECT_EQ(passedOf("10.0.0.0/8", [odd](int) { return odd; }), 5) << odd;
}

}  // namespace
