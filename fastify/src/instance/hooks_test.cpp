// The order in which hooks run, and what they can do. Fastify's "Lifecycle" and "Hooks" pages.

#include <fastify/fastify.hpp>

#include <async/event_loop.hpp>

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

using namespace fastify;
using namespace std::chrono_literals;

namespace {
const Decorator<std::vector<std::string>> trace("trace");

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text.append(text.empty() ? "" : " ").append(word);
  return text;
}

/// An app whose hooks note their names; the answer's x-trace tells the order.
void traceAll(Fastify& app, const std::string& who) {
  app.addHook(onRequest, [who](Request& request) { request[trace].push_back(who + ".onRequest"); });
  app.addHook(preParsing, [who](Request& request, Reply&, Stream&) { request[trace].push_back(who + ".preParsing"); });
  app.addHook(preValidation, [who](Request& request) { request[trace].push_back(who + ".preValidation"); });
  app.addHook(preHandler, [who](Request& request) -> Task<> {
    co_await async::sleep(1ms);
    request[trace].push_back(who + ".preHandler");
  });
  app.addHook(preSerialization,
              [who](Request& request, Reply&, Payload&) { request[trace].push_back(who + ".preSerialization"); });
  app.addHook(onError, [who](Request& request, Reply&, FastifyError&) { request[trace].push_back(who + ".onError"); });
  app.addHook(onSend, [who](Request& request, Reply& reply, Payload&) {
    request[trace].push_back(who + ".onSend");
    reply.header("x-trace", joined(request[trace]));
  });
}
}  // namespace

TEST(Hooks, run_in_the_order_of_the_lifecycle) {
  Fastify app;
  app.decorateRequest(trace);
  traceAll(app, "root");
  app.get("/", [](Request& request) {
    request[trace].push_back("handler");
    return Json{{"a", 1}};
  });
  const auto answer = app.inject("/");
  EXPECT_EQ(answer.statusCode, 200);
  EXPECT_EQ(answer.body, R"({"a":1})");
  EXPECT_EQ(
      answer.header("x-trace"),
      "root.onRequest root.preParsing root.preValidation root.preHandler handler root.preSerialization root.onSend");
}

TEST(Hooks, of_a_parent_added_after_a_plugin_run_behind_the_plugins_own) {
  Fastify app;
  app.decorateRequest(trace);
  auto note = [](std::string name) { return [name](Request& request) { request[trace].push_back(name); }; };
  app.addHook(onRequest, note("root"));
  app.registerPlugin([&](Fastify& child) {
    child.addHook(onRequest, note("child"));
    child.get("/child", [](Request& request) { return joined(request[trace]); });
  });
  app.addHook(onRequest, note("late"));
  app.get("/", [](Request& request) { return joined(request[trace]); });
  EXPECT_EQ(app.inject("/").body, "root late");
  EXPECT_EQ(app.inject("/child").body, "root child late");
}

TEST(Hooks, that_reply_skip_what_follows_but_not_onSend) {
  for (const bool coroutine : {false, true}) {
    Fastify app;
    app.decorateRequest(trace);
    if (coroutine) {
      app.addHook(onRequest, [](Request&, Reply& reply) -> Task<> {
        co_await async::sleep(1ms);
        co_return reply.code(401).send({{"error", "no"}});
      });
    } else {
      app.addHook(onRequest, [](Request&, Reply& reply) { reply.code(401).send({{"error", "no"}}); });
    }
    traceAll(app, "root");
    app.get("/", [] { return "never"; });
    const auto answer = app.inject("/");
    EXPECT_EQ(answer.statusCode, 401);
    EXPECT_EQ(answer.body, R"({"error":"no"})");
    EXPECT_EQ(answer.header("x-trace"), "root.preSerialization root.onSend");
  }
}

