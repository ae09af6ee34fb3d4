#include "http2_test_client.hpp"
#include "server_test_app.hpp"

#include <async/event_loop.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <string>
#include <thread>

namespace fastify::server {
namespace {

using namespace std::chrono_literals;

struct Http2App : TestApp {
  explicit Http2App(FastifyOptions options = {.http2 = true}) : TestApp(std::move(options)) {
    app.get("/who", [](Request& request) {
      return JsonObject{{"host", request.host()},
                        {"version", request.raw().httpVersion()},
                        {"cookie", request.headers()["cookie"].value_or("")}};
    });
    app.get("/large", [] { return std::string(5000000, 'x'); });
    app.get("/trailer", [](Request&, Reply& reply) {
      reply.trailer("x-sum", [](const Payload&) -> Task<std::string> { co_return "42"; }).send("body");
    });
    app.get("/wait", [this](Request& request) -> Task<std::string> {
      events.add("waiting");
      while (!go && !request.signal().stop_requested()) co_await async::sleep(1ms);
      events.add(request.signal().stop_requested() ? "aborted" : "went on");
      co_return "done";
    });
    app.get("/hints", [](Request&, Reply& reply) {
      reply.writeEarlyHints({{"link", "</a>"}});
      reply.header("Connection", "close").header("X-Mixed", "1").send("x");
    });
    app.get("/throws", []() -> std::string { throw std::runtime_error("boom"); });
  }
  Http2Client http2() {
    if (port == 0) listen();
    return Http2Client(port);
  }
  ~Http2App() {
    go = true;
    app.close();  // before what its handlers look at goes
  }
  std::atomic<bool> go{false};
};

TEST(Http2, answers_with_prior_knowledge) {
  Http2App test;
  auto client = test.http2();
  const auto& answer = client.get("/who", {{"cookie", "a=1"}, {"cookie", "b=2"}});
  EXPECT_EQ(answer.header(":status"), "200");
  EXPECT_EQ(answer.header("content-type"), "application/json; charset=utf-8");
  EXPECT_NE(answer.header("date"), "(none)");
  EXPECT_EQ(answer.body, R"({"host":"example.test","version":"2.0","cookie":"a=1; b=2"})");
  EXPECT_EQ(answer.errorCode, 0u);
  EXPECT_EQ(client.get("/throws").header(":status"), "500");
  EXPECT_EQ(client.get("/nothing").header(":status"), "404");
}

TEST(Http2, connection_headers_stay_behind_and_hints_come_before) {
  Http2App test;
  auto client = test.http2();
  const auto& answer = client.get("/hints");
  EXPECT_EQ(answer.informational, std::vector<std::string>{"103"});
  EXPECT_EQ(answer.header("connection"), "(none)");
  EXPECT_EQ(answer.header("x-mixed"), "1");
  EXPECT_EQ(client.get("/str").body, "hello");  // the connection lives on
}

TEST(Http2, head_and_trailers) {
  Http2App test;
  auto client = test.http2();
  const auto& head = client.wait(client.request("HEAD", "/str"));
  EXPECT_EQ(head.header("content-length"), "5");
  EXPECT_EQ(head.body, "");
  const auto& trailer = client.get("/trailer");
  EXPECT_EQ(trailer.body, "body");
  EXPECT_EQ(trailer.trailers, (Http2Client::Fields{{"x-sum", "42"}}));
}

TEST(Http2, bodies_both_ways_whatever_the_windows) {
  Http2App test({.bodyLimit = 20000000, .http2 = true});
  auto client = test.http2();
  const std::string text(3000000, 'y');
  const auto sent = client.request("POST", "/echo", {{"content-type", "application/json"}}, "\"" + text + "\"");
  const auto large = client.request("GET", "/large");
  EXPECT_EQ(client.wait(large).body.size(), 5000000u);
  EXPECT_EQ(client.wait(sent).body.size(), text.size() + 11);
}

TEST(Http2, a_body_that_nobody_reads_is_not_waited_for) {
  Http2App test;
  auto client = test.http2();
  const auto& answer =
      client.wait(client.request("POST", "/nowhere", {{"content-type", "text/plain"}}, std::string(500000, 'z')));
  EXPECT_EQ(answer.header(":status"), "404");
  EXPECT_EQ(client.get("/str").body, "hello");
}

TEST(Http2, many_requests_at_once) {
  Http2App test;
  auto client = test.http2();
  std::vector<std::int32_t> ids;
  for (int i = 0; i < 100; ++i) ids.push_back(client.request("GET", "/str"));
  for (const auto id : ids) EXPECT_EQ(client.wait(id).body, "hello");
}

TEST(Http2, a_client_that_cancels_is_told_of) {
  Http2App test;
  auto client = test.http2();
  const auto id = client.request("GET", "/wait");
  ASSERT_TRUE(test.events.wait("waiting"));
  client.cancel(id);
  EXPECT_TRUE(test.events.wait("aborted"));
  EXPECT_EQ(client.get("/str").body, "hello");
  client.request("GET", "/wait");
  client.socket().close();
}

TEST(Http2, odd_requests_are_refused_and_the_connection_goes_on) {
  Http2App test({.http = {.maxHeaderSize = 1000}, .http2 = true});
  auto client = test.http2();
  EXPECT_EQ(client.get("/str", {{"x", std::string(2000, 'x')}}).header(":status"), "431");
  EXPECT_EQ(client.get("/caf\xc3\xa9").header(":status"), "400");
  EXPECT_EQ(client.get("/str", {{"host", "other.test"}}).header(":status"), "400");
  const auto& odd = client.wait(client.request("BREW", "/str"));
  EXPECT_EQ(odd.header(":status"), "404");
  EXPECT_EQ(odd.body, R"({"statusCode":404,"code":"FST_ERR_NOT_FOUND","error":"Not Found","message":"Not Found"})");
  // nghttp2 refuses these itself.
  EXPECT_NE(client.get("/with space").errorCode, 0u);
  EXPECT_NE(client.get("/str", {{"transfer-encoding", "chunked"}}).errorCode, 0u);
  const Http2Client::Fields tooLong{{"content-type", "application/json"}, {"content-length", "9"}};
  EXPECT_NE(client.wait(client.request("POST", "/echo", tooLong, "{}")).errorCode, 0u);
  EXPECT_EQ(client.get("/str").body, "hello");
}

TEST(Http2, a_closing_server_answers_what_is_under_way) {
  Http2App test;
  auto client = test.http2();
  const auto id = client.request("GET", "/wait");
  auto idle = test.http2();
  EXPECT_EQ(idle.get("/str").body, "hello");
  ASSERT_TRUE(test.events.wait("waiting"));
  const std::jthread closing([&] { test.app.close(); });
  EXPECT_TRUE(client.readUntil([&] { return client.goneAway.has_value(); }));
  EXPECT_FALSE(idle.readUntil([] { return false; }));
  test.go = true;
  EXPECT_EQ(client.wait(id).body, "done");
  EXPECT_FALSE(client.readUntil([] { return false; }));
  EXPECT_EQ(client.goneAway, 0u);
}

TEST(Http2, an_idle_connection_is_closed_after_its_time) {
  Http2App test({.http2 = true, .http2SessionTimeout = 50ms});
  test.listen();
  Http2Client client(test.port, Http2Client::Hello::Later);
  EXPECT_EQ(client.get("/str").body, "hello");
  EXPECT_FALSE(client.readUntil([] { return false; }));
  EXPECT_EQ(client.goneAway, 0u);
}

TEST(Http2, so_many_requests_a_connection_and_then_another_one) {
  Http2App test({.maxRequestsPerSocket = 2, .http2 = true});
  auto client = test.http2();
  EXPECT_EQ(client.get("/str").body, "hello");
  EXPECT_FALSE(client.goneAway);
  const auto second = client.request("GET", "/wait");
  ASSERT_TRUE(test.events.wait("waiting"));
  EXPECT_TRUE(client.readUntil([&] { return client.goneAway.has_value(); }));
  EXPECT_EQ(client.goneAway, 0u);
  test.go = true;
  EXPECT_EQ(client.wait(second).body, "done");
  EXPECT_FALSE(client.readUntil([] { return false; }));
  EXPECT_EQ(test.http2().get("/str").body, "hello");
}

TEST(Http2, a_silent_connection_is_cut_and_its_requests_are_told) {
  Http2App test({.connectionTimeout = 50ms, .http2 = true});
  test.app.get("/hang",
               {.onResponse = [&] { test.events.add("response"); }, .onTimeout = [&] { test.events.add("timeout"); }},
               [](Request& request) -> Task<std::string> {
                 const auto signal = request.signal();
                 while (!signal.stop_requested()) co_await async::sleep(1ms);
                 co_return "late";
               });
  test.listen();
  // A connection may be cut before it has asked for anything: then it is asked again.
  do {
    try {
      Http2Client client(test.port, Http2Client::Hello::Later);
      client.request("GET", "/hang");
      EXPECT_FALSE(client.readUntil([] { return false; }));
    } catch (const std::system_error&) {
    }
  } while (test.events.all().empty());
  EXPECT_EQ(test.events.all().front(), "timeout");
}

TEST(Http2, http1_clients_are_served_where_that_is_allowed) {
  Http2App strict;
  auto refused = strict.connect();
  refused.send(request("/str"));
  EXPECT_EQ(refused.readToEnd(), shapeD);
  Http2App both({.http2 = Http2Options{.allowHTTP1 = true}});
  auto client = both.connect();
  client.send(request("/str"));
  EXPECT_EQ(client.readAnswer().body, "hello");
  EXPECT_EQ(both.http2().get("/str").body, "hello");
}

TEST(Http2, a_source_waits_for_a_client_that_does_not_read) {
  Http2App test;
  std::atomic<int> chunks{0};
  test.app.get("/endless", [&](Request&, Reply& reply) {
    reply.send(Readable::from([&]() -> Task<std::optional<std::string>> {
      if (++chunks > 1000) co_return std::nullopt;
      co_return std::string(16384, 'x');
    }));
  });
  auto slow = test.http2();
  const auto id = slow.request("GET", "/endless");
  auto other = test.http2();
  // Its stream's window is 64 KiB, and as much waits here.
  while (chunks < 8) EXPECT_EQ(other.get("/str").body, "hello");
  for (int i = 0; i < 20; ++i) EXPECT_EQ(other.get("/str").body, "hello");
  EXPECT_LT(chunks, 20);
  EXPECT_EQ(slow.wait(id).body.size(), 1000u * 16384);
}

TEST(Http2, a_head_that_never_ends_is_not_waited_for) {
  Http2App test({.http = {.headersTimeout = 50ms}, .http2 = true});
  auto client = test.http2();
  const auto unfinished = frame(1, 1, 1,
                                "\x82\x86\x84\x41\x01"
                                "a");  // no END_HEADERS
  client.socket().sendWhatFits(unfinished, RawClient::patience);
  EXPECT_FALSE(client.readUntil([] { return false; }));
}

TEST(Http2, the_deadline_cuts_streams_that_nobody_answers) {
  Http2App test({.closeGraceDelay = 50ms, .http2 = true});
  test.app.get("/never", [&](Request&, Reply&) { test.events.add("called"); });
  auto client = test.http2();
  client.request("GET", "/never");
  ASSERT_TRUE(test.events.wait("called"));
  test.app.close();
  EXPECT_FALSE(client.readUntil([] { return false; }));
}

/// Whether the server ends the connection of a client that sends these and reads little.
bool endsFlood(Http2App& test, const std::function<std::string(int)>& frames) {
  auto client = test.http2();
  const auto calmed = [&] { return client.goneAway.has_value(); };
  try {
    for (int i = 0; i < 40000;) {
      std::string some;
      for (const int end = i + 50; i < end; ++i) some += frames(i);
      client.socket().send(some);
      if (client.socket().readable() && !client.readUntil([once = 0]() mutable { return once++ > 0; })) break;
      if (calmed()) break;
    }
    // All may be on its way still.
    return !client.readUntil(calmed) || client.goneAway == NGHTTP2_ENHANCE_YOUR_CALM;
  } catch (const std::system_error&) {
    return true;
  }
}

TEST(Http2, floods_end_the_connection) {
  Http2App test;
  EXPECT_TRUE(endsFlood(test, [](int) { return frame(6, 0, 0, "12345678"); })) << "PING";
  EXPECT_TRUE(endsFlood(test, [](int) { return frame(4, 0, 0); })) << "SETTINGS";
  EXPECT_TRUE(endsFlood(test, [](int) { return frame(2, 0, 1, std::string("\0\0\0\0\0", 5)); })) << "PRIORITY";
  // Rapid reset: a request (:method GET, :scheme http, :path /, :authority a) and its end.
  EXPECT_TRUE(endsFlood(test, [](int i) {
    const auto stream = static_cast<std::uint32_t>(2 * i + 1);
    return frame(1, 5, stream,
                 "\x82\x86\x84\x41\x01"
                 "a") +
           frame(3, 0, stream, std::string("\0\0\0\x08", 4));
  })) << "RST_STREAM";
  EXPECT_EQ(test.http2().get("/str").body, "hello");
}

}  // namespace
}  // namespace fastify::server
