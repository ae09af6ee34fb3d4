#include "local_store.hpp"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

namespace fastify::detail {
namespace {

using namespace std::chrono_literals;

struct Store {
  std::int64_t now = 1000;
  LocalStore store;
  explicit Store(RateLimitStoreOptions options) : store(options, [this] { return now; }) {}
  std::pair<std::int64_t, std::int64_t> count(std::string key = "a", std::int64_t max = 1) {
    const auto count = store.incr(std::move(key), 100ms, max).take();
    return {count.current, count.ttl};
  }
};
using Count = std::pair<std::int64_t, std::int64_t>;

TEST(LocalStore, a_window_ends_and_the_count_starts_anew) {
  Store of({});
  EXPECT_EQ(of.count(), Count(1, 100));
  of.now += 60;
  EXPECT_EQ(of.count(), Count(2, 40));
  of.now += 40;
  EXPECT_EQ(of.count(), Count(1, 100));
}

TEST(LocalStore, to_read_does_not_count) {
  Store of({});
  EXPECT_EQ(of.store.read("a", 100ms, 1).take().current, 0);
  of.count();
  of.now += 30;
  EXPECT_EQ(of.store.read("a", 100ms, 1).take().ttl, 70);
  EXPECT_EQ(of.store.read("a", 100ms, 1).take().current, 1);
}

TEST(LocalStore, a_refused_request_starts_the_window_anew_when_wanted) {
  Store of({.continueExceeding = true});
  of.count();
  of.now += 90;
  EXPECT_EQ(of.count(), Count(2, 100));
  of.now += 90;
  EXPECT_EQ(of.count(), Count(3, 100));
}

TEST(LocalStore, the_window_doubles_with_each_refused_request_and_stays_a_number) {
  Store of({.exponentialBackoff = true});
  of.count();
  EXPECT_EQ(of.count(), Count(2, 100));
  EXPECT_EQ(of.count(), Count(3, 200));
  EXPECT_EQ(of.count(), Count(4, 400));
  for (int i = 0; i < 2000; ++i) of.count();
  EXPECT_EQ(of.count().second, 9'007'199'254'740'991);
}

TEST(LocalStore, only_the_clients_seen_last_are_remembered) {
  Store of({.cache = 2});
  of.count("a");
  of.count("b");
  of.count("a");
  of.count("c");  // b was longest away
  EXPECT_EQ(of.store.size(), 2u);
  EXPECT_EQ(of.count("a").first, 3);
  EXPECT_EQ(of.count("b").first, 1);
}

TEST(LocalStore, counts_what_several_threads_count) {
  Store of({.cache = 100});
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&of, thread] {
      for (int i = 0; i < 500; ++i) {
        of.count("shared");
        if (i % 10 == 0) of.count(std::to_string(thread) + "-" + std::to_string(i));
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(of.count("shared").first, 2001);
  EXPECT_EQ(of.store.size(), 100u);
}

}  // namespace
}  // namespace fastify::detail
