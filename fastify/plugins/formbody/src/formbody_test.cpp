#include <fastify/fastify.hpp>
#include <fastify/formbody.hpp>

#include <gtest/gtest.h>

namespace fastify {
namespace {

InjectRequest form(std::string body) {
  return {.method = "POST",
          .url = "/",
          .headers = {{"content-type", "application/x-www-form-urlencoded"}},
          .payload = std::move(body)};
}

TEST(Formbody, a_form_becomes_the_body) {
  Fastify app;
  app.registerPlugin(formbody);
  app.post("/", [](Request& request) { return request.body().json(); });
  const auto response = app.inject(form("a=1&b=x+y&b=z"));
  EXPECT_EQ(response.statusCode, 200);
  EXPECT_EQ(response.body, R"({"a":"1","b":["x y","z"]})");
}

TEST(Formbody, a_longer_body_than_its_limit_is_refused) {
  Fastify app;
  app.registerPlugin(formbody, {.bodyLimit = 10});
  app.post("/", [](Request& request) { return request.body().json(); });
  EXPECT_EQ(app.inject(form("a=1234567890")).statusCode, 413);
  EXPECT_EQ(app.inject(form("a=1")).statusCode, 200);
}

TEST(Formbody, an_own_parser_replaces_the_built_in_one) {
  Fastify app;
  app.registerPlugin(formbody, {.parser = [](std::string_view text) { return JsonObject{{"text", text}}; }});
  app.post("/", [](Request& request) { return request.body().json(); });
  EXPECT_EQ(app.inject(form("a=1")).body, R"({"text":"a=1"})");
}

}  // namespace
}  // namespace fastify
