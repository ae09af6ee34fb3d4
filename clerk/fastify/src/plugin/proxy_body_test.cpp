// Bodies on their way through the Frontend API proxy: with visitors and servers that are slow, or go away.
#include <clerk/fastify.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <atomic>
#include <future>
#include <thread>

namespace clerk {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr std::size_t kLimit = 64 * 1024 * 1024;

void sendTo(tcp::socket& socket, std::string_view bytes) {
  boost::system::error_code ignored;  // the other side may be gone: what it did not get shows elsewhere
  asio::write(socket, asio::buffer(bytes), ignored);
}
std::string readUntil(tcp::socket& socket, const std::string& end) {
  std::string received;
  boost::system::error_code failed;
  asio::read_until(socket, asio::dynamic_buffer(received), end, failed);
  return received;
}
/// Reads until the other side ends the connection.
std::size_t readToEnd(tcp::socket& socket) {
  std::array<char, 65536> buffer;
  std::size_t total = 0;
  boost::system::error_code failed;
  while (!failed) total += socket.read_some(asio::buffer(buffer), failed);
  return total;
}

/// An app with the proxy, a visitor's connection to it, and a Frontend API of one connection that is written out.
class ProxyBody : public testing::Test {
 protected:
  ~ProxyBody() override {
    visitor.close();
    app.close();
    if (server.joinable()) server.join();
  }

  void start(std::function<void(tcp::socket&)> serve, std::size_t limit = kLimit) {
    server = std::thread([this, serve = std::move(serve)] {
      auto socket = acceptor.accept();
      serve(socket);
    });
    const auto upstream = "http://127.0.0.1:" + std::to_string(acceptor.local_endpoint().port());
    app.registerPlugin(
        clerkPlugin,
        {.publishableKey = "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k",
         .secretKey = "sk_live_test",
         .frontendApiProxy = {.enabled = true, .bodyLimit = limit},
         .runtime = std::make_shared<Runtime>(RuntimeHooks{.environment = [upstream](std::string_view name) {
           return name == "CLERK_FAPI_URL" ? std::optional(upstream) : std::nullopt;
         }})});
    app.listen({.host = "127.0.0.1"});
    visitor.connect({asio::ip::address_v4::loopback(), app.addresses().at(0).port});
  }
  void sendHead(const std::string& framing) {
    sendTo(visitor, "POST /__clerk/v1/client HTTP/1.1\r\nHost: app.example.com\r\n" + framing + "\r\n\r\n");
  }
  static std::string answer(const std::string& status) {
    return "HTTP/1.1 " + status + "\r\nContent-Length: 2\r\n\r\nok";
  }

