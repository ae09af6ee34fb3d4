#include "auth/key_set.hpp"

#include "jwt/test_tokens.hpp"
#include "runtime/test_world.hpp"

#include <async/deferred.hpp>
#include <async/event_loop.hpp>

#include <gtest/gtest.h>

#include <array>
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

TEST_F(KeySetTest, FindsARotatedKeyThatAnEarlierFetchCouldNotBring) {
  world.answerWith(test::jsonAnswer(keySetOf({"ins_1"})));
  EXPECT_TRUE(find("ins_1"));
  async::blockOn([&]() -> async::Task<> {
    // The set is outdated; its refresh is answered before the key is rotated, and arrives after.
    async::Deferred<> arrived;
    world.answer = [&](fetch::Request) -> async::Task<fetch::Response> {
      const auto answer = test::jsonAnswer(keySetOf({"ins_1"}));
      co_await arrived;
      co_return answer;
    };
    world.now += 301s;
    EXPECT_TRUE(co_await set->find("ins_1", policy, false, world.runtime));
    world.answerWith(test::jsonAnswer(keySetOf({"ins_1", "ins_2"})));
    std::vector<async::Task<KeyResult>> waiting;
    for (int i = 0; i < 20; ++i) waiting.push_back(set->find("ins_2", policy, false, world.runtime));
    arrived.resolve();
    for (auto& task : waiting) EXPECT_TRUE(co_await task);
  });
  EXPECT_EQ(world.requests.size(), 3U) << "one more fetch for all";
}

TEST_F(KeySetTest, FindsARotatedKeySoonAfterItsRefresh) {
  world.answerWith(test::jsonAnswer(keySetOf({"ins_1"})));
  EXPECT_TRUE(find("ins_1"));
  world.now += 301s;
  EXPECT_TRUE(find("ins_1"));  // refreshed behind the scenes
  world.answerWith(test::jsonAnswer(keySetOf({"ins_1", "ins_2"})));
  world.now += 1s;
  EXPECT_TRUE(find("ins_2"));
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

/// Threads that verify all the time while the instance changes its key again and again: no token is refused.
TEST(KeySets, AreRotatedUnderLoadWithoutAFailedRequest) {
  constexpr int kThreads = 4, kRounds = 60;
  static const std::array<crypto::RsaPrivateKey, 4> keys{
      crypto::RsaPrivateKey::generate(), crypto::RsaPrivateKey::generate(), crypto::RsaPrivateKey::generate(),
      crypto::RsaPrivateKey::generate()};
  auto kidOf = [](std::size_t number) { return "ins_" + std::to_string(number); };
  std::vector<std::string> answers, tokens;
  boost::json::array published;
  for (std::size_t number = 0; number < keys.size(); ++number) {
    const auto jwk = keys[number].publicKey().toJwk();
    published.push_back({{"kty", "RSA"}, {"n", jwk.n}, {"e", jwk.e}, {"kid", kidOf(number)}, {"alg", "RS256"}});
    answers.push_back(ecmascript::stringify(boost::json::value{{"keys", published}}));
    auto header = test::sessionHeader();
    header["kid"] = kidOf(number);
    const auto part = crypto::base64urlEncode(ecmascript::stringify(header)) + '.' +
                      crypto::base64urlEncode(ecmascript::stringify(test::sessionClaims()));
    tokens.push_back(part + '.' + crypto::base64urlEncode(keys[number].sign(part)));
  }
  std::atomic<std::size_t> current{0};
  std::atomic<int> verified{0}, fetches{0};
  const auto runtime = std::make_shared<Runtime>(
      RuntimeHooks{.now = [] { return std::chrono::system_clock::time_point(std::chrono::seconds(test::kNow)); },
                   .fetch = [&](fetch::Request) -> async::Task<fetch::Response> {
                     ++fetches;
                     const auto answer = test::jsonAnswer(answers[current]);
                     co_await async::sleep(1ms);
                     co_return answer;
                   }});
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      async::blockOn([&]() -> async::Task<> {
        for (int round = 0; round < kRounds; ++round) {
          const auto claims = co_await verifyToken(tokens[current], {.secretKey = "sk_rotated", .runtime = runtime});
          EXPECT_EQ(claims.sub(), "user_1");
          // A quarter of all verifications later the next key signs.
          if (++verified % (kThreads * kRounds / static_cast<int>(keys.size())) == 0 && current + 1 < keys.size())
            ++current;
        }
      });
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(verified, kThreads * kRounds);
  EXPECT_EQ(current, keys.size() - 1);
  EXPECT_LE(fetches, static_cast<int>(keys.size()) * kThreads * 2) << "each thread fetches for itself, but no more";
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
