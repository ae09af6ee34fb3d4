#include <fastify/fastify.hpp>
#include <fastify/helmet.hpp>

#include <gtest/gtest.h>

namespace fastify {
namespace {

TEST(Helmet, each_answer_has_nonces_of_its_own) {
  Fastify app;
  app.registerPlugin(helmet, {.enableCSPNonces = true});
  app.get("/", [](Request&, Reply& reply) { reply.send(reply[cspNonce].script); });
  const auto first = app.inject({.url = "/"}), second = app.inject({.url = "/"});
  EXPECT_EQ(first.body.size(), 32u);
  EXPECT_NE(first.body, second.body);
  EXPECT_NE(first.header("content-security-policy")->find("script-src 'self' 'nonce-" + first.body + "'"),
            std::string::npos);
}

TEST(Helmet, a_wrong_option_stops_the_app_from_starting) {
  const HelmetOptions wrong[] = {
      {.contentSecurityPolicy = R"({"directives": {"default-src": ["self"]}})"_json},
      {.contentSecurityPolicy = R"({"directives": {"script-src": ["a;b"]}})"_json},
      {.contentSecurityPolicy = R"({"directives": {"script-src": ["a\r\nx: y"]}})"_json},
      {.contentSecurityPolicy = R"({"directives": {"default-src": null}})"_json},
      {.contentSecurityPolicy = R"({"useDefaults": false})"_json},
      {.crossOriginOpenerPolicy = R"({"policy": "x"})"_json},
      {.referrerPolicy = R"({"policy": []})"_json},
      {.strictTransportSecurity = R"({"maxAge": -1})"_json},
      {.xFrameOptions = R"({"action": "perhaps"})"_json},
  };
  for (const auto& options : wrong) {
    Fastify app;
    app.registerPlugin(helmet, options);
    EXPECT_THROW(app.ready(), FastifyError);
  }
}

TEST(Helmet, a_wrong_option_of_a_route_is_told_when_it_is_declared) {
  Fastify app;
  app.registerPlugin(helmet).after();
  EXPECT_THROW(
      app.get("/", {.config = R"({"helmet": {"xFrameOptions": {"action": "x"}}})"_json}, [](Request&) { return "ok"; }),
      FastifyError);
  EXPECT_THROW(app.get("/", {.config = R"({"helmet": 1})"_json}, [](Request&) { return "ok"; }), FastifyError);
}

TEST(Helmet, a_handler_can_set_the_headers_itself) {
  Fastify app;
  app.registerPlugin(helmet, {.global = false});
  app.get("/", [](Request&, Reply& reply) {
    setHelmetHeaders(reply, {{"xFrameOptions", {{"action", "deny"}}}});
    reply.send("ok");
  });
  EXPECT_EQ(app.inject({.url = "/"}).header("x-frame-options"), "DENY");
}

}  // namespace
}  // namespace fastify
