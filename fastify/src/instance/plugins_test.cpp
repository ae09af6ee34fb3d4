// Scopes and decorators. Fastify's "Plugins" and "Decorators" pages.

#include <fastify/fastify.hpp>

#include <async/event_loop.hpp>

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

using namespace fastify;
using namespace std::chrono_literals;

namespace {
const Decorator<std::string> shared("shared");
const Decorator<std::string> user("user");
const Decorator<int> counter("counter");

std::string codeOf(auto&& action) {
  try {
    action();
  } catch (const FastifyError& error) {
    return error.code;
  }
  return "nothing thrown";
}
}  // namespace

TEST(Plugins, have_scopes_of_their_own) {
  Fastify app;
  app.decorate(shared, "root");
  app.registerPlugin(
      [](Fastify& child) {
        EXPECT_EQ(child[shared], "root");
        child.decorate(user, "child's");
        child.addHook(onRequest, [](Request&, Reply& reply) { reply.header("x-child", "1"); });
        child.get("/child", [](Request& request) { return request.server()[user]; });
      },
      {.prefix = "/v1"});
  app.get("/", [] { return "root"; });
  EXPECT_EQ(app.inject("/v1/child").body, "child's");
  EXPECT_EQ(app.inject("/v1/child").header("x-child"), "1");
  EXPECT_EQ(app.inject("/").header("x-child"), std::nullopt);
  EXPECT_FALSE(app.hasDecorator("user"));
}

TEST(Plugins, wrapped_by_fp_add_to_the_scope_around_them) {
  Fastify app;
  app.registerPlugin(
      fp([](Fastify& instance) { instance.decorate(user, "from fp"); }, {.name = "hoister", .fastify = "5.x"}),
      {.prefix = "/ignored"});
  app.ready();
  EXPECT_EQ(app[user], "from fp");
  EXPECT_TRUE(app.hasPlugin("hoister"));
}

TEST(Plugins, load_at_ready_in_fastifys_order) {
  std::vector<std::string> log;
  Fastify app;
  app.registerPlugin([&](Fastify& instance) {
    log.push_back("A");
    instance.registerPlugin([&](Fastify&) { log.push_back("A1"); });
  });
  app.after([&] { log.push_back("after A"); });
  app.registerPlugin([&](Fastify&) -> Task<> {
    log.push_back("B");
    co_await async::sleep(1ms);
    log.push_back("B done");
  });
  log.push_back("sync end");
  app.ready();
  EXPECT_EQ(log, (std::vector<std::string>{"sync end", "A", "A1", "after A", "B", "B done"}));
}

TEST(Plugins, tell_what_they_need) {
  auto load = [](FpPlugin plugin) {
    return codeOf([&] {
      Fastify app;
      app.registerPlugin(std::move(plugin));
      app.ready();
    });
  };
  auto nothing = [](Fastify&) {};
  EXPECT_EQ(load(fp(nothing, {.name = "old", .fastify = "2.x"})), "FST_ERR_PLUGIN_VERSION_MISMATCH");
  EXPECT_EQ(load(fp(nothing, {.name = "needs", .dependencies = {"absent"}})),
            "FST_ERR_PLUGIN_DEPENDENCY_NOT_REGISTERED");
  EXPECT_EQ(load(fp(nothing, {.name = "needs", .decorators = {.request = {"absent"}}})),
            "FST_ERR_PLUGIN_NOT_PRESENT_IN_INSTANCE");
}

TEST(Plugins, failing_make_ready_throw) {
  Fastify app;
  app.registerPlugin([](Fastify&) { throw std::runtime_error("plugin broke"); });
  EXPECT_THROW(app.ready(), std::runtime_error);
  EXPECT_THROW(app.inject("/"), std::runtime_error);
}

TEST(Decorators, of_requests_start_anew_with_each_request) {
  Fastify app;
  app.decorateRequest(counter, 41);
  app.get("/", [](Request& request) { return ++request[counter]; });
  EXPECT_EQ(app.inject("/").body, "42");
  EXPECT_EQ(app.inject("/").body, "42");
}

TEST(Decorators, are_refused_where_they_are_not_declared) {
  Fastify app;
  app.registerPlugin([](Fastify& child) {
    child.decorateRequest(user, "u");
    child.get("/child", [](Request& request) { return request[user]; });
  });
  app.get("/", [](Request& request) { return request[user]; });
  EXPECT_EQ(app.inject("/child").body, "u");
  const auto answer = app.inject("/");
  EXPECT_EQ(answer.statusCode, 500);
  EXPECT_NE(answer.body.find("FST_ERR_DEC_UNDECLARED"), std::string::npos);
  EXPECT_EQ(codeOf([&] { app[shared]; }), "FST_ERR_DEC_UNDECLARED");
}

