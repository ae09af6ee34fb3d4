#include "delivery/courier.hpp"

#include <gmock/gmock.h>

#include <unistd.h>

#include <condition_variable>
#include <filesystem>
#include <mutex>

namespace clerk::instance {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

class SteppingClock final : public Clock {
 public:
  Time now() const override { return time; }
  Time time = fromMilliseconds(1'800'000'000'000);
};

/// Takes mails, and fails as it is told.
struct FakeSender final : Sender {
  bool takes(MessageChannel channel) const override { return channel == MessageChannel::Email; }
  void send(const Message& message) override {
    std::lock_guard lock(mutex);
    if (failures > 0) {
      --failures;
      throw DeliveryError("no connection", permanent);
    }
    sent.push_back(message.id);
    arrived.notify_all();
  }
  std::mutex mutex;
  std::condition_variable arrived;
  std::vector<std::string> sent;
  int failures = 0;
  bool permanent = false;
};

class CourierTest : public testing::Test {
 protected:
  CourierTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "clerk-courier-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    store = openSqliteStore({.file = folder / "clerk.db"}, clock.time);
    auto owned = std::make_unique<FakeSender>();
    sender = owned.get();
    options.senders.push_back(std::move(owned));
    options.report = [this](const std::string& line) { lines.push_back(line); };
  }
  ~CourierTest() override {
    store.reset();
    std::filesystem::remove_all(folder);
  }
  void put(const std::string& id, MessageChannel channel = MessageChannel::Email) {
    store->writeNow([&](Transaction& tx) {
      tx.outbox().insert({.id = id, .channel = channel, .to = "ada@example.com", .code = "1", .createdAt = clock.time});
    });
  }
  std::size_t deliver() { return Courier::deliverDue(*store, clock, options); }
  MessageStatus statusOf(const std::string& id) {
    MessageStatus status{};
    store->readNow([&](const Transaction& tx) {
      for (const auto& message : tx.outbox().list("", {})) {
        if (message.id == id) status = message.status;
      }
    });
    return status;
  }

  std::filesystem::path folder;
  SteppingClock clock;
  std::unique_ptr<Store> store;
  FakeSender* sender = nullptr;
  CourierOptions options;
  std::vector<std::string> lines;
};

TEST_F(CourierTest, sends_what_waits_once_and_in_order) {
  put("ema_1");
  put("ema_2");
  EXPECT_EQ(deliver(), 2u);
  EXPECT_EQ(deliver(), 0u);
  EXPECT_THAT(sender->sent, ElementsAre("ema_1", "ema_2"));
  EXPECT_EQ(statusOf("ema_1"), MessageStatus::Delivered);
  EXPECT_THAT(lines, IsEmpty());
}

TEST_F(CourierTest, what_failed_is_tried_again_and_later_each_time) {
  put("ema_1");
  sender->failures = 2;
  deliver();
  EXPECT_EQ(statusOf("ema_1"), MessageStatus::Queued);
  clock.time += 4s;
  EXPECT_EQ(deliver(), 0u);
  clock.time += 1s;
  EXPECT_EQ(deliver(), 1u);
  clock.time += 9s;
  EXPECT_EQ(deliver(), 0u);
  clock.time += 1s;
  EXPECT_EQ(deliver(), 1u);
  EXPECT_THAT(sender->sent, ElementsAre("ema_1"));
  EXPECT_THAT(lines, ElementsAre("message ema_1 was not sent yet: no connection",
                                 "message ema_1 was not sent yet: no connection"));
}

TEST_F(CourierTest, what_is_refused_is_given_up_at_once_and_what_fails_for_long_in_the_end) {
  put("ema_1");
  sender->failures = 1;
  sender->permanent = true;
  deliver();
  EXPECT_EQ(statusOf("ema_1"), MessageStatus::Failed);
  sender->permanent = false;
  sender->failures = 1000;
  put("ema_2");
  int attempts = 0;
  for (; statusOf("ema_2") == MessageStatus::Queued && attempts < 100; ++attempts) {
    deliver();
    clock.time += 2h;
  }
  EXPECT_EQ(attempts, 10);
  EXPECT_EQ(statusOf("ema_2"), MessageStatus::Failed);
}

TEST_F(CourierTest, what_nobody_sends_is_said_and_given_up) {
  put("sms_1", MessageChannel::Sms);
  deliver();
  EXPECT_EQ(statusOf("sms_1"), MessageStatus::Failed);
  EXPECT_THAT(lines, ElementsAre("message sms_1 was given up: nothing sends messages of the kind sms"));
}

TEST_F(CourierTest, its_thread_finds_messages_by_itself) {
  options.pollInterval = 1ms;
  options.report = [](const std::string&) {};
  auto& fake = *sender;
  Courier courier(*store, clock, std::move(options));
  put("ema_1");
  std::unique_lock lock(fake.mutex);
  EXPECT_TRUE(fake.arrived.wait_for(lock, 60s, [&] { return !fake.sent.empty(); }));
}

}  // namespace
}  // namespace clerk::instance
