#include <fetch/fetch.hpp>

#include <async/event_loop.hpp>

#include "loopback_server.hpp"

#include <gtest/gtest.h>

#include <boost/asio/read.hpp>

using namespace std::chrono_literals;
using fetch::ErrorCode;
using fetch::Request;
using fetch::test::answer;
using fetch::test::LoopbackServer;

namespace {
fetch::Response fetchNow(Request request) {
  return async::blockOn([&] { return fetch::fetch(request); });
}

std::optional<ErrorCode> failureOf(Request request) {
  try {
    fetchNow(std::move(request));
  } catch (const fetch::Error& error) {
    return error.code();
  }
  return {};
}

/// A port on which nobody listens.
std::string deadUrl() {
  boost::asio::io_context context;
  boost::asio::ip::tcp::acceptor acceptor(context, {boost::asio::ip::address_v4::loopback(), 0});
  return "http://127.0.0.1:" + std::to_string(acceptor.local_endpoint().port()) + "/";
}
}  // namespace

TEST(Fetch, gives_status_headers_and_body) {
  LoopbackServer server([](const std::string& head, const std::string&) {
    return answer(404, head.substr(0, head.find('\r')), "X-A: 1\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n");
  });
  const auto response = fetchNow({.url = server.url("/path?q=1")});
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(response.statusText, "Some Text");
  EXPECT_EQ(response.header("x-a"), "1");
  EXPECT_EQ(response.body, "GET /path?q=1 HTTP/1.1");
  EXPECT_EQ(std::count_if(response.headers.begin(), response.headers.end(),
                          [](const auto& header) { return header.first == "Set-Cookie"; }),
            2);
}

TEST(Fetch, sends_what_was_asked_for_and_nothing_of_its_own) {
  std::string head, body;
  LoopbackServer server([&](const std::string& gotHead, const std::string& gotBody) {
    head = gotHead;
    body = gotBody;
    return answer(200, "");
  });
  fetchNow({.method = "POST",
            .url = server.url(),
            .headers = {{"X-A", "1"}, {"X-Empty", ""}},
            .body = std::string("a\0b", 3),
            .decompress = false});
  EXPECT_EQ(body, std::string("a\0b", 3));
  EXPECT_NE(head.find("X-A: 1\r\n"), std::string::npos);
  EXPECT_NE(head.find("X-Empty:\r\n"), std::string::npos);
  for (auto name : {"Expect", "Content-Type", "User-Agent", "Accept-Encoding"}) {
    EXPECT_EQ(head.find(name), std::string::npos) << head;
  }
  fetchNow({.method = "PATCH", .url = server.url()});
  EXPECT_NE(head.find("PATCH / "), std::string::npos);
  EXPECT_NE(head.find("Content-Length: 0\r\n"), std::string::npos);
  fetchNow({.method = "DELETE", .url = server.url()});
  EXPECT_EQ(head.find("Content-Length"), std::string::npos);
}

TEST(Fetch, head_has_no_body) {
  LoopbackServer server([](const std::string&, const std::string&) {
    return std::string("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n");
  });
  EXPECT_EQ(fetchNow({.method = "HEAD", .url = server.url()}).body, "");
}

TEST(Fetch, does_not_follow_redirects) {
  LoopbackServer server([](const std::string&, const std::string&) { return answer(302, "", "Location: /other\r\n"); });
  EXPECT_EQ(fetchNow({.url = server.url()}).status, 302);
}

TEST(Fetch, keeps_connections_of_a_loop) {
  LoopbackServer server([](const std::string&, const std::string&) { return answer(200, "x"); });
  async::blockOn([&]() -> async::Task<> {
    for (int i = 0; i < 5; ++i) co_await fetch::fetch({.url = server.url()});
  });
  EXPECT_EQ(server.connections(), 1);
}

TEST(Fetch, runs_many_at_once) {
  LoopbackServer server([](const std::string&, const std::string&) { return answer(200, "x"); });
  async::blockOn([&]() -> async::Task<> {
    std::vector<async::Task<fetch::Response>> tasks;
    for (int i = 0; i < 40; ++i) tasks.push_back(fetch::fetch({.url = server.url()}));
    for (auto& task : tasks) EXPECT_EQ((co_await task).body, "x");
  });
}

