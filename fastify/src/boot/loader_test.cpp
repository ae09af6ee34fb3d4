#include "loader.hpp"

#include <fastify/error.hpp>

#include <async/event_loop.hpp>

#include <gtest/gtest.h>

#include <stdexcept>

using async::Task;
using fastify::boot::Loader;
using namespace std::chrono_literals;

namespace {
struct Log {
  std::vector<std::string> lines;
  auto say(std::string line) {
    return [this, line = std::move(line)] { lines.push_back(line); };
  }
};
auto plain(std::function<void()> body) {
  return [body = std::move(body)]() -> Task<> {
    body();
    return {};
  };
}
}  // namespace

TEST(Loader, loads_each_plugin_with_its_children_before_the_next) {
  Log log;
  Loader loader(1s);
  loader.addPlugin("A", plain([&] {
                     log.lines.push_back("A");
                     loader.addPlugin("A1", plain(log.say("A1")));
                   }));
  loader.addStep(log.say("after A"));
  loader.addPlugin("B", [&]() -> Task<> {
    log.lines.push_back("B");
    co_await async::sleep(1ms);
    log.lines.push_back("B done");
  });
  log.lines.push_back("sync end");
  loader.finish();
  EXPECT_EQ(log.lines, (std::vector<std::string>{"sync end", "A", "A1", "after A", "B", "B done"}));
}

TEST(Loader, throws_what_a_plugin_threw_and_skips_what_follows) {
  Log log;
  Loader loader(1s);
  loader.addPlugin("bad", plain([] { throw std::runtime_error("plugin broke"); }));
  loader.addPlugin("next", plain(log.say("next")));
  EXPECT_THROW(loader.finish(), std::runtime_error);
  EXPECT_TRUE(log.lines.empty());
}

TEST(Loader, an_after_callback_takes_the_failure) {
  Log log;
  Loader loader(1s);
  loader.addPlugin("bad", plain([] { throw std::runtime_error("plugin broke"); }));
  bool seen = false;
  loader.addAfter([&](std::exception_ptr failure) { seen = failure != nullptr; });
  loader.addPlugin("next", plain(log.say("next")));
  loader.finish();
  EXPECT_TRUE(seen);
  EXPECT_EQ(log.lines, std::vector<std::string>{"next"});
}

TEST(Loader, load_pending_loads_now) {
  Log log;
  Loader loader(1s);
  loader.addPlugin("A", plain(log.say("A")));
  loader.loadPending();
  log.lines.push_back("after await");
  loader.addPlugin("B", plain(log.say("B")));
  loader.finish();
  EXPECT_EQ(log.lines, (std::vector<std::string>{"A", "after await", "B"}));
}

TEST(Loader, names_the_plugin_that_takes_too_long) {
  Loader loader(20ms);
  async::Deferred<> gate;
  loader.addPlugin("slow", [gate]() -> Task<> { co_await gate; });
  try {
    loader.finish();
    FAIL() << "nothing thrown";
  } catch (const fastify::FastifyError& error) {
    EXPECT_EQ(error.code, "FST_ERR_PLUGIN_TIMEOUT");
    EXPECT_NE(error.message.find("'slow'"), std::string::npos);
  }
  gate.resolve();  // lets the coroutine end
}

TEST(Loader, refuses_plugins_once_it_has_finished) {
  Loader loader(1s);
  loader.finish();
  EXPECT_THROW(loader.addPlugin("late", plain([] {})), fastify::FastifyError);
}
