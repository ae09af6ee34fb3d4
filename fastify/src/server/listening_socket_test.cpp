#include "server_test_app.hpp"

#include "server.hpp"

#include <gtest/gtest.h>

#include <cerrno>
#include <set>
#include <sstream>
#include <string>
#include <thread>

namespace fastify::server {
namespace {

TEST(ListeningSocket, a_taken_port_is_nodes_error) {
  auto first = bind({.host = "127.0.0.1"}, 1);
  const auto port = first.front().front().address().port;
  try {
    bind({.port = port, .host = "127.0.0.1"}, 1);
    FAIL() << "bound twice";
  } catch (const FastifyError& error) {
    EXPECT_EQ(error.code, "EADDRINUSE");
    EXPECT_EQ(error.message, "listen EADDRINUSE: address already in use 127.0.0.1:" + std::to_string(port));
  }
}

TEST(ListeningSocket, an_unknown_host_is_an_error) {
  try {
    bind({.host = "no-such-host.invalid"}, 1);
    FAIL() << "bound";
  } catch (const FastifyError& error) {
    EXPECT_EQ(error.code, "ENOTFOUND");
  }
}

TEST(ListeningSocket, localhost_is_all_of_its_addresses_at_one_port) {
  const auto sockets = bind({}, 1).front().size();
  EXPECT_GE(sockets, 1u);
  TestApp test;
  const auto origin = test.app.listen();
  const auto addresses = test.app.addresses();
  EXPECT_EQ(origin, "http://127.0.0.1:" + std::to_string(addresses.front().port));
  for (const auto& address : addresses) {
    EXPECT_EQ(address.port, addresses.front().port);
    RawClient client(address.port, address.family == "IPv6");
    client.send(request("/str"));
    EXPECT_EQ(client.readAnswer().body, "hello");
  }
}

TEST(ListeningSocket, the_unspecified_ipv6_address_takes_ipv4_too) {
  TestApp test;
  try {
    test.app.listen({.host = "::"});
  } catch (const FastifyError& error) {
    ASSERT_EQ(error.code, "E" + std::to_string(EAFNOSUPPORT)) << error.message;  // a machine without IPv6
    return;
  }
  for (const bool ipv6 : {false, true}) {
    RawClient client(test.app.addresses().front().port, ipv6);
    client.send(request("/str"));
    EXPECT_EQ(client.readAnswer().body, "hello");
  }
}

TEST(ListeningSocket, workers_share_a_port) {
  TestApp test({.threads = 3});
  test.app.get("/thread", [] {
    std::ostringstream text;
    text << std::this_thread::get_id();
    return text.str();
  });
  test.listen();
  std::set<std::string> threads;
  for (int i = 0; i < 200 && threads.size() < 2; ++i) {
    auto client = test.connect();
    client.send(request("/thread"));
    threads.insert(client.readAnswer().body);
  }
  EXPECT_GE(threads.size(), 2u);
}

}  // namespace
}  // namespace fastify::server
