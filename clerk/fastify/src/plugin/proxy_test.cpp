#include <clerk/fastify.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <future>

namespace clerk {
namespace {

using fastify::Fastify;
using fastify::InjectRequest;
using fastify::Reply;
using fastify::Request;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

/// A Frontend API of our own, on a real socket.
class ProxyTest : public testing::Test {
 protected:
  ProxyTest() {
    upstream.addContentTypeParser("*", {.parseAs = fastify::ParseAs::String},
                                  [](Request&, std::string_view body) { return fastify::RequestBody(body); });
    upstream.all("/v1/echo", [](Request& request, Reply& reply) {
      fastify::Json body{{"method", request.method()}, {"url", request.url()}, {"headers", request.headers().json()}};
      if (request.body().isJson()) body.as_object()["body"] = *request.body();
      reply.header("set-cookie", {"a=1", "b=2"}).header("x-clerk-trace-id", "t").send(body);
    });
    upstream.get("/v1/away", [](Request& request, Reply& reply) {
      reply.redirect(std::string(request.query().at("to").as_string()));
    });
    upstream.get("/v1/large", [](Request&, Reply& reply) { reply.send(std::string(3'000'000, 'x')); });
    upstream.get("/v1/never", [this](Request&, Reply&) { asked.set_value(); });
    upstream.addHook(fastify::onRequestAbort, [this](Request&, Reply& reply) {
      abandoned.set_value();
      reply.send();
    });
    origin = upstream.listen({.host = "127.0.0.1"});
    environment["CLERK_FAPI_URL"] = origin;
    options = {.publishableKey = "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k",
               .secretKey = "sk_live_test",
               .frontendApiProxy = {.enabled = true, .bodyLimit = 1000},
               .runtime = std::make_shared<Runtime>(
                   RuntimeHooks{.environment = [this](std::string_view name) -> std::optional<std::string> {
                     const auto found = environment.find(name);
                     return found == environment.end() ? std::nullopt : std::optional(found->second);
                   }})};
  }
  ~ProxyTest() override { upstream.close(); }

  fastify::InjectResponse send(InjectRequest request) {
    Fastify app;
    app.registerPlugin(clerkPlugin, options);
    request.headers.emplace_back("host", "app.example.com:8080");
    return app.inject(std::move(request));
  }

