#include <clerk/fastify.hpp>

#include "jwt/test_tokens.hpp"
#include "runtime/test_world.hpp"

#include <crypto/base64.hpp>
#include <crypto/digest.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace clerk {
namespace {

using fastify::Fastify;
using fastify::InjectRequest;
using fastify::InjectResponse;
using fastify::Reply;
using fastify::Request;
using fastify::Task;
using test::World;
using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* kPublishableKey = "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k";  // clerk.example.com
constexpr const char* kDevelopmentKey = "pk_test_aGFwcHktb3R0ZXItNDIuY2xlcmsuYWNjb3VudHMuZGV2JA";

ClerkFastifyOptions optionsIn(const World& world) {
  return {.publishableKey = kPublishableKey,
          .secretKey = "sk_live_test",
          .jwtKey = test::publicPem(),
          .runtime = world.runtime};
}

/// Answers who makes the request.
void addWhoami(Fastify& app, GetAuthOptions options = {}) {
  app.get("/whoami", [options](Request& request, Reply& reply) { reply.send(getAuth(request, options).toJson()); });
}

InjectRequest with(std::string url, fastify::HeaderPairs headers) {
  headers.emplace_back("host", "app.example.com");
  return {.url = std::move(url), .headers = std::move(headers)};
}
InjectRequest withToken(std::string url, const std::string& token) {
  return with(std::move(url), {{"authorization", "Bearer " + token}});
}
fastify::HeaderPairs ofDocument(const std::string& cookie) {
  return {{"cookie", cookie}, {"sec-fetch-dest", "document"}, {"accept", "text/html"}};
}

TEST(ClerkPlugin, LetsHandlersSeeWhoIsSignedIn) {
  World world;
  Fastify app;
  app.registerPlugin(clerkPlugin, optionsIn(world));
  app.get("/", [](Request& request, Reply& reply) { reply.send(*getAuth(request).userId); });

  const auto response = app.inject(withToken("/", test::signToken()));
  EXPECT_EQ(response.statusCode, 200);
  EXPECT_EQ(response.body, "user_1");
  EXPECT_FALSE(response.header("x-clerk-auth-status"));
  EXPECT_TRUE(world.requests.empty()) << "a key in PEM needs no network";
}

TEST(ClerkPlugin, TellsWhyNobodyIsSignedInOnEveryAnswer) {
  World world;
  Fastify app;
  app.registerPlugin(clerkPlugin, optionsIn(world));
  addWhoami(app);
  for (auto* path : {"/whoami", "/not-there"}) {
    const auto response = app.inject(with(path, {}));
    EXPECT_EQ(response.header("x-clerk-auth-status"), "signed-out") << path;
    EXPECT_EQ(response.header("x-clerk-auth-reason"), "session-token-and-uat-missing") << path;
  }
}

TEST(ClerkPlugin, SendsBrowsersOnAHandshake) {
  World world;
  Fastify app;
  bool handled = false;
  app.registerPlugin(clerkPlugin, optionsIn(world));
  app.get("/page", [&](Request&, Reply& reply) {
    handled = true;
    reply.send("page");
  });
  const auto response = app.inject(with("/page", ofDocument("__client_uat=1749999900")));
  EXPECT_EQ(response.statusCode, 307);
  EXPECT_EQ(response.body, "");
  EXPECT_EQ(response.header("cache-control"), "no-store");
  EXPECT_THAT(*response.header("location"), StartsWith("https://clerk.example.com/v1/client/handshake?redirect_url="));
  EXPECT_THAT(*response.header("set-cookie"), StartsWith("__clerk_redirect_count=1;"));
  EXPECT_FALSE(handled);
}

TEST(ClerkPlugin, BelongsToTheScopeThatRegistersIt) {
  World world;
  Fastify app;
  app.registerPlugin([&](Fastify& instance) {
    instance.registerPlugin(clerkPlugin, optionsIn(world));
    instance.get("/inside", [](Request& request, Reply& reply) { reply.send(getAuth(request).isAuthenticated); });
  });
  app.get("/outside", [](Request& request, Reply& reply) { reply.send(getAuth(request).isAuthenticated); });

  EXPECT_EQ(app.inject(withToken("/inside", test::signToken())).body, "true");
  const auto outside = app.inject(with("/outside", {}));
  EXPECT_EQ(outside.statusCode, 500);
  EXPECT_FALSE(outside.header("x-clerk-auth-status"));
  EXPECT_THAT(std::string(outside.json().at("message").as_string()),
              StartsWith("🔒 Clerk: The \"clerkPlugin\" should be registered before using the \"getAuth\"."));
}

TEST(ClerkPlugin, LooksAtRequestsInTheHookThatWasChosen) {
  World world;
  for (auto* hook : {"onRequest", "preHandler"}) {
    Fastify app;
    auto options = optionsIn(world);
    options.hookName = hook;
    app.registerPlugin(clerkPlugin, options);
    addWhoami(app);
    app.after([&] { app.addHook(fastify::preValidation, [](Request& request, Reply&) { getAuth(request); }); });
    const bool early = std::string_view(hook) == "onRequest";
    EXPECT_EQ(app.inject(with("/whoami", {})).statusCode, early ? 200 : 500) << hook;
  }
}

TEST(ClerkPlugin, RefusesAnotherHookAndASecondRegistration) {
  World world;
  auto options = optionsIn(world);
  options.hookName = "onSend";
  Fastify wrong;
  wrong.registerPlugin(clerkPlugin, options);
  try {
    wrong.ready();
    FAIL();
  } catch (const std::exception& error) {
    EXPECT_STREQ(error.what(), "Unsupported hookName: onSend");
  }
  Fastify twice;
  twice.registerPlugin(clerkPlugin, optionsIn(world));
  twice.registerPlugin(clerkPlugin, optionsIn(world));
  try {
    twice.ready();
    FAIL();
  } catch (const std::exception& error) {
    EXPECT_STREQ(error.what(), "The decorator 'auth' has already been added!");
  }
}

TEST(ClerkPlugin, DoesNotStartWithoutWhatItNeeds) {
  World world;
  const auto complete = optionsIn(world);
  const auto refusal = [&](auto change) {
    auto options = complete;
    change(options);
    Fastify app;
    app.registerPlugin(clerkPlugin, options);
    try {
      app.ready();
      return std::string("started");
    } catch (const std::exception& error) {
      return std::string(error.what());
    }
  };
  using Options = ClerkFastifyOptions;
  EXPECT_EQ(refusal([](Options&) {}), "started");
  EXPECT_THAT(refusal([](Options& options) { options.secretKey.clear(); }),
              StartsWith("Missing CLERK_SECRET_KEY. Set it"));
  EXPECT_THAT(refusal([](Options& options) { options.publishableKey.clear(); }),
              StartsWith("Missing CLERK_PUBLISHABLE_KEY. Set it"));
  EXPECT_THAT(refusal([](Options& options) { options.publishableKey = options.secretKey = ""; }),
              StartsWith("Missing CLERK_PUBLISHABLE_KEY and CLERK_SECRET_KEY. Set them in the environment"));
  EXPECT_THAT(refusal([](Options& options) { options.publishableKey = "pk_live_nope"; }),
              StartsWith("CLERK_PUBLISHABLE_KEY, or the option publishableKey of clerkPlugin, is not valid"));
  EXPECT_THAT(refusal([](Options& options) { options.jwtKey = "-----BEGIN PUBLIC KEY-----"; }),
              StartsWith("CLERK_JWT_KEY, or the option jwtKey of clerkPlugin, is no public key: "));
  EXPECT_THAT(refusal([](Options& options) { options.isSatellite = true; }),
              StartsWith("Missing domain and proxyUrl."));
  EXPECT_THAT(refusal([](Options& options) { options.organizationSyncOptions.organizationPatterns = {"/orgs/:"}; }),
              StartsWith("Invalid pattern \"/orgs/:\""));
}

TEST(ClerkPlugin, StartsWithoutKeysWhenToldToAndSaysSoPerRequest) {
  World world;
  const auto log = std::make_shared<std::string>();
  Fastify app({.logger = fastify::LoggerOptions{.destination = [log](std::string_view line) { *log += line; }}});
  app.registerPlugin(clerkPlugin, {.publishableKey = kPublishableKey, .requireKeys = false, .runtime = world.runtime});
  addWhoami(app);
  app.ready();
  EXPECT_THAT(*log, HasSubstr("Missing CLERK_SECRET_KEY"));
  const auto response = app.inject(with("/whoami", {}));
  EXPECT_EQ(response.statusCode, 500);
  EXPECT_THAT(std::string(response.json().at("message").as_string()), StartsWith("Missing Clerk Secret Key."));
}

TEST(ClerkPlugin, ReadsTheEnvironmentWhenItIsRegistered) {
  World world;
  world.environment = {{"CLERK_PUBLISHABLE_KEY", kPublishableKey},
                       {"CLERK_SECRET_KEY", "sk_live_env"},
                       {"CLERK_API_URL", "http://127.0.0.1:4999"}};
  world.answerWith(test::jsonAnswer(R"({"keys":[]})"));
  Fastify app;
  app.registerPlugin(clerkPlugin, {.runtime = world.runtime});
  addWhoami(app);
  EXPECT_EQ(app.inject(withToken("/whoami", test::signToken())).statusCode, 200);
  ASSERT_EQ(world.requests.size(), 1U);
  EXPECT_EQ(world.requests[0].url, "http://127.0.0.1:4999/v1/jwks");
  EXPECT_EQ(test::headerOf(world.requests[0], "authorization"), "Bearer sk_live_env");
}

TEST(ClerkPlugin, ShowsApiKeysOnlyToThoseWhoAcceptThem) {
  World world;
  world.answerWith(test::jsonAnswer(R"({"id":"ak_1","subject":"user_7","scopes":["read"]})"));
  Fastify app;
  app.registerPlugin(clerkPlugin, optionsIn(world));
  app.get("/session", [](Request& request, Reply& reply) { reply.send(getAuth(request).toJson()); });
  addWhoami(app, {.acceptsToken = {"session_token", "api_key"}});

  const auto hidden = app.inject(withToken("/session", "ak_secret")).json();
  EXPECT_EQ(hidden.at("tokenType"), "session_token");
  EXPECT_EQ(hidden.at("isAuthenticated"), false);
  const auto shown = app.inject(withToken("/whoami", "ak_secret")).json();
  EXPECT_EQ(shown.at("tokenType"), "api_key");
  EXPECT_EQ(shown.at("userId"), "user_7");
}

TEST(ClerkPlugin, CountsPendingSessionsWhenAsked) {
  World world;
  auto claims = test::sessionClaims();
  claims["sts"] = "pending";
  Fastify app;
  app.registerPlugin(clerkPlugin, optionsIn(world));
  app.get("/", [](Request& request, Reply& reply) { reply.send(getAuth(request).isAuthenticated); });
  addWhoami(app, {.treatPendingAsSignedOut = false});
  EXPECT_EQ(app.inject(withToken("/", test::signToken(claims))).body, "false");
  EXPECT_EQ(app.inject(withToken("/whoami", test::signToken(claims))).json().at("userId"), "user_1");
}

TEST(ClerkPlugin, PassesOnWhatTheApiRefuses) {
  World world;
  Fastify app;
  auto options = optionsIn(world);
  options.requestPolicy.retries = 0;
  std::vector<std::string> calls;
  options.onCall = [&](const CallReport& report) { calls.emplace_back(report.name); };
  app.registerPlugin(clerkPlugin, options);
  app.get("/user", [](Request& request, Reply&) -> Task<> { co_await getClerk(request).users.getUser("user_1"); });

  world.answerWith(
      test::jsonAnswer(R"({"errors":[{"code":"resource_not_found","message":"not found"}]})", 404, "Not Found"));
  const auto missing = app.inject(with("/user", {}));
  EXPECT_EQ(missing.body,
            R"({"statusCode":404,"code":"api_response_error","error":"Not Found","message":"Not Found"})");
  EXPECT_EQ(missing.statusCode, 404);
  world.answerInTurn({});
  EXPECT_EQ(app.inject(with("/user", {})).body,
            R"({"statusCode":500,"code":"api_response_error","error":"Internal Server Error","message":""})");
  EXPECT_EQ(calls, (std::vector<std::string>{"users.getUser", "users.getUser"}));
}

TEST(ClerkPlugin, BelievesForwardedHeadersAsTheFrameworkDoes) {
  World world;
  auto headers = ofDocument("__client_uat=1749999900");
  headers.emplace_back("x-forwarded-host", "www.example.com");
  headers.emplace_back("x-forwarded-proto", "https");
  for (const bool trusted : {false, true}) {
    fastify::FastifyOptions server;
    server.trustProxy = trusted;
    Fastify app(server);
    app.registerPlugin(clerkPlugin, optionsIn(world));
    const auto location = *app.inject(with("/page", headers)).header("location");
    EXPECT_THAT(location,
                HasSubstr(trusted ? "https%3A%2F%2Fwww.example.com%2Fpage" : "http%3A%2F%2Fapp.example.com%2Fpage"));
  }
}

TEST(ClerkPlugin, CanDoWithoutHandshakes) {
  World world;
  auto options = optionsIn(world);
  options.enableHandshake = false;
  Fastify app;
  app.registerPlugin(clerkPlugin, options);
  app.get("/page", [](Request& request, Reply& reply) { reply.send(getAuth(request).isAuthenticated); });
  const auto plain = app.inject(with("/page", ofDocument("__client_uat=1749999900")));
  EXPECT_EQ(plain.statusCode, 200);
  EXPECT_EQ(plain.body, "false");
  EXPECT_FALSE(plain.header("location"));
  EXPECT_FALSE(plain.header("cache-control"));

  const auto hidden = app.inject(with("/page?a=1&__clerk_handshake=x", ofDocument("a=1; __clerk_handshake=x")));
  EXPECT_EQ(hidden.header("x-clerk-auth-reason"), "session-token-and-uat-missing");

  options.publishableKey = kDevelopmentKey;
  Fastify development;
  development.registerPlugin(clerkPlugin, options);
  EXPECT_EQ(development.inject(with("/page", ofDocument("a=1"))).statusCode, 307);
}

TEST(ClerkPlugin, TakesOptionsOfARoute) {
  World world;
  Fastify app;
  // Declared before the plugin is loaded, as in an app that registers it on top.
  app.get("/page", [](Request& request, Reply& reply) { reply.send(getAuth(request).reason); });
  app.get("/feed", {.config = routeConfig({.enableHandshake = false}, {{"mine", 1}})},
          [](Request& request, Reply& reply) {
            EXPECT_EQ(request.routeOptions().config.at("mine"), 1);
            reply.send(getAuth(request).reason);
          });
  app.get("/partner", {.config = routeConfig({.authorizedParties = {{"https://partner.example.com"}}})},
          [](Request& request, Reply& reply) { reply.send(getAuth(request).reason); });
  app.get("/late", {.config = routeConfig({.audience = {{"api"}}, .clockSkew = std::chrono::minutes(10)})},
          [](Request& request, Reply& reply) { reply.send(getAuth(request).reason); });
  auto options = optionsIn(world);
  options.authorizedParties = {"https://app.example.com"};
  app.registerPlugin(clerkPlugin, options);

  EXPECT_EQ(app.inject(with("/page", ofDocument("__client_uat=1749999900"))).statusCode, 307);
  const auto feed = app.inject(with("/feed", ofDocument("__client_uat=1749999900")));
  EXPECT_EQ(feed.statusCode, 200);
  EXPECT_EQ(feed.body, "client-uat-but-no-session-token");

  EXPECT_EQ(app.inject(withToken("/page", test::signToken())).body, "");
  EXPECT_EQ(app.inject(withToken("/partner", test::signToken())).body, "token-invalid-authorized-parties");
  auto claims = test::sessionClaims();
  claims["azp"] = "https://partner.example.com";
  EXPECT_EQ(app.inject(withToken("/partner", test::signToken(claims))).body, "");
  EXPECT_EQ(app.inject(withToken("/page", test::signToken(claims))).body, "token-invalid-authorized-parties");

  world.now += std::chrono::minutes(5);
  EXPECT_EQ(app.inject(withToken("/late", test::signToken())).body, "");
  EXPECT_EQ(app.inject(withToken("/page", test::signToken())).body,
            "session-token-expired-refresh-non-eligible-no-refresh-cookie");
  EXPECT_THROW(routeConfig({}, 1), Error);
}

TEST(ClerkPlugin, KeepsPathsWithTwoSlashesOnThisHost) {
  World world;
  Fastify app;
  app.registerPlugin(clerkPlugin, optionsIn(world));
  const auto location = *app.inject(with("//evil.example/whoami", ofDocument("__client_uat=1"))).header("location");
  EXPECT_THAT(location, HasSubstr("redirect_url=http%3A%2F%2Fapp.example.com%2F%2Fevil.example%2Fwhoami"));
}

TEST(ClerkPlugin, VerifiesWebhooksOverTheBytesThatCame) {
  World world;
  Fastify app;
  app.post("/webhooks", [&](Request& request, Reply& reply) {
    reply.send(verifyWebhook(request, {.signingSecret = "whsec_a2V5", .runtime = world.runtime}).type);
  });
  const std::string body = "{ \"type\" : \"user.created\", \"data\": {\"n\": 1.0} }";
  const auto mac = crypto::hmacSha256("key", "msg_1.1750000000." + body);
  InjectRequest request{.method = "POST",
                        .url = "/webhooks",
                        .headers = {{"content-type", "application/json"},
                                    {"svix-id", "msg_1"},
                                    {"svix-timestamp", "1750000000"},
                                    {"svix-signature", "v1," + crypto::base64Encode(crypto::bytesOf(mac))}},
                        .payload = body};
  EXPECT_EQ(app.inject(request).body, "user.created");
  request.payload = body + " ";
  EXPECT_EQ(app.inject(request).statusCode, 500);
}

}  // namespace
}  // namespace clerk
