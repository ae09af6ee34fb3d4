// What handlers can answer with. Fastify's "Reply" and "Errors" pages.

#include <fastify/fastify.hpp>

#include <async/event_loop.hpp>

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

using namespace fastify;
using namespace std::chrono_literals;

namespace {
struct User {
  std::string id;
  operator Json() const { return {{"id", id}, {"name", nullptr}}; }
};

InjectResponse answerOf(auto handler) {
  Fastify app;
  app.get("/", std::move(handler));
  return app.inject("/");
}
}  // namespace

TEST(Reply, sends_what_a_handler_returns) {
  EXPECT_EQ(answerOf([] { return "text"; }).header("content-type"), "text/plain; charset=utf-8");
  EXPECT_EQ(answerOf([] { return JsonObject{{"a", 1}}; }).header("content-type"), "application/json; charset=utf-8");
  EXPECT_EQ(answerOf([] { return 42; }).body, "42");
  EXPECT_EQ(answerOf([] { return nullptr; }).body, "null");
  EXPECT_EQ(answerOf([] { return User{"u"}; }).body, R"({"id":"u","name":null})");
  EXPECT_EQ(answerOf([]() -> Task<User> { co_return User{"u"}; }).body, R"({"id":"u","name":null})");
  EXPECT_EQ(answerOf([] { return Buffer{"\x01\x02"}; }).header("content-type"), "application/octet-stream");
}

TEST(Reply, is_empty_when_a_coroutine_sends_nothing) {
  const auto answer = answerOf([](Request&, Reply&) -> Task<> { co_return; });
  EXPECT_EQ(answer.statusCode, 200);
  EXPECT_EQ(answer.header("content-length"), "0");
  EXPECT_EQ(answer.header("content-type"), std::nullopt);
}

TEST(Reply, may_be_sent_later) {
  const auto later = [](Reply& reply) -> Task<> {
    co_await async::sleep(1ms);
    reply.send("later");
  };
  EXPECT_EQ(answerOf([&](Request&, Reply& reply) { async::detach(later(reply)); }).body, "later");
  EXPECT_EQ(answerOf([&](Request&, Reply& reply) -> Task<Reply&> {
              async::detach(later(reply));
              co_return reply;
            }).body,
            "later");
  EXPECT_EQ(answerOf([&](Request&, Reply& reply) -> Task<> {
              async::detach(later(reply));
              co_await reply;
            }).body,
            "later");
}

TEST(Reply, goes_out_while_its_handler_goes_on) {
  bool ended = false;
  const auto answer = answerOf([&](Request&, Reply& reply) -> Task<> {
    reply.send("early");
    co_await async::sleep(2ms);
    ended = true;
  });
  EXPECT_EQ(answer.body, "early");
  EXPECT_TRUE(ended) << "a request ends when its handler has";
}

TEST(Reply, counts_the_first_send_only) {
  EXPECT_EQ(answerOf([](Request&, Reply& reply) {
              reply.send("one");
              reply.code(500).header("x-late", "1").send("two");
            }).body,
            "one");
  EXPECT_EQ(answerOf([](Request&, Reply& reply) {
              reply.send("one");
              throw std::runtime_error("after");
            }).body,
            "one");
}

TEST(Reply, keeps_headers_by_name_in_any_case) {
  const auto answer = answerOf([](Request&, Reply& reply) {
    reply.header("X-A", "1")
        .header("x-a", "2")
        .header("set-cookie", "a=1")
        .header("Set-Cookie", {"b=2", "c=3"})
        .header("x-number", 3)
        .send("x");
  });
  EXPECT_EQ(answer.header("x-a"), "2");
  EXPECT_EQ(answer.header("set-cookie"), "a=1, b=2, c=3");
  EXPECT_EQ(answer.header("x-number"), "3");
}

TEST(Reply, never_lets_a_header_carry_a_line_end) {
  const auto answer = answerOf([](Request&, Reply& reply) { reply.header("x-bad", "a\r\nx-injected: 1").send("ok"); });
  EXPECT_EQ(answer.statusCode, 500);
  EXPECT_EQ(answer.header("x-injected"), std::nullopt);
  EXPECT_NE(answer.body.find("ERR_INVALID_CHAR"), std::string::npos);
}

TEST(Reply, adds_a_charset_to_json_texts_but_not_to_bytes) {
  Fastify app;
  app.get("/text", [](Request&, Reply& reply) { reply.header("content-type", "application/json").send("{}"); });
  app.get("/bytes",
          [](Request&, Reply& reply) { reply.header("content-type", "application/json").send(Buffer{"{}"}); });
  EXPECT_EQ(app.inject("/text").header("content-type"), "application/json; charset=utf-8");
  EXPECT_EQ(app.inject("/bytes").header("content-type"), "application/json");
}

