// Log lines: of requests, errors and the app itself; levels, ids, serializers, redaction.
#include "app.hpp"
#include "app_parts.hpp"

using namespace fastify;

namespace conformance {
namespace {

/// A serializer of `req` that shows one header, whether it came or not.
Json urlAndAuthorization(const Json& request) {
  const auto* headers = request.as_object().if_contains("headers");
  const auto* authorization = headers ? headers->as_object().if_contains("authorization") : nullptr;
  return {{"url", request.at("url")}, {"headers", {{"authorization", authorization ? *authorization : Json(nullptr)}}}};
}

FastifyOptions optionsOf(std::string_view variant) {
  if (variant == "default") return {.logger = LoggerOptions{.level = "info"}};
  if (variant == "debug") return {.logger = LoggerOptions{.level = "debug"}};
  if (variant == "warn") return {.logger = LoggerOptions{.level = "warn"}};
  if (variant == "disabled") return {.logger = true, .disableRequestLogging = true};
  if (variant == "disabled-fn") {
    return {.logger = true, .disableRequestLogging = [](const Request& request) { return request.url() == "/quiet"; }};
  }
  if (variant == "label") return {.logger = true, .requestIdHeader = "x-trace", .requestIdLogLabel = "traceId"};
  if (variant == "redact") {
    return {.logger =
                LoggerOptions{.redact = {"req.headers.authorization"}, .serializers = {{"req", urlAndAuthorization}}}};
  }
  if (variant == "trust-proxy") return {.logger = true, .trustProxy = true};
  return {.logger = true};
}

void allForms(Logger& log) {
  log.info("plain message");
  log.warn({{"extra", 1}}, "with object");
  log.debug("hidden at info");
  log.error(failure("logged error"));
  log.info("fmt {} {} {}", "a", 2, Json{{"b", 1}});
}

void allLevels(Logger& log) {
  log.trace("trace");
  log.debug("debug");
  log.info("info");
  log.warn("warn");
  log.error("error");
  log.fatal("fatal");
}

/// A route that logs and answers "x".
void logging(Fastify& app, std::string_view url, std::string level, void (*write)(Logger&)) {
  app.get(url, {.logLevel = std::move(level)}, [write](Request& request) -> Task<std::string> {
    write(request.log());
    co_return "x";
  });
}

}  // namespace

std::unique_ptr<Fastify> buildLogging(const Setup& setup) {
  auto app = std::make_unique<Fastify>(optionsOf(setup.variant));
  app->get("/ok", [] { return Json{{"ok", true}}; });
  app->get("/quiet", [] { return Json{{"ok", true}}; });
  app->get("/fail", []() -> Json { throw failure("server side"); });
  app->get("/fail4", []() -> Json { throw failure("client side", 404); });
  app->get("/double", [](Request&, Reply& reply) {
    reply.send("one");
    reply.send("two");
  });
  logging(*app, "/log", "", allForms);
  logging(*app, "/levels", "", allLevels);
  logging(*app, "/silent", "silent", [](Logger& log) { log.error("nothing"); });
  logging(*app, "/route-warn", "warn", [](Logger& log) {
    log.info("hidden");
    log.warn("shown");
  });
  logging(*app, "/child", "", [](Logger& log) { log.child({{"module", "m"}}).info("from child"); });
  app->post("/body", {.schema = {.body = R"({"type": "object", "required": ["a"]})"_json}}, [] { return "x"; });
  app->registerPlugin(
      [](Fastify& scope) { logging(scope, "/", "", [](Logger& log) { log.info({{"user", "u1"}}, "serialized"); }); },
      {.prefix = "/ser", .logSerializers = {{"user", [](const Json& user) {
                                               return Json("U:" + std::string(std::string_view(user.as_string())));
                                             }}}});
  return app;
}

}  // namespace conformance
