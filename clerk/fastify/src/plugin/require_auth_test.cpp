#include <clerk/fastify.hpp>

#include "jwt/test_tokens.hpp"
#include "runtime/test_world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace clerk {
namespace {

using fastify::Fastify;
using fastify::HeaderPairs;
using fastify::InjectRequest;
using fastify::InjectResponse;
using fastify::Reply;
using fastify::Request;
using test::World;
using testing::HasSubstr;
using testing::StartsWith;

/// A guarded route and what it answers.
class RequireAuthTest : public testing::Test {
 protected:
  InjectResponse ask(const RequireAuthOptions& asked, HeaderPairs headers, const std::string& method = "GET") {
    Fastify app;
    app.registerPlugin(clerkPlugin, options);
    app.route({.method = method,
               .url = "/admin/page",
               .preHandler = requireAuth(asked),
               .handler = [](Request&, Reply& reply) { reply.send("secret"); }});
    headers.emplace_back("host", "app.example.com");
    return app.inject({.method = method, .url = "/admin/page?tab=1", .headers = std::move(headers)});
  }

  static HeaderPairs page(const std::string& cookie = "theme=dark") {
    return {{"cookie", cookie}, {"sec-fetch-dest", "document"}, {"accept", "text/html"}};
  }
  /// A token with these claims besides the usual ones.
  static HeaderPairs bearer(boost::json::object more = {}) {
    auto claims = test::sessionClaims();
    for (auto& [name, value] : more) claims[name] = value;
    return {{"authorization", "Bearer " + test::signToken(claims)}};
  }