TEST(Reply, drops_the_body_of_204_and_304) {
  const auto none = answerOf([](Request&, Reply& reply) { reply.code(204).send({{"a", 1}}); });
  EXPECT_EQ(none.body, "");
  EXPECT_EQ(none.header("content-type"), std::nullopt);
  EXPECT_EQ(none.header("content-length"), std::nullopt);
  const auto unchanged = answerOf([](Request&, Reply& reply) { reply.code(304).send("ignored"); });
  EXPECT_EQ(unchanged.body, "");
  EXPECT_EQ(unchanged.header("content-length"), "7");
}

TEST(Reply, redirects) {
  const auto answer = answerOf([](Request&, Reply& reply) { reply.redirect("/target", 301); });
  EXPECT_EQ(answer.statusCode, 301);
  EXPECT_EQ(answer.header("location"), "/target");
  EXPECT_EQ(answerOf([](Request&, Reply& reply) { reply.redirect("/target"); }).statusCode, 302);
}

TEST(Reply, streams) {
  const auto answer =
      answerOf([](Request&, Reply& reply) { reply.type("text/plain").send(Readable::from({"hello ", "stream"})); });
  EXPECT_EQ(answer.body, "hello stream");
  EXPECT_EQ(answer.header("transfer-encoding"), "chunked");
}

TEST(Reply, answers_with_the_error_of_a_stream_that_fails_at_once) {
  const auto answer = answerOf([](Request&, Reply& reply) {
    reply.send(Readable::from([]() -> Task<std::optional<std::string>> {
      throw std::runtime_error("early");
      co_return std::nullopt;
    }));
  });
  EXPECT_EQ(answer.statusCode, 500);
  EXPECT_NE(answer.body.find("early"), std::string::npos);
}

TEST(Reply, cuts_the_connection_when_a_stream_fails_later) {
  auto count = std::make_shared<int>(0);
  EXPECT_THROW(answerOf([count](Request&, Reply& reply) {
                 reply.send(Readable::from([count]() -> Task<std::optional<std::string>> {
                   if ((*count)++ == 0) co_return "partial";
                   co_await async::sleep(1ms);
                   throw std::runtime_error("late");
                 }));
               }),
               FastifyError);
}

TEST(Reply, computes_trailers) {
  const auto answer = answerOf([](Request&, Reply& reply) {
    reply
        .trailer("X-Sum",
                 [](const Payload& payload) -> Task<std::string> { co_return std::to_string(payload.text().size()); })
        .send("with trailer");
  });
  EXPECT_EQ(answer.body, "with trailer");
  ASSERT_EQ(answer.trailers.size(), 1u);
  EXPECT_EQ(answer.trailers[0], (std::pair<std::string, std::string>("x-sum", "12")));
}

TEST(Reply, hijacked_belongs_to_the_handler) {
  const auto answer = answerOf([](Request&, Reply& reply) {
    reply.hijack();
    reply.raw().writeHead(200, {{"X-Raw", "yes"}, {"Content-Length", "3"}});
    reply.raw().end("raw");
  });
  EXPECT_EQ(answer.body, "raw");
  EXPECT_EQ(answer.header("x-raw"), "yes");
}

TEST(Errors, take_their_status_from_the_error_or_the_reply) {
  EXPECT_EQ(answerOf([](Request&, Reply&) { throw FastifyError(418, "teapot"); }).statusCode, 418);
  EXPECT_EQ(answerOf([](Request&, Reply& reply) {
              reply.code(403);
              throw std::runtime_error("x");
            }).statusCode,
            403);
  EXPECT_EQ(answerOf([](Request&, Reply& reply) {
              reply.code(201);
              throw std::runtime_error("x");
            }).statusCode,
            500);
  EXPECT_EQ(answerOf([](Request&, Reply& reply) -> Task<> {
              co_await async::sleep(1ms);
              reply.code(400);
              throw FastifyError(409, "x");
            }).statusCode,
            409);
  EXPECT_EQ(answerOf([](Request&, Reply&) { throw 42; }).statusCode, 500);
}

TEST(Errors, go_from_the_innermost_handler_outwards) {
  Fastify app;
  app.setErrorHandler(
      [](FastifyError& error, Request&, Reply& reply) { reply.code(477).send({{"outer", error.message}}); });
  app.registerPlugin([](Fastify& inner) {
    inner.setErrorHandler([](FastifyError& error, Request&, Reply&) -> Task<Json> {
      if (error.message == "again") throw FastifyError(500, "changed");
      co_return Json{{"inner", error.message}};
    });
    inner.get("/inner", [](Request&, Reply&) { throw std::runtime_error("first"); });
    inner.get("/again", [](Request&, Reply&) { throw std::runtime_error("again"); });
  });
  EXPECT_EQ(app.inject("/inner").body, R"({"inner":"first"})");
  EXPECT_EQ(app.inject("/again").body, R"({"outer":"changed"})");
}

TEST(NotFound, answers_in_fastifys_form) {
  Fastify app;
  const auto answer = app.inject("/nope?x=1");
  EXPECT_EQ(answer.statusCode, 404);
  EXPECT_EQ(answer.body, R"({"message":"Route GET:/nope?x=1 not found","error":"Not Found","statusCode":404})");
}

