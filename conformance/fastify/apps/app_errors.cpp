// What errors look like to a client: payload, choice of the status, error handlers inside each other.
#include "app.hpp"
#include "app_parts.hpp"

#include <stdexcept>

using namespace fastify;

namespace conformance {
namespace {

void throwing(Fastify& app, std::string_view url, FastifyError error) {
  app.get(url, [error = std::move(error)]() -> Task<Json> {
    throw error;
    co_return nullptr;
  });
}

void thrown(Fastify& app) {
  throwing(app, "/plain", failure("plain failure"));
  throwing(app, "/empty-message", failure(""));
  throwing(app, "/status-418", failure("teapot", 418));
  throwing(app, "/status-alias", failure("conflict", 409));
  throwing(app, "/status-both", failure("both", 410));
  throwing(app, "/status-200", failure("odd", 200));
  throwing(app, "/status-302", failure("odd", 302));
  throwing(app, "/status-700", failure("odd", 700));
  throwing(app, "/status-499", failure("unnamed status", 499));
  throwing(app, "/code", failure("with code", 400, "MY_CODE"));
  throwing(app, "/code-number", failure("numeric code", 400, "42"));
  throwing(app, "/unicode", failure("grüße ✓ \"quoted\" \n line"));
  auto extra = failure("extra", 400);
  extra.properties = {{"details", {{"a", 1}}}, {"cause", "x"}};
  throwing(app, "/extra-props", std::move(extra));
  auto limited = failure("limited", 429);
  limited.properties = {{"headers", {{"retry-after", "30"}, {"X-Why", "busy"}}}};
  throwing(app, "/headers", std::move(limited));
  app.get("/type-error", [] { throw std::invalid_argument("bad type"); });
  // A C++ program throws exceptions; whatever else it throws is an error without a text.
  app.get("/throw-string", [] { throw "just a string"; });
  app.get("/throw-number", [] { throw 404; });
}

void sent(Fastify& app) {
  app.get("/sync-throw", [] { throw failure("sync"); });
  app.get("/send-error", [](Request&, Reply& reply) { reply.sendError(std::make_exception_ptr(failure("sent"))); });
  app.get("/send-error-code", [](Request&, Reply& reply) {
    reply.code(400).sendError(std::make_exception_ptr(failure("sent with code")));
  });
  app.get("/send-error-code-vs-status",
          [](Request&, Reply& reply) { reply.code(400).sendError(std::make_exception_ptr(failure("which", 409))); });
  auto throwAfter = [&app](std::string_view url, auto prepare, FastifyError error) {
    app.get(url, [prepare, error](Request&, Reply& reply) -> Task<> {
      prepare(reply);
      throw error;
      co_return;
    });
  };
  throwAfter("/code-then-throw", [](Reply& reply) { reply.code(403); }, failure("forbidden"));
  throwAfter("/code-200-then-throw", [](Reply& reply) { reply.code(201); }, failure("was 201"));
  throwAfter(
      "/headers-kept",
      [](Reply& reply) { reply.header("x-set-before", "1").type("text/html").header("content-length", "5"); },
      failure("after headers"));
  throwAfter("/cookie-kept", [](Reply& reply) { reply.header("set-cookie", "a=1"); }, failure("x", 401));
  throwAfter("/error-after-send", [](Reply& reply) { reply.send({{"sent", true}}); }, failure("ignored"));
  // To return an error is to throw it.
  throwing(app, "/return-error", failure("returned", 402));
  throwing(app, "/reject", failure("rejected", 451));
  app.get("/later-throw", []() -> Task<Json> {
    co_await async::sleep(10ms);
    throw failure("later");
    co_return nullptr;
  });
}

void routeHandlers(Fastify& app) {
  auto handled = [&app](std::string_view url, ErrorHandler errorHandler, FastifyError error) {
    app.get(url, {.errorHandler = std::move(errorHandler)}, [error] { throw error; });
  };
  handled(
      "/route-handler",
      [](FastifyError& error, Request&, Reply& reply) { reply.code(477).send({{"routeHandler", error.message}}); },
      failure("routed"));
  handled(
      "/route-handler-to-default",
      [](FastifyError& error, Request&, Reply& reply) { reply.sendError(std::make_exception_ptr(error)); },
      failure("passed on", 405));
  handled(
      "/instance-handler",
      [](FastifyError& error, Request& request, Reply& reply) {
        return request.server().errorHandler().call()(request, reply, error);
      },
      failure("via instance", 406));
}

/// Answers as the query's `mode` says; most ways lead to the handler outside.
Task<Payload> innerHandler(FastifyError& error, Request& request, Reply& reply) {
  const auto* given = request.query().if_contains("mode");
  const std::string_view mode = given ? std::string_view(given->as_string()) : std::string_view();
  if (mode == "rethrow" || mode == "return-error") throw error;
  if (mode == "new") throw failure("changed: " + error.message, 422);
  if (mode == "send-error") {
    reply.sendError(std::make_exception_ptr(error));
    co_return undefined;
  }
  if (mode == "string") co_return "as text";
  if (mode == "undefined" || mode == "null") {
    reply.code(444);
    co_return mode == "null" ? Payload(nullptr) : Payload(undefined);
  }
  co_return Payload{{"inner", error.message}, {"status", reply.statusCode()}};
}

void nested(Fastify& app) {
  app.registerPlugin(
      [](Fastify& outer) {
        outer.setErrorHandler([](FastifyError& error, Request&, Reply& reply) {
          reply.code(error.statusCode.value_or(500)).header("x-level", "outer").send({{"outer", error.message}});
        });
        throwing(outer, "/own", failure("e1", 400));
        outer.registerPlugin(
            [](Fastify& inner) {
              inner.setErrorHandler(innerHandler);
              throwing(inner, "/own", failure("e2", 400));
            },
            {.prefix = "/deep"});
      },
      {.prefix = "/nested"});
}

void otherHandlers(Fastify& app) {
  app.registerPlugin(
      [](Fastify& scope) {
        scope.setErrorHandler([](FastifyError&, Request&, Reply&) { throw failure("handler also failed", 503); });
        throwing(scope, "/throws", failure("first"));
      },
      {.prefix = "/bad-handler"});

  app.registerPlugin(
      [](Fastify& scope) {
        scope.setErrorHandler([](FastifyError& error, Request&, Reply& reply) {
          reply.send({{"keepsStatus", reply.statusCode()}, {"msg", error.message}});
        });
        throwing(scope, "/sync", failure("s", 409));
        scope.get("/coded", [](Request&, Reply& reply) {
          reply.code(403);
          throw failure("c");
        });
        scope.post("/json", [] { return "x"; });
        scope.post("/validated", {.schema = {.body = R"({"type": "object", "required": ["a"]})"_json}},
                   [] { return "x"; });
        scope.get("/not-there-handler", [](Request&, Reply& reply) { reply.callNotFound(); });
      },
      {.prefix = "/no-code"});

  app.registerPlugin(
      [](Fastify& scope) {
        scope.setErrorHandler([](FastifyError& error, Request&, Reply& reply) {
          reply.code(500).type("text/plain").send("plain: " + error.message);
        });
        throwing(scope, "/x", failure("t"));
      },
      {.prefix = "/text-handler"});

  app.registerPlugin(
      [](Fastify& scope) {
        scope.addHook(onError,
                      [](Request&, Reply& reply, FastifyError& error) { reply.header("x-on-error", error.message); });
        scope.setErrorHandler([](FastifyError&, Request&, Reply& reply) -> Task<Json> {
          reply.code(418);
          co_return Json{{"handled", true}, {"sawHeader", reply.getHeader("x-on-error").value_or("")}};
        });
        throwing(scope, "/x", failure("seen"));
      },
      {.prefix = "/on-error"});
}

}  // namespace

std::unique_ptr<Fastify> buildErrors(const Setup&) {
  auto app = std::make_unique<Fastify>();
  thrown(*app);
  sent(*app);
  routeHandlers(*app);
  nested(*app);
  otherHandlers(*app);
  return app;
}

}  // namespace conformance
