// Messages and answers on one connection, over real sockets. The recorded scenarios http.* and life.* name the rules.

#include "server_test_app.hpp"

#include <async/event_loop.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace fastify::server {
namespace {

using namespace std::chrono_literals;

TEST(Connection, answers_and_stays_open) {
  TestApp test;
  auto client = test.connect();
  for (int i = 0; i < 3; ++i) {
    client.send(request("/obj"));
    const auto answer = client.readAnswer();
    EXPECT_EQ(answer.statusCode, 200);
    EXPECT_EQ(answer.body, "{\"hello\":\"world\"}");
    EXPECT_EQ(answer.header("Connection"), "keep-alive");
    EXPECT_EQ(answer.header("Keep-Alive"), "timeout=72");
    EXPECT_EQ(answer.header("Date").size(), 29u);
  }
}

TEST(Connection, takes_a_request_byte_by_byte) {
  TestApp test;
  auto client = test.connect();
  const auto text = post("/echo", "{\"a\":1}");
  for (const char byte : text + request("/str")) client.send({&byte, 1});
  EXPECT_EQ(client.readAnswer().body, "{\"body\":{\"a\":1}}");
  EXPECT_EQ(client.readAnswer().body, "hello");
}

TEST(Connection, closes_after_the_answer_when_asked_to) {
  TestApp test;
  auto client = test.connect();
  client.send(request("/obj", "Connection: Close\r\n"));
  const auto answer = client.readAnswer();
  EXPECT_EQ(answer.header("Connection"), "close");
  EXPECT_EQ(answer.header("Keep-Alive"), "(none)");
  EXPECT_TRUE(client.ended());
}

TEST(Connection, speaks_http_1_0) {
  TestApp test;
  test.app.get("/stream", [](Request&, Reply& reply) { reply.send(Readable::from({"hello ", "stream"})); });
  auto closing = test.connect();
  closing.send("GET /obj HTTP/1.0\r\n\r\n");
  EXPECT_EQ(closing.readAnswer().header("Connection"), "close");
  EXPECT_TRUE(closing.ended());

  auto keeping = test.connect();
  keeping.send("GET /obj HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_EQ(keeping.readAnswer().header("Connection"), "keep-alive");
  keeping.send("GET /stream HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  const auto answer = keeping.readAnswer();
  EXPECT_EQ(answer.header("Transfer-Encoding"), "(none)");
  EXPECT_EQ(answer.header("Connection"), "close");
  EXPECT_EQ(answer.body, "hello stream");
}

TEST(Connection, answers_odd_versions_and_closes) {
  TestApp test;
  test.listen();
  for (const auto* text : {"GET /obj HTTP/2.0\r\nHost: a\r\n\r\n", "GET /obj\r\n\r\n"}) {
    auto client = test.connect();
    client.send(text);
    const auto answer = client.readAnswer();
    EXPECT_EQ(answer.body, "{\"hello\":\"world\"}") << text;
    EXPECT_EQ(answer.header("Connection"), "close") << text;
    EXPECT_TRUE(client.ended()) << text;
  }
}

TEST(Connection, refuses_with_shape_d_and_closes) {
  TestApp test;
  test.listen();
  for (const auto* text :
       {"BOGUS\r\n\r\n", "GET /obj HTTP/1.1\nHost: a\n\n", "GET  /obj HTTP/1.1\r\nHost: a\r\n\r\n", "\x16\x03\x01",
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 7\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: "
        "chunked\r\n\r\n5g\r\n"}) {
    auto client = test.connect();
    client.send(text);
    EXPECT_EQ(client.readToEnd(), shapeD) << text;
  }
  auto overflowing = test.connect();
  overflowing.send("GET /" + std::string(20000, 'z') + " HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(overflowing.readAnswer().statusCode, 431);
  EXPECT_TRUE(overflowing.ended());
  auto connecting = test.connect();
  connecting.send("CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(connecting.readToEnd(), "");
}

TEST(Connection, lets_the_app_answer_what_it_cannot_read) {
  TestApp test(
      {.clientErrorHandler = [](std::string_view code) { return "HTTP/1.1 400 Custom\r\n\r\n" + std::string(code); }});
  auto client = test.connect();
  client.send("BOGUS\r\n\r\n");
  EXPECT_EQ(client.readToEnd(), "HTTP/1.1 400 Custom\r\n\r\nHPE_INVALID_METHOD");
}

TEST(Connection, garbage_after_a_request_is_refused_after_its_answer) {
  TestApp test;
  auto client = test.connect();
  client.send(request("/obj") + "garbage\r\n\r\n");
  EXPECT_EQ(client.readAnswer().statusCode, 200);
  EXPECT_EQ(client.readToEnd(), shapeD);
}

// http.pipeline-close-first: Node answers them with shape D after the last answer.
TEST(Connection, bytes_after_the_last_request_are_dropped) {
  TestApp test;
  auto client = test.connect();
  client.send(request("/obj", "Connection: close\r\n") + request("/str"));
  EXPECT_EQ(client.readAnswer().header("Connection"), "close");
  EXPECT_TRUE(client.ended());
}

TEST(Connection, node_answers_some_requests_without_the_framework) {
  TestApp test;
  auto noHost = test.connect();
  noHost.send("GET /obj HTTP/1.1\r\n\r\n");
  const auto bad = noHost.readAnswer();
  EXPECT_EQ(bad.statusCode, 400);
  EXPECT_EQ(bad.header("Connection"), "close");
  EXPECT_TRUE(noHost.ended());

  auto client = test.connect();
  client.send(post("/echo", "{\"a\":1}", "Expect: 200-ok\r\n") + request("/str"));
  const auto failed = client.readAnswer();
  EXPECT_EQ(failed.statusCode, 417);
  EXPECT_EQ(failed.header("Connection"), "keep-alive");
  EXPECT_EQ(client.readAnswer().body, "hello");
}

TEST(Connection, says_continue_before_anything_else) {
  TestApp test;
  auto client = test.connect();
  client.send(
      "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: "
      "7\r\n\r\n");
  EXPECT_EQ(client.readAnswer().statusCode, 100);
  client.send("{\"a\":1}");
  EXPECT_EQ(client.readAnswer().body, "{\"body\":{\"a\":1}}");
  client.send(
      "POST /nope HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: "
      "7\r\n\r\n{\"a\":1}");
  EXPECT_EQ(client.readAnswer().statusCode, 100);
  EXPECT_EQ(client.readAnswer().statusCode, 404);
}

TEST(Connection, drops_bodies_that_nobody_reads) {
  TestApp test;
  auto client = test.connect();
  client.send(request("/obj", "Content-Length: 7\r\n") + "{\"a\":1}" + request("/str"));
  EXPECT_EQ(client.readAnswer().body, "{\"hello\":\"world\"}");
  EXPECT_EQ(client.readAnswer().body, "hello");
  client.send(request("/obj", "Transfer-Encoding: chunked\r\n") + "3\r\nabc\r\n0\r\nX-Trailer: 1\r\n\r\n" +
              request("/str"));
  EXPECT_EQ(client.readAnswer().statusCode, 200);
  EXPECT_EQ(client.readAnswer().body, "hello");
  const std::string large(5 * 1024 * 1024, 'x');
  client.send(request("/obj", "Content-Length: " + std::to_string(large.size()) + "\r\n"));
  client.send(large);
  client.send(request("/str"));
  EXPECT_EQ(client.readAnswer().statusCode, 200);
  EXPECT_EQ(client.readAnswer().body, "hello");
}

TEST(Connection, reads_bodies_of_any_framing) {
  TestApp test;
  auto client = test.connect();
  client.send(request("/echo", "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n", "POST") +
              "3\r\n{\"a\r\n4\r\n\":1}\r\n0\r\n\r\n");
  EXPECT_EQ(client.readAnswer().body, "{\"body\":{\"a\":1}}");
  const std::string text = "\"" + std::string(300000, 'x') + "\"";
  client.send(post("/echo", text));
  EXPECT_EQ(client.readAnswer().body, "{\"body\":" + text + "}");
  client.send(post("/echo", ""));
  EXPECT_EQ(client.readAnswer().statusCode, 400);
  EXPECT_TRUE(client.ended());
}

TEST(Connection, too_large_a_body_is_answered_at_once) {
  TestApp test({.bodyLimit = 1000});
  test.listen();
  auto declared = test.connect();
  declared.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{");
  EXPECT_EQ(declared.readAnswer().statusCode, 413);
  EXPECT_TRUE(declared.ended());
  auto chunked = test.connect();
  chunked.send(
      "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n7d0\r\n" +
      std::string(1500, ' '));
  EXPECT_EQ(chunked.readAnswer().statusCode, 413);
  EXPECT_TRUE(chunked.ended());
}

TEST(Connection, a_client_that_ends_its_half_gets_its_answers) {
  TestApp test;
  test.app.get("/slow", []() -> Task<std::string> {
    co_await async::sleep(20ms);
    co_return "slow";
  });
  auto one = test.connect();
  one.send(request("/obj"));
  one.endWriting();
  EXPECT_EQ(one.readAnswer().statusCode, 200);
  EXPECT_TRUE(one.ended());

  auto several = test.connect();
  several.send(request("/slow") + request("/slow") + request("/str"));
  several.endWriting();
  EXPECT_EQ(several.readAnswer().body, "slow");
  EXPECT_EQ(several.readAnswer().body, "slow");
  EXPECT_EQ(several.readAnswer().body, "hello");
  EXPECT_TRUE(several.ended());
}

TEST(Connection, ending_within_a_message_is_refused) {
  TestApp test;
  test.listen();
  for (const auto* text :
       {"GET /obj HT", "GET /obj HTTP/1.1\r\nHost: a\r\n",
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 7\r\n\r\n{\"a",
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: "
        "chunked\r\n\r\n7\r\n{\"a\":1}"}) {
    auto client = test.connect();
    client.send(text);
    client.endWriting();
    EXPECT_EQ(client.readToEnd(), shapeD) << text;
  }
  auto silent = test.connect();
  silent.endWriting();
  EXPECT_EQ(silent.readToEnd(), "");
}

// Pipelining.

TEST(Connection, answers_2000_pipelined_requests_in_order) {
  TestApp test;
  test.app.get("/n/:n", [](Request& request, Reply& reply) { reply.send(std::string(*request.param("n"))); });
  std::string all;
  for (int i = 0; i < 2000; ++i) all += request("/n/" + std::to_string(i));
  auto client = test.connect();
  client.send(all);
  for (int i = 0; i < 2000; ++i) ASSERT_EQ(client.readAnswer().body, std::to_string(i));
}

TEST(Connection, keeps_the_order_when_a_later_answer_is_ready_first) {
  TestApp test;
  test.app.get("/slow/:n", [](Request& request) -> Task<std::string> {
    const std::string number(*request.param("n"));
    co_await async::sleep(5ms);
    co_return number;
  });
  auto client = test.connect();
  std::string all;
  for (int i = 0; i < 20; ++i) all += request("/slow/" + std::to_string(i)) + request("/str");
  client.send(all);
  for (int i = 0; i < 20; ++i) {
    ASSERT_EQ(client.readAnswer().body, std::to_string(i));
    ASSERT_EQ(client.readAnswer().body, "hello");
  }
}

/// The body of the second is there while the first is being answered, and is asked for later.
TEST(Connection, pipelined_bodies_reach_the_requests_they_belong_to) {
  TestApp test;
  test.app.post("/later", {.onRequest = [](Request&, Reply&) -> Task<> { co_await async::sleep(2ms); }},
                [](Request& request) { return request.body().json(); });
  auto client = test.connect();
  std::string all;
  for (int i = 0; i < 30; ++i) {
    const auto body = "{\"n\":" + std::to_string(i) + "}";
    all += i % 3 == 0 ? request("/later", "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n", "POST") +
                            "1\r\n{\r\n" +
                            std::string(1, static_cast<char>(body.size() - 1 < 10 ? '0' + body.size() - 1
                                                                                  : 'a' + body.size() - 11)) +
                            "\r\n" + body.substr(1) + "\r\n0\r\n\r\n"
                      : post("/later", body);
  }
  client.send(all);
  for (int i = 0; i < 30; ++i) ASSERT_EQ(client.readAnswer().body, "{\"n\":" + std::to_string(i) + "}");
}

TEST(Connection, a_client_far_ahead_is_held_back) {
  TestApp test;
  std::atomic<bool> go{false};
  test.app.get("/wait", [&](Request&, Reply&) -> Task<std::string> {
    test.events.add("waiting");
    while (!go) co_await async::sleep(5ms);
    co_return "done";
  });
  auto client = test.connect();
  client.send(request("/wait"));
  ASSERT_TRUE(test.events.wait("waiting"));
  std::string flood;
  while (flood.size() < 32 * 1024 * 1024) flood += request("/str", "X-Filler: " + std::string(4000, 'x') + "\r\n");
  // The kernel's buffers take some megabytes, the server 64 KB.
  EXPECT_LT(client.sendWhatFits(flood, 200ms), 16u * 1024 * 1024);
  go = true;
  EXPECT_EQ(client.readAnswer().body, "done");
  EXPECT_EQ(client.readAnswer().body, "hello");
}

/// Others are answered meanwhile: the server has done all that it does for those who do not read.
void letTheServerGoOn(TestApp& test) {
  auto other = test.connect();
  for (int i = 0; i < 20; ++i) {
    other.send(request("/str"));
    ASSERT_EQ(other.readAnswer().body, "hello");
  }
}

TEST(Connection, a_client_that_does_not_read_stops_its_own_answers) {
  TestApp test;
  const std::string large(100000, 'a');
  std::atomic<int> answered{0};
  test.app.get("/large", [&] {
    ++answered;
    return large;
  });
  auto client = test.connect();
  std::string all;
  for (int i = 0; i < 400; ++i) all += request("/large");
  client.send(all);
  for (int read = 0; read < 400; ++read) {
    if (read % 50 == 0) letTheServerGoOn(test);
    EXPECT_LT(answered - read, 250);  // the kernel's buffers and 256 KB, not 40 MB
    ASSERT_EQ(client.readAnswer().body.size(), large.size());
  }
}

// Streams.

TEST(Connection, streams_are_chunked) {
  TestApp test;
  test.app.get("/stream", [](Request&, Reply& reply) { reply.send(Readable::from({"hello ", "stream"})); });
  auto client = test.connect();
  client.send(request("/stream") + request("/str"));
  const auto answer = client.readAnswer();
  EXPECT_EQ(answer.header("Transfer-Encoding"), "chunked");
  EXPECT_EQ(answer.body, "hello stream");
  EXPECT_EQ(client.readAnswer().body, "hello");
}

TEST(Connection, a_stream_waits_for_a_slow_reader) {
  TestApp test;
  std::atomic<int> produced{0};
  test.app.get("/stream", [&](Request&, Reply& reply) {
    reply.send(Readable::from([&]() -> Task<std::optional<std::string>> {
      if (++produced > 400) co_return std::nullopt;
      co_return std::string(64 * 1024, 'x');
    }));
  });
  auto client = test.connect();
  client.send(request("/stream", "Connection: close\r\n"));
  client.readBytes(1);  // it has begun
  letTheServerGoOn(test);
  EXPECT_LT(produced, 300);  // of 64 KB: the kernel's buffers and 256 KB
  EXPECT_GT(client.readToEnd().size(), 400u * 64 * 1024);
}

TEST(Connection, an_upload_waits_for_a_slow_handler) {
  TestApp test;
  std::atomic<bool> go{false};
  std::atomic<std::size_t> received{0};
  test.app.addContentTypeParser("application/octet-stream", [&](Request&, Stream body) -> Task<RequestBody> {
    while (!go) co_await async::sleep(5ms);
    while (auto chunk = co_await body->read()) received += chunk->size();
    co_return RequestBody(JsonObject{{"size", static_cast<std::int64_t>(received)}});
  });
  test.app.post("/upload", [](Request& request) { return request.body().json(); });
  auto client = test.connect();
  const std::string large(24 * 1024 * 1024, 'x');
  client.send("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Type: application/octet-stream\r\nContent-Length: " +
              std::to_string(large.size()) + "\r\n\r\n");
  const auto first = client.sendWhatFits(large, 200ms);
  EXPECT_LT(first, 16u * 1024 * 1024);
  go = true;
  client.send(std::string_view(large).substr(first));
  EXPECT_EQ(client.readAnswer().body, "{\"size\":25165824}");
  client.send(request("/str"));
  EXPECT_EQ(client.readAnswer().body, "hello");
}

TEST(Connection, an_answer_may_come_before_the_body_has) {
  TestApp test;
  test.app.addContentTypeParser("application/octet-stream",
                                [](Request&, Stream) -> Task<RequestBody> { co_return RequestBody(undefined); });
  test.app.post("/early", [] { return "early"; });
  auto client = test.connect();
  client.send(
      "POST /early HTTP/1.1\r\nHost: a\r\nContent-Type: application/octet-stream\r\nContent-Length: 10\r\n\r\n01234");
  EXPECT_EQ(client.readAnswer().body, "early");
  client.send("56789" + request("/str"));
  EXPECT_EQ(client.readAnswer().body, "hello");
}

TEST(Connection, a_client_that_goes_away_aborts_its_request) {
  TestApp test;
  test.app.get(
      "/hang",
      {.onResponse = [&] { test.events.add("response"); }, .onRequestAbort = [&] { test.events.add("abort"); }},
      [&](Request& request) -> Task<std::string> {
        const auto signal = request.signal();
        test.events.add("started");
        while (!signal.stop_requested()) co_await async::sleep(1ms);
        test.events.add("stopped");
        co_return "late";
      });
  auto client = test.connect();
  client.send(request("/hang"));
  ASSERT_TRUE(test.events.wait("started"));
  client.reset();
  EXPECT_TRUE(test.events.wait("abort"));
  EXPECT_TRUE(test.events.wait("stopped"));
  auto other = test.connect();
  other.send(request("/str"));
  EXPECT_EQ(other.readAnswer().body, "hello");
  for (const auto& event : test.events.all()) EXPECT_NE(event, "response");
}

TEST(Connection, a_client_that_goes_away_does_not_push_its_request_past_a_hook) {
  TestApp test;
  std::atomic<bool> go{false};
  RouteOptions options;
  options.onRequest = [&](Request&, Reply&) -> Task<> {
    test.events.add("guard begins");
    while (!go) co_await async::sleep(1ms);
    test.events.add("guard ends");
  };
  options.preHandler = [&] { test.events.add("preHandler"); };
  options.onRequestAbort = [&] { test.events.add("abort"); };
  test.app.get("/guarded", options, [&] {
    test.events.add("handler");
    return "guarded";
  });
  auto client = test.connect();
  client.send(request("/guarded"));
  ASSERT_TRUE(test.events.wait("guard begins"));
  client.reset();
  ASSERT_TRUE(test.events.wait("abort"));
  auto other = test.connect();
  other.send(request("/str"));
  EXPECT_EQ(other.readAnswer().body, "hello");
  EXPECT_EQ(test.events.all(), (std::vector<std::string>{"guard begins", "abort"}));
  go = true;
  EXPECT_TRUE(test.events.wait("handler"));
  EXPECT_EQ(test.events.all(),
            (std::vector<std::string>{"guard begins", "abort", "guard ends", "preHandler", "handler"}));
}

TEST(Connection, many_clients_at_once) {
  TestApp test;
  test.listen();
  std::vector<RawClient> clients;
  for (int i = 0; i < 200; ++i) clients.push_back(test.connect());
  for (auto& client : clients) client.send(request("/obj") + request("/str"));
  for (auto& client : clients) {
    EXPECT_EQ(client.readAnswer().body, "{\"hello\":\"world\"}");
    EXPECT_EQ(client.readAnswer().body, "hello");
  }
}

TEST(Connection, serves_only_so_many_requests_when_limited) {
  TestApp test({.maxRequestsPerSocket = 2});
  auto client = test.connect();
  client.send(request("/str") + request("/str"));
  EXPECT_EQ(client.readAnswer().header("Keep-Alive"), "timeout=72, max=2");
  EXPECT_EQ(client.readAnswer().header("Connection"), "close");
  EXPECT_TRUE(client.ended());
}

TEST(Connection, answers_although_nothing_can_be_logged) {
  TestApp test({.logger = LoggerOptions{.destination = LogDestination::File{"/dev/full"}}});
  auto client = test.connect();
  for (int i = 0; i < 100; ++i) {
    client.send(request("/str"));
    ASSERT_EQ(client.readAnswer().body, "hello");
  }
}

}  // namespace
}  // namespace fastify::server
