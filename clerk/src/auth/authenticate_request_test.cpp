#include <clerk/authenticate_request.hpp>
#include <clerk/keys.hpp>

#include "jwt/test_tokens.hpp"
#include "runtime/test_world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

// The flows themselves are played from recordings (conformance/clerk); here is what those cannot show.

namespace clerk {
namespace {

using test::World;
using testing::HasSubstr;
using testing::StartsWith;
using Headers = std::vector<std::pair<std::string, std::string>>;

constexpr const char* kLiveKey = "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k";  // clerk.example.com
constexpr const char* kTestKey = "pk_test_aGFwcHktb3R0ZXItNDIuY2xlcmsuYWNjb3VudHMuZGV2JA";

class AuthenticateRequestTest : public testing::Test {
 protected:
  AuthenticateRequestTest() {
    options.publishableKey = kLiveKey;
    options.secretKey = "sk_live_test";
    options.jwtKey = test::publicPem();
    options.runtime = world.runtime;
  }

  RequestState state(Headers headers, const std::string& url = "/page") {
    headers.emplace_back("host", "app.example.com");
    const HeaderList list(headers);
    return authenticateRequest({.url = url, .protocol = "https", .headers = list}, options).take();
  }
  static Headers bearer(const std::string& token) { return {{"authorization", "Bearer " + token}}; }
  static Headers document(const std::string& cookie) {
    return {{"cookie", cookie}, {"sec-fetch-dest", "document"}, {"accept", "text/html"}};
  }
  static std::string tokenOf(std::string_view issuer, std::string_view subject = "user_1") {
    auto claims = test::sessionClaims();
    claims["iss"] = issuer;
    claims["sub"] = subject;
    return test::signToken(claims);
  }

