// The apps of apps/under_pressure.mjs.
#include "recorded.hpp"

#include <fastify/under_pressure.hpp>

#include <gtest/gtest.h>

namespace {

using namespace fastify;

conformance::App with(UnderPressureOptions options) {
  return {[options](Fastify& app) {
    app.registerPlugin(underPressure, options).after();
    app.get("/", [](Request&) { return "ok"; });
  }};
}

Task<HealthCheckResult> healthy(Fastify&) { co_return JsonObject{{"metric", 1}, {"secret", "x"}}; }
Task<HealthCheckResult> unhealthy(Fastify&) { co_return false; }
Task<HealthCheckResult> failing(Fastify&) {
  throw FastifyError(500, "down");
  co_return false;
}

TEST(PluginCases, under_pressure) {
  constexpr std::chrono::seconds later(100);
  conformance::play(
      "under_pressure",
      {
          {"status", with({.exposeStatusRoute = StatusRoute{}})},
          {"healthy",
           with({.healthCheck = healthy,
                 .exposeStatusRoute =
                     StatusRoute{.url = "/alive", .routeResponseSchemaOpts = {{"metric", {{"type", "number"}}}}}})},
          {"unhealthy", with({.retryAfter = 50,
                              .message = "Under pressure!",
                              .healthCheck = unhealthy,
                              .healthCheckInterval = later,
                              .exposeStatusRoute = StatusRoute{.url = "/alive"}})},
          {"failing", with({.healthCheck = failing, .healthCheckInterval = later})},
      });
}

}  // namespace
