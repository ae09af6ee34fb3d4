#include "store/contract/store_contract.hpp"

namespace clerk::instance {
namespace {

constexpr Time now = fromMilliseconds(1'800'000'000'000);
using Ids = std::vector<std::string>;

Message message(const std::string& id, Time at, MessageStatus status = MessageStatus::Queued) {
  return {.id = id, .status = status, .slug = "verification_code", .to = "a@b.test", .body = "said", .createdAt = at};
}

TEST_P(StoreContract, a_listing_goes_on_where_its_last_page_ended) {
  write([](Transaction& tx) {
    tx.outbox().insert(message("ema_1", now));
    tx.outbox().insert(message("ema_3", now + Milliseconds(1)));
    tx.outbox().insert(message("ema_2", now + Milliseconds(1)));
    tx.outbox().insert(message("ema_4", now - Milliseconds(1), MessageStatus::Failed));
  });
  const auto ids = [&](const std::string& after, const std::string& status = "") {
    return read([&](const Transaction& tx) {
      return tx.listings().newest(
          {.table = ListedTable::Messages, .equals = {{"status", status}}, .startingAfter = after, .limit = 2});
    });
  };
  EXPECT_EQ(ids(""), (Ids{"ema_3", "ema_2"}));
  EXPECT_EQ(ids("ema_2"), (Ids{"ema_1", "ema_4"}));
  EXPECT_EQ(ids("ema_4"), Ids{});
  EXPECT_EQ(ids("", "failed"), (Ids{"ema_4"}));
  EXPECT_EQ(ids("ema_nobody"), Ids{});
}

TEST_P(StoreContract, a_count_does_not_look_further_than_it_must) {
  write([](Transaction& tx) {
    for (const auto* id : {"ema_1", "ema_2", "ema_3"}) tx.outbox().insert(message(id, now));
  });
  const auto count = [&](std::int64_t most, const std::string& status = "") {
    return read([&](const Transaction& tx) {
      return tx.listings().countUpTo(ListedTable::Messages, most, {{"status", status}});
    });
  };
  EXPECT_EQ(count(10), 3);
  EXPECT_EQ(count(2), 2);
  EXPECT_EQ(count(10, "failed"), 0);
}

TEST_P(StoreContract, a_queued_message_is_hastened_and_one_that_is_over_is_not) {
  const Time later = now + Milliseconds(60'000);
  write([&](Transaction& tx) {
    tx.outbox().insert(message("ema_1", now));
    tx.outbox().claim(now, later, 1);
  });
  EXPECT_EQ(read([](const Transaction& tx) { return tx.outbox().nextDue(); }), later);
  EXPECT_TRUE(write([&](Transaction& tx) { return tx.outbox().hasten("ema_1", now); }));
  const auto progress = read([](const Transaction& tx) { return tx.outbox().progressOf("ema_1"); });
  ASSERT_TRUE(progress);
  EXPECT_EQ(progress->dueAt, now);
  EXPECT_EQ(progress->attempts, 1);
  write([](Transaction& tx) { tx.outbox().markDelivered("ema_1"); });
  EXPECT_FALSE(write([&](Transaction& tx) { return tx.outbox().hasten("ema_1", now); }));
  EXPECT_FALSE(read([](const Transaction& tx) { return tx.outbox().progressOf("ema_nobody"); }));
}

TEST_P(StoreContract, a_delivery_is_sent_again_unless_it_is_on_its_way) {
  write([](Transaction& tx) {
    tx.webhooks().insert(WebhookEvent{.id = "msg_1", .type = "user.created", .payload = "{}", .createdAt = now});
    tx.webhooks().insert(WebhookDelivery{
        .id = "whd_1", .eventId = "msg_1", .endpointId = "ep_1", .status = "failed", .attempts = 8, .createdAt = now});
  });
  const auto again = [&] { return write([](Transaction& tx) { return tx.webhooks().sendAgain("whd_1", now); }); };
  EXPECT_TRUE(again());
  EXPECT_EQ(read([](const Transaction& tx) { return tx.webhooks().due(now, 1); }).size(), 1u);
  EXPECT_TRUE(write([](Transaction& tx) { return tx.webhooks().claim("whd_1", now, now + Milliseconds(1)); }));
  EXPECT_FALSE(again());
}

}  // namespace
}  // namespace clerk::instance
