#include <clerk/client.hpp>

#include "runtime/test_world.hpp"

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

TEST_F(ClientTest, WorksForProgramsWithoutALoop) {
  world.answerWith(jsonAnswer(kUser));
  EXPECT_EQ(async::blockOn([&] { return client.users.getUser("user_1"); }).id, "user_1");
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