TEST(Hooks, that_throw_go_through_onError_and_the_error_handler) {
  Fastify app;
  app.decorateRequest(trace);
  traceAll(app, "root");
  app.get("/", {.preHandler = [](Request&, Reply&) { throw FastifyError(403, "NOPE", "not you"); }},
          [] { return "never"; });
  const auto answer = app.inject("/");
  EXPECT_EQ(answer.statusCode, 403);
  EXPECT_EQ(answer.body, R"({"statusCode":403,"code":"NOPE","error":"Forbidden","message":"not you"})");
  EXPECT_EQ(answer.header("x-trace"),
            "root.onRequest root.preParsing root.preValidation root.preHandler root.onError root.onSend");
}

TEST(Hooks, onSend_may_replace_the_payload_and_change_the_head) {
  Fastify app;
  app.get("/", {.onSend = [](Request&, Reply& reply, Payload& payload) -> Task<Payload> {
            co_await async::sleep(1ms);
            reply.code(202).header("x-late", "1");
            co_return payload.text() + "!";
          }},
          [] { return "hello"; });
  const auto answer = app.inject("/");
  EXPECT_EQ(answer.statusCode, 202);
  EXPECT_EQ(answer.body, "hello!");
  EXPECT_EQ(answer.header("content-length"), "6");
  EXPECT_EQ(answer.header("x-late"), "1");
}

TEST(Hooks, onSend_that_fails_runs_again_for_the_error) {
  Fastify app;
  int calls = 0;
  app.addHook(onSend, [&](Request&, Reply&, Payload&) {
    if (++calls == 1) throw std::runtime_error("once");
  });
  app.get("/", [] { return "hello"; });
  const auto answer = app.inject("/");
  EXPECT_EQ(answer.statusCode, 500);
  EXPECT_EQ(calls, 2);
}

TEST(Hooks, onSend_that_always_fails_still_gives_an_answer) {
  Fastify app;
  app.addHook(onSend, [](Request&, Reply&, Payload&) { throw std::runtime_error("always"); });
  app.get("/", [] { return "hello"; });
  const auto answer = app.inject("/");
  EXPECT_EQ(answer.statusCode, 500);
  EXPECT_EQ(answer.body, R"({"statusCode":500,"error":"Internal Server Error","message":"always"})");
}

TEST(Hooks, preParsing_may_put_another_stream_in_the_bodys_place) {
  Fastify app;
  struct Replaced : Readable {
    explicit Replaced(Stream original) : original(std::move(original)) {}
    Task<std::optional<std::string>> read() override {
      while (auto chunk = co_await original->read()) received += chunk->size();
      if (done) co_return std::nullopt;
      done = true;
      co_return R"({"replaced":true})";
    }
    std::optional<std::size_t> receivedEncodedLength() const noexcept override { return received; }
    Stream original;
    std::size_t received = 0;
    bool done = false;
  };
  app.post("/",
           {.preParsing = [](Request&, Reply&, Stream& body) -> Stream { return std::make_shared<Replaced>(body); }},
           [](Request& request) { return request.body().json(); });
  const auto answer = app.inject({.method = "POST", .url = "/", .payload = {{"original", true}}});
  EXPECT_EQ(answer.body, R"({"replaced":true})");
}

TEST(Hooks, onResponse_runs_when_the_answer_is_out) {
  Fastify app;
  int status = 0;
  app.addHook(onResponse, [&](Request&, Reply& reply) { status = reply.statusCode(); });
  app.get("/created", [](Request&, Reply& reply) { reply.code(201).send("x"); });
  app.inject("/created");
  EXPECT_EQ(status, 201);
}

TEST(Hooks, of_the_application_run_from_ready_to_close) {
  std::vector<std::string> log;
  auto note = [&](std::string name) { return [&log, name] { log.push_back(name); }; };
  {
    Fastify app;
    app.addHook(onReady, note("root.onReady"));
    app.addHook(onClose, note("root1"));
    app.addHook(onClose, note("root2"));
    app.addHook(preClose, note("pre"));
    app.registerPlugin([&](Fastify& child) {
      child.addHook(onReady, note("child.onReady"));
      child.addHook(onClose, note("child1"));
      child.addHook(onClose, note("child2"));
    });
    app.ready();
    app.close();
  }
  EXPECT_EQ(joined(log), "root.onReady child.onReady pre child2 child1 root2 root1");
}
