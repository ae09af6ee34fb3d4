// The apps of apps/cors.mjs.
#include "recorded.hpp"

#include <fastify/cors.hpp>

#include <gtest/gtest.h>

namespace {

using namespace fastify;

conformance::App with(CorsOptions options) {
  return {[options](Fastify& app) {
    app.registerPlugin(cors, options);
    app.get("/", [](Request&) { return "ok"; });
    app.put("/", [](Request&) { return "ok"; });
  }};
}

Task<CorsOptions> delegate(Request& request) {
  const auto origin = request.headers()["origin"].value_or("");
  co_return CorsOptions{.origin = origin.ends_with(".b.example") ? CorsOrigin("https://b.example") : CorsOrigin(false),
                        .credentials = true};
}

TEST(PluginCases, cors) {
  conformance::play(
      "cors",
      {
          {"default", with({})},
          {"reflect", with({.origin = true,
                            .methods = {"GET", "PUT"},
                            .credentials = true,
                            .exposedHeaders = CorsList{"x-c", "x-d"},
                            .allowedHeaders = CorsList{"x-a", "x-b"},
                            .maxAge = 600,
                            .cacheControl = std::int64_t{30}})},
          {"fixed", with({.origin = "https://app.example", .cacheControl = "public, max-age=5"})},
          {"list", with({.origin = {"https://a.example", Pattern{"\\.b\\.example$"}}})},
          {"star", with({.origin = {"https://a.example", "*"}})},
          {"off", with({.origin = false})},
          {"fails",
           with({.origin = [](std::string_view) -> CorsOrigin { throw FastifyError(500, "no such origin"); }})},
          {"chosen",
           with({.origin = [](std::string_view origin) -> Task<bool> { co_return origin == "https://a.example"; }})},
          {"loose", with({.optionsSuccessStatus = 200, .strictPreflight = false})},
          {"continues", {[](Fastify& app) {
             app.registerPlugin(cors, {.preflightContinue = true});
             app.options("/own", [](Request&) { return "own answer"; });
             app.get("/", [](Request&) { return "ok"; });
           }}},
          {"no preflight", {[](Fastify& app) {
             app.registerPlugin(cors, {.preflight = false});
             app.options("/own", [](Request&) { return "own answer"; });
           }}},
          {"guarded late", {[](Fastify& app) {
             app.registerPlugin(cors,
                                {.origin = {"http://localhost:5173"}, .methods = {"GET", "PUT"}, .credentials = true});
             app.addHook(onRequest, [](Request&, Reply& reply) { reply.code(401).send({{"error", "unauthorized"}}); });
             app.put("/api/me", [](Request&) { return "ok"; });
           }}},
          {"routes", {[](Fastify& app) {
             app.registerPlugin(cors, {.origin = "https://a.example"});
             app.get("/none", {.config = R"({"cors": false})"_json}, [](Request&) { return "ok"; });
             app.get("/other", {.config = R"({"cors": {"origin": "https://b.example", "exposedHeaders": "x-e"}})"_json},
                     [](Request&) { return "ok"; });
             app.get("/usual", [](Request&) { return "ok"; });
           }}},
          {"vary", {[](Fastify& app) {
             app.addHook(onRequest, [](Request& request, Reply& reply) {
               reply.header("vary", request.headers()["x-vary"].value_or("Accept"));
             });
             app.registerPlugin(cors, {.origin = true});
             app.get("/", [](Request&) { return "ok"; });
           }}},
          {"pre-validation", with({.origin = "https://a.example", .hook = "preValidation"})},
          {"delegated", {[](Fastify& app) {
             app.registerPlugin(cors, {.delegator = delegate});
             app.get("/", [](Request&) { return "ok"; });
           }}},
      });
}

}  // namespace
