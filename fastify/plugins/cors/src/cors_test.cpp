#include <fastify/cors.hpp>
#include <fastify/fastify.hpp>

#include "vary.hpp"

#include <gtest/gtest.h>

namespace fastify {
namespace {

TEST(Cors, vary_names_each_header_once) {
  EXPECT_EQ(detail::withVary("", "Origin"), "Origin");
  EXPECT_EQ(detail::withVary("Accept", "Origin"), "Accept, Origin");
  EXPECT_EQ(detail::withVary("accept, ORIGIN", "Origin"), "accept, ORIGIN");
  EXPECT_EQ(detail::withVary("Accept, *", "Origin"), "*");
}

// The whole kind: every path and every method that a browser may ask for beforehand, whoever guards the routes.
TEST(Cors, a_preflight_is_answered_before_any_guard_and_a_refusal_carries_the_headers) {
  Fastify app;
  int guarded = 0;
  app.registerPlugin(cors,
                     {.origin = {"http://localhost:5173"}, .methods = {"GET", "PUT", "DELETE"}, .credentials = true});
  app.addHook(onRequest, [&guarded](Request&, Reply& reply) {
    ++guarded;
    reply.code(401).send({{"error", "unauthorized"}});
  });
  app.put("/api/me", [](Request&) { return "never"; });
  app.registerPlugin([](Fastify& child) { child.del("/items/:id", [](Request&) { return "never"; }); },
                     {.prefix = "/v1"});
  for (const char* method : {"PUT", "DELETE", "PATCH"}) {
    for (const char* url : {"/api/me", "/v1/items/7", "/nowhere", "/api/me?x=1"}) {
      const auto response =
          app.inject({.method = "OPTIONS",
                      .url = url,
                      .headers = {{"origin", "http://localhost:5173"}, {"access-control-request-method", method}}});
      EXPECT_EQ(response.statusCode, 204) << url;
      EXPECT_EQ(response.header("access-control-allow-origin"), "http://localhost:5173");
      EXPECT_EQ(response.header("access-control-allow-methods"), "GET, PUT, DELETE");
      EXPECT_EQ(response.header("access-control-allow-credentials"), "true");
    }
  }
  EXPECT_EQ(guarded, 0);
  const auto refused =
      app.inject({.method = "PUT", .url = "/api/me", .headers = {{"origin", "http://localhost:5173"}}});
  EXPECT_EQ(refused.statusCode, 401);
  EXPECT_EQ(refused.header("access-control-allow-origin"), "http://localhost:5173");
  EXPECT_EQ(refused.header("access-control-allow-credentials"), "true");
  EXPECT_EQ(guarded, 1);
}

TEST(Cors, an_error_and_a_404_carry_the_headers_too) {
  Fastify app;
  app.registerPlugin(cors);
  app.post("/", [](Request& request) { return request.body().json(); });
  const auto bad =
      app.inject({.method = "POST", .url = "/", .headers = {{"content-type", "application/json"}}, .payload = "{bad"});
  EXPECT_EQ(bad.statusCode, 400);
  EXPECT_EQ(bad.header("access-control-allow-origin"), "*");
  EXPECT_EQ(app.inject({.url = "/missing"}).header("access-control-allow-origin"), "*");
}

TEST(Cors, wrong_options_are_refused_when_the_app_starts) {
  Fastify wrongHook;
  wrongHook.registerPlugin(cors, {.hook = "onSend"});
  EXPECT_THROW(wrongHook.ready(), FastifyError);
  Fastify wrongPattern;
  wrongPattern.registerPlugin(cors, {.origin = Pattern{"("}});
  EXPECT_THROW(wrongPattern.ready(), FastifyError);
}

}  // namespace
}  // namespace fastify
