// Clients that cut, stall, flood and vanish at any moment. What counts is that the server is whole afterwards; the
// sanitizers watch the rest.

#include "server_test_app.hpp"

#include <async/event_loop.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <vector>

namespace fastify::server {
namespace {

using namespace std::chrono_literals;

class RudeClient {
 public:
  RudeClient(std::uint16_t port, unsigned seed) : client_(port), random_(seed) {}

  void misbehave() {
    const int steps = 1 + pick(6);
    for (int i = 0; i < steps; ++i) step();
    switch (pick(4)) {
      case 0: return client_.reset();
      case 1: return client_.close();
      case 2: client_.endWriting(); break;
      default: break;
    }
    client_.close();
  }

 private:
  int pick(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }

  void step() try {
    const auto text = message();
    switch (pick(5)) {
      case 0: client_.sendWhatFits(text.substr(0, text.size() / 2), 1ms); break;
      case 1:
        for (std::size_t at = 0; at < text.size(); at += 1 + static_cast<std::size_t>(pick(20))) {
          client_.sendWhatFits(text.substr(at, 1 + static_cast<std::size_t>(pick(20))), 1ms);
        }
        break;
      case 2: client_.sendWhatFits(text + text + text, 1ms); break;
      default: client_.sendWhatFits(text, 1ms); break;
    }
    if (pick(3) == 0) client_.silentFor(std::chrono::milliseconds(pick(3)));
  } catch (const std::system_error&) {
    // The server has had enough of it.
  }

  std::string message() {
    switch (pick(12)) {
      case 0: return request("/str");
      case 1: return request("/later");
      case 2: return request("/stream");
      case 3: return request("/endless");
      case 4: return post("/echo", "{\"a\":" + std::string(static_cast<std::size_t>(pick(5000)), '1') + "}");
      case 5:
        return request("/echo", "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n", "POST") +
               "7\r\n{\"a\":1}\r\n0\r\n\r\n";
      case 6:
        return request("/upload", "Content-Type: application/octet-stream\r\nContent-Length: 300000\r\n", "POST") +
               std::string(300000, 'x');
      case 7:
        return request("/upload", "Content-Type: application/octet-stream\r\nTransfer-Encoding: chunked\r\n", "POST") +
               "zz\r\n";
      case 8: return "garbage\r\n\r\n";
      case 9: return request("/str", "X: " + std::string(20000, 'y') + "\r\n");
      case 10:
        return request("/echo", "Expect: 100-continue\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n", "POST");
      default: return request("/throws", "Connection: close\r\n");
    }
  }

  RawClient client_;
  std::mt19937 random_;
};

TEST(RudeClients, do_no_harm) {
  TestApp test({.bodyLimit = 100000});
  test.app.get("/later", []() -> Task<std::string> {
    co_await async::sleep(1ms);
    co_return "later";
  });
  test.app.get("/stream", [](Request&, Reply& reply) {
    reply.send(Readable::from(std::vector<std::string>(20, std::string(20000, 'x'))));
  });
  test.app.get("/endless", [](Request& request, Reply& reply) {
    const auto signal = request.signal();
    reply.send(Readable::from([signal]() -> Task<std::optional<std::string>> {
      co_await async::sleep(1ms);
      if (signal.stop_requested()) co_return std::nullopt;
      co_return std::string(50000, 'x');
    }));
  });
  test.app.addContentTypeParser("application/octet-stream", [](Request&, Stream body) -> Task<RequestBody> {
    while (co_await body->read()) co_await async::sleep(1ms);
    co_return RequestBody(undefined);
  });
  test.app.post("/upload", [] { return "done"; });
  test.app.get("/throws", [](Request&, Reply&) -> Task<> {
    co_await async::sleep(1ms);
    throw std::runtime_error("thrown");
  });
  test.listen();
  std::vector<std::thread> threads;
  for (unsigned thread = 0; thread < 3; ++thread) {
    threads.emplace_back([&, thread] {
      for (unsigned i = 0; i < 120; ++i) RudeClient(test.port, thread * 1000 + i).misbehave();
    });
  }
  for (auto& thread : threads) thread.join();
  auto client = test.connect();
  client.send(request("/str") + post("/echo", "{\"a\":1}"));
  EXPECT_EQ(client.readAnswer().body, "hello");
  EXPECT_EQ(client.readAnswer().body, "{\"body\":{\"a\":1}}");
  client.close();
  test.app.close();
}

TEST(RudeClients, do_not_hold_a_server_that_is_cut) {
  TestApp test({.forceCloseConnections = ForceCloseConnections::Yes});
  test.app.get("/endless", [](Request&, Reply& reply) {
    reply.send(Readable::from([]() -> Task<std::optional<std::string>> { co_return std::string(50000, 'x'); }));
  });
  test.listen();
  std::vector<RawClient> clients;
  for (int i = 0; i < 10; ++i) {
    clients.push_back(test.connect());
    clients.back().send(request("/endless"));
    clients.back().readBytes(10);
  }
  test.app.close();
}

}  // namespace
}  // namespace fastify::server
