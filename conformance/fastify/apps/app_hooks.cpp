// The order of hooks, replies and failures inside them, and what they may do to payloads. Every answer says in x-trace
// which hooks ran. Query of /flow: `stop=HOOK` answers in that hook, `fail=HOOK` fails there.
#include "app.hpp"
#include "app_parts.hpp"

#include <charconv>

using namespace fastify;

namespace conformance {
namespace {

const Decorator<std::vector<std::string>> trace{"trace"};
const Decorator<bool> failedOnce{"failedOnce"};

std::string queryValue(Request& request, std::string_view name) {
  const auto* value = request.query().if_contains(name);
  return value && value->is_string() ? std::string(std::string_view(value->get_string())) : std::string();
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const auto& part : parts) text.append(text.empty() ? "" : " ").append(part);
  return text;
}

auto note(std::string what) {
  return [what = std::move(what)](Request& request) { request[trace].push_back(what); };
}

/// Notes that a hook in which the payload passes ran, and shows the trace.
auto noteAndShow(std::string what) {
  return [what = std::move(what)](Request& request, Reply& reply) {
    request[trace].push_back(what);
    reply.header("x-trace", joined(request[trace]));
  };
}

/// What the query asks of this hook.
void act(std::string_view hook, Request& request, Reply& reply) {
  request[trace].push_back("root." + std::string(hook));
  if (queryValue(request, "fail") == hook) {
    const auto status = queryValue(request, "status");
    throw failure("failed in " + std::string(hook), status.empty() ? std::nullopt : std::optional(std::stoi(status)));
  }
  if (queryValue(request, "codefail") == hook) {
    reply.code(409);
    throw failure("coded failure in " + std::string(hook));
  }
  if (queryValue(request, "stop") == hook) reply.code(299).send({{"stoppedIn", hook}});
}

template <HookPoint P>
void actingHook(Fastify& app, HookTag<P> point, std::string name, bool coroutine) {
  if (coroutine) {
    app.addHook(point, [name](Request& request, Reply& reply) -> Task<> {
      act(name, request, reply);
      co_return;
    });
  } else {
    app.addHook(point, [name](Request& request, Reply& reply) { act(name, request, reply); });
  }
}

void rootHooks(Fastify& app, bool coroutines, std::shared_ptr<Json> last) {
  actingHook(app, onRequest, "onRequest", coroutines);
  actingHook(app, preParsing, "preParsing", coroutines);
  actingHook(app, preValidation, "preValidation", coroutines);
  actingHook(app, preHandler, "preHandler", coroutines);
  app.addHook(preSerialization, [](Request& request, Reply&, Payload& payload) -> Task<> {
    request[trace].push_back("root.preSerialization");
    if (queryValue(request, "fail") == "preSerialization") throw failure("failed in preSerialization");
    if (!queryValue(request, "wrap").empty()) payload = Payload{{"wrapped", payload.json()}};
    co_return;
  });
  app.addHook(onError, note("root.onError"));
  app.addHook(onSend, [](Request& request, Reply& reply) -> Task<> {
    noteAndShow("root.onSend")(request, reply);
    if (queryValue(request, "fail") == "onSend" && !std::exchange(request[failedOnce], true))
      throw failure("failed in onSend");
    co_return;
  });
  app.addHook(onResponse, [last](Request& request, Reply& reply) {
    auto ran = request[trace];
    ran.push_back("root.onResponse");
    *last = {{"trace", boost::json::value_from(ran)}, {"status", reply.statusCode()}};
  });
}

Task<Payload> flow(Request& request) {
  request[trace].push_back("handler");
  if (queryValue(request, "fail") == "handler") throw failure("failed in handler");
  const auto kind = queryValue(request, "kind");
  if (kind == "string") co_return "text";
  if (kind == "buffer") co_return Buffer{"buf"};
  if (kind == "stream") co_return streamOf({"stream"});
  if (kind == "null") co_return nullptr;
  if (kind == "undefined") co_return undefined;
  co_return Payload{{"ok", true}, {"body", request.body() ? *request.body() : Json("none")}};
}

void flowRoute(Fastify& app) {
  app.route({
      .method = {"GET", "POST"},
      .url = "/flow",
      .onRequest = note("route.onRequest"),
      .preParsing = note("route.preParsing"),
      .preValidation = note("route.preValidation"),
      .preHandler = note("route.preHandler"),
      .preSerialization = note("route.preSerialization"),
      .onSend = noteAndShow("route.onSend"),
      .onError = note("route.onError"),
      .handler = flow,
  });
}

auto answer(Json payload) {
  return [payload = std::move(payload)] { return payload; };
}

auto noteAndAnswer(Json payload) {
  return [payload = std::move(payload)](Request& request) {
    request[trace].push_back("handler");
    return payload;
  };
}

void scopes(Fastify& app) {
  app.registerPlugin(fp([](Fastify& scope) { scope.addHook(onRequest, note("fp.onRequest")); }));
  app.registerPlugin(
      [](Fastify& child) {
        child.addHook(onRequest, note("child.onRequest"));
        child.addHook(onSend, noteAndShow("child.onSend"));
        child.get("/flow", {.onRequest = {note("route1.onRequest"), note("route2.onRequest")}},
                  noteAndAnswer({{"child", true}}));
        child.registerPlugin(
            [](Fastify& deep) {
              deep.addHook(onRequest, note("deep.onRequest"));
              deep.get("/flow", noteAndAnswer({{"deep", true}}));
            },
            {.prefix = "/deep"});
        child.addHook(onRequest, note("child-late.onRequest"));
      },
      {.prefix = "/child"});
  app.registerPlugin([](Fastify& sibling) { sibling.get("/flow", answer({{"sibling", true}})); },
                     {.prefix = "/sibling"});

  app.get("/late", answer({{"late", true}}));
  app.addHook(onRequest, note("late.onRequest"));
}

std::string_view kindOf(const Payload& payload) {
  if (payload.isBuffer()) return "buffer";
  if (payload.isNull()) return "null";
  if (payload.isText()) return "string";
  if (payload.isUndefined()) return "undefined";
  return "object";
}

Task<Payload> payloadOfKind(Request& request) {
  const auto kind = queryValue(request, "k");
  if (kind == "buffer") co_return Buffer{"b"};
  if (kind == "null") co_return nullptr;
  if (kind == "undefined") co_return undefined;
  if (kind == "string") co_return "s";
  co_return Payload{{"o", 1}};
}

void rewriting(Fastify& app) {
  const Json one = {{"a", 1}};
  auto replacing = [&](std::string_view url, Payload payload) {
    app.get(url, {.onSend = [payload]() -> Task<Payload> { co_return payload; }}, answer(one));
  };
  app.get(
      "/send/string",
      {.onSend = [](Request&, Reply&, Payload& payload) { payload.text().replace(payload.text().find('1'), 1, "2"); }},
      answer(one));
  replacing("/send/buffer", Buffer{"as-buffer"});
  replacing("/send/null", nullptr);
  replacing("/send/empty", "");
  replacing("/send/stream", streamOf({"as-stream"}));
  replacing("/send/object", Payload{{"not", "allowed"}});
  replacing("/send/number", 5);
  app.get("/send/undefined", {.onSend = []() -> Task<> { co_return; }}, answer(one));
  app.get(
      "/send/code",
      {.onSend = [](Request&, Reply& reply) { reply.code(202).header("x-late", "1").removeHeader("content-type"); }},
      answer(one));
  app.get("/send/304",
          {.onSend =
               [](Request&, Reply& reply, Payload& payload) {
                 reply.code(304);
                 payload = nullptr;
               }},
          answer(one));
  app.get("/send/payload-type",
          {.onSend = [](Request&, Reply& reply, Payload& payload) { reply.header("x-payload-type", kindOf(payload)); }},
          payloadOfKind);

  app.get("/pre-ser/replace",
          {.preSerialization = [](Request&, Reply&, Payload& payload) { payload = Json(JsonArray{payload.json()}); }},
          answer(one));
  app.get("/pre-ser/string", {.preSerialization = [] { return "now a string"; }}, answer(one));
  app.get("/pre-ser/undefined", {.preSerialization = [] {}}, answer(one));
  app.get("/pre-ser/skipped", {.preSerialization = [] { throw failure("must not run"); }},
          [] { return "string payload"; });
}

/// Reads the body that it replaces to its end, then yields its own text.
class ReplacedBody final : public Readable {
 public:
  ReplacedBody(Stream original, std::string text, std::optional<std::size_t> length)
      : original_(std::move(original)), text_(std::move(text)), length_(length) {}

