#include "../../../src/server/server_test_app.hpp"
#include "loop_monitor.hpp"

#include <fastify/under_pressure.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <thread>

namespace fastify {
namespace {

using namespace std::chrono_literals;

TEST(UnderPressure, too_much_memory_is_answered_503) {
  Fastify app;
  app.registerPlugin(underPressure, {.maxRssBytes = 1, .retryAfter = 7});
  app.get("/", [](Request&) { return "ok"; });
  const auto response = app.inject({.url = "/"});
  EXPECT_EQ(response.statusCode, 503);
  EXPECT_EQ(response.header("retry-after"), "7");
  EXPECT_EQ(
      response.body,
      R"({"statusCode":503,"code":"FST_UNDER_PRESSURE","error":"Service Unavailable","message":"Service Unavailable"})");
  EXPECT_TRUE(isUnderPressure(app));
  EXPECT_GT(memoryUsage(app).rssBytes, 1000u);
}

TEST(UnderPressure, enough_memory_is_fine) {
  Fastify app;
  app.registerPlugin(underPressure, {.maxRssBytes = std::uint64_t{1} << 50});
  app.get("/", [](Request&) { return "ok"; });
  EXPECT_EQ(app.inject({.url = "/"}).statusCode, 200);
  EXPECT_FALSE(isUnderPressure(app));
}

TEST(UnderPressure, the_programs_own_check_decides) {
  std::atomic<bool> healthy = true;
  Fastify app;
  app.registerPlugin(underPressure, {.healthCheck = [&healthy](Fastify&) -> Task<HealthCheckResult> {
                                       if (!healthy) throw FastifyError(500, "database is down");
                                       co_return JsonObject{{"database", "up"}};
                                     },
                                     .healthCheckInterval = 1ms,
                                     .exposeStatusRoute =
                                         StatusRoute{.routeResponseSchemaOpts = {{"database", {{"type", "string"}}}}}});
  app.get("/", [](Request&) { return "ok"; });
  EXPECT_EQ(app.inject({.url = "/"}).statusCode, 200);
  EXPECT_EQ(app.inject({.url = "/status"}).body, R"({"status":"ok","database":"up"})");
  healthy = false;
  while (app.inject({.url = "/"}).statusCode == 200) std::this_thread::yield();  // until the interval is over
  EXPECT_EQ(app.inject({.url = "/"}).statusCode, 503);
  EXPECT_EQ(app.inject({.url = "/status"}).statusCode, 503);
}

TEST(UnderPressure, a_handler_of_the_program_may_answer_otherwise) {
  Fastify app;
  app.registerPlugin(
      underPressure,
      {.maxRssBytes = 1, .pressureHandler = [](Request& request, Reply& reply, PressureType type, double value) {
         EXPECT_EQ(type, PressureType::RssBytes);
         EXPECT_GT(value, 1);
         if (request.url() == "/busy") reply.code(429).send("later");
       }});
  for (const char* url : {"/", "/busy"}) app.get(url, [](Request&) { return "ok"; });
  EXPECT_EQ(app.inject({.url = "/"}).body, "ok");
  EXPECT_EQ(app.inject({.url = "/busy"}).body, "later");
}

TEST(UnderPressure, a_blocked_loop_is_noticed_and_forgotten) {
  server::TestApp test;
  test.app.registerPlugin(underPressure, {.maxEventLoopDelay = 40ms, .sampleInterval = 10ms}).after();
  test.app.get("/block", [&](Request&) {
    // Several looks: the first may still speak of the time before.
    std::set<double> delays;
    while (delays.size() < 4 || !isUnderPressure(test.app)) delays.insert(memoryUsage(test.app).eventLoopDelay);
    return "ok";
  });
  auto client = test.connect();
  // The loop of a busy machine may be late without our doing: then it is asked again.
  int first = 0, second = 0;
  do {
    client.send(server::request("/block") + server::request("/str"));
    first = client.readAnswer().statusCode;
    second = client.readAnswer().statusCode;
  } while (first == 503);
  EXPECT_EQ(first, 200);
  EXPECT_EQ(second, 503);
  do client.send(server::request("/str"));
  while (client.readAnswer().statusCode == 503);
}

TEST(UnderPressure, a_check_that_nobody_asks_is_refused) {
  Fastify app;
  app.registerPlugin(underPressure, {.healthCheck = [](Fastify&) -> Task<HealthCheckResult> { co_return true; }});
  EXPECT_THROW(app.ready(), FastifyError);
}

}  // namespace
}  // namespace fastify
