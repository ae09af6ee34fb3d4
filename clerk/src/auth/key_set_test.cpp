#include "auth/key_set.hpp"

#include "jwt/test_tokens.hpp"
#include "runtime/test_world.hpp"

#include <async/deferred.hpp>
#include <async/event_loop.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace clerk::auth {
namespace {

using namespace std::chrono_literals;
using test::World;

std::string keySetOf(const std::vector<std::string>& kids) {
  boost::json::array keys;
  for (const auto& kid : kids) {
    const auto key = test::signingKey().publicKey().toJwk();
    keys.push_back({{"kty", "RSA"}, {"n", key.n}, {"e", key.e}, {"kid", kid}, {"alg", "RS256"}, {"use", "sig"}});
  }
  return ecmascript::stringify(boost::json::value{{"keys", keys}});
}

class KeySetTest : public testing::Test {
 protected:
  KeyResult find(const std::string& kid) { return set->find(kid, policy, false, world.runtime).take(); }
  std::string reasonFor(const std::string& kid) {
    const auto result = find(kid);
    return result ? "" : std::string(result.error().reason);
  }

  World world;
  KeySetPolicy policy;
  std::shared_ptr<KeySet> set = std::make_shared<KeySet>(KeySetSource{"https://api.clerk.com", "v1", "sk_1"});
};

TEST_F(KeySetTest, FetchesOnceAndKeeps) {
  world.answerWith(test::jsonAnswer(keySetOf({"ins_1", "ins_2"})));
  EXPECT_TRUE(find("ins_1"));
  EXPECT_TRUE(find("ins_2"));
  world.now += 299s;
  EXPECT_TRUE(find("ins_1"));
  ASSERT_EQ(world.requests.size(), 1U);
  EXPECT_EQ(world.requests[0].url, "https://api.clerk.com/v1/jwks");
  EXPECT_EQ(test::headerOf(world.requests[0], "authorization"), "Bearer sk_1");
}

TEST_F(KeySetTest, IsFetchedOnceForAllWhoWait) {
  async::blockOn([&]() -> async::Task<> {
    async::Deferred<> arrived;
    world.answer = [&](fetch::Request) -> async::Task<fetch::Response> {
      co_await arrived;
      co_return test::jsonAnswer(keySetOf({"ins_1"}));
    };
    std::vector<async::Task<KeyResult>> waiting;
    for (int i = 0; i < 20; ++i) waiting.push_back(set->find("ins_1", policy, false, world.runtime));
    arrived.resolve();
    for (auto& task : waiting) EXPECT_TRUE(co_await task);
  });
  EXPECT_EQ(world.requests.size(), 1U);
}

TEST_F(KeySetTest, IsStillUsedWhileAnOutageLasts) {
  world.answerWith(test::jsonAnswer(keySetOf({"ins_1"})));
  const auto before = find("ins_1").value();
  world.answerInTurn({});
  world.now += 301s;
  EXPECT_EQ(find("ins_1").value(), before);
  EXPECT_GT(world.requests.size(), 1U) << "it was asked for anew behind the scenes";
  const auto asked = world.requests.size();
  EXPECT_TRUE(find("ins_1"));
  EXPECT_EQ(world.requests.size(), asked) << "but not with each request";
  world.now += 24h;
  EXPECT_THROW(find("ins_1"), Error) << "a key may have been taken out of use meanwhile";
}

TEST_F(KeySetTest, KeepsUnchangedKeysWhenItIsFetchedAnew) {
  world.answerWith(test::jsonAnswer(keySetOf({"ins_1"})));
  const auto before = find("ins_1").value();
  world.answerWith(test::jsonAnswer(keySetOf({"ins_2", "ins_1"})));
  world.now += 301s;
  find("ins_1");
  EXPECT_EQ(find("ins_1").value(), before) << "tokens verified with it stay known";
  EXPECT_TRUE(find("ins_2"));
}

TEST_F(KeySetTest, IsNotFloodedByUnknownKeyIds) {
  world.answerWith(test::jsonAnswer(keySetOf({"ins_1"})));
  EXPECT_TRUE(find("ins_1"));
  for (int i = 0; i < 100; ++i) EXPECT_EQ(reasonFor("ins_evil" + std::to_string(i)), "jwk-kid-mismatch");
  EXPECT_EQ(world.requests.size(), 2U);
  // A rotated key is found after the pause.
  world.answerWith(test::jsonAnswer(keySetOf({"ins_3"})));
  world.now += 10s;
  EXPECT_TRUE(find("ins_3"));
  EXPECT_FALSE(find("ins_1"));
}

TEST_F(KeySetTest, IsTriedAgainSoonWhenItWasNeverThere) {
  EXPECT_THROW(find("ins_1"), Error);
  EXPECT_EQ(world.requests.size(), 5U);
  EXPECT_EQ(world.sleeps, (std::vector<std::chrono::milliseconds>{125ms, 250ms, 500ms, 1000ms}));
  EXPECT_THROW(find("ins_1"), Error);
  EXPECT_EQ(world.requests.size(), 5U);
  world.answerWith(test::jsonAnswer(keySetOf({"ins_1"})));
  world.now += 1s;
  EXPECT_TRUE(find("ins_1"));
}

TEST_F(KeySetTest, SaysWhyTheApiRefuses) {
  world.answerWith(test::jsonAnswer(R"({"errors":[{"code":"clerk_key_invalid","message":"no such key"}]})", 401));
  const auto refused = find("ins_1");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, "secret-key-invalid");
  world.now += 1s;
  world.answerWith(test::jsonAnswer(R"({"keys":[]})"));
  EXPECT_EQ(reasonFor("ins_1"), "jwk-remote-failed-to-load");
}

