#include "../../../src/server/server_test_app.hpp"
#include "deflate.hpp"
#include "frame.hpp"

#include <fastify/websocket.hpp>

#include <gtest/gtest.h>

#include <string>
#include <thread>

namespace fastify {
namespace {

using server::RawClient;
using server::request;

const std::string wanted =
    "Connection: Upgrade\r\nUpgrade: WebSocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
    "dGhlIHNhbXBsZSBub25jZQ==\r\n";

std::string masked(unsigned first, std::string_view payload) {
  std::string bytes{static_cast<char>(first), static_cast<char>(0x80 | payload.size()), 'm', 'a', 's', 'k'};
  for (std::size_t i = 0; i < payload.size(); ++i) bytes += static_cast<char>(payload[i] ^ "mask"[i % 4]);
  return bytes;
}
std::string closing(int code) {
  return std::string("\x88\x02") + static_cast<char>(code >> 8) + static_cast<char>(code & 0xFF);
}

struct SocketApp : server::TestApp {
  explicit SocketApp(WebsocketOptions options = {}) {
    app.registerPlugin(websocket, std::move(options)).after();
    app.get("/echo", websocketHandler(
                         [this](WebSocketPtr socket, Request& request) -> Task<> {
                           if (request.headers().contains("x-pong"))
                             socket->onPong([this](std::string_view data) { events.add("pong " + std::string(data)); });
                           while (const auto message = co_await socket->receive()) {
                             if (message->data == "throw") throw FastifyError(500, "handler broke");
                             if (message->data == "ping")
                               socket->ping("are you there");
                             else if (message->data == "close")
                               socket->close(4000, "enough");
                             else if (message->data == "return")
                               co_return;
                             else if (message->isBinary)
                               socket->sendBinary(message->data);
                             else
                               socket->send(message->data);
                           }
                           events.add("over " + std::to_string(socket->closeCode()) + " " + socket->closeReason());
                         },
                         [](Request&) { return "plain"; }));
    app.get("/only", websocketHandler([](WebSocketPtr, Request&) -> Task<> { co_return; }));
  }
  RawClient open(const std::string& more = {}, std::string_view path = "/echo") {
    auto client = connect();
    client.send(request(path, wanted + more));
    head = {};
    while (!head.ends_with("\r\n\r\n")) head += client.readBytes(1);
    return client;
  }
  std::string head;
};

TEST(WebSocket, messages_go_both_ways_and_goodbye_is_answered) {
  SocketApp test;
  auto client = test.open();
  EXPECT_NE(test.head.find("101 Switching Protocols"), std::string::npos);
  EXPECT_NE(test.head.find("sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), std::string::npos) << test.head;
  client.send(masked(0x81, "hello") + masked(0x02, "\x01") + masked(0x89, "p") + masked(0x80, "\x02"));
  EXPECT_EQ(client.readBytes(7), "\x81\x05hello");
  EXPECT_EQ(client.readBytes(3), std::string("\x8A\x01p"));
  EXPECT_EQ(client.readBytes(4), "\x82\x02\x01\x02");
  client.send(masked(0x88, std::string("\x0F\xA1", 2) + "bye"));
  EXPECT_EQ(client.readToEnd(), closing(4001));
  EXPECT_TRUE(test.events.wait("over 4001 bye"));
}

TEST(WebSocket, what_the_client_does_wrong_is_told) {
  SocketApp test({.maxPayload = 10});
  const std::pair<std::string, int> rows[] = {{std::string("\x81\x05hello"), 1002},
                                              {masked(0x81, "\xFF"), 1007},
                                              {masked(0x81, "01234567890"), 1009},
                                              {masked(0x88, "\x01"), 1002}};
  for (const auto& [bytes, code] : rows) {
    auto client = test.open();
    client.send(bytes);
    EXPECT_EQ(client.readToEnd(), closing(code));
    EXPECT_TRUE(test.events.wait("over " + std::to_string(code) + " "));
  }
}

TEST(WebSocket, a_handler_may_ping_close_return_or_fail) {
  SocketApp test;
  auto pinged = test.open("X-Pong: 1\r\n");
  pinged.send(masked(0x81, "ping"));
  EXPECT_EQ(pinged.readBytes(15),
            "\x89\x0D"
            "are you there");
  pinged.send(masked(0x8A, "yes"));
  EXPECT_TRUE(test.events.wait("pong yes"));

  auto closed = test.open();
  closed.send(masked(0x81, "close"));
  EXPECT_EQ(closed.readBytes(10), std::string("\x88\x08\x0F\xA0", 4) + "enough");
  closed.send(masked(0x88, std::string("\x0F\xA0", 2)));
  EXPECT_EQ(closed.readToEnd(), "");
  EXPECT_TRUE(test.events.wait("over 4000 "));

  auto returned = test.open();
  returned.send(masked(0x81, "return"));
  EXPECT_EQ(returned.readBytes(4), closing(1000));
  returned.send(masked(0x88, std::string("\x03\xE8", 2)));
  EXPECT_EQ(returned.readToEnd(), "");

  auto failed = test.open();
  failed.send(masked(0x81, "throw"));
  EXPECT_EQ(failed.readToEnd(), "");
}

TEST(WebSocket, a_client_that_never_says_goodbye_is_cut) {
  SocketApp test({.closeTimeout = std::chrono::milliseconds(20)});
  auto client = test.open();
  client.send(masked(0x81, "return"));
  EXPECT_EQ(client.readToEnd(), closing(1000));
}

TEST(WebSocket, a_lost_client_is_noticed) {
  SocketApp test;
  auto client = test.open();
  client.reset();
  EXPECT_TRUE(test.events.wait("over 1006 "));
}

TEST(WebSocket, requests_that_are_no_websocket_are_answered) {
  SocketApp test;
  auto client = test.connect();
  client.send(request("/echo") + request("/only"));
  EXPECT_EQ(client.readAnswer().body, "plain");
  EXPECT_EQ(client.readAnswer().statusCode, 404);
  const std::string upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\n";
  client.send(
      request("/echo", upgrade + "Sec-WebSocket-Version: 8\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"));
  const auto old = client.readAnswer();
  EXPECT_EQ(old.statusCode, 426);
  client.send(request("/echo", upgrade + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: short\r\n"));
  EXPECT_EQ(client.readAnswer().statusCode, 400);
  client.send(request("/echo", wanted + "Sec-WebSocket-Protocol: a,,b\r\n"));
  EXPECT_EQ(client.readAnswer().statusCode, 400);
}

TEST(WebSocket, hooks_decide_who_comes_in_and_a_subprotocol_is_agreed_on) {
  SocketApp test({.handleProtocols = [](const std::vector<std::string>& offered, Request&) { return offered.back(); }});
  test.app.addHook(onRequest, [](Request& request, Reply& reply) {
    if (request.headers().contains("x-stranger")) reply.code(401).send("no");
  });
  test.app.get("/guarded", websocketHandler([](WebSocketPtr socket, Request&) -> Task<> {
                 socket->send(socket->protocol());
                 co_return;
               }));
  auto stranger = test.connect();
  stranger.send(request("/guarded", wanted + "X-Stranger: 1\r\n"));
  EXPECT_EQ(stranger.readAnswer().statusCode, 401);
  auto client = test.open("Sec-WebSocket-Protocol: chat, news\r\n", "/guarded");
  EXPECT_NE(test.head.find("sec-websocket-protocol: news"), std::string::npos);
  EXPECT_EQ(client.readBytes(6), "\x81\x04news");
}

TEST(WebSocket, messages_are_compressed_for_those_who_offer_it) {
  SocketApp test({.maxPayload = 1000, .perMessageDeflate = PerMessageDeflate{}});
  const std::string offer = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n";
  auto client = test.open(offer);
  EXPECT_NE(test.head.find("sec-websocket-extensions: permessage-deflate\r\n"), std::string::npos) << test.head;
  // RFC 7692 §7.2.3.2: the second refers to the first.
  const std::string first("\xf2\x48\xcd\xc9\xc9\x07\x00", 7), second("\xf2\x00\x11\x00\x00", 5);
  client.send(masked(0xC1, first) + masked(0xC1, second));
  EXPECT_EQ(client.readBytes(9), std::string("\xC1\x07") + first);
  EXPECT_EQ(client.readBytes(7), std::string("\xC1\x05") + second);
  // A few bytes that would be ten thousand.
  detail::Deflater bomb({}, {});
  client.send(masked(0xC1, bomb.deflate(std::string(10'000, 'x'))));
  EXPECT_EQ(client.readToEnd(), closing(1009));

  auto plain = test.open();
  EXPECT_EQ(test.head.find("sec-websocket-extensions"), std::string::npos);
  plain.send(masked(0x81, "hello"));
  EXPECT_EQ(plain.readBytes(7), "\x81\x05hello");
  plain.send(masked(0xC1, first));
  EXPECT_EQ(plain.readToEnd(), closing(1002));
}

TEST(WebSocket, wrong_options_are_refused_when_the_app_starts) {
  Fastify app;
  app.registerPlugin(websocket, {.perMessageDeflate = PerMessageDeflate{.serverMaxWindowBits = 8}});
  EXPECT_THROW(app.ready(), FastifyError);
}

TEST(WebSocket, a_closing_server_says_goodbye) {
  SocketApp test;
  auto client = test.open();
  std::jthread closing_([&] { test.app.close(); });
  EXPECT_EQ(client.readBytes(4), closing(1001));
  client.send(masked(0x88, std::string("\x03\xE9", 2)));
  EXPECT_EQ(client.readToEnd(), "");
}

}  // namespace
}  // namespace fastify
