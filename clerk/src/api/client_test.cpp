#include <clerk/block_on.hpp>
#include <clerk/client.hpp>

#include "runtime/test_world.hpp"

#include <async/deferred.hpp>
#include <async/event_loop.hpp>
#include <ecmascript/json_text.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

// Every method, its request and its result are played from recordings (conformance/clerk); here is what C++ adds.

namespace clerk {
namespace {

using namespace std::chrono_literals;
using test::jsonAnswer;
using test::World;
using testing::HasSubstr;

constexpr const char* kUser =
    R"({"object":"user","id":"user_1","username":null,"first_name":"Ada","created_at":1700000000000,)"
    R"("primary_email_address_id":"idn_1","public_metadata":{"plan_name":"pro"},"private_metadata":{"secret":1},)"
    R"("email_addresses":[{"id":"idn_1","object":"email_address","email_address":"ada@example.com",)"
    R"("verification":{"object":"verification","status":"verified","strategy":"ticket"},"linked_to":[]}],"banned":false})";

class ClientTest : public testing::Test {
 protected:
  static ClerkOptions optionsIn(const World& world) { return {.secretKey = "sk_test_1", .runtime = world.runtime}; }
  const fetch::Request& only() {
    EXPECT_EQ(world.requests.size(), 1U);
    return world.requests.at(0);
  }