  Task<std::optional<std::string>> read() override {
    while (co_await original_->read()) {
    }
    co_return std::exchange(text_, std::nullopt);
  }
  std::optional<std::size_t> receivedEncodedLength() const noexcept override { return length_; }

 private:
  Stream original_;
  std::optional<std::string> text_;
  std::optional<std::size_t> length_;
};

std::optional<std::size_t> contentLength(Request& request) {
  const auto header = request.headers()["content-length"];
  std::size_t length = 0;
  if (header) std::from_chars(header->data(), header->data() + header->size(), length);
  return length;
}

void parsing(Fastify& app) {
  auto echo = [](Request& request) { return *request.body(); };
  app.post("/parse/replace", {.preParsing = [](Request& request, Reply&, Stream& payload) -> Task<Stream> {
             co_return std::make_shared<ReplacedBody>(payload, R"({"replaced":true})", contentLength(request));
           }},
           echo);
  app.post("/parse/no-length", {.preParsing = [](Request&, Reply&, Stream& payload) -> Task<Stream> {
             co_return std::make_shared<ReplacedBody>(payload, R"({"x":1})", std::nullopt);
           }},
           echo);
  app.post("/parse/body-undefined",
           {.preParsing = [](Request& request,
                             Reply& reply) { reply.header("x-body", request.body() ? "object" : "undefined"); }},
           echo);
}

void failing(Fastify& app) {
  const auto handler = answer({{"from", "handler"}});
  app.get("/fail/string", {.preHandler = []() -> Task<> {
            throw "just text";
            co_return;
          }},
          handler);
  app.get("/fail/sync-throw", {.preHandler = [] { throw failure("sync throw"); }}, handler);
  app.get("/fail/on-error-send",
          {.onError =
               [](Request&, Reply& reply) {
                 try {
                   reply.send("nope");
                 } catch (const FastifyError& error) {
                   reply.header("x-caught", error.code);
                 }
               }},
          [] { throw failure("orig"); });
  app.get("/fail/on-response", {.onResponse = []() -> Task<> {
            throw failure("too late");
            co_return;
          }},
          answer({{"ok", true}}));
}

void replying(Fastify& app) {
  const auto handler = answer({{"from", "handler"}});
  app.get("/reply-and-continue",
          {.preHandler = [](Request&, Reply& reply) -> Task<> { co_return reply.send({{"from", "hook"}}); }}, handler);
  app.get("/reply-later-in-hook", {.preHandler = [](Request&, Reply& reply) -> Task<Reply&> {
            sendLater(reply, 20ms, {{"from", "late hook"}});
            co_return reply;
          }},
          handler);
  app.get("/return-value-in-hook", {.preHandler = []() -> Task<Json> { co_return Json{{"ignored", true}}; }}, handler);
  app.get("/hijack-in-hook",
          {.onRequest =
               [](Request&, Reply& reply) {
                 reply.hijack();
                 reply.raw().end("hijacked in hook");
               }},
          handler);
  app.get("/stop-then-onsend", {.preHandler = [](Request&, Reply& reply) { reply.send("stopped"); }},
          [] { return "x"; });
}

}  // namespace

std::unique_ptr<Fastify> buildHooks(const Setup& setup) {
  auto app = std::make_unique<Fastify>();
  app->decorateRequest(trace);
  app->decorateRequest(failedOnce, false);
  auto last = std::make_shared<Json>();
  app->get("/last", [last] { return Json{{"last", *last}}; });
  rootHooks(*app, setup.variant == "async", last);
  flowRoute(*app);
  scopes(*app);
  rewriting(*app);
  parsing(*app);
  failing(*app);
  replying(*app);
  return app;
}

}  // namespace conformance
