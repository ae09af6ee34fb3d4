#include "server_test_app.hpp"

#include <async/event_loop.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>

namespace fastify::server {
namespace {

using namespace std::chrono_literals;

struct ClosingApp : TestApp {
  explicit ClosingApp(FastifyOptions options = {}) : TestApp(std::move(options)) {
    app.get("/wait", [this]() -> Task<std::string> {
      events.add("waiting");
      while (!go) co_await async::sleep(1ms);
      co_return "done";
    });
  }
  /// Starts to close, and returns when no new connection is taken.
  void beginClose() {
    closing = std::thread([this] { app.close(); });
    while (true) {
      try {
        RawClient probe(port);
        probe.send(request("/str"));
        probe.readToEnd();
      } catch (const std::exception&) {
        return;
      }
    }
  }
  ~ClosingApp() {
    go = true;
    if (closing.joinable()) closing.join();
    app.close();  // before what its handlers look at goes
  }
  std::atomic<bool> go{false};
  std::thread closing;
};

TEST(Closing, idle_connections_end_at_once) {
  TestApp test;
  auto used = test.connect(), fresh = test.connect();
  used.send(request("/str"));
  EXPECT_EQ(used.readAnswer().body, "hello");
  test.app.close();
  EXPECT_TRUE(used.ended());
  EXPECT_TRUE(fresh.ended());
  EXPECT_THROW(RawClient{test.port}, std::system_error);
}

TEST(Closing, an_answer_under_way_is_finished_and_says_close) {
  ClosingApp test;
  auto client = test.connect();
  client.send(request("/wait"));
  ASSERT_TRUE(test.events.wait("waiting"));
  test.beginClose();
  test.go = true;
  const auto answer = client.readAnswer();
  EXPECT_EQ(answer.body, "done");
  EXPECT_EQ(answer.header("Connection"), "close");
  EXPECT_TRUE(client.ended());
}

TEST(Closing, force_cuts_answers_under_way) {
  ClosingApp test({.forceCloseConnections = ForceCloseConnections::Yes});
  auto client = test.connect();
  client.send(request("/wait"));
  ASSERT_TRUE(test.events.wait("waiting"));
  test.beginClose();
  EXPECT_EQ(client.readToEnd(), "");
}

TEST(Closing, waits_for_what_a_slow_client_has_still_to_read) {
  TestApp test;
  const std::string large(3000000, 'x');
  test.app.get("/large", [&] {
    test.events.add("answered");
    return large;
  });
  auto client = test.connect();
  client.send(request("/large"));
  ASSERT_TRUE(test.events.wait("answered"));
  const std::jthread closing([&] { test.app.close(); });
  EXPECT_EQ(client.readAnswer().body.size(), large.size());
  EXPECT_TRUE(client.ended());
}

TEST(Closing, what_nobody_will_answer_is_waited_for_until_the_deadline) {
  TestApp test({.closeGraceDelay = 50ms});
  test.app.get("/never", {.onRequestAbort = [&] { test.events.add("gone"); }},
               [&](Request&, Reply&) { test.events.add("called"); });
  test.app.get("/never/again", [&](Request&, Reply&) { test.events.add("called again"); });
  {
    auto client = test.connect();
    client.send(request("/never"));
    ASSERT_TRUE(test.events.wait("called"));
  }
  ASSERT_TRUE(test.events.wait("gone"));
  auto patient = test.connect();
  patient.send(request("/never/again"));
  ASSERT_TRUE(test.events.wait("called again"));  // what arrives later is refused with an answer of its own
  test.app.close();
  EXPECT_TRUE(patient.ended());
}

TEST(Closing, handlers_that_do_not_end_are_left_at_the_deadline) {
  static const async::Deferred<> never;
  TestApp test({.closeGraceDelay = 50ms});
  test.app.get("/forever", [&]() -> Task<std::string> {
    test.events.add("waiting");
    co_await never;
    co_return "";
  });
  auto client = test.connect();
  client.send(request("/forever"));
  ASSERT_TRUE(test.events.wait("waiting"));
  test.app.close();
  EXPECT_TRUE(client.ended());
}

TEST(Closing, a_head_that_never_ends_does_not_hold_the_server) {
  TestApp test({.http = {.headersTimeout = 300ms}});
  auto client = test.connectWith(request("/str") + "GET /str HTTP/1.1\r\nHost:");
  EXPECT_EQ(client.readAnswer().statusCode, 200);
  test.app.close();
  EXPECT_EQ(client.readAnswer().statusCode, 408);
}

}  // namespace
}  // namespace fastify::server