TEST(NotFound, has_a_handler_for_each_prefix) {
  Fastify app;
  app.setNotFoundHandler([](Request&, Reply& reply) { reply.code(404).send("root"); });
  app.registerPlugin(
      [](Fastify& inner) {
        inner.setNotFoundHandler(
            [](Request& request, Reply& reply) { reply.code(404).send(request.is404() ? "inner" : "?"); });
        inner.get("/give-up", [](Request&, Reply& reply) { reply.callNotFound(); });
      },
      {.prefix = "/v1"});
  EXPECT_EQ(app.inject("/x").body, "root");
  EXPECT_EQ(app.inject("/v1/x").body, "inner");
  EXPECT_EQ(app.inject("/v1").body, "inner");
  EXPECT_EQ(app.inject("/v1x").body, "root");
  EXPECT_EQ(app.inject("/v1/give-up").body, "inner");
}

TEST(RequestBody, is_parsed_by_its_content_type) {
  Fastify app;
  app.post("/", [](Request& request) -> Payload {
    if (!request.body()) return "undefined";
    return request.body().json();
  });
  auto post = [&](HeaderPairs headers, Payload payload) {
    return app.inject({.method = "POST", .headers = std::move(headers), .payload = std::move(payload)});
  };
  EXPECT_EQ(post({}, {{"a", 1}}).body, R"({"a":1})");
  EXPECT_EQ(post({{"content-type", "text/plain"}}, "hello").body, "hello");
  EXPECT_EQ(post({}, undefined).body, "undefined");
  EXPECT_EQ(post({{"content-type", "application/json"}}, "{bad").statusCode, 400);
  EXPECT_EQ(post({{"content-type", "application/json"}}, "{bad").header("connection"), "close");
  EXPECT_EQ(post({{"content-type", "application/x-other"}}, "x").statusCode, 415);
  EXPECT_EQ(post({{"content-type", "application/x-other"}}, "x").header("connection"), "keep-alive");
  EXPECT_EQ(post({{"content-type", "text/plain"}}, std::string(2'000'000, 'x')).statusCode, 413);
}

TEST(MediaType, of_request_and_reply_is_lower_case_and_without_parameters) {
  Fastify app;
  app.get("/", [](Request& request, Reply& reply) {
    const bool unset = !reply.mediaType() && reply.routeOptions().url == "/";
    reply.type("Text/HTML; charset=x");
    reply.send(request.mediaType().value_or("none") + " " + reply.mediaType().value_or("none") + (unset ? "" : " set"));
  });
  const auto answerTo = [&](HeaderPairs headers) { return app.inject({.headers = std::move(headers)}).body; };
  EXPECT_EQ(answerTo({{"content-type", "Application/JSON ; charset=utf-8"}}), "application/json text/html");
  EXPECT_EQ(answerTo({{"content-type", "malformed"}}), "none text/html");
  EXPECT_EQ(answerTo({}), "none text/html");
}

TEST(RequestBody, may_be_missing_behind_a_json_type_where_the_app_says_so) {
  for (const bool allowed : {false, true}) {
    Fastify app({.allowEmptyJsonBody = allowed});
    app.del("/", [](Request& request) { return request.body().isUndefined() ? "nothing" : "something"; });
    const auto answer = app.inject({.method = "DELETE", .headers = {{"content-type", "application/json"}}});
    EXPECT_EQ(answer.statusCode, allowed ? 200 : 400);
    if (allowed) EXPECT_EQ(answer.body, "nothing");
    if (!allowed) EXPECT_EQ(answer.json().at("code"), "FST_ERR_CTP_EMPTY_JSON_BODY");
  }
}

TEST(RequestBody, goes_to_parsers_of_plugins) {
  Fastify app;
  app.addContentTypeParser("text/csv", {.parseAs = ParseAs::String},
                           [](Request&, std::string_view body) { return RequestBody(std::string(body) + "!"); });
  app.addContentTypeParser(Pattern{"^application/vnd\\..+\\+json$"}, {.parseAs = ParseAs::Buffer},
                           [](Request&, std::string_view body) { return RequestBody(Buffer{std::string(body)}); });
  app.addContentTypeParser("application/x-stream", [](Request&, Stream stream) -> Task<Json> {
    std::int64_t size = 0;
    while (auto chunk = co_await stream->read()) size += static_cast<std::int64_t>(chunk->size());
    co_return Json{{"streamed", size}};
  });
  app.post("/", [](Request& request) -> Payload {
    if (request.body().isBuffer()) return request.body().buffer();
    return request.body().json();
  });
  auto post = [&](const char* type, const char* body) {
    return app.inject({.method = "POST", .headers = {{"content-type", type}}, .payload = body}).body;
  };
  EXPECT_EQ(post("text/csv", "a,b"), "a,b!");
  EXPECT_EQ(post("application/vnd.x+json", "{}"), "{}");
  EXPECT_EQ(post("application/x-stream", "12345"), R"({"streamed":5})");
}