TEST(Fetch, says_why_there_is_no_answer) {
  EXPECT_EQ(failureOf({.url = deadUrl()}), ErrorCode::Connect);
  EXPECT_EQ(failureOf({.url = "http://name.invalid/"}), ErrorCode::Connect);
  for (auto url : {"", "nonsense", "file:///etc/passwd", "ftp://127.0.0.1/", "http://"}) {
    EXPECT_EQ(failureOf({.url = url}), ErrorCode::InvalidRequest) << url;
  }
  LoopbackServer silent([](const std::string&, const std::string&) { return std::string(); });
  EXPECT_EQ(failureOf({.url = silent.url(), .timeout = 50ms}), ErrorCode::Timeout);
  LoopbackServer closing([](const std::string&, const std::string&) { return std::string("close"); });
  EXPECT_EQ(failureOf({.url = closing.url()}), ErrorCode::Protocol);
  boost::asio::io_context context;
  boost::asio::ip::tcp::acceptor plain(context, {boost::asio::ip::address_v4::loopback(), 0});
  std::thread greeter([&] {
    auto socket = plain.accept();
    boost::asio::write(socket, boost::asio::buffer(std::string_view("HTTP/1.1 400 Bad Request\r\n\r\n")));
  });
  const auto port = std::to_string(plain.local_endpoint().port());
  EXPECT_EQ(failureOf({.url = "https://127.0.0.1:" + port + "/"}), ErrorCode::Tls);
  greeter.join();
}

TEST(Fetch, refuses_headers_that_would_split_the_request) {
  EXPECT_EQ(failureOf({.url = deadUrl(), .headers = {{"X-A", "1\r\nX-B: 2"}}}), ErrorCode::InvalidRequest);
  EXPECT_EQ(failureOf({.url = deadUrl(), .headers = {{"X A", "1"}}}), ErrorCode::InvalidRequest);
  EXPECT_EQ(failureOf({.method = "GET /x", .url = deadUrl()}), ErrorCode::InvalidRequest);
}

TEST(Fetch, bounds_the_answer) {
  LoopbackServer server([](const std::string&, const std::string&) { return answer(200, std::string(1000, 'x')); });
  EXPECT_EQ(failureOf({.url = server.url(), .maxResponseSize = 999}), ErrorCode::TooLarge);
  EXPECT_FALSE(failureOf({.url = server.url(), .maxResponseSize = 1000}));
  LoopbackServer endlessHead([](const std::string&, const std::string&) {
    return "HTTP/1.1 200 OK\r\nX: " + std::string(1 << 20, 'x') + "\r\n\r\n";
  });
  EXPECT_TRUE(failureOf({.url = endlessHead.url()}));
}

TEST(Fetch, can_be_cancelled_from_another_thread) {
  std::stop_source stop;
  LoopbackServer silent([&](const std::string&, const std::string&) {
    stop.request_stop();
    return std::string();
  });
  EXPECT_EQ(failureOf({.url = silent.url(), .stop = stop.get_token()}), ErrorCode::Cancelled);
  EXPECT_EQ(failureOf({.url = silent.url(), .stop = stop.get_token()}), ErrorCode::Cancelled)
      << "also before it starts";
}

TEST(FetchStream, gives_the_head_first_and_then_pieces) {
  const std::string body(300'000, 'y');
  LoopbackServer server([&](const std::string&, const std::string&) { return answer(201, body, "X-A: 1\r\n"); });
  async::blockOn([&]() -> async::Task<> {
    auto stream = co_await fetch::open({.url = server.url()});
    EXPECT_EQ(stream.head().status, 201);
    EXPECT_EQ(stream.head().header("X-A"), "1");
    std::string all;
    while (auto piece = co_await stream.read()) {
      EXPECT_LE(piece->size(), 64U * 1024 + 256 * 1024);
      all += *piece;
    }
    EXPECT_EQ(all, body);
    EXPECT_FALSE(co_await stream.read());
  });
}

TEST(FetchStream, may_be_dropped_half_way) {
  LoopbackServer server([&](const std::string&, const std::string&) { return answer(200, std::string(1 << 20, 'z')); });
  async::blockOn([&]() -> async::Task<> {
    {
      auto stream = co_await fetch::open({.url = server.url()});
      EXPECT_TRUE(co_await stream.read());
    }
    EXPECT_EQ((co_await fetch::fetch({.url = server.url()})).body.size(), 1U << 20);
  });
}

TEST(FetchStream, reports_a_connection_that_breaks) {
  LoopbackServer server([n = 0](const std::string&, const std::string&) mutable {
    return n++ == 0 ? std::string("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n")
                    : std::string("close");
  });
  async::blockOn([&]() -> async::Task<> {
    auto stream = co_await fetch::open({.url = server.url()});
    std::optional<ErrorCode> code;
    try {
      while (co_await stream.read()) {
      }
    } catch (const fetch::Error& error) {
      code = error.code();
    }
    EXPECT_EQ(code, ErrorCode::Protocol);
  });
}

TEST(FetchStream, times_out_while_waiting_for_the_head) {
  LoopbackServer silent([](const std::string&, const std::string&) { return std::string(); });
  async::blockOn([&]() -> async::Task<> {
    std::optional<ErrorCode> code;
    try {
      co_await fetch::open({.url = silent.url(), .timeout = 50ms});
    } catch (const fetch::Error& error) {
      code = error.code();
    }
    EXPECT_EQ(code, ErrorCode::Timeout);
  });
}
