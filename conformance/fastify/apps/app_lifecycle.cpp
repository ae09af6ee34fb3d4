// Time and end: keep-alive, timeouts of every kind, the graceful close and its hooks.
#include "app.hpp"
#include "app_parts.hpp"

#include <charconv>
#include <stop_token>

using namespace fastify;

namespace conformance {
namespace {

std::string customClientError(std::string_view code) {
  const auto body = R"({"custom":")" + std::string(code) + "\"}";
  return "HTTP/1.1 400 Custom\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

FastifyOptions optionsOf(std::string_view variant) {
  if (variant == "no-503") return {.return503OnClosing = false};
  if (variant == "force-close") return {.forceCloseConnections = ForceCloseConnections::Yes};
  if (variant == "connection-timeout") return {.connectionTimeout = 150ms};
  if (variant == "keep-alive-1s") return {.keepAliveTimeout = 1000ms};
  if (variant == "keep-alive-short") return {.keepAliveTimeout = 150ms};
  if (variant == "request-timeout") {
    return {.requestTimeout = 300ms, .http = {.headersTimeout = 100ms, .connectionsCheckingInterval = 50ms}};
  }
  if (variant == "request-timeout-swapped") {
    return {.requestTimeout = 150ms, .http = {.headersTimeout = 700ms, .connectionsCheckingInterval = 50ms}};
  }
  if (variant == "headers-timeout") return {.http = {.headersTimeout = 200ms, .connectionsCheckingInterval = 50ms}};
  if (variant == "max-requests") return {.maxRequestsPerSocket = 2};
  if (variant == "handler-timeout") return {.handlerTimeout = 80ms};
  if (variant == "small-headers") return {.http = {.maxHeaderSize = 512}};
  if (variant == "client-error-handler") return {.clientErrorHandler = customClientError};
  return {};
}

/// Yields four parts, one every 60 ms.
Stream slowParts() {
  auto count = std::make_shared<int>(0);
  return Readable::from([count]() -> Task<std::optional<std::string>> {
    if (*count == 4) co_return std::nullopt;
    co_await async::sleep(60ms);
    co_return "part" + std::to_string(++*count) + " ";
  });
}

void routes(Fastify& app) {
  app.get("/", [] { return Json{{"hello", "world"}}; });
  app.get("/slow/:ms", [](Request& request) -> Task<Json> {
    int milliseconds = 0;
    const auto text = request.param("ms").value_or("");
    std::from_chars(text.data(), text.data() + text.size(), milliseconds);
    co_await async::sleep(std::chrono::milliseconds(milliseconds));
    co_return Json{{"slow", milliseconds}};
  });
  app.post("/echo", [](Request& request) { return Json{{"body", request.body() ? *request.body() : Json("none")}}; });
  app.get("/stream", [](Request&, Reply& reply) { reply.type("text/plain").send(slowParts()); });
}

/// Ends when `token` is stopped.
Task<> stopped(std::stop_token token) {
  async::Deferred<> done;
  std::stop_callback onStop(token,
                            [done, loop = &async::EventLoop::current()] { loop->post([done] { done.resolve(); }); });
  co_await done;
}

void handlerTimeouts(Fastify& app, const Setup& setup) {
  app.get("/longer", {.handlerTimeout = 400ms}, []() -> Task<Json> {
    co_await async::sleep(150ms);
    co_return Json{{"made", "it"}};
  });
  app.get("/custom",
          {.errorHandler = [](FastifyError& error, Request&,
                              Reply& reply) { reply.code(504).send({{"late", error.code}}); },
           .handlerTimeout = 50ms},
          []() -> Task<int> {
            co_await async::sleep(300ms);
            co_return 1;
          });
  app.get("/signal", [emit = setup.emit](Request& request) -> Task<Json> {
    co_await stopped(request.signal());
    emit({{"aborted", "FST_ERR_HANDLER_TIMEOUT"}});  // the client is there and waits, so it can only be the time
    co_return "ignored";
  });
  app.get("/in-hook", {.onRequest = []() -> Task<> { co_await async::sleep(200ms); }}, [] { return "x"; });
  app.get("/hijacked", [](Request&, Reply& reply) {
    reply.hijack();
    async::detach([](Reply& reply) -> Task<> {
      co_await async::sleep(150ms);
      reply.raw().end("late but hijacked");
    }(reply));
  });
}

void hooks(Fastify& app, const Setup& setup) {
  auto report = [emit = setup.emit](std::string name) {
    return [emit, name = std::move(name)]() -> Task<> {
      emit({{"hook", name}});
      co_return;
    };
  };
  app.addHook(preClose, report("root.preClose"));
  app.addHook(onClose, report("root.onClose.1"));
  app.addHook(onClose, report("root.onClose.2"));
  app.addHook(onReady, report("root.onReady"));
  app.addHook(onListen, report("root.onListen"));
  app.registerPlugin([report](Fastify& child) {
    child.addHook(onReady, report("child.onReady"));
    child.addHook(onListen, report("child.onListen"));
    child.addHook(preClose, report("child.preClose"));
    child.addHook(onClose, report("child.onClose"));
  });
  app.get("/abort", {.onResponse = report("onResponse"), .onRequestAbort = report("onRequestAbort")},
          []() -> Task<Json> {
            co_await async::sleep(150ms);
            co_return Json{{"a", 1}};
          });
}

}  // namespace

std::unique_ptr<Fastify> buildLifecycle(const Setup& setup) {
  auto app = std::make_unique<Fastify>(optionsOf(setup.variant));
  routes(*app);
  if (setup.variant == "handler-timeout") handlerTimeouts(*app, setup);
  if (setup.variant == "hooks") hooks(*app, setup);
  if (setup.variant == "connection-timeout") {
    auto report = [emit = setup.emit](std::string name) { return [emit, name] { emit({{"hook", name}}); }; };
    app->get("/hang", {.onResponse = report("onResponse"), .onTimeout = report("onTimeout")}, []() -> Task<Json> {
      co_await async::sleep(600ms);
      co_return Json{{"a", 1}};
    });
  }
  return app;
}

}  // namespace conformance