  asio::io_context context;
  tcp::acceptor acceptor{context, {asio::ip::address_v4::loopback(), 0}};
  tcp::socket visitor{context};
  std::promise<void> arrived;
  std::thread server;
  fastify::Fastify app;
};

TEST_F(ProxyBody, is_passed_on_as_it_comes) {
  std::string head, rest;
  start([&](tcp::socket& socket) {
    head = readUntil(socket, "first");
    arrived.set_value();
    rest = readUntil(socket, "-last");
    sendTo(socket, answer("200 OK"));
  });
  sendHead("Content-Length: 10");
  sendTo(visitor, "first");
  arrived.get_future().wait();  // and the visitor has not sent the rest
  sendTo(visitor, "-last");
  EXPECT_THAT(readUntil(visitor, "ok\r\n0\r\n\r\n"), StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(head, HasSubstr("\r\nContent-Length: 10\r\n"));
  EXPECT_THAT(head, Not(HasSubstr("hunked")));
  EXPECT_EQ(rest, "-last");
}

TEST_F(ProxyBody, may_come_in_chunks) {
  std::string head, rest;
  start([&](tcp::socket& socket) {
    head = readUntil(socket, "5\r\nfirst\r\n");
    arrived.set_value();
    rest = readUntil(socket, "0\r\n\r\n");
    sendTo(socket, answer("200 OK"));
  });
  sendHead("Transfer-Encoding: chunked");
  sendTo(visitor, "5\r\nfirst\r\n");
  arrived.get_future().wait();
  sendTo(visitor, "6\r\n-last!\r\n0\r\n\r\n");
  EXPECT_THAT(readUntil(visitor, "ok\r\n0\r\n\r\n"), StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(head, HasSubstr("\r\nTransfer-Encoding: chunked\r\n"));
  EXPECT_THAT(rest, HasSubstr("-last!"));
}

TEST_F(ProxyBody, may_be_missing) {
  std::string head;
  start([&](tcp::socket& socket) {
    head = readUntil(socket, "\r\n\r\n");
    sendTo(socket, answer("200 OK"));
  });
  sendHead("X-Nothing: follows");
  EXPECT_THAT(readUntil(visitor, "ok\r\n0\r\n\r\n"), StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(head, HasSubstr("\r\nContent-Length: 0\r\n"));
}

TEST_F(ProxyBody, ends_for_the_server_when_the_visitor_goes_away) {
  std::promise<void> ended;
  start([&](tcp::socket& socket) {
    readUntil(socket, "first");
    arrived.set_value();
    readToEnd(socket);
    ended.set_value();
  });
  sendHead("Content-Length: 1000");
  sendTo(visitor, "first");
  arrived.get_future().wait();
  visitor.close();
  ended.get_future().wait();
}

TEST_F(ProxyBody, is_refused_when_it_grows_too_large) {
  std::promise<void> ended;
  start(
      [&](tcp::socket& socket) {
        readUntil(socket, "first");
        arrived.set_value();
        readToEnd(socket);
        ended.set_value();
      },
      1000);
  sendHead("Transfer-Encoding: chunked");
  sendTo(visitor, "5\r\nfirst\r\n");
  arrived.get_future().wait();
  sendTo(visitor, "3e4\r\n" + std::string(996, 'x') + "\r\n");  // one byte more than may be
  EXPECT_THAT(readUntil(visitor, "too large"), StartsWith("HTTP/1.1 413 "));
  ended.get_future().wait();
}

TEST_F(ProxyBody, need_not_be_sent_to_a_server_that_refuses_it) {
  start([&](tcp::socket& socket) {
    readUntil(socket, "first");
    sendTo(socket, answer("403 Forbidden"));
    readToEnd(socket);
  });
  sendHead("Content-Length: 1000");
  sendTo(visitor, "first");
  EXPECT_THAT(readUntil(visitor, "ok\r\n0\r\n\r\n"), StartsWith("HTTP/1.1 403 Forbidden\r\n"));
}

TEST_F(ProxyBody, waits_for_a_slow_server) {
  std::promise<void> mayRead;
  std::size_t received = 0;
  start([&](tcp::socket& socket) {
    mayRead.get_future().wait();
    std::vector<char> buffer(1 << 20);
    boost::system::error_code failed;
    while (!failed && received < kLimit) received += socket.read_some(asio::buffer(buffer), failed);
    sendTo(socket, answer("200 OK"));
  });
  sendHead("Content-Length: " + std::to_string(kLimit));
  std::atomic<std::size_t> sent = 0;
  std::thread sender([&] {
    const std::string piece(64 * 1024, 'x');
    while (sent < kLimit) {
      sendTo(visitor, piece);
      sent += piece.size();
    }
  });
  // Until nothing moves for a while. Were nobody to hold the visitor back, all would be sent in the end.
  for (std::size_t before = 0, quiet = 0; quiet < 100 && sent < kLimit; before = sent) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    quiet = sent > 0 && sent == before ? quiet + 1 : 0;
  }
  EXPECT_LT(sent, kLimit) << "the server has not read a byte";
  mayRead.set_value();
  sender.join();
  EXPECT_THAT(readUntil(visitor, "ok\r\n0\r\n\r\n"), StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_GE(received, kLimit);
}

}  // namespace
}  // namespace clerk
