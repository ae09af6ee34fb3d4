#include "store/contract/store_contract.hpp"

namespace clerk::instance {
namespace {

constexpr Time now = fromMilliseconds(1'800'000'000'000);

TEST_P(StoreContract, everybody_goes_and_the_set_up_stays) {
  write([](Transaction& tx) {
    tx.identity().setInstanceId("ins_2abcdefghijklmnopqrstuvwxyz", now);
    for (const int n : {1, 2}) ASSERT_TRUE(tx.users().insert(sampleUser(n)));
    tx.sessions().insert(sampleSession(1, sampleUser(1).id, "client_1"));
    tx.restrictedIdentifiers().insert({.id = "alid_1", .identifier = "example.com"});
  });
  write([](Transaction& tx) { tx.eraseEverybody(); });
  read([](const Transaction& tx) {
    EXPECT_FALSE(tx.users().find(sampleUser(1).id));
    EXPECT_EQ(tx.users().count({}), 0);
    EXPECT_FALSE(tx.sessions().find(sampleSession(1, sampleUser(1).id, "client_1").id));
    EXPECT_TRUE(tx.identity().instanceId());
    EXPECT_TRUE(tx.restrictedIdentifiers().exists(RestrictionList::Allowlist, "example.com"));
    return 0;
  });
  write([](Transaction& tx) { EXPECT_TRUE(tx.users().insert(sampleUser(1))) << "its address is free again"; });
  EXPECT_EQ(read([](const Transaction& tx) { return tx.users().count({}); }), 1);
}

TEST_P(StoreContract, a_rate_window_counts_until_it_is_over) {
  const auto count = [&](const char* key, Time at) {
    return write([&](Transaction& tx) { return tx.rateWindows().count(key, std::chrono::seconds(10), at); });
  };
  EXPECT_EQ(count("a", now).count, 1);
  EXPECT_EQ(count("a", now + std::chrono::seconds(9)).count, 2);
  EXPECT_EQ(count("b", now).count, 1);
  const auto next = count("a", now + std::chrono::seconds(10));
  EXPECT_EQ(next.count, 1);
  EXPECT_EQ(next.endsAt, now + std::chrono::seconds(20));
  EXPECT_EQ(count("a", now).count, 1) << "the window began in what is the future now";
  EXPECT_EQ(write([&](Transaction& tx) { return tx.rateWindows().eraseEnded(now + std::chrono::seconds(10), 10); }), 2);
}

}  // namespace
}  // namespace clerk::instance
