// Things that went wrong for users of this kind of software, each with its whole kind. The numbers are those of the
// project's list of such cases.
#include <clerk/fastify.hpp>

#include "jwt/test_tokens.hpp"
#include "runtime/test_world.hpp"

#include <crypto/base64.hpp>
#include <crypto/digest.hpp>
#include <ecmascript/json_text.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace clerk {
namespace {

using namespace std::chrono_literals;
using fastify::Fastify;
using fastify::HeaderPairs;
using fastify::InjectResponse;
using fastify::Reply;
using fastify::Request;
using test::World;
using testing::AnyOf;
using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* kProductionKey = "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k";  // clerk.example.com
constexpr const char* kDevelopmentKey = "pk_test_aGFwcHktb3R0ZXItNDIuY2xlcmsuYWNjb3VudHMuZGV2JA";
constexpr const char* kUat = "__client_uat=1749999900";

boost::json::object claimsWith(std::string_view name, boost::json::value value) {
  auto claims = test::sessionClaims();
  if (value.is_null()) {
    claims.erase(name);
  } else {
    claims[name] = std::move(value);
  }
  return claims;
}

class FieldCases : public testing::Test {
 protected:
  InjectResponse ask(HeaderPairs headers, const std::string& url = "/who", const std::string& method = "GET") {
    Fastify app;
    app.registerPlugin(clerkPlugin, options);
    app.route({.method = method, .url = "/who", .handler = [](Request& request, Reply& reply) {
                 const auto auth = getAuth(request);
                 reply.send({{"userId", auth.userId ? boost::json::value(*auth.userId) : boost::json::value()},
                             {"isAuthenticated", auth.isAuthenticated},
                             {"reason", auth.reason}});
               }});
    headers.emplace_back("host", "app.example.com");
    return app.inject({.method = method, .url = url, .headers = std::move(headers)});
  }
  /// `signed in`, or why not.
  std::string outcome(HeaderPairs headers) {
    const auto body = ask(std::move(headers)).json();
    return body.at("isAuthenticated").as_bool() ? "signed in" : std::string(body.at("reason").as_string());
  }
  static HeaderPairs bearer(const std::string& token) { return {{"authorization", "Bearer " + token}}; }
  static HeaderPairs cookie(const std::string& token, const std::string& more = kUat) {
    return {{"cookie", "__session=" + token + "; " + more}};
  }

