// What an application says about its routes: own constraints, 405, and the routes it lists.
#include <fastify/fastify.hpp>

#include <gtest/gtest.h>

namespace fastify {
namespace {

ConstraintStrategy tenant(bool mustMatch = false) {
  return {.name = "tenant",
          .deriveConstraint = [](const RawRequest& request) -> std::optional<std::string> {
            const auto value = request.header("x-tenant");
            if (value == "broken") throw std::runtime_error("no such tenant");
            return value ? std::optional<std::string>(*value) : std::nullopt;
          },
          .mustMatchWhenDerived = mustMatch};
}

std::string answerTo(Fastify& app, const HeaderPairs& headers) { return app.inject({.headers = headers}).body; }

TEST(Constraints, own_strategies_choose_among_routes) {
  FastifyOptions options;
  options.routerOptions.constraints = {tenant()};
  Fastify app(std::move(options));
  app.get("/", [] { return "anyone"; });
  app.get("/", {.constraints = {{"tenant", "acme"}}}, [] { return "acme"; });
  EXPECT_TRUE(app.hasConstraintStrategy("tenant"));
  EXPECT_TRUE(app.hasRoute("GET", "/", {{"tenant", "acme"}}));
  EXPECT_EQ(answerTo(app, {{"x-tenant", "acme"}}), "acme");
  EXPECT_EQ(answerTo(app, {{"x-tenant", "other"}}), "anyone");
  EXPECT_EQ(answerTo(app, {}), "anyone");
}

TEST(Constraints, a_value_that_must_match_excludes_routes_without_it) {
  Fastify app;
  app.addConstraintStrategy(tenant(true));
  app.get("/", [] { return "anyone"; });
  EXPECT_EQ(app.inject({.headers = {{"x-tenant", "acme"}}}).statusCode, 404);
  EXPECT_EQ(answerTo(app, {}), "anyone");
}

TEST(Constraints, a_strategy_that_throws_is_answered_with_500) {
  Fastify app;
  app.addConstraintStrategy(tenant());
  app.get("/", {.constraints = {{"tenant", "acme"}}}, [] { return "acme"; });
  const auto answer = app.inject({.headers = {{"x-tenant", "broken"}}});
  EXPECT_EQ(answer.statusCode, 500);
  EXPECT_EQ(answer.body,
            R"({"error":"Internal Server Error","message":"Unexpected error from async constraint","statusCode":500})");
}

TEST(Constraints, a_store_of_the_strategys_own_decides_what_fits) {
  class Prefixes : public ConstraintStore {
   public:
    void set(const Json& constraint, RouteMask mask) override { all_.emplace_back(constraint.as_string(), mask); }
    RouteMask get(std::string_view value) const override {
      for (const auto& [prefix, mask] : all_) {
        if (value.starts_with(prefix)) return mask;
      }
      return 0;
    }

   private:
    std::vector<std::pair<std::string, RouteMask>> all_;
  };
  auto strategy = tenant();
  strategy.storage = [] { return std::make_unique<Prefixes>(); };
  Fastify app;
  app.addConstraintStrategy(std::move(strategy));
  app.get("/", {.constraints = {{"tenant", "eu-"}}}, [] { return "europe"; });
  EXPECT_EQ(answerTo(app, {{"x-tenant", "eu-west"}}), "europe");
  EXPECT_EQ(app.inject({.headers = {{"x-tenant", "us-west"}}}).statusCode, 404);
}

TEST(Constraints, a_name_is_taken_once) {
  Fastify app;
  app.addConstraintStrategy(tenant());
  try {
    app.addConstraintStrategy(tenant());
    FAIL();
  } catch (const FastifyError& error) {
    EXPECT_EQ(error.message, "There already exists a custom constraint with the name tenant.");
  }
  app.get("/", {.constraints = {{"version", "1.0.0"}}}, [] {});
  auto version = tenant();
  version.name = "version";
  EXPECT_THROW(app.addConstraintStrategy(std::move(version)), FastifyError);
}

TEST(MethodNotAllowed, is_answered_with_what_is_allowed_when_the_app_wants_it) {
  FastifyOptions options;
  options.routerOptions.methodNotAllowed = true;
  Fastify app(std::move(options));
  app.addHook(onRequest, [](Request&, Reply& reply) { reply.header("x-hook", "ran"); });
  app.get("/a/:id", [] { return "a"; });
  app.put("/a/:id", [] { return "a"; });
  const auto answer = app.inject({.method = "POST", .url = "/a/1?x=2"});
  EXPECT_EQ(answer.statusCode, 405);
  EXPECT_EQ(answer.header("allow"), "GET, HEAD, PUT");
  EXPECT_EQ(answer.header("x-hook"), "ran");
  EXPECT_EQ(
      answer.body,
      R"({"message":"Method POST not allowed for route /a/1?x=2","error":"Method Not Allowed","statusCode":405})");
  EXPECT_EQ(app.inject({.method = "POST", .url = "/b"}).statusCode, 404);
}

TEST(MethodNotAllowed, is_404_otherwise) {
  Fastify app;
  app.get("/", [] { return "a"; });
  EXPECT_EQ(app.inject({.method = "POST", .url = "/"}).statusCode, 404);
}

TEST(Routes, that_cannot_be_declared_leave_nothing_behind) {
  Fastify app;
  app.post("/a", [] { return "first"; });
  EXPECT_THROW(app.route({.method = {"GET", "POST"}, .url = "/a", .handler = [] { return "second"; }}), FastifyError);
  EXPECT_THROW(app.route({.method = {"PUT", "PUT"}, .url = "/a", .handler = [] { return "third"; }}), FastifyError);
  app.get("/b", [] { return "b"; });
  EXPECT_THROW(app.get("/b/:x?", [] { return "optional"; }), FastifyError);
  EXPECT_EQ(app.inject("/a").statusCode, 404);
  EXPECT_EQ(app.inject({.method = "PUT", .url = "/a"}).statusCode, 404);
  EXPECT_EQ(app.inject("/b/1").statusCode, 404);
  EXPECT_EQ(app.inject("/b").body, "b");
}

TEST(Routes, are_found_by_their_pattern) {
  Fastify app;
  app.get("/users/:id", {.config = {{"a", 1}}}, [] { return "u"; });
  EXPECT_EQ(app.findRoute("get", "/users/:name")->url, "/users/:id");
  EXPECT_EQ(app.findRoute("GET", "/users/1"), nullptr);
  app.ready();
  EXPECT_EQ(app.findRoute("GET", "/users/:id")->config.at("a"), 1);
}

TEST(Routes, are_printed_with_their_hooks) {
  Fastify app;
  app.addHook(onRequest, [](Request&, Reply&) {});
  app.get("/", {.exposeHeadRoute = false, .handler = [] { return "a"; }});
  app.ready();
  EXPECT_EQ(app.printRoutes({.includeHooks = true}), "└── / (GET)\n    • (onRequest) [\"anonymous()\"]\n");
}

}  // namespace
}  // namespace fastify