  World world;
  ClerkClient client = createClerkClient(optionsIn(world));
};

TEST_F(ClientTest, GivesUsersAsStructs) {
  world.answerWith(jsonAnswer(kUser));
  const User user = client.users.getUser("user_1").take();
  EXPECT_EQ(user.id, "user_1");
  EXPECT_EQ(user.username, std::nullopt);
  EXPECT_EQ(user.fullName(), "Ada");
  EXPECT_EQ(user.createdAt, 1700000000000);
  ASSERT_TRUE(user.primaryEmailAddress());
  EXPECT_EQ(user.primaryEmailAddress()->emailAddress, "ada@example.com");
  EXPECT_EQ(user.primaryEmailAddress()->verification->status, "verified");
  EXPECT_EQ(user.raw().at("first_name"), "Ada");
  EXPECT_EQ(only().url, "https://api.clerk.com/v1/users/user_1");
  EXPECT_EQ(test::headerOf(only(), "authorization"), "Bearer sk_test_1");
}

TEST_F(ClientTest, WritesUsersAsJavaScriptDoes) {
  world.answerWith(jsonAnswer(kUser));
  auto user = client.users.getUser("user_1").take();
  auto text = ecmascript::stringify(user);
  EXPECT_THAT(text, testing::StartsWith(R"({"id":"user_1","banned":false,"createdAt":1700000000000,)"));
  EXPECT_THAT(text, HasSubstr(R"("username":null,"firstName":"Ada")")) << "null stays null";
  EXPECT_EQ(text.find("lastName"), std::string::npos) << "what the API left out stays out";
  user.lastName = "Lovelace";
  user.firstName = std::nullopt;
  text = ecmascript::stringify(user);
  EXPECT_THAT(text, HasSubstr(R"("lastName":"Lovelace")"));
}

TEST_F(ClientTest, HasAFormWithoutPrivateMetadata) {
  world.answerWith(jsonAnswer(kUser));
  const auto text = ecmascript::stringify(publicJson(client.users.getUser("user_1").take()));
  EXPECT_EQ(text.find("secret"), std::string::npos) << text;
  EXPECT_THAT(text, HasSubstr("plan_name"));
  // So has everything else that holds some: here each membership, its organization, and the API's object of both.
  world.answerWith(jsonAnswer(
      R"({"data":[{"object":"organization_membership","id":"orgmem_1","role":"org:admin","private_metadata":{"secret":1},)"
      R"("organization":{"object":"organization","id":"org_1","name":"Acme","private_metadata":{"secret":2}}}],"total_count":1})"));
  const auto page = client.organizations.getOrganizationMembershipList({.organizationId = "org_1"}).take();
  EXPECT_THAT(ecmascript::stringify(page), HasSubstr("secret"));
  const auto shown = ecmascript::stringify(publicJson(page));
  EXPECT_EQ(shown.find("secret"), std::string::npos) << shown;
  EXPECT_THAT(shown, HasSubstr("Acme"));
}

TEST_F(ClientTest, SendsFieldsThatAreSetNullOrLeftOut) {
  world.answerWith(jsonAnswer(kUser));
  client.users.updateUser("user_1", {.firstName = "Ada", .lastName = nullptr}).take();
  EXPECT_EQ(only().method, "PATCH");
  EXPECT_EQ(only().body, R"({"first_name":"Ada","last_name":null})");
}

TEST_F(ClientTest, PagesThroughLists) {
  world.answer = [](fetch::Request request) -> async::Task<fetch::Response> {
    const bool counts = request.url.find("/users/count") != std::string::npos;
    co_return counts ? jsonAnswer(R"({"object":"total_count","total_count":41})")
                     : jsonAnswer(std::string("[") + kUser + "]");
  };
  const auto page =
      client.users.getUserList({.limit = 1, .emailAddress = {"ada@example.com"}, .orderBy = "-created_at"}).take();
  EXPECT_EQ(page.totalCount, 41);
  ASSERT_EQ(page.data.size(), 1U);
  EXPECT_EQ(page.data[0].id, "user_1");
  EXPECT_EQ(world.requests.at(0).url,
            "https://api.clerk.com/v1/users?limit=1&email_address=ada%40example.com&order_by=-created_at");
}

TEST_F(ClientTest, AsksAgainWhenReadingFailsForTheMoment) {
  world.answerInTurn({jsonAnswer("{}", 503, "Service Unavailable"), jsonAnswer(kUser)});
  EXPECT_EQ(client.users.getUser("user_1").take().id, "user_1");
  EXPECT_EQ(world.requests.size(), 2U);
  EXPECT_EQ(world.sleeps.size(), 1U);
}

TEST_F(ClientTest, WaitsAsLongAsTheApiAsksButNotLonger) {
  auto limited =
      jsonAnswer(R"({"errors":[{"code":"too_many_requests","message":"slow down"}]})", 429, "Too Many Requests");
  limited.headers.emplace_back("retry-after", "3");
  world.answerInTurn({limited, jsonAnswer(kUser)});
  EXPECT_EQ(client.users.getUser("user_1").take().id, "user_1");
  EXPECT_EQ(world.sleeps, (std::vector<std::chrono::milliseconds>{3s}));

  limited.headers.back().second = "3600";
  world.answerWith(limited);
  try {
    client.users.getUser("user_1").take();
    FAIL();
  } catch (const ClerkAPIResponseError& error) {
    EXPECT_EQ(error.status, 429);
    EXPECT_EQ(error.retryAfter, 3600);
    ASSERT_EQ(error.errors.size(), 1U);
    EXPECT_EQ(error.errors[0].code, "too_many_requests");
  }
  EXPECT_EQ(world.sleeps.size(), 1U);
}

TEST_F(ClientTest, NeverRepeatsWhatChangesSomething) {
  world.answerWith(jsonAnswer("{}", 503, "Service Unavailable"));
  EXPECT_THROW(client.users.createUser({.emailAddress = {"ada@example.com"}}).take(), ClerkAPIResponseError);
  EXPECT_THROW(client.users.banUser("user_1").take(), ClerkAPIResponseError);
  EXPECT_THROW(client.users.deleteUser("user_1").take(), ClerkAPIResponseError);
  EXPECT_EQ(world.requests.size(), 3U);
}

TEST_F(ClientTest, KeepsItsDeadline) {
  world.answer = [this](fetch::Request request) -> async::Task<fetch::Response> {
    EXPECT_LE(request.timeout, 30s);
    world.now += std::chrono::duration_cast<std::chrono::milliseconds>(request.timeout);
    throw fetch::Error(fetch::ErrorCode::Timeout, "too slow");
    co_return fetch::Response();
  };
  EXPECT_THROW(client.users.getUser("user_1").take(), ClerkAPIResponseError);
  EXPECT_EQ(world.requests.size(), 1U) << "no time is left to ask again";
}

TEST_F(ClientTest, TakesIdsAsOnePieceOfThePath) {
  world.answerWith(jsonAnswer(kUser));
  client.users.getUser("a/b?c#d e").take();
  EXPECT_EQ(only().url, "https://api.clerk.com/v1/users/a%2Fb%3Fc%23d%20e");
  EXPECT_THROW(client.users.getUser("..").take(), Error);
  EXPECT_THROW(client.users.getUser("%2e%2e").take(), Error);
  EXPECT_THROW(client.users.getUser("").take(), Error);
  EXPECT_EQ(world.requests.size(), 1U);
}

TEST_F(ClientTest, UploadsImages) {
  world.answerWith(jsonAnswer(kUser));
  client.users.updateUserProfileImage("user_1", {.file = {.bytes = "PNG", .name = "a\"b\r\n.png", .type = "image/png"}})
      .take();
  EXPECT_THAT(test::headerOf(only(), "content-type"), testing::StartsWith("multipart/form-data; boundary="));
  EXPECT_THAT(only().body, HasSubstr("\r\nContent-Type: image/png\r\n\r\nPNG\r\n--"));
  EXPECT_THAT(only().body, HasSubstr(R"(filename="a%22b%0D%0A.png")"));
}

TEST_F(ClientTest, CallsAnyMethodByItsName) {
  world.answerWith(jsonAnswer(R"({"object":"organization","id":"org_1","name":"Acme","max_allowed_memberships":5})"));
  const auto result = client.call("organizations.getOrganization", {{{"organizationId", "org_1"}}}).take();
  EXPECT_EQ(result->at("maxAllowedMemberships"), 5);
  EXPECT_THROW(client.call("users.noSuchMethod").take(), Error);
}

TEST_F(ClientTest, SendsAnyRequest) {
  world.answerWith(jsonAnswer(R"({"some_thing":1})"));
  const auto answer = client.request({.method = "POST", .path = "/beta", .bodyParams = {{"someThing", 1}}}).take();
  EXPECT_EQ(*answer, (boost::json::value{{"some_thing", 1}})) << "as it came";
  EXPECT_EQ(only().body, R"({"some_thing":1})");
}

TEST_F(ClientTest, NeedsItsSecretKeyBeforeAnythingIsSent) {
  const auto other = createClerkClient({.runtime = world.runtime});
  EXPECT_THROW(other.users.getUser("user_1").take(), Error);
  EXPECT_TRUE(world.requests.empty());
}

TEST_F(ClientTest, GivesEveryResourceAsStructs) {
  world.answerWith(jsonAnswer(
      R"({"data":[{"object":"organization","id":"org_1","name":"Acme","max_allowed_memberships":5,"slug":null}],)"
      R"("total_count":7})"));
  const auto page = client.organizations.getOrganizationList({.limit = 1, .query = "ac me"}).take();
  EXPECT_EQ(page.totalCount, 7);
  ASSERT_EQ(page.data.size(), 1U);
  EXPECT_EQ(page.data[0].maxAllowedMemberships, 5);
  EXPECT_EQ(page.data[0].slug, std::nullopt);
  EXPECT_EQ(only().url, "https://api.clerk.com/v1/organizations?limit=1&query=ac+me");
}

TEST_F(ClientTest, SendsListsAndStructsInside) {
  world.answerWith(jsonAnswer(R"({"object":"enterprise_connection","id":"ent_1","custom_attributes":[]})"));
  client.enterpriseConnections
      .createEnterpriseConnection({.name = "Acme",
                                   .domains = {"acme.example"},
                                   .customAttributes = {{.name = "Team", .key = "team"}},
                                   .saml = EnterpriseConnectionSamlParams{.idpEntityId = "idp"}})
      .take();
  EXPECT_EQ(only().body, R"({"name":"Acme","domains":["acme.example"],"provider":"",)"
                         R"("custom_attributes":[{"name":"Team","key":"team"}],"saml":{"idp_entity_id":"idp"}})");
}

TEST_F(ClientTest, SendsEmptyListsOnlyWhenTheyAreGiven) {
  world.answerWith({.status = 204, .statusText = "No Content"});
  client.instance.update({.testMode = true}).take();
  client.instance.update({.allowedOrigins = std::vector<std::string>()}).take();
  client.instance.update({.allowedOrigins = {"https://a.example", "https://b.example"}}).take();
  EXPECT_EQ(world.requests.at(0).body, R"({"test_mode":true})");
  EXPECT_EQ(world.requests.at(1).body, R"({"allowed_origins":[]})");
  EXPECT_EQ(world.requests.at(2).body, R"({"allowed_origins":["https://a.example","https://b.example"]})");
}

TEST_F(ClientTest, SendsJsonAsItIsWrittenWithBraces) {
  world.answerWith(jsonAnswer(R"({"object":"user","id":"user_1"})"));
  client.users.updateUserMetadata("user_1", {.publicMetadata = {{"plan", "gold"}, {"seats", {1, 2}}}}).take();
  client.users.updateUserMetadata("user_1", {.publicMetadata = {{"plan", nullptr}}}).take();
  client.users.updateUserMetadata("user_1", {.publicMetadata = boost::json::object()}).take();
  client.m2m.createToken({.claims = {{"job", 7}}}).take();
  client.m2m.createToken({.claims = {{"job", 7}, {"names", {"a", "b"}}}}).take();
  client.apiKeys.create({.name = "ci", .subject = "user_1", .claims = boost::json::object{{"a", 1}}}).take();
  auto sent = [&](std::size_t number, const char* member) {
    return ecmascript::stringify(boost::json::parse(world.requests.at(number).body).at(member));
  };
  EXPECT_EQ(sent(0, "public_metadata"), R"({"plan":"gold","seats":[1,2]})");
  EXPECT_EQ(sent(1, "public_metadata"), R"({"plan":null})");
  EXPECT_EQ(sent(2, "public_metadata"), "{}");
  EXPECT_EQ(sent(3, "claims"), R"({"job":7})");
  EXPECT_EQ(sent(4, "claims"), R"({"job":7,"names":["a","b"]})");
  EXPECT_EQ(sent(5, "claims"), R"({"a":1})");
}

TEST_F(ClientTest, SendsWordsOfCppUnderTheirNames) {
  world.answerWith(jsonAnswer(R"({"object":"oauth_application","id":"oa_1","public":true})"));
  const auto application = client.oauthApplications.create({.name = "x", .public_ = true}).take();
  EXPECT_TRUE(application.isPublic);
  EXPECT_EQ(only().body, R"({"name":"x","public":true})");
}

TEST_F(ClientTest, KeepsMembersOfAnotherKind) {
  world.answerWith(jsonAnswer(R"({"object":"session","id":"sess_1","status":7,"last_active_at":"soon","actor":null})"));
  const auto session = client.sessions.getSession("sess_1").take();
  EXPECT_EQ(session.status, "");
  ASSERT_TRUE(session.unexpectedMembers);
  EXPECT_EQ(ecmascript::stringify(session), R"({"id":"sess_1","status":7,"lastActiveAt":"soon","actor":null})");
}

TEST_F(ClientTest, TakesOptionsForOneCall) {
  world.answer = [](fetch::Request request) -> async::Task<fetch::Response> {
    EXPECT_LE(request.timeout, 2s);
    co_return jsonAnswer("{}", 503, "Service Unavailable");
  };
  EXPECT_THROW(client.users.getUser("user_1", {.deadline = 2s, .retries = 0}).take(), ClerkAPIResponseError);
  EXPECT_EQ(world.requests.size(), 1U);
  EXPECT_THROW(client.users.getUser("user_1", {.deadline = 2s, .retries = 1}).take(), ClerkAPIResponseError);
  EXPECT_EQ(world.requests.size(), 3U);
}

/// The code of a call's error.
template <class T>
std::string codeOf(async::Task<T> call) {
  try {
    call.take();
  } catch (const ClerkAPIResponseError& error) {
    EXPECT_EQ(error.status, std::nullopt);
    return error.errors.at(0).code;
  }
  return "none";
}

TEST_F(ClientTest, TellsDeadlinesAndCancellationFromOtherFailures) {
  const auto failsWith = [this](fetch::ErrorCode code) {
    world.answer = [code](fetch::Request) -> async::Task<fetch::Response> {
      throw fetch::Error(code, "failed");
      co_return fetch::Response();
    };
  };
  failsWith(fetch::ErrorCode::Timeout);
  EXPECT_EQ(codeOf(client.users.getUser("user_1")), "request_timeout");
  failsWith(fetch::ErrorCode::Cancelled);
  EXPECT_EQ(codeOf(client.users.getUser("user_1")), "request_cancelled");
  failsWith(fetch::ErrorCode::Tls);
  EXPECT_EQ(codeOf(client.users.getUser("user_1")), "unexpected_error");

  std::stop_source source;
  source.request_stop();
  world.requests.clear();
  EXPECT_EQ(codeOf(client.users.getUser("user_1", {.stop = source.get_token()})), "request_cancelled");
  EXPECT_TRUE(world.requests.empty());
}

TEST_F(ClientTest, StopsWaitingForTheNextAttempt) {
  std::stop_source source;
  async::EventLoop loop;
  const async::Deferred<> later;
  const auto runtime =
      std::make_shared<Runtime>(RuntimeHooks{.sleep = [&](std::chrono::milliseconds) -> async::Task<> {
                                               source.request_stop();
                                               co_await later;
                                             },
                                             .fetch = [](fetch::Request) -> async::Task<fetch::Response> {
                                               co_return jsonAnswer("{}", 503, "Service Unavailable");
                                             }});
  const auto other = createClerkClient({.secretKey = "sk_test_1", .runtime = runtime});
  async::Task<User> call;
  loop.post([&] { call = other.users.getUser("user_1", {.stop = source.get_token()}); });
  loop.runUntil([&] { return call.valid() && call.ready(); });
  EXPECT_EQ(codeOf(std::move(call)), "request_cancelled");
  later.resolve();
}

TEST_F(ClientTest, TellsItsObserverOfEachRequest) {
  std::vector<std::string> reports;
  auto options = optionsIn(world);
  options.onCall = [&](const CallReport& report) {
    reports.push_back(std::string(report.name) + ' ' + std::string(report.method) + ' ' + std::string(report.route) +
                      ' ' + (report.status ? std::to_string(*report.status) : "-") + ' ' +
                      std::to_string(report.attempts));
    EXPECT_GE(report.duration.count(), 0);
  };
  const auto observed = createClerkClient(options);
  world.answerInTurn({jsonAnswer("{}", 503, "Service Unavailable"), jsonAnswer(kUser)});
  observed.users.getUser("user_1").take();
  EXPECT_THROW(observed.sessions.getToken("sess_1", "hasura").take(), ClerkAPIResponseError);
  world.answerWith(jsonAnswer("{}"));
  observed.request({.path = "/users/user_1/secret"}).take();
  EXPECT_EQ(reports, (std::vector<std::string>{"users.getUser GET /users/{userId} 200 2",
                                               "sessions.getToken POST /sessions/{sessionId}/tokens/{template} - 1",
                                               " GET  200 1"}));
}

TEST_F(ClientTest, WorksForProgramsWithoutALoop) {
  world.answerWith(jsonAnswer(kUser));
  EXPECT_EQ(clerk::blockOn([&] { return client.users.getUser("user_1"); }).id, "user_1");
}

TEST_F(ClientTest, NeverShowsItsKeyInErrors) {
  world.answerWith(jsonAnswer(R"({"errors":[{"code":"x","message":"no"}]})", 401, "Unauthorized"));
  try {
    client.users.getUser("user_1").take();
    FAIL();
  } catch (const ClerkAPIResponseError& error) {
    EXPECT_EQ(error.toString().find("sk_test_1"), std::string::npos);
  }
}

TEST(OptionsFromEnvironment, FindTheInstance) {
  World world;
  world.environment = {{"CLERK_SECRET_KEY", "sk_live_1"}, {"CLERK_API_URL", "http://127.0.0.1:4000"}};
  EXPECT_EQ(optionsFromEnvironment(world.runtime).apiUrl, "http://127.0.0.1:4000");
  EXPECT_EQ(optionsFromEnvironment(world.runtime).secretKey, "sk_live_1");
  world.environment.erase("CLERK_API_URL");
  EXPECT_EQ(optionsFromEnvironment(world.runtime).apiUrl, "https://api.clerk.com");
}

}  // namespace
}  // namespace clerk
