#include <fastify/fastify.hpp>
#include <fastify/rate_limit.hpp>

#include <gtest/gtest.h>

namespace fastify {
namespace {

TEST(RateLimit, functions_of_the_program_may_choose_everything) {
  Fastify app;
  std::string told;
  app.registerPlugin(
         rateLimit,
         {.max = [](Request& request, std::string_view) -> Task<std::int64_t> {
            co_return request.headers().contains("x-vip") ? 2 : 1;
          },
          .timeWindow = [](Request&, std::string_view) { return std::chrono::hours(1); },
          .allowList = [](Request& request, std::string_view) { return request.headers().contains("x-free"); },
          .onExceeded = [&told](Request&, std::string_view key) { told = key; },
          .keyGenerator = [](Request& request) { return std::string(request.headers()["x-key"].value_or("")); }})
      .after();
  app.get("/", [](Request&) { return "ok"; });
  const auto status = [&](HeaderPairs headers) {
    return app.inject({.url = "/", .headers = std::move(headers)}).statusCode;
  };
  EXPECT_EQ(status({{"x-key", "a"}}), 200);
  EXPECT_EQ(status({{"x-key", "a"}}), 429);
  EXPECT_EQ(told, "a");
  EXPECT_EQ(status({{"x-key", "b"}, {"x-vip", "1"}}), 200);
  EXPECT_EQ(status({{"x-key", "b"}, {"x-vip", "1"}}), 200);
  EXPECT_EQ(status({{"x-key", "a"}, {"x-free", "1"}}), 200);
  const auto reset =
      std::stoi(app.inject({.url = "/", .headers = {{"x-key", "a"}}}).header("x-ratelimit-reset").value_or("0"));
  EXPECT_LE(reset, 3600);
  EXPECT_GT(reset, 3000);  // minus what the requests before took
}

TEST(RateLimit, a_failing_store_fails_or_is_skipped) {
  struct Broken : RateLimitStore {
    Task<Count> incr(std::string, std::chrono::milliseconds, std::int64_t) override {
      throw FastifyError(500, "store is down");
    }
    Task<Count> read(std::string, std::chrono::milliseconds, std::int64_t) override {
      throw FastifyError(500, "store is down");
    }
  };
  for (const bool skip : {false, true}) {
    Fastify app;
    app.registerPlugin(rateLimit, {.skipOnError = skip,
                                   .store = [](const RateLimitStoreOptions&) { return std::make_shared<Broken>(); }})
        .after();
    app.get("/", [](Request&) { return "ok"; });
    EXPECT_EQ(app.inject({.url = "/"}).statusCode, skip ? 200 : 500);
  }
}

TEST(RateLimit, a_handler_can_ask_without_counting) {
  Fastify app;
  app.registerPlugin(rateLimit, {.global = false, .max = std::int64_t{1}}).after();
  auto check = createRateLimit(app);
  app.get("/", [check](Request& request) -> Task<Json> {
    const auto before = co_await check(request, false);
    const auto counted = co_await check(request, true);
    co_return Json{{"before", before.remaining}, {"after", counted.remaining}, {"exceeded", counted.isExceeded}};
  });
  EXPECT_EQ(app.inject({.url = "/"}).body, R"({"before":1,"after":0,"exceeded":false})");
  EXPECT_EQ(app.inject({.url = "/"}).body, R"({"before":0,"after":0,"exceeded":true})");
}

TEST(RateLimit, a_thousand_forged_keys_leave_a_bounded_memory_and_a_working_limit) {
  Fastify app;
  app.registerPlugin(
         rateLimit,
         {.max = std::int64_t{1},
          .cache = 100,
          .keyGenerator = [](Request& request) { return std::string(request.headers()["x-key"].value_or("")); }})
      .after();
  app.get("/", [](Request&) { return "ok"; });
  for (int i = 0; i < 1000; ++i) {
    EXPECT_EQ(app.inject({.url = "/", .headers = {{"x-key", std::string(2000, 'x') + std::to_string(i)}}}).statusCode,
              200);
  }
  EXPECT_EQ(app.inject({.url = "/", .headers = {{"x-key", std::string(2000, 'x') + "999"}}}).statusCode, 429);
}

TEST(RateLimit, wrong_options_are_refused_when_the_app_starts) {
  Fastify app;
  app.registerPlugin(rateLimit, {.timeWindow = "soon"});
  EXPECT_THROW(app.ready(), FastifyError);
  Fastify other;
  other.registerPlugin(rateLimit).after();
  EXPECT_THROW(other.get("/", {.config = R"({"rateLimit": 5})"_json}, [](Request&) { return "ok"; }), FastifyError);
  EXPECT_THROW(other.get("/x", {.config = R"({"rateLimit": {"maximum": 5}})"_json}, [](Request&) { return "ok"; }),
               FastifyError);
}

}  // namespace
}  // namespace fastify