TEST_F(KeySetTest, LeavesOutKeysThatAreNone) {
  for (const auto* text : {R"({"keys":[1,"x",null]})", R"({"keys":[{"kid":"ins_1","kty":"oct","k":"AA"}]})",
                           R"({"keys":[{"kid":"ins_1","kty":"RSA","n":"!","e":"AQAB"}]})"}) {
    world.answerWith(test::jsonAnswer(text));
    const auto result = std::make_shared<KeySet>(KeySetSource{"https://api.clerk.com", "v1", "sk"})
                            ->find("ins_1", policy, false, world.runtime)
                            .take();
    EXPECT_TRUE(!result || !result.value() || !result.value()->unusableFor("RS256").empty()) << text;
  }
}

TEST(KeySets, AreSharedByThreads) {
  std::atomic<int> fetches{0};
  const auto body = keySetOf({"ins_1"});
  const auto runtime =
      std::make_shared<Runtime>(RuntimeHooks{.fetch = [&](fetch::Request) -> async::Task<fetch::Response> {
        ++fetches;
        co_await async::sleep(1ms);
        co_return test::jsonAnswer(body);
      }});
  const auto set = std::make_shared<KeySet>(KeySetSource{"https://api.clerk.com", "v1", "sk_1"});
  const KeySetPolicy policy{.timeToLive = 1ms, .cooldown = 0ms};  // is fetched anew all the time
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      async::blockOn([&]() -> async::Task<> {
        for (int round = 0; round < 50; ++round) {
          EXPECT_TRUE(co_await set->find("ins_1", policy, false, runtime));
          EXPECT_FALSE(co_await set->find("ins_2", policy, false, runtime));
          set->findNow("ins_1", policy, runtime->now());
        }
      });
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_GT(fetches, 4);
}

TEST(KeySets, TellInstancesApart) {
  KeySets sets;
  const auto first = sets.of({"https://api.clerk.com", "v1", "sk_1"});
  EXPECT_EQ(sets.of({"https://api.clerk.com", "v1", "sk_1"}), first);
  EXPECT_NE(sets.of({"https://api.clerk.com", "v1", "sk_2"}), first);
  EXPECT_NE(sets.of({"http://127.0.0.1:1", "v1", "sk_1"}), first);
  EXPECT_NE(sets.of({"https://api.clerk.com", "v1", "sk_1", Strictness::AsReference}), first);
}

}  // namespace
}  // namespace clerk::auth
