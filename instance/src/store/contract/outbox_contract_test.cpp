#include "store/contract/store_contract.hpp"

#include <async/event_loop.hpp>

#include <gmock/gmock.h>

namespace clerk::instance {
namespace {

using namespace std::chrono_literals;
using testing::IsEmpty;
using testing::SizeIs;
constexpr Time start = fromMilliseconds(1'800'000'000'000);

void insertMessages(Transaction& tx, int count) {
  for (int i = 0; i < count; ++i) {
    tx.outbox().insert(
        {.id = "ema_" + std::to_string(i), .to = "ada@example.com", .body = "b", .code = "1", .createdAt = start});
  }
}

TEST_P(StoreContract, a_message_that_somebody_took_is_nobody_else_s_until_the_lease_ends) {
  store->writeNow([](Transaction& tx) {
    insertMessages(tx, 3);
    EXPECT_THAT(tx.outbox().claim(start, start + 1min, 2), SizeIs(2));
    const auto rest = tx.outbox().claim(start, start + 1min, 2);
    ASSERT_THAT(rest, SizeIs(1));
    EXPECT_EQ(rest.front().message.id, "ema_2");
    EXPECT_EQ(rest.front().attempts, 1);
    EXPECT_THAT(tx.outbox().claim(start + 59s, start + 2min, 9), IsEmpty());
    EXPECT_EQ(tx.outbox().nextDue(), start + 1min);
    const auto again = tx.outbox().claim(start + 1min, start + 2min, 9);
    ASSERT_THAT(again, SizeIs(3));
    EXPECT_EQ(again.front().attempts, 2);
  });
}

TEST_P(StoreContract, a_message_that_failed_waits_for_its_next_time_or_is_given_up) {
  store->writeNow([](Transaction& tx) {
    insertMessages(tx, 2);
    tx.outbox().claim(start, start + 1min, 9);
    tx.outbox().markFailed("ema_0", "no connection", start + 5min);
    tx.outbox().markFailed("ema_1", "no such mailbox", std::nullopt);
    EXPECT_EQ(tx.outbox().nextDue(), start + 5min);
    EXPECT_THAT(tx.outbox().claim(start + 5min, start + 6min, 9), SizeIs(1));
    for (const auto& message : tx.outbox().list("", {})) {
      const bool givenUp = message.id == "ema_1";
      EXPECT_EQ(message.status, givenUp ? MessageStatus::Failed : MessageStatus::Queued);
      EXPECT_EQ(message.code, givenUp ? "" : "1");
    }
    tx.outbox().markDelivered("ema_0");
    EXPECT_FALSE(tx.outbox().nextDue());
  });
}

}  // namespace
}  // namespace clerk::instance
