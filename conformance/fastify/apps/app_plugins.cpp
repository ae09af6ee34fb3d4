// Scopes: what a child sees, what stays its own, `fp`, prefixes, decorators of instance, request and reply.
#include "app.hpp"
#include "app_parts.hpp"

using namespace fastify;

namespace conformance {
namespace {

using Strings = std::vector<std::string>;

struct Shared {
  std::string value;
};

// JavaScript's methods and getters are functions that get the object.
const Decorator<Shared> shared{"shared"};
const Decorator<std::function<std::string(const Fastify&)>> util{"util"};
const Decorator<std::function<std::string(const Fastify&)>> computed{"computed"};
const Decorator<std::string> hoisted{"hoisted"};
const Decorator<bool> childOnly{"childOnly"};
const Decorator<std::string> user{"user"};
const Decorator<std::function<std::string(Request&)>> greet{"greet"};
const Decorator<std::function<std::string(Request&)>> lazy{"lazy"};
const Decorator<std::string> childRequest{"childReq"};
const Decorator<std::function<void(Reply&, Json)>> ok{"ok"};
const Decorator<std::function<std::string()>> childReply{"childReply"};

Json asJson(const Strings& strings) { return boost::json::value_from(strings); }

void decorators(Fastify& app) {
  app.decorate(shared, Shared{"root"});
  app.decorate(util, [](const Fastify& instance) { return "util of " + instance.prefix(); });
  app.decorate(computed, [](const Fastify& instance) {
    return "computed in " + (instance.prefix().empty() ? "root" : instance.prefix());
  });
  app.decorateRequest(user);
  app.decorateRequest(greet, [](Request& request) { return "hi " + request[user]; });
  app.decorateRequest(lazy, [](Request& request) { return "lazy " + std::string(request.method()); });
  app.decorateReply(ok,
                    [](Reply& reply, Json data) { reply.code(200).send({{"ok", true}, {"data", std::move(data)}}); });
  app.addHook(onRequest, [](Request& request) { request[user] = request.headers()["x-user"].value_or("anon"); });
  app.get("/decorators", [&app](Request& request) {
    return Json{{"user", request[user]},
                {"greet", request[greet](request)},
                {"lazy", request[lazy](request)},
                {"util", app[util](app)},
                {"computed", app[computed](app)},
                {"hasChild", app.hasDecorator("childOnly")},
                {"hasHoisted", app.hasDecorator("hoisted")},
                {"hasReq", app.hasRequestDecorator("user")},
                {"hasReply", app.hasReplyDecorator("ok")}};
  });
  app.get("/reply-decorator", [](Request&, Reply& reply) { reply[ok](reply, {{"n", 1}}); });
}

/// Plugins that write down when they were loaded.
void loadingOrder(Fastify& app, std::shared_ptr<Strings> order) {
  app.get("/order", [order] { return Json{{"order", asJson(*order)}}; });
  app.registerPlugin([order](Fastify& scope) {
    order->push_back("first");
    scope.registerPlugin([order](Fastify&) { order->push_back("first.nested"); });
    scope.after([order] { order->push_back("first.after"); });
  });
  app.registerPlugin(
      [order](Fastify&, const PluginOptions& options) -> Task<> {
        order->push_back("second:" + std::string(std::string_view(options.values.at("flavour").as_string())));
        co_await async::sleep(10ms);
        order->push_back("second.done");
      },
      {.values = {{"flavour", "mint"}}});
  app.after([order] { order->push_back("root.after"); });
  app.registerPlugin([order](Fastify&) { order->push_back("third"); });
  app.addHook(onReady, [order] { order->push_back("onReady"); });
}

void hoistedPlugin(Fastify& app) {
  app.registerPlugin(fp(
                         [](Fastify& scope) {
                           scope.decorate(hoisted, "from fp");
                           scope.get("/from-fp", [&scope] { return Json{{"prefix", scope.prefix()}}; });
                         },
                         {.name = "hoister"}),
                     {.prefix = "/ignored-for-fp"});
}

void deepRoutes(Fastify& deep) {
  deep.get("/", [&deep](Request& request) {
    return Json{{"deep", deep.prefix()}, {"childOnly", deep[childOnly]}, {"childReq", request[childRequest]}};
  });
  deep.get("/leaf", [](Request& request) { return Json{{"leaf", "deep"}, {"url", *request.routeOptions().url}}; });
  deep.get("leading", [] { return Json{{"noSlash", true}}; });
}

void childScope(Fastify& app) {
  app.registerPlugin(
      [](Fastify& child) {
        child.decorate(childOnly, true);
        child.decorateRequest(childRequest, "c");
        child.decorateReply(childReply, [] { return std::string("r"); });
        child.get("/", [&child](Request& request, Reply& reply) {
          return Json{{"here", child.prefix()},
                      {"hoisted", child[hoisted]},
                      {"childReq", request[childRequest]},
                      {"childReply", reply[childReply]()},
                      {"shared", child[shared].value},
                      {"util", child[util](child)},
                      {"computed", child[computed](child)}};
        });
        child.get("/leaf", [](Request& request) { return Json{{"leaf", true}, {"url", *request.routeOptions().url}}; });
        child.registerPlugin(deepRoutes, {.prefix = "/deep"});
      },
      {.prefix = "/child"});
  app.registerPlugin(
      [](Fastify& sibling) {
        sibling.get("/", [&sibling] {
          return Json{{"childOnly", !sibling.hasDecorator("childOnly")},
                      {"childReq", !sibling.hasRequestDecorator("childReq")}};
        });
      },
      {.prefix = "/sibling"});
}

void prefixes(Fastify& app) {
  auto one = [&app](std::string prefix, std::string url, PrefixTrailingSlash slash, std::string p) {
    app.registerPlugin(
        [=](Fastify& scope) { scope.get(url, {.prefixTrailingSlash = slash}, [p] { return Json{{"p", p}}; }); },
        {.prefix = prefix});
  };
  app.registerPlugin(
      [](Fastify& scope) {
        scope.get("/", [] { return Json{{"p", "trailing"}}; });
        scope.get("/x", [] { return Json{{"p", "trailing-x"}}; });
      },
      {.prefix = "/trailing/"});
  one("/pt-slash", "/", PrefixTrailingSlash::Slash, "slash");
  one("/pt-noslash", "/", PrefixTrailingSlash::NoSlash, "no-slash");
  one("/pt-both", "/", PrefixTrailingSlash::Both, "both");
  one("nolead", "/x", PrefixTrailingSlash::Both, "nolead");
  app.registerPlugin(
      [](Fastify& scope) {
        scope.get("/show", [](Request& request) { return Json{{"tenant", request.params().at("tenant")}}; });
      },
      {.prefix = "/t/:tenant"});
}

/// "GET+HEAD /prefix/a /a /prefix": what an onRoute hook sees.
std::string description(const RouteOptions& route, const Fastify& scope) {
  std::string methods;
  for (const auto& method : route.method.names()) methods.append(methods.empty() ? "" : "+").append(method);
  return methods + " " + route.url + " " + route.url.substr(scope.prefix().size()) + " " + scope.prefix();
}

void applicationHooks(Fastify& app) {
  auto seen = std::make_shared<Strings>();
  app.registerPlugin(
      [seen](Fastify& scope) {
        scope.addHook(onRoute, [seen, &scope](RouteOptions& route) { seen->push_back(description(route, scope)); });
        scope.get("/a", [] { return "a"; });
        scope.post("/b", [] { return "b"; });
        scope.get("/", [] { return "root of prefix"; });
      },
      {.prefix = "/routes"});
  app.get("/seen-routes", [seen] { return Json{{"seen", asJson(*seen)}}; });

  auto registered = std::make_shared<Strings>();
  app.addHook(onRegister, [registered](Fastify&, const PluginOptions& options) {
    registered->push_back(options.prefix.empty() ? "none" : options.prefix);
  });
  app.registerPlugin([](Fastify& scope) { scope.registerPlugin([](Fastify&) {}, {.prefix = "/inner"}); },
                     {.prefix = "/outer"});
  app.get("/registered", [registered] { return Json{{"registered", asJson(*registered)}}; });
}

void introspection(Fastify& app) {
  app.get("/has-route", [&app] {
    return Json{{"a", app.hasRoute("GET", "/order")},
                {"head", app.hasRoute("HEAD", "/order")},
                {"no", app.hasRoute("POST", "/order")},
                {"find", app.hasRoute("GET", "/t/42/show")},
                {"plugin", app.hasPlugin("hoister")}};
  });
  app.get("/print-routes",
          [&app](Request&, Reply& reply) { reply.type("text/plain").send(app.printRoutes({.method = "POST"})); });
  app.get("/config", {.config = {{"tag", "blue"}}}, [](Request& request) {
    const auto& route = request.routeOptions();
    return Json{{"config", route.config},
                {"method", route.method},
                {"url", *route.url},
                {"bodyLimit", route.bodyLimit},
                {"is404", request.is404()}};
  });
}

}  // namespace

std::unique_ptr<Fastify> buildPlugins(const Setup&) {
  auto app = std::make_unique<Fastify>();
  decorators(*app);
  loadingOrder(*app, std::make_shared<Strings>());
  hoistedPlugin(*app);
  childScope(*app);
  prefixes(*app);
  applicationHooks(*app);
  introspection(*app);
  return app;
}

}  // namespace conformance