  World world;
  ClerkFastifyOptions options{.publishableKey = kProductionKey,
                              .secretKey = "sk_live_test",
                              .jwtKey = test::publicPem(),
                              .runtime = world.runtime};
};

TEST_F(FieldCases, G5_clocks_may_differ_by_the_skew_and_no_more) {
  struct Row {
    const char* claim;
    std::int64_t seconds;  // from now
    const char* byHeader;
  };
  const std::vector<Row> rows{
      {"nbf", 4, "signed in"},
      {"nbf", 5, "signed in"},
      {"nbf", 6, "session-token-nbf"},
      {"iat", 4, "signed in"},
      {"iat", 6, "session-token-iat-in-the-future"},
      {"exp", -4, "signed in"},
      {"exp", -5, "session-token-expired-refresh-non-eligible-no-refresh-cookie"},
      {"exp", -6, "session-token-expired-refresh-non-eligible-no-refresh-cookie"},
  };
  for (const auto& row : rows) {
    const auto token = test::signToken(claimsWith(row.claim, test::kNow + row.seconds));
    EXPECT_EQ(outcome(bearer(token)), row.byHeader) << row.claim << ' ' << row.seconds;
    EXPECT_EQ(outcome(cookie(token)), row.byHeader) << row.claim << ' ' << row.seconds << " by cookie";
  }
  // What verifyToken itself says, however the token came.
  const auto early = test::signToken(claimsWith("nbf", test::kNow + 6));
  try {
    verifyToken(early, {.jwtKey = test::publicPem(), .runtime = world.runtime}).take();
    FAIL();
  } catch (const TokenVerificationError& error) {
    EXPECT_EQ(error.reason, "token-not-active-yet");
  }
  options.clockSkew = 10s;
  EXPECT_EQ(outcome(bearer(early)), "signed in");
}

/// Two instances in one process: each with a key, a host and an API of its own.
TEST_F(FieldCases, G6_a_token_of_one_instance_is_nothing_to_another) {
  const auto otherKey = crypto::RsaPrivateKey::generate();
  auto sign = [](const crypto::RsaPrivateKey& key, const std::string& kid, const std::string& issuer) {
    auto claims = test::sessionClaims();
    claims["iss"] = issuer;
    auto header = test::sessionHeader();
    header["kid"] = kid;
    const auto part = crypto::base64urlEncode(ecmascript::stringify(header)) + '.' +
                      crypto::base64urlEncode(ecmascript::stringify(claims));
    return part + '.' + crypto::base64urlEncode(key.sign(part));
  };
  auto keySet = [](const crypto::RsaPrivateKey& key, const std::string& kid) {
    const auto jwk = key.publicKey().toJwk();
    return test::jsonAnswer(ecmascript::stringify(
        boost::json::value{{"keys", {{{"kty", "RSA"}, {"n", jwk.n}, {"e", jwk.e}, {"kid", kid}, {"alg", "RS256"}}}}}));
  };
  for (const std::string kidOfB : {"ins_b", "ins_a"}) {
    for (const bool bFirst : {false, true}) {
      World shared;
      shared.answer = [&](fetch::Request request) -> async::Task<fetch::Response> {
        const bool ofA = test::headerOf(request, "authorization") == "Bearer sk_live_a";
        co_return ofA ? keySet(test::signingKey(), "ins_a") : keySet(otherKey, kidOfB);
      };
      auto options = [&](const char* secretKey, const std::string& host) {
        return ClerkFastifyOptions{.publishableKey = buildPublishableKey(host, InstanceType::Production),
                                   .secretKey = secretKey,
                                   .runtime = shared.runtime};
      };
      const auto tokenOfA = sign(test::signingKey(), "ins_a", "https://clerk.a.example");
      const auto tokenOfB = sign(otherKey, kidOfB, "https://clerk.b.example");
      // Signed by B, though it says that it comes from A.
      const auto forged = sign(otherKey, kidOfB, "https://clerk.a.example");
      Fastify app;
      for (const char* name : {"a", "b"}) {
        app.registerPlugin([&, name](Fastify& scope) {
          scope.registerPlugin(clerkPlugin, options(name[0] == 'a' ? "sk_live_a" : "sk_live_b",
                                                    "clerk." + std::string(name) + ".example"));
          scope.get("/" + std::string(name),
                    [](Request& request, Reply& reply) { reply.send(getAuth(request).isAuthenticated); });
        });
      }
      auto isSignedIn = [&](const std::string& url, const std::string& token) {
        return app.inject({.url = url, .headers = bearer(token)}).body == "true";
      };
      for (int round = 0; round < 2; ++round) {  // with cold caches, and with warm ones
        if (bFirst) EXPECT_TRUE(isSignedIn("/b", tokenOfB)) << kidOfB;
        EXPECT_FALSE(isSignedIn("/a", tokenOfB)) << kidOfB;
        EXPECT_FALSE(isSignedIn("/a", forged)) << kidOfB;
        EXPECT_TRUE(isSignedIn("/a", tokenOfA)) << kidOfB;
        EXPECT_FALSE(isSignedIn("/b", tokenOfA)) << kidOfB;
        EXPECT_TRUE(isSignedIn("/b", tokenOfB)) << kidOfB;
      }
    }
  }
}

TEST_F(FieldCases, G7_an_outage_of_the_key_set_signs_nobody_out) {
  options.jwtKey.clear();
  const auto jwk = test::signingKey().publicKey().toJwk();
  world.answerWith(test::jsonAnswer(ecmascript::stringify(boost::json::value{
      {"keys", {{{"kty", "RSA"}, {"n", jwk.n}, {"e", jwk.e}, {"kid", "ins_1"}, {"alg", "RS256"}}}}})));
  auto known = [&] { return bearer(test::signToken(claimsWith("exp", test::kNow + 3600))); };
  auto unknown = [&](int number) {
    auto header = test::sessionHeader();
    header["kid"] = "ins_unknown" + std::to_string(number);
    return bearer(test::signToken(claimsWith("exp", test::kNow + 3600), header));
  };
  Fastify app;
  app.registerPlugin(clerkPlugin, options);
  app.get("/", [](Request& request, Reply& reply) { reply.send(getAuth(request).isAuthenticated); });
  auto isSignedIn = [&](const HeaderPairs& headers) {
    return app.inject({.url = "/", .headers = headers}).body == "true";
  };
  EXPECT_TRUE(isSignedIn(known()));

  world.answerWith(test::jsonAnswer("{}", 500, "Internal Server Error"));
  for (int minute = 0; minute < 10; ++minute) {
    world.now += 1min;
    EXPECT_TRUE(isSignedIn(known())) << minute;
  }
  const auto before = world.requests.size();
  const auto from = world.now;
  for (int number = 0; number < 1000; ++number) EXPECT_FALSE(isSignedIn(unknown(number)));
  // Five attempts each time it is tried at all, which the waits between them put ten seconds and more apart.
  EXPECT_LE(world.requests.size() - before, 10U) << (world.now - from).count() << " ms passed";
  EXPECT_TRUE(isSignedIn(known()));
}

TEST_F(FieldCases, G8_authorized_parties_are_asked_of_every_token) {
  options.authorizedParties = {"https://app.example.com", "https://admin.example.com"};
  const std::vector<std::pair<boost::json::value, bool>> rows{
      {nullptr, false},
      {"", false},
      {"https://evil.example.com", false},
      {"https://app.example.com.evil.org", false},
      {"http://app.example.com", false},
      {"https://app.example.com/", false},
      {"HTTPS://APP.EXAMPLE.COM", false},
      {7, false},
      {"https://app.example.com", true},
      {"https://admin.example.com", true},
  };
  for (const auto& [party, isRight] : rows) {
    const auto token = test::signToken(claimsWith("azp", party));
    const std::string expected = isRight ? "signed in" : "token-invalid-authorized-parties";
    EXPECT_EQ(outcome(cookie(token)), expected) << party;
    EXPECT_EQ(outcome(bearer(token)), expected) << party;
  }
}

TEST_F(FieldCases, G9_a_program_without_a_token_gets_401_and_is_told_why) {
  for (const char* key : {kProductionKey, kDevelopmentKey}) {
    options.publishableKey = key;
    for (const auto& headers : {HeaderPairs{}, HeaderPairs{{"sec-fetch-dest", "empty"}, {"accept", "application/json"}},
                                HeaderPairs{{"accept", "*/*"}}}) {
      Fastify app;
      app.registerPlugin(clerkPlugin, options);
      app.get("/protected", {.preHandler = requireAuth()}, [](Request&, Reply& reply) { reply.send("secret"); });
      const auto response = app.inject({.url = "/protected", .headers = headers});
      EXPECT_EQ(response.statusCode, 401);
      EXPECT_EQ(response.header("x-clerk-auth-status"), "signed-out");
      EXPECT_EQ(response.header("x-clerk-auth-reason"),
                key == kDevelopmentKey ? "dev-browser-missing" : "session-token-and-uat-missing");
      EXPECT_FALSE(response.header("location"));

      const auto who = ask(headers).json();
      EXPECT_TRUE(who.at("userId").is_null());
      EXPECT_FALSE(who.at("isAuthenticated").as_bool());
    }
  }
}

TEST_F(FieldCases, G10_only_page_loads_are_sent_to_renew_a_session) {
  const auto expired = test::signToken(claimsWith("exp", test::kNow - 60));
  struct Row {
    const char* method;
    const char* destination;
    const char* accept;
    bool isRedirected;
  };
  const std::vector<Row> rows{
      {"GET", "document", "text/html", true},
      {"GET", "iframe", "text/html", true},
      {"GET", "", "text/html,*/*", true},
      {"GET", "empty", "*/*", false},
      {"GET", "empty", "text/html", false},
      {"GET", "image", "image/*", false},
      {"GET", "script", "*/*", false},
      {"GET", "", "application/json", false},
      {"POST", "document", "text/html", false},
      {"PUT", "document", "text/html", false},
      {"DELETE", "document", "text/html", false},
  };
  for (const auto& row : rows) {
    auto headers = cookie(expired);
    if (*row.destination) headers.emplace_back("sec-fetch-dest", row.destination);
    headers.emplace_back("accept", row.accept);
    const auto response = ask(headers, "/who", row.method);
    const auto shown = testing::PrintToString(row.method) + row.destination + " " + row.accept;
    EXPECT_EQ(response.statusCode, row.isRedirected ? 307 : 200) << shown;
    EXPECT_EQ(response.header("location").has_value(), row.isRedirected) << shown;
    if (!row.isRedirected) EXPECT_FALSE(response.json().at("isAuthenticated").as_bool()) << shown;
  }
}

/// A browser with a session that the Frontend API cannot renew: it brings back a nonce that was used before, in the URL
/// in development and in a cookie in production, however often it is sent there.
class LostBrowser {
 public:
  explicit LostBrowser(bool isDevelopment) : isDevelopment_(isDevelopment) { comeBack(); }

