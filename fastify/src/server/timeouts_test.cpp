#include "server_test_app.hpp"

#include <async/event_loop.hpp>

#include <gtest/gtest.h>

#include <string>

namespace fastify::server {
namespace {

using namespace std::chrono_literals;

TEST(Timeouts, an_idle_connection_is_closed_a_second_after_what_was_announced) {
  TestApp test({.keepAliveTimeout = 100ms});
  auto client = test.connect();
  const auto start = std::chrono::steady_clock::now();
  client.send(request("/str"));
  EXPECT_EQ(client.readAnswer().header("Keep-Alive"), "timeout=0");
  EXPECT_TRUE(client.ended());
  EXPECT_GE(std::chrono::steady_clock::now() - start, 1100ms);
}

TEST(Timeouts, a_head_that_is_late_is_answered_408) {
  TestApp test({.http = {.headersTimeout = 100ms}});
  auto client = test.connectWith("GET /str HTTP/1.1\r\nHost: a\r\n");
  EXPECT_EQ(client.readToEnd(),
            "HTTP/1.1 408 Request Timeout\r\nContent-Length: 71\r\nContent-Type: application/json\r\n\r\n"
            "{\"error\":\"Request Timeout\",\"message\":\"Client Timeout\",\"statusCode\":408}");
}

TEST(Timeouts, a_second_head_has_its_own_time) {
  TestApp test({.http = {.headersTimeout = 100ms}});
  auto client = test.connectWith(request("/str"));
  EXPECT_EQ(client.readAnswer().body, "hello");
  client.send("GET /str HT");
  EXPECT_EQ(client.readAnswer().statusCode, 408);
  EXPECT_TRUE(client.ended());
}

TEST(Timeouts, a_request_that_is_late_is_answered_408) {
  TestApp test({.requestTimeout = 150ms, .http = {.headersTimeout = 100ms}});
  auto client = test.connectWith(
      "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{\"a\"");
  EXPECT_EQ(client.readAnswer().statusCode, 408);
  EXPECT_TRUE(client.ended());
}

TEST(Timeouts, a_slow_handler_is_not_a_late_request) {
  TestApp test({.requestTimeout = 100ms, .http = {.headersTimeout = 100ms}});
  test.app.post("/slow", [](Request&, Reply&) -> Task<std::string> {
    co_await async::sleep(300ms);
    co_return "slow";
  });
  auto client = test.connectWith(post("/slow", "{}"));
  EXPECT_EQ(client.readAnswer().body, "slow");
}

TEST(Timeouts, a_silent_connection_is_cut_without_a_word) {
  TestApp test({.connectionTimeout = 100ms});
  test.app.get("/hang",
               {.onResponse = [&] { test.events.add("response"); }, .onTimeout = [&] { test.events.add("timeout"); }},
               [](Request& request) -> Task<std::string> {
                 const auto signal = request.signal();
                 while (!signal.stop_requested()) co_await async::sleep(1ms);
                 co_return "late";
               });
  auto half = test.connectWith("GET / HTTP/1.1\r\n");
  EXPECT_EQ(half.readToEnd(), "");
  auto hanging = test.connectWith(request("/hang"));
  EXPECT_EQ(hanging.readToEnd(), "");
  EXPECT_TRUE(test.events.wait("timeout"));
  for (const auto& event : test.events.all()) EXPECT_NE(event, "response");
}

TEST(Timeouts, a_stream_that_flows_is_not_silent) {
  TestApp test({.connectionTimeout = 1000ms});
  test.app.get("/drip", [](Request&, Reply& reply) {
    reply.send(Readable::from([n = 0]() mutable -> Task<std::optional<std::string>> {
      co_await async::sleep(250ms);
      if (++n > 6) co_return std::nullopt;
      co_return "drop ";
    }));
  });
  auto client = test.connectWith(request("/drip"));
  EXPECT_EQ(client.readAnswer().body, "drop drop drop drop drop drop ");
}

}  // namespace
}  // namespace fastify::server
