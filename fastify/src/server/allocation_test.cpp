// What a request costs in memory: nothing, for a hello world on a connection that is warm. And what happens when there
// is none: one request or one connection is lost, and no more.

// ThreadSanitizer has an operator new of its own, which cannot be replaced.
#if !__has_feature(thread_sanitizer)

#include "counted_allocations.hpp"
#include "http2_test_client.hpp"
#include "server_test_app.hpp"

#include <async/event_loop.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>
#include <string>

namespace fastify::server {
std::atomic<std::size_t> CountedAllocations::count{0};
thread_local bool CountedAllocations::here = true;
std::atomic<long> CountedAllocations::untilFailure{-1};
}  // namespace fastify::server

using fastify::server::CountedAllocations;

void* operator new(std::size_t size) {
  if (CountedAllocations::here) {
    ++CountedAllocations::count;
    auto& left = CountedAllocations::untilFailure;
    if (left >= 0 && left-- == 0) throw std::bad_alloc();
  }
  if (void* memory = std::malloc(size > 0 ? size : 1)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace fastify::server {
namespace {

std::size_t allocationsOf(RawClient& client, const std::string& text, int answers) {
  CountedAllocations::here = false;
  auto round = [&] {
    client.send(text);
    for (int i = 0; i < answers; ++i) client.readAnswer();
  };
  for (int i = 0; i < 50; ++i) round();
  const auto before = CountedAllocations::count.load();
  for (int i = 0; i < 100; ++i) round();
  return CountedAllocations::count.load() - before;
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

/// An app that does what most apps do, and logs.
struct BusyApp : TestApp {
  explicit BusyApp(FastifyOptions options) : TestApp(std::move(options)) {
    app.get("/later/:id", [](Request& request, Reply& reply) -> Task<> {
      co_await async::sleep(std::chrono::milliseconds(1));
      reply.send({{"id", *request.param("id")}, {"query", request.query()}});
    });
    app.get("/stream", [](Request&, Reply& reply) { reply.send(Readable::from({"hello ", "stream"})); });
    app.get("/throws", [](Request&) -> std::string { throw std::runtime_error("boom"); });
    app.post(
        "/checked",
        {.schema = {.body = R"({"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}}})"_json}},
        [](Request& request) { return request.body().json(); });
    app.addHook(onSend, [](Request&, Reply& reply) { reply.header("x-sent", std::string(30, 'x')); });
  }
};

TEST(Allocations, one_that_fails_costs_one_connection_at_most) {
  BusyApp test({.logger = LoggerOptions{.destination = LogDestination::File{"/dev/null"}},
                .closeGraceDelay = std::chrono::hours(1)});
  test.listen();
  const std::string last = "Connection: close\r\n";
  for (const auto& text : {request("/obj", last), request("/later/7?a=1&b=2", last), request("/stream", last),
                           request("/throws", last), request("/nowhere", last), request("/%zz", last),
                           post("/checked", "{\"a\": 1}", last), post("/checked", "{}", last),
                           post("/echo", "{\"a\":" + std::string(20000, '1') + "}", last), std::string("BOGUS\r\n\r\n"),
                           request("/str", "X: " + std::string(5000, 'x') + "\r\n") + request("/obj", last)}) {
    failEachAllocation(
        [&] {
          try {
            auto client = test.connect();
            client.send(text);
            const auto answer = client.readToEnd();
            if (!answer.empty()) EXPECT_TRUE(answer.starts_with("HTTP/1.1 ")) << answer;
          } catch (const std::system_error&) {  // it was cut while it spoke
          }
        },
        [&] {
          auto client = test.connect();
          client.send(request("/str", last));
          return client.readAnswer().body == "hello";
        });
  }
  test.app.close();  // nothing is waited for in vain
}

TEST(Allocations, one_that_fails_costs_one_http2_connection_at_most) {
  BusyApp test({.logger = LoggerOptions{.destination = LogDestination::File{"/dev/null"}},
                .closeGraceDelay = std::chrono::hours(1),
                .http2 = true});
  test.listen();
  for (const char* path : {"/obj", "/later/7?a=1", "/stream", "/throws", "/nowhere"}) {
    failEachAllocation(
        [&] {
          try {
            Http2Client(test.port).get(path);
          } catch (const std::system_error&) {
          }
        },
        [&] { return Http2Client(test.port).get("/str").body == "hello"; });
  }
  test.app.close();
}

TEST(Allocations, a_server_listens_with_all_its_workers_or_says_that_it_does_not) {
  for (const std::size_t threads : {1u, 3u}) {
    bool failed = true;
    for (long n = 0; failed; ++n) {
      ASSERT_LT(n, 2000) << "no end of allocations";
      TestApp test({.logger = LoggerOptions{.destination = LogDestination::File{"/dev/null"}}, .threads = threads});
      test.app.ready();
      CountedAllocations::here = true;
      CountedAllocations::untilFailure = n;
      bool listens = true;
      try {
        test.app.listen({.host = "127.0.0.1"});
      } catch (const std::bad_alloc&) {
        listens = false;
      }
      failed = CountedAllocations::untilFailure.exchange(-1) < 0;
      CountedAllocations::here = false;
      EXPECT_EQ(test.app.addresses().empty(), !listens);
      if (!listens) test.app.listen({.host = "127.0.0.1"});  // now there is memory
      test.port = test.app.addresses().front().port;
      for (int i = 0; i < 8; ++i) {
        auto client = test.connect();
        client.send(request("/str", "Connection: close\r\n"));
        ASSERT_EQ(client.readAnswer().body, "hello") << "after the failure of allocation " << n;
      }
    }
  }
}

}  // namespace
}  // namespace fastify::server

#endif
