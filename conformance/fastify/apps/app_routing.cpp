// The router: every handler says which route matched and with which parameters; the variant chooses router options.
#include "app.hpp"
#include "app_parts.hpp"

using namespace fastify;

namespace conformance {
namespace {

std::string rewritten(const RawRequest& request) {
  std::string url(request.url());
  if (url.starts_with("/old/")) url.replace(0, 5, "/new/");
  return url;
}

FastifyOptions optionsOf(std::string_view variant) {
  if (variant == "ignore-trailing-slash") return {.routerOptions = {.ignoreTrailingSlash = true}};
  if (variant == "ignore-duplicate-slashes") return {.routerOptions = {.ignoreDuplicateSlashes = true}};
  if (variant == "case-insensitive") return {.routerOptions = {.caseSensitive = false}};
  if (variant == "max-param-200") return {.routerOptions = {.maxParamLength = 200}};
  if (variant == "semicolon") return {.routerOptions = {.useSemicolonDelimiter = true}};
  if (variant == "no-head") return {.exposeHeadRoutes = false};
  if (variant == "framework-errors") {
    return {.frameworkErrors = [](FastifyError& error, Request&, Reply& reply) {
      reply.code(error.statusCode.value_or(500)).header("x-framework-error", error.code);
      reply.send({{"handled", error.code}, {"message", error.message}});
    }};
  }
  if (variant == "rewrite") return {.rewriteUrl = rewritten};
  if (variant == "qs-parser") {
    return {.routerOptions = {.querystringParser = [](std::string_view text) { return JsonObject{{"raw", text}}; }}};
  }
  return {};
}

Handler hit(std::string route) {
  return [route = std::move(route)](Request& request) { return Json{{"route", route}, {"params", request.params()}}; };
}

Json methodOf(Request& request) { return {{"method", request.method()}}; }

Handler answer(Json payload) {
  return [payload = std::move(payload)] { return payload; };
}

void rewriteRoutes(Fastify& app) {
  app.get("/new/:x", [](Request& request) {
    return Json{{"url", request.url()},
                {"originalUrl", request.originalUrl()},
                {"params", request.params()},
                {"query", request.query()}};
  });
  app.get("/plain",
          [](Request& request) { return Json{{"url", request.url()}, {"originalUrl", request.originalUrl()}}; });
}

void patterns(Fastify& app) {
  for (const auto* url :
       {"/", "/static", "/static/deep/path", "/trail/", "/Case/Path",
        // static before parametric before wildcard, with backtracking
        "/a/static", "/a/:id", "/a/:id/sub", "/a/:id/:tail", "/a/*", "/back/:p/end", "/back/fixed/other",
        // regular expressions, several parameters in a segment, an optional one
        R"(/re/:id(^\d+$))", "/re/:name", "/multi/:lat-:lng", "/file/:name.:ext", R"(/png/:file(^\d+).png)",
        R"(/at/:h(^\d{2})h:m(^\d{2})m)", "/suffix/:id.json", "/opt/:id?", "/wild/*", "/name::verb",
        "/user/:id::undelete", "/ün/:x", "/sp ace", "/p/:v", "/p/:v/x/:w", "/dup/:x/:x"}) {
    app.get(url, hit(url));
  }
}

void targets(Fastify& app) {
  app.get("/q", [](Request& request) { return Json{{"query", request.query()}}; });
  app.get("/url", [](Request& request) {
    return Json{{"url", request.url()}, {"originalUrl", request.originalUrl()}, {"path", *request.routeOptions().url}};
  });
  app.post("/only-post", hit("/only-post"));
  app.all("/all", methodOf);
  app.route({.method = {"GET", "PUT", "DELETE"}, .url = "/methods", .handler = methodOf});
}

void heads(Fastify& app) {
  const auto fromGet = answer({{"from", "get"}});
  app.head("/head-custom", [](Request&, Reply& reply) { reply.header("x-custom-head", "1").send(); });
  app.get("/head-custom", fromGet);
  app.get("/head-off", {.exposeHeadRoute = false}, fromGet);
  app.get("/head-auto", [](Request&, Reply& reply) {
    reply.header("x-h", "v");
    return Json{{"from", "get"}};
  });
  app.get("/head-stream", [](Request&, Reply& reply) { reply.type("text/plain").send(streamOf({"data"})); });
  app.get("/head-empty", [](Request&, Reply& reply) { reply.send(); });
  app.get("/head-error", []() -> Json { throw failure("boom"); });
}

void constraints(Fastify& app) {
  for (const auto* version : {"1.2.0", "1.3.0", "2.0.0", "2.1.5"}) {
    app.get("/versioned", {.constraints = {{"version", version}}}, answer({{"version", version}}));
  }
  app.get("/maybe-versioned", answer({{"version", "none"}}));
  app.get("/maybe-versioned", {.constraints = {{"version", "1.0.0"}}}, answer({{"version", "1.0.0"}}));
  app.get("/host", answer({{"host", "any"}}));
  app.get("/host", {.constraints = {{"host", "one.test"}}}, answer({{"host", "one"}}));
  app.get("/host", {.constraints = {{"host", {{"pattern", R"(^.*\.wild\.test$)"}}}}}, answer({{"host", "wild"}}));
  app.get("/host-only", {.constraints = {{"host", "one.test"}}}, answer({{"host", "one"}}));
  app.get("/host-version", {.constraints = {{"host", "one.test"}, {"version", "1.0.0"}}}, answer({{"both", true}}));
}

void otherMethods(Fastify& app) {
  app.addHttpMethod("PROPFIND", true);
  app.addHttpMethod("MKCOL");
  app.route({.method = "PROPFIND", .url = "/dav", .handler = [](Request& request) {
               return Json{{"method", request.method()}, {"body", request.body() ? *request.body() : Json(nullptr)}};
             }});
  app.route({.method = "MKCOL", .url = "/dav", .handler = methodOf});
  app.query("/find", [](Request& request) { return Json{{"method", request.method()}, {"body", *request.body()}}; });
}

}  // namespace

std::unique_ptr<Fastify> buildRouting(const Setup& setup) {
  auto app = std::make_unique<Fastify>(optionsOf(setup.variant));
  if (setup.variant == "rewrite") {
    rewriteRoutes(*app);
    return app;
  }
  patterns(*app);
  targets(*app);
  heads(*app);
  constraints(*app);
  if (setup.variant == "default") otherMethods(*app);
  if (setup.variant == "catch-all") {
    app->get("*", hit("*"));
    app->options("*", hit("options *"));
  }
  return app;
}

}  // namespace conformance
