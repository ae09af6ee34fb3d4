// Connections that live long: the last request costs what the first one did.

#include "server_test_app.hpp"

#include <gtest/gtest.h>

#include <string>

namespace fastify::server {
namespace {

TEST(LongConnection, large_requests_take_the_same_memory_again_and_again) {
  TestApp test;
  test.app.get("/headers", [](Request& request, Reply& reply) { reply.send(request.headers().json()); });
  auto client = test.connect();
  const auto large = request("/headers", "x-large: " + std::string(6000, 'x') + "\r\n");
  // Memory that grew with each of them, however little at first, would not be there for the hundredth.
  for (int i = 0; i < 100; ++i) {
    client.send(large);
    ASSERT_EQ(client.readAnswer().statusCode, 200) << "request " << i;
  }
}

}  // namespace
}  // namespace fastify::server