  std::promise<void> asked, abandoned;
  Fastify upstream;
  std::string origin;
  std::map<std::string, std::string, std::less<>> environment;
  ClerkFastifyOptions options;
};

TEST_F(ProxyTest, PassesRequestsAndAnswersOn) {
  const auto response = send({.url = "/__clerk/v1/echo?a=b%20c",
                              .headers = {{"cookie", "__client=x"},
                                          {"connection", "x-drop"},
                                          {"x-drop", "1"},
                                          {"clerk-secret-key", "evil"},
                                          {"accept-encoding", "br"}}});
  ASSERT_EQ(response.statusCode, 200) << response.body;
  EXPECT_EQ(response.header("x-clerk-trace-id"), "t");
  EXPECT_EQ(response.header("set-cookie"), "a=1, b=2");
  EXPECT_FALSE(response.header("content-length"));
  const auto seen = response.json();
  EXPECT_EQ(seen.at("url"), "/v1/echo?a=b%20c");
  const auto& headers = seen.at("headers").as_object();
  EXPECT_EQ(headers.at("cookie"), "__client=x");
  EXPECT_EQ(headers.at("clerk-secret-key"), "sk_live_test");
  EXPECT_EQ(headers.at("clerk-proxy-url"), "http://app.example.com:8080/__clerk");
  EXPECT_EQ(headers.at("x-forwarded-host"), "app.example.com:8080");
  EXPECT_EQ(headers.at("accept-encoding"), "identity");
  EXPECT_EQ("http://" + std::string(headers.at("host").as_string()), origin);
  EXPECT_FALSE(headers.contains("x-drop"));
  EXPECT_FALSE(headers.contains("x-forwarded-for")) << "this machine's address says nothing of the visitor";
}

TEST_F(ProxyTest, NamesTheVisitorsAddress) {
  InjectRequest request{.url = "/__clerk/v1/echo", .headers = {{"x-forwarded-for", "9.9.9.9, 8.8.8.8"}}};
  EXPECT_EQ(send(request).json().at("headers").at("x-forwarded-for"), "9.9.9.9");
  request.remoteAddress = "203.0.113.9";
  EXPECT_EQ(send(request).json().at("headers").at("x-forwarded-for"), "203.0.113.9")
      << "a visitor's own word on his address does not count";
}

TEST_F(ProxyTest, PassesBodiesOnThatTheAppCouldNotParse) {
  for (auto* hook : {"preHandler", "onRequest"}) {
    options.hookName = hook;
    const auto seen = send({.method = "POST",
                            .url = "/__clerk/v1/echo",
                            .headers = {{"content-type", "application/x-www-form-urlencoded"}},
                            .payload = std::string("identifier=a%40b.c")})
                          .json();
    EXPECT_EQ(seen.at("method"), "POST");
    EXPECT_EQ(seen.at("body"), "identifier=a%40b.c") << hook;
  }
}

TEST_F(ProxyTest, LimitsBodies) {
  const auto response = send({.method = "POST", .url = "/__clerk/v1/echo", .payload = std::string(1001, 'x')});
  EXPECT_EQ(response.statusCode, 413);
  EXPECT_EQ(response.header("cache-control"), "no-store");
}

TEST_F(ProxyTest, StreamsLargeAnswers) {
  const auto response = send({.url = "/__clerk/v1/large"});
  EXPECT_EQ(response.body.size(), 3'000'000U);
}

TEST_F(ProxyTest, KeepsRedirectsOnTheProxy) {
  auto locationFor = [&](const std::string& to) {
    return send({.url = "/__clerk/v1/away", .query = {{"to", to}}}).header("location");
  };
  EXPECT_EQ(locationFor(origin + "/v1/x?y=1#z"), "http://app.example.com:8080/__clerk/v1/x?y=1#z");
  EXPECT_EQ(locationFor("/v1/x"), "http://app.example.com:8080/__clerk/v1/x");
  EXPECT_EQ(locationFor("https://accounts.google.com/o"), "https://accounts.google.com/o");
}

TEST_F(ProxyTest, ServesItsPathsAndNoOthers) {
  for (auto* url : {"/__clerkx/v1/echo", "/page", "/__clerk/../page", "/__clerk/%2e%2e/page"}) {
    EXPECT_EQ(send({.url = url}).statusCode, 404) << url;
  }
  options.frontendApiProxy.path = "/api/auth/";
  EXPECT_EQ(send({.url = "/api/auth/v1/echo"}).statusCode, 200);
  options.frontendApiProxy.enabled = [](const std::string& url) { return url.ends_with("?on"); };
  EXPECT_EQ(send({.url = "/api/auth/v1/echo?on"}).statusCode, 200);
  EXPECT_EQ(send({.url = "/api/auth/v1/echo"}).statusCode, 404);
}

TEST_F(ProxyTest, AnswersHead) {
  const auto response = send({.method = "HEAD", .url = "/__clerk/v1/echo"});
  EXPECT_EQ(response.statusCode, 200);
  EXPECT_EQ(response.header("x-clerk-trace-id"), "t");
  EXPECT_EQ(response.body, "");
}

TEST_F(ProxyTest, AsksNoLongerWhenTheVisitorIsGone) {
  Fastify app;
  app.registerPlugin(clerkPlugin, options);
  app.listen({.host = "127.0.0.1"});
  const int visitor = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{.sin_family = AF_INET, .sin_port = htons(app.addresses().at(0).port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ASSERT_EQ(::connect(visitor, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  const std::string_view request = "GET /__clerk/v1/never HTTP/1.1\r\nHost: app.example.com\r\n\r\n";
  ASSERT_EQ(::send(visitor, request.data(), request.size(), 0), static_cast<ssize_t>(request.size()));
  asked.get_future().wait();
  ::close(visitor);
  EXPECT_EQ(abandoned.get_future().wait_for(std::chrono::seconds(20)), std::future_status::ready);
  app.close();
}

TEST_F(ProxyTest, SaysWhatIsWrongWithItsConfiguration) {
  auto refusal = [&] {
    const auto response = send({.url = "/__clerk/v1/echo"});
    const auto error = response.json().at("errors").at(0);
    return std::to_string(response.statusCode) + " " + std::string(error.at("code").as_string()) + " " +
           std::string(error.at("message").as_string());
  };
  environment["CLERK_FAPI_URL"] = "ftp://x";
  EXPECT_EQ(refusal(), "500 proxy_configuration_error FAPI URL must use http or https");
  environment["CLERK_FAPI_URL"] = "https://u:p@x";
  EXPECT_EQ(refusal(),
            "500 proxy_configuration_error FAPI URL must not include credentials, a query string, or a hash");
  environment["CLERK_FAPI_URL"] = "http://127.0.0.1:1";
  EXPECT_THAT(refusal(), HasSubstr("502 proxy_request_failed Failed to proxy request to Clerk FAPI: "));
  options.secretKey.clear();
  options.requireKeys = false;
  EXPECT_EQ(refusal(),
            "500 proxy_configuration_error Missing secretKey. Provide it in options or set CLERK_SECRET_KEY "
            "environment variable.");
}

TEST_F(ProxyTest, LetsHandshakesGoThroughIt) {
  const auto response = send(
      {.url = "/page",
       .headers = {{"cookie", "__client_uat=1749999900"}, {"sec-fetch-dest", "document"}, {"accept", "text/html"}}});
  EXPECT_THAT(*response.header("location"),
              testing::StartsWith("http://app.example.com:8080/__clerk/v1/client/handshake?"));
}

}  // namespace
}  // namespace clerk
