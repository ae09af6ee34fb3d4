// The apps of apps/helmet.mjs.
#include "recorded.hpp"

#include <fastify/helmet.hpp>

#include <gtest/gtest.h>

namespace {

using namespace fastify;

conformance::App with(HelmetOptions options) {
  return {[options](Fastify& app) {
    app.registerPlugin(helmet, options);
    app.get("/", [](Request&) { return "ok"; });
  }};
}

TEST(PluginCases, helmet) {
  conformance::play(
      "helmet",
      {
          {"default", with({})},
          {"no csp", with({.contentSecurityPolicy = false, .crossOriginEmbedderPolicy = true})},
          {"directives",
           with({.contentSecurityPolicy =
                     R"({"directives": {"defaultSrc": ["'self'"], "script-src": ["'self'", "https://cdn.example"],
                         "styleSrc": null, "imgSrc": "*", "sandbox": []}})"_json})},
          {"no defaults",
           with(
               {.contentSecurityPolicy =
                    R"({"useDefaults": false, "reportOnly": true, "directives": {"default-src": ["'none'"], "report-uri": ["/csp"]}})"_json})},
          {"options",
           with({.crossOriginEmbedderPolicy = {{"policy", "credentialless"}},
                 .crossOriginOpenerPolicy = {{"policy", "unsafe-none"}},
                 .crossOriginResourcePolicy = {{"policy", "cross-origin"}},
                 .referrerPolicy = R"({"policy": ["origin", "unsafe-url"]})"_json,
                 .strictTransportSecurity = {{"maxAge", 123.9}, {"includeSubDomains", false}, {"preload", true}},
                 .xDnsPrefetchControl = {{"allow", true}},
                 .xFrameOptions = {{"action", "deny"}},
                 .xPermittedCrossDomainPolicies = {{"permittedPolicies", "by-content-type"}}})},
          {"off", with({.originAgentCluster = false,
                        .strictTransportSecurity = false,
                        .xContentTypeOptions = false,
                        .xDnsPrefetchControl = false,
                        .xDownloadOptions = false,
                        .xFrameOptions = {{"action", "same-origin"}},
                        .xPermittedCrossDomainPolicies = false,
                        .xPoweredBy = false,
                        .xXssProtection = false})},
          {"local", {[](Fastify& app) {
             app.registerPlugin(helmet, {.global = false}).after();
             app.get("/", [](Request&) { return "ok"; });
             app.get("/on", {.config = {{"helmet", {{"xFrameOptions", false}}}}}, [](Request&) { return "ok"; });
           }}},
          {"routes", {[](Fastify& app) {
             app.registerPlugin(helmet, {.contentSecurityPolicy = false}).after();
             app.get("/", [](Request&) { return "ok"; });
             app.get("/off", {.config = {{"helmet", false}}}, [](Request&) { return "ok"; });
             app.get(
                 "/own",
                 {.config =
                      R"({"helmet": {"xFrameOptions": {"action": "deny"}, "contentSecurityPolicy": {"directives": {"script-src": ["'none'"]}}}})"_json},
                 [](Request&) { return "ok"; });
             app.get("/throws", [](Request&) -> std::string { throw FastifyError(500, "no"); });
           }}},
          {"nonces", with({.enableCSPNonces = true})},
          {"nonces and directives",
           with({.enableCSPNonces = true,
                 .contentSecurityPolicy =
                     R"({"directives": {"script-src": ["'self'"], "style-src": ["'self'"]}})"_json})},
      },
      "nonce-[0-9a-f]{32}");
}

}  // namespace
