// Servers that come and go while clients ask: nothing hangs, is lost or used after its end.

#include "server_test_app.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>

namespace fastify::server {
namespace {

TEST(Cycles, a_thousand_starts_and_stops_under_load) {
  std::atomic<std::uint16_t> port{0};
  std::atomic<int> answers{0};
  std::atomic<bool> over{false};
  const std::string two = request("/str") + request("/obj");
  std::thread load([&] {
    while (!over) {
      if (port == 0) continue;
      try {
        RawClient client(port);
        while (!over) {
          client.send(two);
          client.readAnswer();
          client.readAnswer();
          ++answers;
        }
      } catch (const std::exception&) {  // the server was closed
      }
    }
  });
  for (int cycle = 0; cycle < 1000; ++cycle) {
    TestApp test({.threads = cycle % 4 == 0 ? 2u : 1u});
    test.listen();
    port = test.port;
    // Every tenth is closed under somebody who is being answered.
    if (cycle % 10 == 0) {
      const auto before = answers.load();
      while (answers == before) std::this_thread::yield();
    }
    test.app.close();
  }
  over = true;
  load.join();
  EXPECT_GE(answers, 100);
}

}  // namespace
}  // namespace fastify::server