  World world;
  AuthenticateRequestOptions options;
};

TEST_F(AuthenticateRequestTest, IsDecidedWithoutWaitingWhenTheKeyIsGiven) {
  const HeaderList headers(bearer(test::signToken()));
  const RequestAuthenticator authenticator(options);
  auto task = authenticator.authenticate({.url = "/page", .headers = headers});
  ASSERT_TRUE(task.ready());
  EXPECT_EQ(task.take().toAuth()->userId, "user_1");
  EXPECT_EQ(authenticator.authenticateNow({.url = "/page", .headers = headers})->toAuth()->userId, "user_1");
  const HeaderList nobody;
  EXPECT_EQ(authenticator.authenticateNow({.url = "/page", .headers = nobody})->reason,
            "session-token-and-uat-missing");
}

TEST_F(AuthenticateRequestTest, IsNotDecidedAtOnceWhereSomethingHasToBeAskedFor) {
  auto isWaiting = [&](Headers headers, const std::string& url = "/page") {
    headers.emplace_back("host", "app.example.com");
    const HeaderList list(headers);
    return !RequestAuthenticator(options).authenticateNow({.url = url, .headers = list});
  };
  options.acceptsToken = "any";
  EXPECT_TRUE(isWaiting(bearer("ak_secret"))) << "an API key is verified by the API";
  EXPECT_TRUE(isWaiting(document(""), "/a?__clerk_handshake_nonce=n1"));
  auto claims = test::sessionClaims();
  claims["exp"] = test::kNow - 60;
  const auto expired = "__client_uat=1; __session=" + test::signToken(claims);
  EXPECT_FALSE(isWaiting(document(expired)));
  const auto refresh = getSuffixedCookieName("__refresh", getCookieSuffix(kLiveKey)) + "=r; ";
  EXPECT_TRUE(isWaiting(document(refresh + expired))) << "the session may be refreshed";
  options.jwtKey.clear();
  EXPECT_TRUE(isWaiting(bearer(test::signToken()))) << "the key has to be fetched";
  EXPECT_TRUE(world.requests.empty());
}

TEST_F(AuthenticateRequestTest, TellsOfItsCallsAndKeepsTheirDeadlines) {
  std::vector<std::string> calls;
  options.acceptsToken = "any";
  options.requestPolicy.deadline = std::chrono::seconds(7);
  options.onCall = [&](const CallReport& report) {
    calls.push_back(std::string(report.name) + " " + std::string(report.method) + " " + std::string(report.route));
  };
  world.answerWith(test::jsonAnswer(R"({"id":"ak_1","subject":"user_7","jwt":"new"})"));
  EXPECT_TRUE(state(bearer("ak_secret")).isSignedIn());
  EXPECT_LE(world.requests.at(0).timeout, std::chrono::seconds(7));

  const auto auth = state(bearer(test::signToken())).toAuth();
  EXPECT_EQ(auth->getToken({.template_ = "hasura", .call = {.deadline = std::chrono::seconds(3)}}).take(), "new");
  EXPECT_LE(world.requests.at(1).timeout, std::chrono::seconds(3));
  EXPECT_EQ(auth->getToken({.expiresInSeconds = 5}).take(), "new");
  EXPECT_THAT(calls, testing::ElementsAre("apiKeys.verify POST /api_keys/verify",
                                          "sessions.getToken POST /sessions/{sessionId}/tokens/{template}",
                                          "sessions.getToken POST /sessions/{sessionId}/tokens"));
  std::stop_source stop;
  stop.request_stop();
  EXPECT_THROW(auth->getToken({.template_ = "hasura", .call = {.stop = stop.get_token()}}).take(),
               ClerkAPIResponseError);
  EXPECT_EQ(world.requests.size(), 3U);
}

TEST_F(AuthenticateRequestTest, TakesTokensOfItsInstanceOnly) {
  for (auto* issuer : {"https://clerk.example.com", "http://clerk.example.com"}) {
    EXPECT_TRUE(state(bearer(tokenOf(issuer))).isSignedIn()) << issuer;
  }
  for (auto* issuer : {"https://clerk.other.org", "https://clerk.example.com.evil.org",
                       "https://evil.org/clerk.example.com", "clerk.example.com/", ""}) {
    EXPECT_EQ(state(bearer(tokenOf(issuer))).reason, "token-invalid-issuer") << issuer;
  }
  options.requireInstanceIssuer = false;
  EXPECT_TRUE(state(bearer(tokenOf("https://clerk.other.org"))).isSignedIn());
  options.issuer = {"https://clerk.third.org"};
  EXPECT_FALSE(state(bearer(tokenOf("https://clerk.example.com"))).isSignedIn());
}

TEST_F(AuthenticateRequestTest, TakesTheProxysIssuerBehindAProxy) {
  options.proxyUrl = "/__clerk";
  EXPECT_TRUE(state(bearer(tokenOf("https://app.example.com/__clerk"))).isSignedIn());
  EXPECT_TRUE(state(bearer(tokenOf("https://clerk.example.com"))).isSignedIn());
  EXPECT_FALSE(state(bearer(tokenOf("https://other.example.com/__clerk"))).isSignedIn());
}

TEST_F(AuthenticateRequestTest, SuffixedCookiesOfItsOwnKeyWin) {
  const auto suffix = getCookieSuffix(kLiveKey);
  auto cookies = [&](const std::string& plain, const std::string& suffixed) {
    return Headers{{"cookie", "__session=" + plain + "; __client_uat=1749999900; __session_" + suffix + "=" + suffixed +
                                  "; __client_uat_" + suffix + "=1749999900"}};
  };
  const auto foreign = tokenOf("https://clerk.other.org", "user_2"), own = tokenOf("https://clerk.example.com");
  EXPECT_EQ(state(cookies(foreign, own)).toAuth()->userId, "user_1") << "of two apps on one host each has its own";
  EXPECT_FALSE(state(cookies(foreign, foreign)).isSignedIn());
  EXPECT_EQ(state({{"cookie", "__session=" + own + "; __client_uat=1749999900"}}).toAuth()->userId, "user_1");
}

TEST_F(AuthenticateRequestTest, LeavesNothingOfTheVisitorInRedirectsButHisPath) {
  const auto location =
      std::string(*state(document("__client_uat=1749999900"), "//evil.org/\\x?a=%20b").header("location"));
  EXPECT_THAT(
      location,
      StartsWith(
          "https://clerk.example.com/v1/client/handshake?redirect_url=https%3A%2F%2Fapp.example.com%2F%2Fevil.org"));
  EXPECT_EQ(location.find('\n'), std::string::npos);
}

TEST_F(AuthenticateRequestTest, BelievesForwardedHeadersOnlyWhenToldTo) {
  auto headers = document("__client_uat=1749999900");
  headers.emplace_back("x-forwarded-host", "www.example.com");
  EXPECT_THAT(std::string(*state(headers).header("location")), HasSubstr("https%3A%2F%2Fwww.example.com%2Fpage"));
  options.trustForwardedHeaders = false;
  EXPECT_THAT(std::string(*state(headers).header("location")), HasSubstr("https%3A%2F%2Fapp.example.com%2Fpage"));
}

TEST_F(AuthenticateRequestTest, EndsLoopsOfHandshakes) {
  EXPECT_EQ(state(document("__client_uat=1749999900; __clerk_redirect_count=2")).status, AuthStatus::Handshake);
  const auto ended = state(document("__client_uat=1749999900; __clerk_redirect_count=3"));
  EXPECT_EQ(ended.status, AuthStatus::SignedOut);
  EXPECT_FALSE(ended.header("location"));
  ASSERT_EQ(world.lines.size(), 1U);
  EXPECT_THAT(world.lines[0], HasSubstr("infinite redirect loop"));
}

TEST_F(AuthenticateRequestTest, SurvivesCookiesOfAnyForm) {
  for (std::string cookie :
       {"", ";", "=", "__session", "__session=", "__session=;__session=x", "__session=a.b.c", "__session=%",
        "__session=%00; __client_uat=1", "__client_uat=99999999999999999999999; __session=a.b.c"}) {
    EXPECT_FALSE(state({{"cookie", cookie}}).isSignedIn()) << cookie;
  }
  const std::string flood(8000, ';');
  EXPECT_FALSE(state({{"cookie", flood + "__session=x"}}).isSignedIn());
}

TEST_F(AuthenticateRequestTest, DoesNotShowTokensInItsMessages) {
  auto token = test::signToken();
  token.back() = token.back() == 'A' ? 'Q' : 'A';
  const auto refused = state(bearer(token));
  EXPECT_EQ(refused.reason, "token-invalid-signature");
  for (const auto& [name, value] : refused.headers)
    EXPECT_EQ(value.find(token.substr(0, 20)), std::string::npos) << name;
}

TEST_F(AuthenticateRequestTest, LeavesMessagesOutThatAreNoHeaders) {
  options.authorizedParties = {"https://a"};
  auto claims = test::sessionClaims();
  claims["azp"] = "https://x\r\nset-cookie: a=b";
  const auto escaped = state(bearer(test::signToken(claims)));
  EXPECT_EQ(escaped.reason, "token-invalid-authorized-parties");
  EXPECT_EQ(escaped.header("x-clerk-auth-message")->find_first_of("\r\n"), std::string_view::npos);
  claims["azp"] = "https://€";
  EXPECT_FALSE(state(bearer(test::signToken(claims))).header("x-clerk-auth-message"));
}

TEST_F(AuthenticateRequestTest, ResolvesANonceAtTheApi) {
  world.answerWith(test::jsonAnswer(ecmascript::stringify(
      boost::json::value{{"directives", {"__session=" + test::signToken() + "; Path=/", "__client_uat=1; Path=/"}}})));
  const auto resolved = state(document(""), "/a?__clerk_handshake_nonce=n1&x=1");
  EXPECT_TRUE(resolved.isSignedIn());
  EXPECT_FALSE(resolved.header("location")) << "production sets the cookies on the ordinary answer";
  EXPECT_EQ(std::count_if(resolved.headers.begin(), resolved.headers.end(),
                          [](const auto& header) { return header.first == "set-cookie"; }),
            2);
  ASSERT_EQ(world.requests.size(), 1U);
  EXPECT_EQ(world.requests[0].url, "https://api.clerk.com/v1/clients/handshake_payload?nonce=n1");
}

TEST_F(AuthenticateRequestTest, DevelopmentBrowsersComeBackWithoutTheirToken) {
  options.publishableKey = kTestKey;
  auto claims = test::sessionClaims();
  claims["iss"] = "https://happy-otter-42.clerk.accounts.dev";
  world.answerWith(test::jsonAnswer(ecmascript::stringify(
      boost::json::value{{"directives", {"__session=" + test::signToken(claims) + "; Path=/"}}})));
  const auto resolved = state(document(""), "/a?__clerk_handshake_nonce=n1&x=1&__clerk_db_jwt=dvb");
  EXPECT_EQ(resolved.header("location"), "https://app.example.com/a?x=1");
  EXPECT_EQ(resolved.header("cache-control"), "no-store");
}

TEST_F(AuthenticateRequestTest, ThrowsForWrongConfigurationWithEachRequest) {
  options.secretKey.clear();
  EXPECT_THROW(state({}), Error);
  options.secretKey = "sk_live_test";
  options.publishableKey = "nope";
  EXPECT_THROW(state({}), Error);
}

}  // namespace
}  // namespace clerk