  HeaderPairs headers() const {
    std::string cookies;
    for (const auto& [name, value] : jar_) cookies += (cookies.empty() ? "" : "; ") + name + "=" + value;
    return {{"cookie", cookies}, {"sec-fetch-dest", "document"}, {"accept", "text/html"}};
  }
  const std::string& url() const { return url_; }
  int handshakes() const { return handshakes_; }

  void follow(const InjectResponse& response) {
    const auto set = response.header("set-cookie").value_or("");
    const std::string name = "__clerk_redirect_count";
    if (const auto at = set.find(name + "="); at != std::string::npos)
      jar_[name] = set.substr(at + name.size() + 1, set.find(';', at) - at - name.size() - 1);
    const auto location = response.header("location").value();
    if (location.find("/v1/client/handshake?") != std::string::npos) {
      ++handshakes_;
      return comeBack();
    }
    url_ = location.substr(location.find("/who"));
  }

 private:
  void comeBack() {
    url_ = isDevelopment_ ? "/who?__clerk_handshake_nonce=used_before" : "/who";
    if (!isDevelopment_) jar_["__clerk_handshake_nonce"] = "used_before";
  }

  bool isDevelopment_;
  std::map<std::string, std::string> jar_{{"__client_uat", "1749999900"}, {"__clerk_db_jwt", "dvb_1"}};
  std::string url_;
  int handshakes_ = 0;
};

TEST_F(FieldCases, G11_a_handshake_that_brings_nothing_ends_after_three_redirects) {
  const std::vector<fetch::Response> answers{
      test::jsonAnswer(R"({"errors":[{"code":"resource_not_found","message":"gone"}]})", 404),
      test::jsonAnswer(R"({"directives":[]})"),
      test::jsonAnswer(R"({"directives":["__session=not.a.token; Path=/"]})"),
      test::jsonAnswer("{}", 500),
  };
  for (const bool isDevelopment : {false, true}) {
    for (const auto& answer : answers) {
      World world;
      world.answerWith(answer);
      options.publishableKey = isDevelopment ? kDevelopmentKey : kProductionKey;
      options.runtime = world.runtime;
      LostBrowser browser(isDevelopment);
      auto response = ask(browser.headers(), browser.url());
      for (int steps = 0; response.statusCode == 307; ++steps) {
        ASSERT_LT(steps, 10);
        browser.follow(response);
        ASSERT_LE(browser.handshakes(), 3);
        response = ask(browser.headers(), browser.url());
      }
      EXPECT_EQ(response.statusCode, 200) << response.body;
      EXPECT_EQ(response.header("x-clerk-auth-status"), "signed-out");
      EXPECT_NE(response.header("x-clerk-auth-reason").value_or(""), "");
      EXPECT_FALSE(response.json().at("isAuthenticated").as_bool());
      // Who develops the app is told, once the browser has been sent round for nothing.
      const auto told = [](const std::string& line) {
        return line.find("infinite redirect loop") != std::string::npos;
      };
      EXPECT_EQ(std::count_if(world.lines.begin(), world.lines.end(), told), browser.handshakes() == 3 ? 1 : 0);
    }
  }
}

TEST_F(FieldCases, G12_a_webhook_is_judged_by_the_bytes_that_came) {
  const std::string key = "0123456789abcdef0123456789abcdef";
  auto signatureOf = [](const std::string& key, std::int64_t seconds, const std::string& body) {
    return "v1," + crypto::base64Encode(
                       crypto::bytesOf(crypto::hmacSha256(key, "msg_1." + std::to_string(seconds) + "." + body)));
  };
  Fastify app;
  app.post("/webhooks", [&](Request& request, Reply& reply) {
    try {
      verifyWebhook(request, {.signingSecret = "whsec_" + crypto::base64Encode(key), .runtime = world.runtime});
      reply.send("valid");
    } catch (const Error&) {
      reply.send("invalid");
    }
  });
  auto judge = [&](const std::string& body, std::int64_t seconds, const std::string& signature) {
    return app
        .inject({.method = "POST",
                 .url = "/webhooks",
                 .headers = {{"content-type", "application/json"},
                             {"svix-id", "msg_1"},
                             {"svix-timestamp", std::to_string(seconds)},
                             {"svix-signature", signature}},
                 .payload = body})
        .body;
  };
  const std::vector<std::string> bodies{
      "{ \"type\" :\t\"user.created\" ,\n\"data\": { } }\n",
      R"({"type":"user.created","data":{"name":"\u0041da"}})",
      R"({"type":"user.created","data":{"url":"https:\/\/example.com"}})",
      R"({"type":"user.created","data":{"n":1.0,"m":1e2,"big":12345678901234567890}})",
      R"({"type":"user.created","data":{"b":1,"2":2,"1":1}})",
      R"({"type":"user.created","type":"user.deleted","data":{}})",
      "{\"type\":\"user.created\",\"data\":{\"name\":\"J\xC3\xBCrgen\"}}",
  };
  for (const auto& body : bodies) {
    const auto signature = signatureOf(key, test::kNow, body);
    EXPECT_EQ(judge(body, test::kNow, signature), "valid") << body;
    const auto rewritten = ecmascript::stringify(boost::json::parse(body));
    if (rewritten != body) EXPECT_EQ(judge(rewritten, test::kNow, signature), "invalid") << body;
    EXPECT_EQ(judge(body + " ", test::kNow, signature), "invalid") << body;
  }
  const auto& body = bodies.front();
  for (const std::int64_t seconds : {test::kNow - 360, test::kNow + 360})
    EXPECT_EQ(judge(body, seconds, signatureOf(key, seconds, body)), "invalid") << "six minutes off";
  const auto right = signatureOf(key, test::kNow, body), old = signatureOf("another key", test::kNow, body);
  EXPECT_EQ(judge(body, test::kNow, right + " " + old), "valid") << "while the secret is rotated";
  EXPECT_EQ(judge(body, test::kNow, old + " " + right), "valid");
  EXPECT_EQ(judge(body, test::kNow, old), "invalid");
  EXPECT_EQ(judge(body, test::kNow, "v2" + right.substr(2)), "invalid") << "a version that is not known";
}

TEST_F(FieldCases, G13_what_reads_is_repeated_as_told_and_what_changes_never) {
  auto limited = test::jsonAnswer(R"({"errors":[{"code":"too_many_requests","message":"slow down"}]})", 429);
  limited.headers.emplace_back("retry-after", "1");
  const auto done = test::jsonAnswer(R"({"object":"user","id":"user_1"})");
  const auto start = world.now;
  for (const std::string method : {"GET", "POST", "PATCH", "PUT", "DELETE"}) {
    world.requests.clear();
    world.sleeps.clear();
    world.now = start;
    world.answerInTurn({limited, done});
    const ClerkClient client({.secretKey = "sk_test_1", .runtime = world.runtime});
    auto call = client.request({.method = method, .path = "/users/user_1", .bodyParams = {{"firstName", "Ada"}}});
    if (method == "GET") {
      call.take();
      EXPECT_EQ(world.requests.size(), 2U);
      EXPECT_GE(world.now - start, 1000ms);
      EXPECT_LE(world.now - start, 1500ms);
      continue;
    }
    try {
      call.take();
      ADD_FAILURE() << method;
    } catch (const ClerkAPIResponseError& error) {
      EXPECT_EQ(error.status, 429) << method;
      EXPECT_EQ(error.retryAfter, 1) << method;
      EXPECT_EQ(error.errors.at(0).code, "too_many_requests") << method;
    }
    EXPECT_EQ(world.requests.size(), 1U) << method;
    EXPECT_TRUE(world.sleeps.empty()) << method;
  }
}

TEST_F(FieldCases, G14_a_guarded_scope_cannot_be_reached_by_spelling_its_path_otherwise) {
  Fastify app;
  app.registerPlugin(clerkPlugin, options);
  app.registerPlugin(
      [](Fastify& scope) {
        scope.addHook(fastify::preHandler, requireAuth());
        scope.get("/x", [](Request&, Reply& reply) { reply.send("secret"); });
        scope.get("/files/*", [](Request&, Reply& reply) { reply.send("secret"); });
      },
      {.prefix = "/api/admin"});
  for (const auto* url :
       {"/api/admin/x", "//api/admin/x", "/api/%61dmin/x", "/api/%2561dmin/x", "/api/./admin/x", "/api/admin%2fx",
        "/API/admin/x", "/api/admin/x/", "/api/%zz/x", "/api/admin/../admin/x", "/api/admin;/x", "/api/admin/x?y=%00",
        "/api/admin/files/../x", "/api/admin/files/%2e%2e/x", "/api\\admin\\x", "/api/admin/x%00"}) {
    const auto response = app.inject({.url = url});
    EXPECT_THAT(response.statusCode, AnyOf(400, 401, 404)) << url;
    EXPECT_THAT(response.body, testing::Not(HasSubstr("secret"))) << url;
  }
  EXPECT_EQ(app.inject({.url = "/api/admin/x", .headers = bearer(test::signToken())}).body, "secret");
}

}  // namespace
}  // namespace clerk