TEST(Decorators, come_once) {
  Fastify app;
  app.decorate(shared, "1");
  EXPECT_EQ(codeOf([&] { app.decorate(shared, "2"); }), "FST_ERR_DEC_ALREADY_PRESENT");
  EXPECT_EQ(codeOf([&] { app.decorate(user, "1", {"absent"}); }), "FST_ERR_DEC_MISSING_DEPENDENCY");
  app.ready();
  EXPECT_EQ(codeOf([&] { app.decorate(user, "late"); }), "FST_ERR_DEC_AFTER_START");
}

TEST(Routes, are_refused_with_fastifys_codes) {
  auto nothing = [] { return "x"; };
  EXPECT_EQ(codeOf([&] { Fastify().get("/a", RouteOptions{}); }), "FST_ERR_ROUTE_MISSING_HANDLER");
  EXPECT_EQ(codeOf([&] { Fastify().get("/a", nothing).get("/a", nothing); }), "FST_ERR_DUPLICATED_ROUTE");
  EXPECT_EQ(codeOf([&] { Fastify().get("/a", {.handler = nothing}, nothing); }), "FST_ERR_ROUTE_DUPLICATED_HANDLER");
  EXPECT_EQ(codeOf([&] { Fastify().route({.method = "PROPFIND", .url = "/", .handler = nothing}); }),
            "FST_ERR_ROUTE_METHOD_NOT_SUPPORTED");
  EXPECT_EQ(codeOf([&] { Fastify().get("/", {.schema = {.body = {{"type", "object"}}}}, nothing); }),
            "FST_ERR_ROUTE_BODY_VALIDATION_SCHEMA_NOT_SUPPORTED");
  EXPECT_EQ(codeOf([&] { Fastify().get("a", nothing); }), "FST_ERR_INVALID_URL");
  EXPECT_EQ(codeOf([&] {
              Fastify app;
              app.ready();
              app.get("/late", nothing);
            }),
            "FST_ERR_INSTANCE_ALREADY_LISTENING");
}

TEST(Routes, below_a_prefix_join_with_one_slash) {
  Fastify app;
  app.registerPlugin(
      [](Fastify& inner) {
        inner.get("/", [](Request& request) { return request.routeOptions().url.value_or("?"); });
        inner.get("/leaf", [] { return "leaf"; });
      },
      {.prefix = "/child"});
  EXPECT_EQ(app.inject("/child").body, "/child");
  EXPECT_EQ(app.inject("/child/").body, "/child/");
  EXPECT_EQ(app.inject("/child/leaf").body, "leaf");
}

TEST(Routes, for_get_answer_head) {
  Fastify app;
  app.get("/", [](Request&, Reply& reply) { reply.header("x-h", "v").send({{"a", 1}}); });
  const auto answer = app.inject({.method = "HEAD"});
  EXPECT_EQ(answer.statusCode, 200);
  EXPECT_EQ(answer.body, "");
  EXPECT_EQ(answer.header("content-length"), "7");
  EXPECT_EQ(answer.header("x-h"), "v");
}

TEST(Request, tells_query_params_and_network) {
  Fastify app;
  app.get("/user/:id", [](Request& request) -> Json {
    return {{"id", request.params().at("id")},
            {"query", request.query()},
            {"ip", request.ip()},
            {"host", request.host()},
            {"port", *request.port()}};
  });
  EXPECT_EQ(
      app.inject({.url = "/user/a%20b?x=1&y=2&y=3", .authority = "demo.test:81", .remoteAddress = "9.8.7.6"}).body,
      R"({"id":"a b","query":{"x":"1","y":["2","3"]},"ip":"9.8.7.6","host":"demo.test:81","port":81})");
}

TEST(Plugins, on_register_hooks_hear_of_plugins_that_were_registered_after_them) {
  Fastify app;
  std::vector<std::string> prefixes;
  app.registerPlugin([](Fastify&) {}, {.prefix = "/before"});
  app.addHook(onRegister, [&](Fastify&, const PluginOptions& options) { prefixes.push_back(options.prefix); });
  app.registerPlugin([](Fastify& scope) { scope.registerPlugin([](Fastify&) {}, {.prefix = "/inner"}); },
                     {.prefix = "/outer"});
  app.ready();
  EXPECT_EQ(prefixes, (std::vector<std::string>{"/outer", "/inner"}));
}
