// What a request costs in memory: nothing, for a hello world on a connection that is warm.

// ThreadSanitizer has an operator new of its own, which cannot be replaced.
#if !__has_feature(thread_sanitizer)

#include "server_test_app.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>
#include <string>

namespace {
std::atomic<std::size_t> allocations{0};
thread_local bool counted = true;  // not on the test's own thread
}  // namespace

void* operator new(std::size_t size) {
  if (counted) ++allocations;
  if (void* memory = std::malloc(size > 0 ? size : 1)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace fastify::server {
namespace {

std::size_t allocationsOf(RawClient& client, const std::string& text, int answers) {
  counted = false;
  auto round = [&] {
    client.send(text);
    for (int i = 0; i < answers; ++i) client.readAnswer();
  };
  for (int i = 0; i < 50; ++i) round();
  const auto before = allocations.load();
  for (int i = 0; i < 100; ++i) round();
  return allocations.load() - before;
}

TEST(Allocations, a_hello_world_needs_none) {
  TestApp test;
  test.app.get("/hello", [] { return "hello"; });
  auto client = test.connect();
  EXPECT_EQ(allocationsOf(client, request("/hello"), 1), 0u);
  // What does allocate is seen.
  test.app.close();
  TestApp other;
  other.app.get("/long", [] { return std::string(100, 'x'); });
  auto otherClient = other.connect();
  EXPECT_GE(allocationsOf(otherClient, request("/long"), 1), 100u);
}

TEST(Allocations, parameters_and_pipelines_need_none) {
  TestApp test;
  test.app.get("/users/:id/posts/:post",
               [](Request& request, Reply& reply) { reply.code(request.param("id") ? 204 : 500).send(); });
  auto client = test.connect();
  std::string several;
  for (int i = 0; i < 10; ++i) several += request("/users/42/posts/" + std::to_string(i));
  EXPECT_EQ(allocationsOf(client, several, 10), 0u);
}

}  // namespace
}  // namespace fastify::server

#endif
