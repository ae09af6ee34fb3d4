#include <fastify/fastify.hpp>
#include <fastify/metrics.hpp>

#include "histogram.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

namespace fastify {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Metrics, durations_are_counted_by_method_route_and_status) {
  Fastify app;
  app.registerPlugin(metrics).after();
  app.get("/users/:id", [](Request&) { return "ok"; });
  app.post("/fails", [](Request&) -> std::string { throw FastifyError(409, "no"); });
  app.get("/quiet", {.config = {{"disableMetrics", true}}}, [](Request&) { return "ok"; });
  app.get("/long/name", {.config = {{"statsId", "short"}}}, [](Request&) { return "ok"; });
  for (const char* url : {"/users/1", "/users/2", "/quiet", "/long/name", "/nowhere", "/nowhere-else"})
    app.inject({.url = url});
  app.inject({.method = "POST", .url = "/fails"});
  app.inject({.method = "HEAD", .url = "/users/1"});
  const auto response = app.inject({.url = "/metrics"});
  EXPECT_EQ(response.header("content-type"), "text/plain; version=0.0.4; charset=utf-8");
  EXPECT_THAT(response.body, HasSubstr("# TYPE http_request_duration_seconds histogram\n"));
  EXPECT_THAT(
      response.body,
      HasSubstr("http_request_duration_seconds_count{method=\"GET\",route=\"/users/:id\",status_code=\"200\"} 2\n"));
  EXPECT_THAT(response.body, HasSubstr("http_request_duration_seconds_bucket{le=\"+Inf\",method=\"POST\",route=\"/"
                                       "fails\",status_code=\"409\"} 1\n"));
  EXPECT_THAT(response.body, HasSubstr("http_request_duration_seconds_bucket{le=\"0.005\","));
  EXPECT_THAT(response.body, HasSubstr("route=\"short\""));
  EXPECT_THAT(response.body, Not(HasSubstr("nowhere")));
  EXPECT_THAT(response.body, Not(HasSubstr("quiet")));
  EXPECT_THAT(response.body, Not(HasSubstr("HEAD")));
  for (const char* name : {"process_cpu_seconds_total ", "process_resident_memory_bytes ", "process_open_fds ",
                           "process_max_fds ", "process_start_time_seconds "}) {
    EXPECT_THAT(response.body, HasSubstr(std::string("\n") + name));
  }
}

TEST(Metrics, what_clients_invent_makes_no_series) {
  Fastify app;
  app.registerPlugin(
         metrics, {.routeMetrics = {.registeredRoutesOnly = false, .groupStatusCodes = true}, .defaultMetrics = false})
      .after();
  for (int i = 0; i < 100; ++i) app.inject({.url = "/invented/" + std::to_string(i)});
  EXPECT_THAT(metricsText(app), HasSubstr("_count{method=\"GET\",route=\"__unknown__\",status_code=\"4xx\"} 100\n"));
  EXPECT_THAT(metricsText(app), Not(HasSubstr("process_")));
}

TEST(Metrics, buckets_hold_all_below_them) {
  detail::RequestHistogram histogram("h", "help", {1, 2});
  for (const double seconds : {0.5, 1.0, 1.5, 5.0}) histogram.observe({"GET", "a\"b\\c\nd", "200"}, seconds);
  std::string text;
  histogram.write(text);
  EXPECT_EQ(text,
            "# HELP h help\n# TYPE h histogram\n"
            "h_bucket{le=\"1\",method=\"GET\",route=\"a\\\"b\\\\c\\nd\",status_code=\"200\"} 2\n"
            "h_bucket{le=\"2\",method=\"GET\",route=\"a\\\"b\\\\c\\nd\",status_code=\"200\"} 3\n"
            "h_bucket{le=\"+Inf\",method=\"GET\",route=\"a\\\"b\\\\c\\nd\",status_code=\"200\"} 4\n"
            "h_sum{method=\"GET\",route=\"a\\\"b\\\\c\\nd\",status_code=\"200\"} 8\n"
            "h_count{method=\"GET\",route=\"a\\\"b\\\\c\\nd\",status_code=\"200\"} 4\n");
}

TEST(Metrics, buckets_count_what_several_threads_observe) {
  detail::RequestHistogram histogram("h", "help", {1});
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&histogram] {
      for (int seen = 0; seen < 500; ++seen) histogram.observe({"GET", "/" + std::to_string(seen % 3), "200"}, 0.5);
      std::string text;
      histogram.write(text);
    });
  }
  for (auto& thread : threads) thread.join();
  std::string text;
  histogram.write(text);
  EXPECT_THAT(text, HasSubstr("h_count{method=\"GET\",route=\"/0\",status_code=\"200\"} 668\n"));
}

TEST(Metrics, the_program_adds_its_own) {
  Fastify app;
  app.registerPlugin(metrics, {.endpoint = "", .collect = [](std::string& text) { text += "jobs_total 3\n"; }}).after();
  EXPECT_EQ(app.inject({.url = "/metrics"}).statusCode, 404);
  EXPECT_THAT(metricsText(app), HasSubstr("jobs_total 3\n"));
}

}  // namespace
}  // namespace fastify