  World world;
  ClerkFastifyOptions options{.publishableKey = "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k",  // clerk.example.com
                              .secretKey = "sk_live_test",
                              .jwtKey = test::publicPem(),
                              .runtime = world.runtime};
};

const boost::json::object kAdmin{{"o", {{"id", "org_1"}, {"rol", "admin"}, {"slg", "acme"}}}};

TEST_F(RequireAuthTest, LetsThePass) {
  EXPECT_EQ(ask({}, bearer()).body, "secret");
  EXPECT_EQ(ask({.role = "org:admin"}, bearer(kAdmin)).body, "secret");
  EXPECT_EQ(ask({.condition = [](const Auth& auth) { return auth.userId == "user_1"; }}, bearer()).body, "secret");
}

TEST_F(RequireAuthTest, AnswersProgramsThatAreSignedOut) {
  for (const auto& headers : {HeaderPairs{}, HeaderPairs{{"accept", "*/*"}}, HeaderPairs{{"sec-fetch-dest", "empty"}},
                              HeaderPairs{{"authorization", "Bearer nonsense"}}}) {
    const auto response = ask({}, headers);
    EXPECT_EQ(response.statusCode, 401);
    EXPECT_EQ(response.json(), (boost::json::value{{"statusCode", 401},
                                                   {"code", "CLERK_ERR_UNAUTHENTICATED"},
                                                   {"error", "Unauthorized"},
                                                   {"message", "Authentication required"}}));
    EXPECT_EQ(response.header("www-authenticate"), "Bearer");
    EXPECT_EQ(response.header("cache-control"), "no-store");
    EXPECT_EQ(response.header("x-clerk-auth-status"), "signed-out");
  }
  EXPECT_EQ(ask({}, page(), "POST").statusCode, 401) << "a form that is sent again after signing in would be lost";
}

TEST_F(RequireAuthTest, SendsPagesToTheInstanceThatTheEnvironmentNames) {
  world.environment["CLERK_FAPI_URL"] = "http://localhost:4000";
  EXPECT_EQ(ask({}, page()).header("location"),
            "http://localhost:4000/sign-in?redirect_url=http%3A%2F%2Fapp.example.com%2Fadmin%2Fpage%3Ftab%3D1");
  options.signInUrl = "/login";
  EXPECT_THAT(ask({}, page()).header("location").value(), StartsWith("http://app.example.com/login?"));
}

TEST_F(RequireAuthTest, SendsPagesToSignInAndBack) {
  const auto response = ask({}, page());
  EXPECT_EQ(response.statusCode, 307);
  EXPECT_EQ(response.header("location"),
            "https://accounts.example.com/sign-in?redirect_url=http%3A%2F%2Fapp.example.com%2Fadmin%2Fpage%3Ftab%3D1");
  EXPECT_EQ(response.header("cache-control"), "no-store");
  EXPECT_EQ(response.body, "");
  EXPECT_THAT(*ask({.signInUrl = "/login"}, page()).header("location"),
              StartsWith("http://app.example.com/login?redirect_url="));
  options.signInUrl = "https://login.example.com/";
  EXPECT_THAT(*ask({}, page()).header("location"), StartsWith("https://login.example.com/?redirect_url="));
}

TEST_F(RequireAuthTest, DoesNotSendAPageToItself) {
  const auto response = ask({.signInUrl = "/admin/page"}, page());
  EXPECT_EQ(response.statusCode, 401);
  EXPECT_FALSE(response.header("location"));
}

TEST_F(RequireAuthTest, SendsPendingSessionsToTheirTasks) {
  auto claims = test::sessionClaims();
  claims["sts"] = "pending";
  const auto headers = page("__session=" + test::signToken(claims) + "; __client_uat=1749999900");
  EXPECT_THAT(*ask({}, headers).header("location"),
              StartsWith("https://accounts.example.com/sign-in/tasks?redirect_url="));
  EXPECT_EQ(ask({.treatPendingAsSignedOut = false}, headers).body, "secret");
}

TEST_F(RequireAuthTest, AnswersWhoMayNot) {
  const std::vector<RequireAuthOptions> questions{
      {.role = "org:admin"},
      {.permission = "org:invoices:read"},
      {.feature = "reports"},
      {.plan = "gold"},
      {.condition = [](const Auth& auth) { return auth.userId == "user_2"; }},
      // Reverified or not: without the role it does not help.
      {.role = "org:admin", .reverification = "strict"},
  };
  for (const auto& asked : questions) {
    for (const bool isPage : {false, true}) {
      auto headers = bearer();
      if (isPage) headers.emplace_back("sec-fetch-dest", "document");
      const auto response = ask(asked, headers);
      EXPECT_EQ(response.statusCode, 403);
      EXPECT_EQ(response.json().at("code"), "CLERK_ERR_FORBIDDEN");
      EXPECT_FALSE(response.header("location")) << "to sign in again would not help";
    }
  }
}

TEST_F(RequireAuthTest, AsksToReverify) {
  const auto stale =
      ask({.role = "org:admin", .reverification = "strict"}, bearer({{"o", kAdmin.at("o")}, {"fva", {30, -1}}}));
  EXPECT_EQ(stale.statusCode, 403);
  EXPECT_EQ(stale.json(), boost::json::value(reverificationError("strict")));
  EXPECT_EQ(ask({.reverification = "strict"}, bearer({{"fva", {3, -1}}})).body, "secret");
}

TEST_F(RequireAuthTest, TakesTheKindsOfTokenThatItIsToldTo) {
  world.answerWith(test::jsonAnswer(R"({"object":"api_key","id":"ak_1","subject":"user_9","name":"n","scopes":[]})"));
  const HeaderPairs key{{"authorization", "Bearer ak_secret"}};
  EXPECT_EQ(ask({}, key).statusCode, 401);
  EXPECT_EQ(ask({.acceptsToken = TokenType::ApiKey}, key).body, "secret");
  EXPECT_EQ(ask({.acceptsToken = {"session_token", "api_key"}}, key).body, "secret");
  EXPECT_EQ(ask({.acceptsToken = TokenType::ApiKey}, bearer()).statusCode, 401);
  EXPECT_EQ(ask({.role = "org:admin", .acceptsToken = "any"}, key).statusCode, 403) << "a key has no role";
}

TEST_F(RequireAuthTest, GuardsAScopeWithItsNotFoundAndUsesTheAppsErrorHandler) {
  Fastify app;
  app.registerPlugin(clerkPlugin, options);
  app.registerPlugin([](Fastify& scope) {
    scope.addHook(fastify::preHandler, requireAuth());
    scope.setErrorHandler([](fastify::FastifyError& error, Request&, Reply& reply) {
      reply.code(*error.statusCode).send("handled " + error.code);
    });
    scope.get("/inside", [](Request&, Reply& reply) { reply.send("secret"); });
  });
  app.get("/outside", [](Request&, Reply& reply) { reply.send("open"); });
  EXPECT_EQ(app.inject({.url = "/inside"}).body, "handled CLERK_ERR_UNAUTHENTICATED");
  EXPECT_EQ(app.inject({.url = "/outside"}).body, "open");
}

TEST_F(RequireAuthTest, SaysWhenThePluginIsMissing) {
  Fastify app;
  app.get("/", {.preHandler = requireAuth()}, [](Request&, Reply& reply) { reply.send("secret"); });
  const auto response = app.inject({.url = "/"});
  EXPECT_EQ(response.statusCode, 500);
  EXPECT_THAT(response.body, HasSubstr("should be registered before"));
}

}  // namespace
}  // namespace clerk
