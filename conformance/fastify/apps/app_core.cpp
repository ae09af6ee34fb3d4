// Everything a reply can be: kinds of payload, statuses, headers, redirects, trailers, hijacking, sending late or
// twice.
#include "app.hpp"
#include "app_parts.hpp"

#include <ecmascript/date.hpp>
#include <ecmascript/json_text.hpp>

#include <cstddef>
#include <limits>

using namespace fastify;

namespace conformance {
namespace {

/// A value with a JSON form of its own.
struct Replaced {};
void tag_invoke(boost::json::value_from_tag, Json& json, const Replaced&) { json = {{"replaced", true}}; }

Json nested(int depth) {
  Json json = JsonObject();
  for (int i = 0; i < depth; ++i) json = JsonObject{{"n", std::move(json)}};
  return json;
}

JsonArray oddNumbers() {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  return {0.1, 1e21, 1e-7, -0.0, 123456789012345680000.0, 5e-324, 1.0, 100, 1.5e300, nan, infinity};
}

void payloads(Fastify& app) {
  app.get("/obj", [](Request&, Reply& reply) { reply.send({{"hello", "world"}}); });
  app.get("/async-obj", []() -> Task<Json> { co_return Json{{"hello", "world"}}; });
  app.get("/promise-obj", []() -> Task<Json> { co_return Json{{"hello", "promise"}}; });
  app.get("/sync-return", [] { return Json{{"hello", "sync-return"}}; });
  app.get("/str", [] { return "hello"; });
  app.get("/str-empty", [] { return ""; });
  app.get("/str-unicode", [] { return "héllo ✓ 😀"; });
  app.get("/num", [] { return 42; });
  app.get("/zero", []() -> Task<int> { co_return 0; });
  app.get("/true", [] { return true; });
  app.get("/false", []() -> Task<bool> { co_return false; });
  app.get("/null", [] { return Json(nullptr); });
  app.get("/undefined", []() -> Task<> { co_return; });
  app.get("/send-nothing", [](Request&, Reply& reply) { reply.send(); });
  app.get("/send-null", [](Request&, Reply& reply) { reply.send(nullptr); });
  app.get("/array", [] { return Json{1, "two", nullptr, true, {{"three", 3}}}; });
  app.get("/array-empty", [] { return JsonArray(); });
  app.get("/obj-empty", [] { return JsonObject(); });
  app.get("/nested", [] { return R"({"a":{"b":{"c":[1,[2,[3]]]}}})"_json; });
  app.get("/undef-prop", [] { return Json{{"a", 1}, {"c", nullptr}}; });  // an absent member is not there
  app.get("/date", [] {
    return Json{{"at", ecmascript::toIsoString(std::chrono::sys_days{std::chrono::February / 29 / 2024} + 12h + 34min +
                                               56s + 7ms)}};
  });
  app.get("/numbers", [] { return oddNumbers(); });
  app.get("/escapes", [] { return Json{{"s", "\"\\/\b\f\n\r\t\x01\x7f\u2028</script>é😀"}}; });
  app.get("/unicode-keys", [] { return Json{{"ключ", "значение"}, {"😀", "✓"}}; });
  app.get("/deep", [] { return nested(50); });
}

void contentTypes(Fastify& app) {
  auto typed = [&app](std::string_view url, std::string type, Payload payload) {
    app.get(url, [type, payload](Request&, Reply& reply) { reply.type(type).send(payload); });
  };
  const Json one = {{"a", 1}};
  typed("/str-json", "application/json", R"({"a":1})");
  typed("/str-html", "text/html", "<p>hi</p>");
  typed("/str-html-charset", "text/html; charset=utf-8", "<p>hé</p>");
  typed("/obj-hal", "application/hal+json", one);
  typed("/obj-json-latin1", "application/json; charset=iso-8859-1", one);
  typed("/obj-json-param", "application/json; profile=\"x y\"", one);
  typed("/obj-text", "text/html", one);
  typed("/num-text", "text/plain", 7);
  app.get("/obj-json-upper",
          [one](Request&, Reply& reply) { reply.header("Content-Type", "Application/JSON").send(one); });
}

void bytes(Fastify& app) {
  app.get("/buffer", [] { return Buffer{{'\x00', '\x01', '\x02', '\xfd', '\xfe', '\xff'}}; });
  app.get("/buffer-png", [](Request&, Reply& reply) { reply.type("image/png").send(Buffer{"\x89PNG"}); });
  app.get("/buffer-empty", [] { return Buffer{}; });
  app.get("/typed-array", [] { return Buffer{"ABC"}; });
}

/// Yields "partial", then fails 30 ms later.
Stream failingLate() {
  auto asked = std::make_shared<bool>(false);
  return Readable::from([asked]() -> Task<std::optional<std::string>> {
    if (!std::exchange(*asked, true)) co_return "partial";
    co_await async::sleep(30ms);
    throw failure("late stream failure");
  });
}

void streams(Fastify& app) {
  app.get("/stream", [](Request&, Reply& reply) { reply.send(streamOf({"hello ", "stream"})); });
  app.get("/stream-async", [](Request&, Reply& reply) -> Task<Stream> {
    reply.type("text/plain");
    co_return streamOf({"hello ", "stream"});
  });
  app.get("/stream-length", [](Request&, Reply& reply) {
    reply.header("content-length", 5).type("text/plain").send(streamOf({"12345"}));
  });
  app.get("/stream-empty", [](Request&, Reply& reply) { reply.type("text/plain").send(streamOf({})); });
  app.get("/stream-error-early", [](Request&, Reply& reply) {
    reply.type("text/plain").send(Readable::from([]() -> Task<std::optional<std::string>> {
      throw failure("early stream failure");
      co_return std::nullopt;
    }));
  });
  app.get("/stream-error-late", [](Request&, Reply& reply) { reply.type("text/plain").send(failingLate()); });
  app.get("/web-stream", [](Request&, Reply& reply) { reply.type("text/plain").send(streamOf({"web ", "stream"})); });
  // Fetch's Response is a status, headers and a stream.
  app.get("/response", [](Request&, Reply& reply) {
    reply.code(201).headers({{"x-custom", "yes"}, {"content-type", "text/x-demo"}}).send(streamOf({"from response"}));
  });
}

void statuses(Fastify& app) {
  auto coded = [&app](std::string_view url, int code, Payload payload) {
    app.get(url, [code, payload](Request&, Reply& reply) { reply.code(code).send(payload); });
  };
  const Json id = {{"id", 1}};
  const Json one = {{"a", 1}};
  coded("/created", 201, id);
  app.get("/status-alias", [id](Request&, Reply& reply) { reply.status(202).send(id); });
  coded("/status-prop", 203, id);
  coded("/code-string", 404, id);
  coded("/204", 204, undefined);
  coded("/204-body", 204, Json{{"dropped", true}});
  app.get("/204-async", [](Request&, Reply& reply) -> Task<> {
    reply.code(204);
    co_return;
  });
  coded("/205", 205, undefined);
  coded("/304", 304, undefined);
  coded("/304-body", 304, "ignored");
  coded("/299", 299, one);
  coded("/599", 599, one);
  coded("/code-600", 600, one);
  coded("/code-99", 99, one);
  coded("/code-418", 418, Json{{"tea", true}});
}

void headers(Fastify& app) {
  app.get("/headers", [](Request&, Reply& reply) {
    reply.header("X-Mixed-Case", "a")
        .headers({{"x-two", "b"}, {"X-Three", 3}})
        .header("x-empty")
        .header("x-bool", true)
        .send("ok");
  });
  app.get("/header-last-wins", [](Request&, Reply& reply) { reply.header("x-a", "1").header("X-A", "2").send("ok"); });
  app.get("/header-array", [](Request&, Reply& reply) { reply.header("x-list", {"one", "two"}).send("ok"); });
  app.get("/set-cookie", [](Request&, Reply& reply) {
    reply.header("set-cookie", "a=1; Path=/")
        .header("Set-Cookie", "b=2")
        .header("set-cookie", {"c=3", "d=4"})
        .send("ok");
  });
  app.get("/header-remove", [](Request&, Reply& reply) {
    reply.header("x-gone", "1").header("x-kept", "2").removeHeader("X-Gone").send("ok");
  });
  app.get("/header-get", [](Request&, Reply& reply) {
    reply.header("X-A", "v");
    reply.send({{"get", reply.getHeader("x-a").value()},
                {"has", reply.hasHeader("X-a")},
                {"hasNot", reply.hasHeader("x-b")},
                {"all", reply.getHeaders()}});
  });
  auto one = [&app](std::string_view url, std::string name, std::string value, std::string body = "ok") {
    app.get(url, [=](Request&, Reply& reply) { reply.header(name, value).send(body); });
  };
  one("/header-crlf", "x-bad", "a\r\nx-injected: 1");
  one("/header-latin1", "x-latin", "café");
  one("/header-non-latin1", "x-uni", "✓");
  one("/content-length-wrong", "content-length", "3", "hello");
  one("/connection-close", "connection", "close", "bye");
  one("/date-override", "date", "Thu, 01 Jan 1970 00:00:00 GMT");
  one("/te-chunked-string", "transfer-encoding", "chunked", "chunky");
}

void redirects(Fastify& app) {
  app.get("/redirect", [](Request&, Reply& reply) { reply.redirect("/target"); });
  app.get("/redirect-301", [](Request&, Reply& reply) { reply.redirect("/target", 301); });
  app.get("/redirect-code", [](Request&, Reply& reply) { reply.code(307).redirect("/target?x=1&y=2"); });
  app.get("/redirect-code-arg", [](Request&, Reply& reply) { reply.code(307).redirect("/target", 308); });
  app.get("/redirect-async",
          [](Request&, Reply& reply) -> Task<> { co_return reply.redirect("https://example.test/a b"); });
  app.get("/redirect-unicode", [](Request&, Reply& reply) { reply.redirect("/✓"); });
}

/// A trailer whose value is known beforehand.
auto trailerOf(std::string value) {
  return [value](const Payload&) -> Task<std::string> { co_return value; };
}

void trailersAndRaw(Fastify& app) {
  app.get("/trailer", [](Request&, Reply& reply) {
    reply.trailer("X-Sum",
                  [](const Payload& payload) -> Task<std::string> { co_return std::to_string(payload.text().size()); });
    reply.send("with trailer");
  });
  app.get("/trailer-async", [](Request&, Reply& reply) {
    reply.trailer("x-one", trailerOf("first")).trailer("x-two", trailerOf("second")).send({{"a", 1}});
  });
  app.get("/trailer-error", [](Request&, Reply& reply) {
    reply.trailer("x-bad", [](const Payload&) -> Task<std::string> {
      throw failure("no");
      co_return "";
    });
    reply.send("body");
  });
  app.get("/trailer-forbidden",
          [](Request&, Reply& reply) { reply.trailer("content-length", trailerOf("1")).send("x"); });
  app.get("/trailer-stream", [](Request&, Reply& reply) {
    reply.type("text/plain").trailer("x-end", trailerOf("done")).send(streamOf({"abc"}));
  });
  app.get("/early-hints", [](Request&, Reply& reply) -> Task<Json> {
    reply.writeEarlyHints({{"Link", "</style.css>; rel=preload; as=style"}});
    co_return Json{{"hinted", true}};
  });
  app.get("/early-hints-lower", [](Request&, Reply& reply) -> Task<Json> {
    reply.writeEarlyHints({{"link", "</style.css>; rel=preload; as=style"}, {"x-hint", "1"}});
    co_return Json{{"hinted", true}};
  });
  app.get("/hijack", [](Request&, Reply& reply) {
    reply.hijack();
    reply.raw().writeHead(200, {{"X-Raw", "yes"}, {"Content-Length", "3"}});
    reply.raw().end("raw");
  });
  app.get("/hijack-async", [](Request&, Reply& reply) -> Task<Json> {
    reply.hijack();
    reply.raw().end("hijacked");
    co_return Json{{"ignored", true}};
  });
  app.get("/raw-set-header", [](Request&, Reply& reply) {
    reply.raw().setHeader("x-from-raw", "1");
    reply.header("x-from-reply", "2").send({{"a", 1}});
  });
}

void sendingLateOrTwice(Fastify& app) {
  app.get("/double-send", [](Request&, Reply& reply) {
    reply.send({{"n", 1}});
    reply.send({{"n", 2}});
  });
  app.get("/send-and-return", [](Request&, Reply& reply) -> Task<Json> {
    reply.send({{"n", 1}});
    co_return Json{{"n", 2}};
  });
  app.get("/send-later-return-reply", [](Request&, Reply& reply) -> Task<Reply&> {
    sendLater(reply, 20ms, {{"later", true}});
    co_return reply;
  });
  app.get("/send-later-await", [](Request&, Reply& reply) -> Task<> {
    sendLater(reply, 20ms, {{"later", true}});
    co_await reply;
  });
  app.get("/send-later-sync", [](Request&, Reply& reply) { sendLater(reply, 20ms, {{"later", true}}); });
  app.get("/await-then-return", []() -> Task<Json> {
    co_await async::sleep(10ms);
    co_return Json{{"slow", true}};
  });
  app.get("/sent-flag", [](Request&, Reply& reply) { reply.header("x-before", reply.sent()).send("x"); });
}

std::string joinedKeys(const JsonObject& object) {
  std::string keys;
  for (const auto& member : object) keys.append(keys.empty() ? "" : ",").append(member.key());
  return keys;
}

void serializers(Fastify& app) {
  app.get("/serializer", [](Request&, Reply& reply) {
    reply.type("application/x-demo");
    reply.serializer([](const Payload& payload) { return "demo:" + joinedKeys(payload.json().as_object()); });
    reply.send({{"a", 1}, {"b", 2}});
  });
  app.get("/serializer-string", [](Request&, Reply& reply) {
    reply.type("application/json; charset=utf-8");
    reply.serializer([](const Payload& payload) { return ecmascript::stringify(Json(payload.text())); }).send("Hello");
  });
  app.get("/serializer-non-string",
          [](Request&, Reply& reply) { reply.serializer([](const Payload&) { return Payload(5); }).send({{"a", 1}}); });
  app.get("/serialize-method",
          [](Request&, Reply& reply) { reply.type("application/json").send(reply.serialize({{"a", 1}})); });
  app.get("/call-not-found", [](Request&, Reply& reply) { reply.callNotFound(); });
  app.get("/elapsed",
          [](Request&, Reply& reply) { reply.send({{"number", true}, {"nonNegative", reply.elapsedTime() >= 0}}); });
  app.get("/to-json", [] { return Replaced(); });
}

void methods(Fastify& app) {
  // JavaScript leaves a member that is undefined out.
  auto echo = [](Request& request) { return request.body() ? Json{{"body", *request.body()}} : Json(JsonObject()); };
  app.post("/echo", echo);
  app.put("/echo", echo);
  app.patch("/echo", echo);
  app.del("/echo", [](Request& request) { return Json{{"body", request.body() ? *request.body() : Json("none")}}; });
  app.options("/echo", [](Request&, Reply& reply) {
    reply.header("allow", "POST, PUT");
    return Json{{"options", true}};
  });
  app.head("/head-only", [](Request&, Reply& reply) { reply.header("x-head", "1").send(); });
  app.trace("/trace", [] { return Json{{"traced", true}}; });
  app.all("/any", [](Request& request) { return Json{{"method", request.method()}}; });
  app.get("/big", [] { return std::string(100000, 'x'); });
}

}  // namespace

std::unique_ptr<Fastify> buildCore(const Setup&) {
  auto app = std::make_unique<Fastify>();
  payloads(*app);
  contentTypes(*app);
  bytes(*app);
  streams(*app);
  statuses(*app);
  headers(*app);
  redirects(*app);
  trailersAndRaw(*app);
  sendingLateOrTwice(*app);
  serializers(*app);
  methods(*app);
  return app;
}

}  // namespace conformance
