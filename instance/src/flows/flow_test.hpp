#pragma once
// What the tests of flows share: an instance over a database of its own, a clock that stands still, and a browser.

#include "flows/client/client.hpp"
#include "flows/session/session.hpp"
#include "flows/sign_in/sign_in.hpp"
#include "flows/sign_up/sign_up.hpp"
#include "flows/user/user.hpp"
#include "testing/postgres_server.hpp"

#include <async/event_loop.hpp>

#include <crypto/rsa.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace clerk::instance {

using namespace std::chrono_literals;

class FakeClock final : public Clock {
 public:
  Time now() const override { return fromMilliseconds(milliseconds_); }
  void advance(Milliseconds by) { milliseconds_ += by.count(); }

 private:
  std::atomic<std::int64_t> milliseconds_ = 1'800'000'000'000;
};

/// What a browser keeps between requests.
struct Browser {
  std::string clientToken;
  std::string devBrowser;
};

class FlowTest : public testing::Test {
 protected:
  static constexpr const char* password = "correct horse 42!";

  explicit FlowTest(const std::function<void(Settings&)>& change = nullptr) {
    std::string pattern = (std::filesystem::temp_directory_path() / "clerk-flows-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    settings.frontendApiHost = "clerk.localhost.test";
    settings.portalUrl = "http://localhost:4000";
    settings.passwords.bcryptCost = 4;
    settings.testMode = true;
    if (change) change(settings);
    seedKeys();
    open();
  }
  ~FlowTest() override {
    core.reset();
    std::filesystem::remove_all(folder);
  }

  /// Making an RSA key takes longer than all the rest of a test: one for the process.
  void seedKeys() {
    static const std::string pem = crypto::RsaPrivateKey::generate().toPem();
    auto store = database.empty() ? openSqliteStore({.file = folder / "clerk.db"}, clock.now())
                                  : openPostgresStore({.connection = database}, clock.now());
    store->writeNow([&](Transaction& tx) {
      tx.identity().setInstanceId("ins_2abcdefghijklmnopqrstuvwxyz", clock.now());
      tx.identity().insertKey({"ins_2abcdefghijklmnopqrstuvwxyz", "signing", pem, false, clock.now()});
      tx.identity().insertKey({"pep_1", "pepper", "a pepper for tests", false, clock.now()});
    });
  }

  void open() {
    core.reset();
    core = Core::open({.dataFolder = folder, .database = database, .settings = settings, .clock = &clock});
  }

  /// Runs one request of a browser: recognises it, runs the flow, and gives it its cookie.
  template <class Flow>
  auto request(Browser& browser, Flow flow) {
    return async::blockOn(
        [&]() -> async::Task<typename async::IsTask<decltype(flow(std::declval<Visitor&>()))>::Value> {
          auto visitor = co_await identify(browser);
          auto answer = co_await flow(visitor);
          const auto token = co_await clientTokenFor(*core, visitor);
          if (!token.empty() || !visitor.client) browser.clientToken = token;
          co_return answer;
        });
  }

  async::Task<Visitor> identify(const Browser& browser) {
    auto visitor = co_await identifyVisitor(
        *core, {.clientToken = browser.clientToken,
                .devBrowser = browser.devBrowser,
                .origin = "http://localhost:3000",
                .activity = {.deviceType = "Linux", .browserName = "Chrome", .ipAddress = "127.0.0.1"}});
    EXPECT_TRUE(visitor.has_value());
    co_return visitor ? *std::move(visitor) : Visitor{};
  }

  template <class Start>
  auto run(Start start) {
    return async::blockOn(start);
  }

  User createUser(const std::string& email) {
    auto user = run([&] { return instance::createUser(*core, {.emailAddresses = {email}, .password = password}); });
    EXPECT_TRUE(user.has_value()) << (user ? "" : user.error().first().code);
    return *std::move(user);
  }

  Outcome<SignInState> signIn(Browser& browser, const std::string& email, const std::string& with = password) {
    return request(browser, [&](Visitor& visitor) {
      return createSignIn(*core, visitor, {.identifier = email, .strategy = "password", .password = with});
    });
  }

  std::optional<ClientState> client(Browser& browser) {
    return request(browser, [&](Visitor& visitor) { return readClient(*core, visitor); });
  }

  User reload(const std::string& userId) {
    return *run([&] { return getUser(*core, userId); });
  }

  template <class T>
  static std::string codeOf(const Outcome<T>& outcome) {
    return outcome ? "" : outcome.error().first().code;
  }
  template <class T>
  static std::string paramOf(const Outcome<T>& outcome) {
    return outcome ? "" : outcome.error().first().paramName;
  }

  std::filesystem::path folder;
  std::string database = databaseOfThisRun();
  FakeClock clock;
  Settings settings;
  std::unique_ptr<Core> core;
};

}  // namespace clerk::instance
