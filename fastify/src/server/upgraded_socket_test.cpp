#include "server_test_app.hpp"

#include <async/event_loop.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <thread>

namespace fastify::server {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view wanted = "Connection: keep-alive, Upgrade\r\nUpgrade: echo\r\n";

struct UpgradeApp : TestApp {
  explicit UpgradeApp(FastifyOptions options = {}) : TestApp(std::move(options)) {
    app.get("/echo", [this](Request& request, Reply& reply) -> Task<> {
      if (request.url() == "/echo?late") co_await async::sleep(1ms);
      auto socket = reply.upgrade("echo", {{"x-own", "1"}});
      try {
        while (auto bytes = co_await socket->read()) {
          if (!socket->write("<" + *bytes + ">")) co_await socket->drain();
        }
        events.add("ended");
      } catch (const FastifyError& error) {
        events.add(error.code);
      }
    });
    app.addHook(onResponse, [this](Request&, Reply& reply) { events.add(std::to_string(reply.statusCode())); });
  }
};

std::string head(RawClient& client) {
  std::string text;
  while (!text.ends_with("\r\n\r\n")) text += client.readBytes(1);
  return text;
}

TEST(Upgrade, gives_the_connection_to_the_handler) {
  UpgradeApp test;
  for (const auto* target : {"/echo", "/echo?late"}) {
    auto client = test.connect();
    client.send(request(target, wanted) + "ahead");
    EXPECT_EQ(head(client),
              "HTTP/1.1 101 Switching Protocols\r\nx-own: 1\r\nconnection: Upgrade\r\nupgrade: echo\r\n\r\n");
    EXPECT_EQ(client.readBytes(7), "<ahead>");
    client.send("more");
    EXPECT_EQ(client.readBytes(6), "<more>");
    client.endWriting();
    EXPECT_TRUE(client.ended());
    EXPECT_TRUE(test.events.wait("ended"));
  }
  EXPECT_TRUE(test.events.wait("101"));
}

TEST(Upgrade, is_refused_where_nobody_asked_for_it) {
  UpgradeApp test;
  auto client = test.connect();
  client.send(request("/echo") + request("/echo", "Upgrade: echo\r\n") +
              request("/echo", std::string(wanted) + "Content-Length: 2\r\n") + "{}");
  EXPECT_EQ(client.readAnswer().statusCode, 426);
  EXPECT_EQ(client.readAnswer().statusCode, 426);
  EXPECT_EQ(client.readAnswer().statusCode, 426);
  EXPECT_EQ(test.app.inject({.url = "/echo", .headers = {{"connection", "upgrade"}, {"upgrade", "echo"}}}).statusCode,
            426);
}

TEST(Upgrade, is_plain_http_for_a_route_that_does_not_care) {
  UpgradeApp test;
  auto client = test.connect();
  client.send(request("/str", "Connection: upgrade\r\nUpgrade: h2c\r\n") + request("/str"));
  EXPECT_EQ(client.readAnswer().body, "hello");
  EXPECT_EQ(client.readAnswer().body, "hello");
}

TEST(Upgrade, holds_a_client_back_that_does_not_read) {
  UpgradeApp test;
  auto client = test.connect();
  client.send(request("/echo", wanted));
  head(client);
  const std::string chunk(32 * 1024 * 1024, 'x');  // the kernel's buffers take some megabytes
  const auto sent = client.sendWhatFits(chunk, 200ms);
  EXPECT_LT(sent, chunk.size());
  const std::jthread sending([&] {
    client.send(std::string_view(chunk).substr(sent));
    client.endWriting();
  });
  const auto all = client.readToEnd();
  EXPECT_EQ(static_cast<std::size_t>(std::count(all.begin(), all.end(), 'x')), chunk.size());
}

TEST(Upgrade, tells_of_a_broken_connection) {
  UpgradeApp test;
  auto client = test.connect();
  client.send(request("/echo", wanted));
  head(client);
  client.reset();
  EXPECT_TRUE(test.events.wait("ECONNRESET"));
}

TEST(Upgrade, letting_the_socket_go_ends_the_connection) {
  TestApp test;
  test.app.get("/bye", [](Request&, Reply& reply) { reply.upgrade("x")->write("bye"); });
  auto client = test.connect();
  client.send(request("/bye", wanted));
  head(client);
  EXPECT_EQ(client.readToEnd(), "bye");
}

TEST(Upgrade, a_closing_server_lets_the_protocol_say_goodbye) {
  TestApp test;
  test.app.get("/polite", [](Request&, Reply& reply) -> Task<> {
    auto socket = reply.upgrade("x");
    socket->onServerClose([raw = socket.get()] {
      raw->write("goodbye");
      raw->end();
    });
    while (co_await socket->read()) {
    }
  });
  test.app.get("/plain", [](Request&, Reply& reply) -> Task<> {
    auto socket = reply.upgrade("x");
    while (co_await socket->read()) {
    }
  });
  auto polite = test.connect(), plain = test.connect();
  polite.send(request("/polite", wanted));
  plain.send(request("/plain", wanted));
  head(polite);
  head(plain);
  test.app.close();
  EXPECT_EQ(polite.readToEnd(), "goodbye");
  EXPECT_EQ(plain.readToEnd(), "");
}

}  // namespace
}  // namespace fastify::server
