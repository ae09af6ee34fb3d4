#include "store/contract/store_contract.hpp"

#include <gmock/gmock.h>

namespace clerk::instance {
namespace {

using std::chrono::minutes;
using testing::ElementsAre;

constexpr Time now = fromMilliseconds(1'800'000'000'000);

WebhookDelivery delivery(int n) {
  return {.id = "whd_" + std::to_string(n), .eventId = "msg_1", .endpointId = "ep_1", .dueAt = now, .createdAt = now};
}

TEST_P(StoreContract, a_delivery_is_claimed_by_one_process_until_its_lease_is_over) {
  write([](Transaction& tx) {
    auto webhooks = tx.webhooks();
    webhooks.insert(WebhookEvent{"msg_1", "user.created", "{}", now});
    webhooks.insert(delivery(1));
    EXPECT_EQ(webhooks.findEvent("msg_1"), (WebhookEvent{"msg_1", "user.created", "{}", now}));
    EXPECT_EQ(webhooks.due(now, 10).size(), 1U);
    EXPECT_TRUE(webhooks.claim("whd_1", now, now + minutes(1)));
    EXPECT_FALSE(webhooks.claim("whd_1", now, now + minutes(1)));
    EXPECT_TRUE(webhooks.due(now, 10).empty());
    EXPECT_TRUE(webhooks.claim("whd_1", now + minutes(1), now + minutes(2)));
    EXPECT_EQ(webhooks.findDelivery("whd_1")->attempts, 2);
  });
}

TEST_P(StoreContract, who_lost_its_lease_settles_nothing) {
  write([](Transaction& tx) {
    auto webhooks = tx.webhooks();
    webhooks.insert(WebhookEvent{"msg_1", "user.created", "{}", now});
    webhooks.insert(delivery(1));
    EXPECT_TRUE(webhooks.claim("whd_1", now, now + minutes(1)));
    auto slow = *webhooks.findDelivery("whd_1");
    EXPECT_TRUE(webhooks.claim("whd_1", now + minutes(1), now + minutes(2)));
    auto second = *webhooks.findDelivery("whd_1");
    slow.status = delivery_status::failed;
    EXPECT_FALSE(webhooks.settle(slow, now));
    second.status = delivery_status::delivered;
    second.lastStatus = 204;
    EXPECT_TRUE(webhooks.settle(second, now));
    EXPECT_EQ(webhooks.findDelivery("whd_1")->status, "delivered");
    EXPECT_EQ(webhooks.findDelivery("whd_1")->lastStatus, 204);
    EXPECT_EQ(webhooks.eraseOlder(now, 10), 0);
    EXPECT_EQ(webhooks.eraseOlder(now + minutes(1), 10), 1);
    EXPECT_FALSE(webhooks.findDelivery("whd_1"));
  });
}

TEST_P(StoreContract, changes_are_told_once_inside_their_transaction) {
  std::vector<std::string> told;
  store->onChange([&](Transaction& tx, const StoreChange& change) {
    told.push_back(std::string(change.type) + (tx.users().exists(change.id) ? " there" : " gone"));
  });
  auto user = sampleUser(1);
  write([&](Transaction& tx) {
    EXPECT_TRUE(tx.users().insert(user));
    EXPECT_TRUE(tx.users().update(user));
  });
  write([&](Transaction& tx) {
    EXPECT_TRUE(tx.users().update(user));
    EXPECT_TRUE(tx.users().update(user));
  });
  write([&](Transaction& tx) {
    EXPECT_TRUE(tx.users().update(user));
    tx.abandon();
  });
  write([&](Transaction& tx) {
    EXPECT_TRUE(tx.users().update(user));
    tx.users().erase(user.id);
  });
  EXPECT_THAT(told, ElementsAre("user.created there", "user.updated there", "user.deleted there"));
}

}  // namespace
}  // namespace clerk::instance
