// Handlers, hooks, parsers and error handlers in all their forms, while every allocation of their requests fails in
// turn: what of the program's has begun is waited for, and has its request for as long as it runs. AddressSanitizer
// sees when it has not.

#if !__has_feature(thread_sanitizer)

#include "counted_allocations.hpp"
#include "server_test_app.hpp"

#include <fastify/typed.hpp>

#include <async/event_loop.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace fastify::server {

struct Item {
  std::string name;
  std::optional<int> count;
};
BOOST_DESCRIBE_STRUCT(Item, (), (name, count))

namespace {

using Nothing = Task<>;
using Replies = Task<Reply&>;

/// Calls that have not ended.
std::atomic<int> running{0};

/// Waits, then looks at the request that the call was made for.
Task<> wait(Request& request, Reply& reply) {
  co_await async::sleep(std::chrono::nanoseconds(0));
  if (request.url().empty() || reply.statusCode() == 0) throw std::logic_error("a request without anything");
}

struct Call {
  Call() { ++running; }
  ~Call() { --running; }
};

// Of hooks and handlers.
Nothing nothing(Request& request, Reply& reply) {
  const Call call;
  co_await wait(request, reply);
}
Task<int> number(Request& request, Reply& reply) {
  const Call call;
  co_await wait(request, reply);
  co_return 7;
}
Task<JsonObject> object(Request& request, Reply& reply) {
  const Call call;
  co_await wait(request, reply);
  co_return JsonObject{{"a", std::string(40, 'a')}};
}
Replies replies(Request& request, Reply& reply) {
  const Call call;
  co_await wait(request, reply);
  reply.send("now");
  co_return reply;
}
Nothing throws(Request& request, Reply& reply) {
  const Call call;
  co_await wait(request, reply);
  throw std::runtime_error("boom");
}
Task<Item> typed(Body<Item> item, Request& request, Reply& reply) {
  const Call call;
  co_await wait(request, reply);
  co_return *item;
}
Nothing typedArgument(Body<Item> item, Request& request, Reply& reply) {
  const Call call;
  co_await wait(request, reply);
  reply.send(item->name);
}

// Of hooks that are given something.
template <class Value>
Nothing changes(Request& request, Reply& reply, Value&) {
  const Call call;
  co_await wait(request, reply);
}
template <class Value>
Task<Value> replaces(Request& request, Reply& reply, Value& value) {
  const Call call;
  co_await wait(request, reply);
  co_return value;
}
Nothing hearsError(Request& request, Reply& reply, FastifyError& error) {
  const Call call;
  co_await wait(request, reply);
  if (error.message.empty()) throw std::logic_error("an error without a text");
}

// Of error handlers.
Nothing sendsError(FastifyError& error, Request& request, Reply& reply) {
  const Call call;
  co_await wait(request, reply);
  reply.send(error.message);
}
Task<JsonObject> givesError(FastifyError& error, Request& request, Reply& reply) {
  const Call call;
  co_await wait(request, reply);
  co_return JsonObject{{"message", error.message}};
}

// Of parsers; the reply is of no concern to them.
Task<RequestBody> parsesWhole(Request& request, std::string_view body) {
  const Call call;
  co_await async::sleep(std::chrono::nanoseconds(0));
  co_return RequestBody(request.url().empty() ? std::string_view() : body);
}
Task<std::string> parsesText(Request& request, std::string_view body) {
  const Call call;
  co_await async::sleep(std::chrono::nanoseconds(0));
  co_return std::string(body) + std::string(request.url());
}
Task<std::string> parsesStream(Request& request, Stream stream) {
  const Call call;
  std::string all(request.url());
  while (auto chunk = co_await stream->read()) all += *chunk;
  co_return all;
}

struct FormsApp : TestApp {
  FormsApp() : TestApp({.closeGraceDelay = std::chrono::minutes(2)}) {
    app.addContentTypeParser("x/whole", {.parseAs = ParseAs::String}, parsesWhole);
    app.addContentTypeParser("x/text", {.parseAs = ParseAs::String}, parsesText);
    app.addContentTypeParser("x/stream", parsesStream);
    app.setNotFoundHandler(object);
    app.get("/nothing", nothing);
    app.get("/number", number);
    app.get("/object", object);
    app.get("/replies", replies);
    app.get("/throws", throws);
    app.get("/sends-error", {.errorHandler = sendsError}, throws);
    app.get("/gives-error", {.onError = hearsError, .errorHandler = givesError}, throws);
    app.post("/typed", typed);
    app.post("/typed-argument", typedArgument);
    app.post("/parsed", [](Request& request) { return request.body().json(); });
    app.get("/hooks",
            {.onRequest = {nothing, number},
             .preParsing = {changes<Stream>, replaces<Stream>},
             .preValidation = {nothing, number},
             .preHandler = {nothing, number},
             .preSerialization = {changes<Payload>, replaces<Payload>},
             .onSend = {changes<Payload>, replaces<Payload>},
             .onResponse = {nothing, number}},
            object);
    app.get("/hook-replies", {.preHandler = replies, .onSend = changes<Payload>}, object);
    app.get("/aborted", {.onRequestAbort = {nothing, number}}, nothing);
    app.get("/trailer", [](Request&, Reply& reply) {
      reply
          .trailer("x-later",
                   [](const Payload& payload) -> Task<std::string> {
                     const Call call;
                     co_await async::sleep(std::chrono::nanoseconds(0));
                     co_return std::to_string(payload.text().size());
                   })
          .send("text");
    });
  }
};

std::string ofType(std::string_view path, std::string_view type, std::string_view body) {
  return request(path,
                 "Connection: close\r\nContent-Type: " + std::string(type) +
                     "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n",
                 "POST") +
         std::string(body);
}

/// One app for each request: when it closes, nothing is left of what it was asked.
void failEachAllocationOf(const std::string& text) {
  FormsApp test;
  test.listen();
  failEachAllocation(
      [&] {
        try {
          auto client = test.connect();
          client.send(text);
          // Who asks for this one ends his half: its hooks run while the handler waits.
          if (text.find("/aborted") != std::string::npos) client.endWriting();
          const auto answer = client.readToEnd();
          if (!answer.empty()) EXPECT_TRUE(answer.starts_with("HTTP/1.1 ")) << answer;
        } catch (const std::system_error&) {  // it was cut while it spoke
        }
      },
      [&] {
        auto client = test.connect();
        client.send(request("/str", "Connection: close\r\n"));
        return client.readAnswer().body == "hello";
      });
  test.app.close();
  EXPECT_EQ(running.exchange(0), 0) << text;
}

TEST(CallForms, none_outlives_its_request_when_an_allocation_fails) {
  for (const char* path : {"/nothing", "/number", "/object", "/replies", "/throws", "/sends-error", "/gives-error",
                           "/hooks", "/hook-replies", "/aborted", "/trailer", "/nowhere"}) {
    failEachAllocationOf(request(path, "Connection: close\r\n"));
  }
  for (const char* path : {"/typed", "/typed-argument"})
    failEachAllocationOf(
        ofType(path, "application/json", R"({"name": "a name that is too long to be kept in place"})"));
  for (const char* type : {"x/whole", "x/text", "x/stream"}) failEachAllocationOf(ofType("/parsed", type, "some text"));
}

TEST(CallForms, are_answered_where_there_is_memory) {
  FormsApp test;
  test.listen();
  const auto answerOf = [&](const std::string& text) {
    auto client = test.connect();
    client.send(text);
    return client.readAnswer();
  };
  const std::string a = "{\"a\":\"" + std::string(40, 'a') + "\"}";
  for (const auto& [path, body] : std::vector<std::pair<std::string, std::string>>{
           {"/nothing", ""},
           {"/number", "7"},
           {"/object", a},
           {"/replies", "now"},
           {"/throws", R"({"statusCode":500,"error":"Internal Server Error","message":"boom"})"},
           {"/sends-error", "boom"},
           {"/gives-error", R"({"message":"boom"})"},
           {"/hooks", a},
           {"/hook-replies", "now"},
           {"/trailer", "text"},
           {"/nowhere", a}}) {
    EXPECT_EQ(answerOf(request(path)).body, body) << path;
  }
  EXPECT_EQ(answerOf(ofType("/typed", "application/json", R"({"name":"ada"})")).body, R"({"name":"ada"})");
  EXPECT_EQ(answerOf(ofType("/typed-argument", "application/json", R"({"name":"ada"})")).body, "ada");
  EXPECT_EQ(answerOf(ofType("/parsed", "x/whole", "text")).body, "text");
  EXPECT_EQ(answerOf(ofType("/parsed", "x/text", "text")).body, "text/parsed");
  EXPECT_EQ(answerOf(ofType("/parsed", "x/stream", "text")).body, "/parsedtext");
}

}  // namespace
}  // namespace fastify::server

#endif
