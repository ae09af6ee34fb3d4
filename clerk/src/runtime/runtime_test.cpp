#include <clerk/runtime.hpp>

#include "runtime/loop_local.hpp"
#include "runtime/test_world.hpp"

#include <async/event_loop.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace clerk {
namespace {

struct Counter {
  int value = 0;
};

TEST(LoopLocal, IsOnePerLoopAndEndsWithIt) {
  for (int round = 0; round < 2; ++round) {
    async::EventLoop loop;
    EXPECT_EQ(loopLocal<Counter>(loop).value, 0) << "a later loop may be at the same address";
    ++loopLocal<Counter>(loop).value;
    EXPECT_EQ(loopLocal<Counter>(loop).value, 1);
    async::EventLoop other;
    EXPECT_EQ(loopLocal<Counter>(other).value, 0);
  }
}

TEST(Runtime, WarnsOnce) {
  test::World world;
  world.runtime->warnOnce("careful");
  world.runtime->warnOnce("careful");
  world.runtime->warnOnce("really");
  EXPECT_THAT(world.lines, testing::ElementsAre("careful", "really"));
}

TEST(Runtime, ReadsTheRealWorldByDefault) {
  const Runtime runtime;
  EXPECT_NEAR(static_cast<double>((std::chrono::system_clock::now() - runtime.now()).count()), 0, 1e10);
  const double number = runtime.random();
  EXPECT_GE(number, 0);
  EXPECT_LT(number, 1);
  EXPECT_FALSE(runtime.environment("CLERK_NO_SUCH_VARIABLE"));
}

TEST(Runtime, OpensAnHooksAnswerAsAStream) {
  test::World world;
  world.answerWith(test::jsonAnswer("{}"));
  auto answer = world.runtime->open({.url = "http://x/"}).take();
  EXPECT_EQ(answer.head.status, 200);
  EXPECT_EQ(answer.read().take(), "{}");
  EXPECT_EQ(answer.read().take(), std::nullopt);
}

TEST(Runtime, GivesAHookABodyInOnePiece) {
  test::World world;
  world.answerWith(test::jsonAnswer("{}"));
  fetch::Request request{.method = "POST", .url = "http://x/", .bodySize = 6};
  request.bodySource =
      [left = std::vector<std::string>{"abc", "def"}]() mutable -> async::Task<std::optional<std::string>> {
    return [](std::vector<std::string>& left) -> async::Task<std::optional<std::string>> {
      if (left.empty()) co_return std::nullopt;
      auto piece = left.front();
      left.erase(left.begin());
      co_return piece;
    }(left);
  };
  world.runtime->open(std::move(request)).take();
  EXPECT_EQ(world.requests.at(0).body, "abcdef");
  EXPECT_EQ(test::headerOf(world.requests.at(0), "content-length"), "6");
}

}  // namespace
}  // namespace clerk
