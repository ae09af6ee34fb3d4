// The apps of apps/rate_limit.mjs.
#include "recorded.hpp"

#include <fastify/rate_limit.hpp>

#include <gtest/gtest.h>

namespace {

using namespace fastify;

std::string ok(Request&) { return "ok"; }

conformance::App with(RateLimitOptions options, FastifyOptions server = {}) {
  return {[options](Fastify& app) {
            app.registerPlugin(rateLimit, options).after();
            app.get("/", ok);
          },
          std::move(server)};
}

TEST(PluginCases, rate_limit) {
  conformance::play(
      "rate_limit",
      {
          {"default", with({})},
          {"two", {[](Fastify& app) {
             app.registerPlugin(rateLimit, {.max = 2, .timeWindow = "1 minute"}).after();
             app.get("/", ok);
             app.get("/other", ok);
             app.get("/free", {.config = {{"rateLimit", false}}}, ok);
             app.get("/own", {.config = {{"rateLimit", {{"max", 1}, {"timeWindow", 3600000}}}}}, ok);
           }}},
          {"draft", with({.max = 1, .enableDraftSpec = true})},
          {"banned", with({.max = 1, .ban = 1})},
          {"keyed", with({.max = 1,
                          .allowList = std::vector<std::string>{"friend"},
                          .keyGenerator =
                              [](Request& request) { return std::string(request.headers()["x-key"].value_or("none")); },
                          .addHeaders = {{"x-ratelimit-reset", false}, {"retry-after", false}},
                          .addHeadersOnExceeding = {{"x-ratelimit-limit", false}}})},
          {"built", with({.max = 0,
                          .timeWindow = "90 s",
                          .errorResponseBuilder = [](Request&, const RateLimitContext& context) -> Json {
                            return {{"statusCode", 418},
                                    {"error", "Teapot"},
                                    {"message", std::to_string(context.max) + " " + context.after +
                                                    (context.ban ? " true" : " false")},
                                    {"extra", 1}};
                          }})},
          {"local", {[](Fastify& app) {
             app.registerPlugin(rateLimit, {.global = false, .max = 1}).after();
             app.get("/", ok);
             app.get("/on", {.config = {{"rateLimit", {{"timeWindow", "2 hours"}}}}}, ok);
           }}},
          {"grouped", {[](Fastify& app) {
             app.registerPlugin(rateLimit, {.global = false}).after();
             for (const char* url : {"/a", "/b"})
               app.get(url, {.config = {{"rateLimit", {{"max", 1}, {"groupId", "g"}}}}}, ok);
           }}},
          {"proxied", with({.max = 1}, {.trustProxy = true})},
          {"not found", {[](Fastify& app) {
             app.registerPlugin(rateLimit, {.max = 1}).after();
             app.setNotFoundHandler({.preHandler = Hook<HookPoint::PreHandler>(rateLimitHook(app))},
                                    [](Request&, Reply& reply) { reply.code(404).send("nothing here"); });
           }}},
      });
}

}  // namespace
