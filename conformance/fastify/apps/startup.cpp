#include "startup.hpp"

#include "app_parts.hpp"

#include <map>

using namespace fastify;

namespace conformance {
namespace {

const Decorator<int> a{"a"};
const Decorator<int> aAgain{"a"};
const Decorator<int> b{"b"};
const Decorator<std::string> text{"a"};
const Decorator<std::string> shadow{"a"};
const Decorator<int> nope{"nope"};
const Decorator<int> late{"late"};
const Decorator<int> builtin{"get"};
const Decorator<int> builtinOfRequest{"body"};

Task<> noop() { co_return; }
RequestBody noBody(Request&, Stream) { return undefined; }
RequestBody noText(Request&, std::string_view) { return undefined; }
void noError(FastifyError&, Request&, Reply&) {}
void emptyPlugin(Fastify&) {}

/// An instance, and what a case does to it; gives "instance" when nothing was wrong.
Json declare(void (*declaration)(Fastify&), FastifyOptions options = {}) {
  Fastify app(std::move(options));
  declaration(app);
  return "instance";
}

Json ready(void (*declaration)(Fastify&), FastifyOptions options = {}) {
  Fastify app(std::move(options));
  declaration(app);
  app.ready();
  return "ready";
}

Json afterStart(void (*declaration)(Fastify&)) {
  Fastify app;
  app.ready();
  declaration(app);
  return nullptr;
}

Json withBody(const char* schema) {
  Fastify app;
  app.post("/", {.schema = {.body = boost::json::parse(schema)}}, noop);
  app.ready();
  return "ready";
}

Json withResponse(const char* schema) {
  Fastify app;
  app.get("/", {.schema = {.response = boost::json::parse(schema)}}, noop);
  app.ready();
  return "ready";
}

using Log = std::vector<std::string>;
Json asJson(const Log& log) { return boost::json::value_from(log); }

auto note(Log& log, std::string what) {
  return [&log, what = std::move(what)] { log.push_back(what); };
}

Json listenTwice() {
  Fastify app;
  app.listen({.port = 0, .host = "127.0.0.1"});
  app.listen({.port = 0, .host = "127.0.0.1"});
  return nullptr;
}

Json listenAfterClose() {
  Fastify app;
  app.listen({.port = 0, .host = "127.0.0.1"});
  app.close();
  app.listen({.port = 0, .host = "127.0.0.1"});
  return nullptr;
}

Json listenPortInUse() {
  Fastify first;
  first.listen({.port = 0, .host = "127.0.0.1"});
  Fastify second;
  try {
    second.listen({.port = first.addresses().front().port, .host = "127.0.0.1"});
  } catch (const FastifyError& error) {
    return Json(error.code);
  }
  return nullptr;
}

Json bootOrder() {
  Log log;
  Fastify app;
  app.registerPlugin([&log](Fastify& scope) {
    log.push_back("A");
    scope.registerPlugin([&log](Fastify&) { log.push_back("A1"); });
    scope.addHook(onReady, note(log, "A.onReady"));
  });
  app.after(note(log, "after A"));
  app.registerPlugin([&log](Fastify&) -> Task<> {
    log.push_back("B");
    co_await async::sleep(1ms);
    log.push_back("B done");
  });
  app.addHook(onReady, note(log, "root.onReady"));
  log.push_back("sync end");
  app.ready();
  log.push_back("ready");
  return asJson(log);
}

Json awaitRegister() {
  Log log;
  Fastify app;
  app.registerPlugin([&log](Fastify&) { log.push_back("A"); });
  app.after();
  log.push_back("after await");
  app.registerPlugin([&log](Fastify&) { log.push_back("B"); });
  app.ready();
  return asJson(log);
}

Json onCloseOrder() {
  Log log;
  Fastify app;
  app.addHook(onClose, note(log, "root1"));
  app.addHook(onClose, note(log, "root2"));
  app.registerPlugin([&log](Fastify& scope) {
    scope.addHook(onClose, note(log, "child1"));
    scope.addHook(onClose, note(log, "child2"));
  });
  app.addHook(preClose, note(log, "pre"));
  app.ready();
  app.close();
  return asJson(log);
}

Json childShadowsParent() {
  Fastify app;
  app.decorate(text, "root");
  std::string seen;
  app.registerPlugin([&seen](Fastify& scope) {
    scope.decorate(shadow, "child");
    seen = scope[shadow];
  });
  app.ready();
  return {{"child", seen}, {"root", app[text]}};
}

Json pluginErrorInAfter() {
  Fastify app;
  app.registerPlugin([](Fastify&) { throw failure("seen by after"); });
  Json seen;
  app.after([&seen](std::exception_ptr error) {
    if (error) seen = FastifyError::from(error).message;
  });
  app.ready();
  return {{"seen", seen}};
}

Json printedRoutes() {
  Fastify app;
  app.get("/test", noop);
  app.get("/test/hello", noop);
  app.get("/testing/:p", noop);
  app.put("/update", noop);
  app.ready();
  return {{"merged", app.printRoutes()},
          {"get", app.printRoutes({.method = "GET"})},
          {"flat", app.printRoutes({.commonPrefix = false})}};
}

/// The times that stand in the tree of plugins differ from run to run.
std::string withoutTimes(std::string tree) {
  for (auto unit = tree.find(" ms"); unit != tree.npos; unit = tree.find(" ms", unit)) {
    const auto start = tree.find_last_not_of("0123456789.", unit - 1) + 1;
    tree.replace(start, unit - start, "N");
    unit = start + 4;
  }
  return tree;
}

Json printedPlugins() {
  Fastify app;
  app.registerPlugin([](Fastify& foo) { foo.registerPlugin(emptyPlugin, {.name = "bar"}); }, {.name = "foo"});
  app.ready();
  return Json(withoutTimes(app.printPlugins()));
}

Json pluginName() {
  Fastify app;
  std::string child;
  app.registerPlugin([&child](Fastify& scope) { child = scope.pluginName(); }, {.name = "named"});
  app.ready();
  return {{"root", app.pluginName()}, {"child", child}};
}

Json injectGet() {
  Fastify app;
  app.get("/", [] { return Json{{"a", 1}}; });
  const auto response = app.inject("/");
  JsonObject headers;
  for (const auto& [name, value] : response.headers) {
    if (name != "date") headers[name] = value;
  }
  return {{"status", response.statusCode},
          {"message", response.statusMessage},
          {"headers", headers},
          {"body", response.body},
          {"json", response.json()}};
}

Json injectPost() {
  Fastify app;
  app.post("/", [](Request& request) {
    auto header = [&](std::string_view name) { return request.headers()[name].value_or(""); };
    return Json{{"body", *request.body()},
                {"ct", header("content-type")},
                {"len", header("content-length")},
                {"host", header("host")},
                {"ua", header("user-agent")}};
  });
  return app.inject({.method = "POST", .url = "/", .payload = {{"x", 1}}}).json();
}

Json injectQuery() {
  Fastify app;
  app.get("/", [](Request& request) { return request.query(); });
  return app.inject({.url = "/?a=1", .query = {{"b", {"2", "3"}}}}).json();
}

Json injectCookies() {
  Fastify app;
  app.get("/", [](Request& request, Reply& reply) {
    reply.header("set-cookie", {"a=1; Path=/; HttpOnly", "b=2"});
    return Json{{"got", request.headers()["cookie"].value_or("")}};
  });
  const auto response = app.inject({.url = "/", .cookies = {{"x", "y"}, {"z", "w"}}});
  JsonArray cookies;
  for (const auto& cookie : response.cookies()) {
    JsonObject shown{{"name", cookie.name}, {"value", cookie.value}};
    for (const auto& attribute : cookie.attributes) shown[attribute.key()] = attribute.value();
    cookies.push_back(std::move(shown));
  }
  return {{"body", response.json()}, {"cookies", cookies}};
}

Json injectNet() {
  Fastify app;
  app.get("/", [](Request& request) {
    return Json{
        {"ip", request.ip()}, {"host", request.host()}, {"port", *request.port()}, {"protocol", request.protocol()}};
  });
  return app.inject({.url = "/", .authority = "demo.test:81", .remoteAddress = "9.8.7.6"}).json();
}

/// Names what a case shows; the functions need no captures, as nothing is shared between cases.
constexpr StartupCase cases[] = {
    // options
    {"body-limit-zero", [] { return declare([](Fastify&) {}, {.bodyLimit = 0}); }},
    {"logger-and-instance", [] { return declare([](Fastify&) {}, {.logger = true, .loggerInstance = Logger()}); }},
    {"route-body-limit-negative", [] { return declare([](Fastify& app) { app.post("/", {.bodyLimit = -1}, noop); }); }},
    {"handler-timeout-zero", [] { return declare([](Fastify& app) { app.get("/", {.handlerTimeout = 0ms}, noop); }); }},

    // routes
    {"duplicate-route", [] { return declare([](Fastify& app) { app.get("/a", noop).get("/a", noop); }); }},
    {"duplicate-route-all", [] { return declare([](Fastify& app) { app.get("/a", noop).all("/a", noop); }); }},
    {"duplicate-param-name-differs",
     [] { return declare([](Fastify& app) { app.get("/a/:x", noop).get("/a/:y", noop); }); }},
    {"duplicate-head-explicit-after-get",
     [] { return declare([](Fastify& app) { app.get("/a", noop).head("/a", noop); }); }},
    {"head-before-get-ok", [] { return ready([](Fastify& app) { app.head("/a", noop).get("/a", noop); }); }},
    {"missing-handler", [] { return declare([](Fastify& app) { app.get("/a", RouteOptions{}); }); }},
    {"handler-twice", [] { return declare([](Fastify& app) { app.get("/a", {.handler = noop}, noop); }); }},
    {"url-no-slash", [] { return declare([](Fastify& app) { app.get("a", noop); }); }},
    {"url-empty", [] { return declare([](Fastify& app) { app.get("", noop); }); }},
    {"method-unknown",
     [] { return declare([](Fastify& app) { app.route({.method = "FOO", .url = "/", .handler = noop}); }); }},
    {"method-not-enabled",
     [] { return declare([](Fastify& app) { app.route({.method = "PROPFIND", .url = "/", .handler = noop}); }); }},
    {"method-lower-case-ok",
     []() -> Json {
       Fastify app;
       app.route({.method = "get", .url = "/", .handler = [] { return "x"; }});
       return app.inject("/").statusCode;
     }},
    {"get-with-body-schema",
     [] { return declare([](Fastify& app) { app.get("/", {.schema = {.body = {{"type", "object"}}}}, noop); }); }},
    {"wildcard-not-last", [] { return declare([](Fastify& app) { app.get("/a/*/b", noop); }); }},
    {"optional-not-last", [] { return declare([](Fastify& app) { app.get("/a/:x?/b", noop); }); }},
    // RE2 takes linear time for any expression, so none is refused and nothing has to be allowed.
    {"unsafe-regex-allowed", [] { return ready([](Fastify& app) { app.get("/a/:id(^([0-9]+){4}$)", noop); }); }},
    {"unknown-constraint",
     [] { return declare([](Fastify& app) { app.get("/", {.constraints = {{"planet", "mars"}}}, noop); }); }},
    {"version-not-string",
     [] { return declare([](Fastify& app) { app.get("/", {.constraints = {{"version", 1}}}, noop); }); }},

    // schemas
    {"schema-missing-id", [] { return declare([](Fastify& app) { app.addSchema({{"type", "object"}}); }); }},
    {"schema-duplicate-id",
     [] { return declare([](Fastify& app) { app.addSchema({{"$id", "a"}}).addSchema({{"$id", "a"}}); }); }},
    {"schema-invalid", [] { return withBody(R"({"type": "nope"})"); }},
    {"schema-unresolved-ref", [] { return withBody(R"({"$ref": "missing#"})"); }},
    {"schema-query-and-querystring",
     [] {
       return ready(
           [](Fastify& app) { app.get("/", {.schema = {.querystring = JsonObject(), .query = JsonObject()}}, noop); });
     }},
    {"schema-strict-unknown-keyword", [] { return withBody(R"({"type": "object", "madeUp": true})"); }},
    {"schema-strict-missing-type", [] { return withBody(R"({"properties": {"a": {"maxLength": 3}}})"); }},
    {"response-schema-bad-key", [] { return withResponse(R"({"type": "object"})"); }},
    {"response-schema-bad-ref", [] { return withResponse(R"({"200": {"$ref": "missing#"}})"); }},
    {"response-content-no-schema", [] { return withResponse(R"({"200": {"content": {"application/json": {}}}})"); }},

    // decorators
    {"decorate-duplicate", [] { return declare([](Fastify& app) { app.decorate(a, 1).decorate(aAgain, 2); }); }},
    {"decorate-request-duplicate",
     [] { return declare([](Fastify& app) { app.decorateRequest(a, 1).decorateRequest(aAgain, 2); }); }},
    {"decorate-missing-dependency", [] { return declare([](Fastify& app) { app.decorate(a, 1, {"b"}); }); }},
    {"decorate-dependency-ok",
     []() -> Json {
       Fastify app;
       return app.decorate(b, 1).decorate(a, 1, {"b"}).hasDecorator("a");
     }},
    {"decorate-after-start", [] { return afterStart([](Fastify& app) { app.decorate(late, 1); }); }},
    {"decorate-child-shadows-parent", childShadowsParent},
    {"decorate-request-child-shadow",
     [] {
       return ready([](Fastify& app) {
         app.decorateRequest(text, "root");
         app.registerPlugin([](Fastify& scope) { scope.decorateRequest(shadow, "child"); });
       });
     }},
    {"get-decorator-undeclared", []() -> Json { return Fastify().getDecorator(nope); }},

    // after the start
    {"route-after-start", [] { return afterStart([](Fastify& app) { app.get("/late", noop); }); }},
    {"hook-after-start", [] { return afterStart([](Fastify& app) { app.addHook(onRequest, noop); }); }},
    {"parser-after-start", [] { return afterStart([](Fastify& app) { app.addContentTypeParser("text/x", noBody); }); }},
    {"schema-after-start", [] { return afterStart([](Fastify& app) { app.addSchema({{"$id", "late"}}); }); }},
    {"error-handler-after-start", [] { return afterStart([](Fastify& app) { app.setErrorHandler(noError); }); }},
    {"register-after-start",
     [] {
       return afterStart([](Fastify& app) {
         app.registerPlugin(emptyPlugin);
         app.ready();
       });
     }},

    // handlers and parsers
    {"error-handler-twice-allowed",
     []() -> Json {
       declare([](Fastify& app) { app.setErrorHandler(noError).setErrorHandler(noError); });
       return "ok";
     }},
    {"error-handler-twice-forbidden",
     [] {
       return declare([](Fastify& app) { app.setErrorHandler(noError).setErrorHandler(noError); },
                      {.allowErrorHandlerOverride = false});
     }},
    {"not-found-handler-twice",
     [] { return declare([](Fastify& app) { app.setNotFoundHandler(noop).setNotFoundHandler(noop); }); }},
    {"not-found-handler-child-no-prefix",
     [] {
       return ready([](Fastify& app) {
         app.setNotFoundHandler(noop);
         app.registerPlugin([](Fastify& scope) { scope.setNotFoundHandler(noop); });
       });
     }},
    {"parser-duplicate",
     [] {
       return declare(
           [](Fastify& app) { app.addContentTypeParser("text/x", noBody).addContentTypeParser("text/x", noBody); });
     }},
    {"parser-replace-json-ok",
     []() -> Json {
       declare(
           [](Fastify& app) { app.addContentTypeParser("application/json", {.parseAs = ParseAs::String}, noText); });
       return "ok";
     }},
    {"parser-empty-type", [] { return declare([](Fastify& app) { app.addContentTypeParser("", noBody); }); }},
    {"parser-bad-media-type",
     [] { return declare([](Fastify& app) { app.addContentTypeParser("not a type", noBody); }); }},
    {"parser-inherited-in-child",
     []() -> Json {
       Fastify app;
       app.addContentTypeParser("text/x", noBody);
       bool seen = false;
       app.registerPlugin([&seen](Fastify& scope) { seen = scope.hasContentTypeParser("text/x"); });
       app.ready();
       return seen;
     }},

    // plugins
    {"plugin-throws",
     [] { return ready([](Fastify& app) { app.registerPlugin([](Fastify&) { throw failure("plugin broke"); }); }); }},
    {"plugin-done-error",
     [] {
       return ready([](Fastify& app) {
         app.registerPlugin([](Fastify&) -> Task<> {
           throw failure("plugin done error");
           co_return;
         });
       });
     }},
    {"plugin-timeout",
     [] {
       return ready(
           [](Fastify& app) {
             app.registerPlugin([](Fastify&) -> Task<> { co_await async::Deferred<>(); }, {.name = "slow"});
           },
           {.pluginTimeout = 60ms});
     }},
    {"plugin-dependency-missing",
     [] {
       return ready(
           [](Fastify& app) { app.registerPlugin(fp(emptyPlugin, {.name = "needs", .dependencies = {"absent"}})); });
     }},
    {"plugin-dependency-ok",
     [] {
       return ready([](Fastify& app) {
         app.registerPlugin(fp(emptyPlugin, {.name = "base"}));
         app.registerPlugin(fp(emptyPlugin, {.name = "needs", .dependencies = {"base"}}));
       });
     }},
    {"plugin-decorator-missing",
     [] {
       return ready([](Fastify& app) {
         app.registerPlugin(fp(emptyPlugin, {.name = "needs", .decorators = {.request = {"absent"}}}));
       });
     }},
    {"plugin-version-mismatch",
     [] {
       return ready([](Fastify& app) { app.registerPlugin(fp(emptyPlugin, {.name = "old", .fastify = "2.x"})); });
     }},
    {"plugin-version-ok",
     [] {
       return ready([](Fastify& app) { app.registerPlugin(fp(emptyPlugin, {.name = "new", .fastify = "5.x"})); });
     }},
    {"plugin-error-in-after", pluginErrorInAfter},
    {"on-ready-fails",
     [] { return ready([](Fastify& app) { app.addHook(onReady, [] { throw failure("not ready"); }); }); }},
    {"on-ready-timeout",
     [] {
       return ready([](Fastify& app) { app.addHook(onReady, []() -> Task<> { co_await async::Deferred<>(); }); },
                    {.pluginTimeout = 60ms});
     }},

    // life
    {"listen-twice", listenTwice},
    {"listen-after-close", listenAfterClose},
    {"listen-port-in-use", listenPortInUse},
    {"close-twice",
     []() -> Json {
       Fastify app;
       app.ready();
       app.close();
       app.close();
       return "ok";
     }},
    {"inject-after-close",
     []() -> Json {
       Fastify app;
       app.ready();
       app.close();
       app.inject("/");
       return nullptr;
     }},
    {"boot-order", bootOrder},
    {"await-register", awaitRegister},
    {"on-close-order", onCloseOrder},

    // what an instance tells
    {"supported-methods", []() -> Json { return boost::json::value_from(Fastify().supportedMethods()); }},
    {"version-exposed", []() -> Json { return Json(fastify::version.substr(0, fastify::version.find('.'))); }},
    {"plugin-name", pluginName},
    {"print-routes", printedRoutes},
    {"print-plugins", printedPlugins},

    // injected requests
    {"inject-get", injectGet},
    {"inject-post-object", injectPost},
    {"inject-query", injectQuery},
    {"inject-cookies", injectCookies},
    {"inject-net", injectNet},
    {"inject-before-ready-fails",
     []() -> Json {
       Fastify app;
       app.registerPlugin([](Fastify&) { throw failure("boot failed"); });
       app.inject("/");
       return nullptr;
     }},
};

JsonObject describe(const FastifyError& error) {
  JsonObject shown{{"name", error.name}};
  if (!error.code.empty()) shown["code"] = error.code;
  if (error.statusCode) shown["statusCode"] = *error.statusCode;
  shown["message"] = error.message;
  return shown;
}

}  // namespace

std::span<const StartupCase> startupCases() noexcept { return cases; }

JsonObject runStartupCase(const StartupCase& startupCase) {
  try {
    return {{"value", startupCase.run()}};
  } catch (...) {
    return {{"error", describe(FastifyError::from(std::current_exception()))}};
  }
}

}  // namespace conformance
