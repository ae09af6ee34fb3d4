#include "store/contract/store_contract.hpp"

namespace clerk::instance {
namespace {

constexpr Time now = fromMilliseconds(1'800'000'000'000);
using std::chrono::hours;

RegistryEntry sample(int n) {
  const auto number = std::to_string(n);
  return {.kind = std::string(registry::machine.name),
          .id = "mch_" + number,
          .owner = n % 2 ? "odd" : "even",
          .name = "Machine " + number,
          .digest = "digest" + number,
          .document = {{"ttl", n}},
          .createdAt = now + hours(n),
          .updatedAt = now + hours(n)};
}

TEST_P(StoreContract, a_registry_entry_is_found_by_id_name_and_digest_of_its_kind) {
  EXPECT_TRUE(write([](Transaction& tx) { return tx.registry().insert(sample(1)); }));
  read([](const Transaction& tx) {
    EXPECT_EQ(tx.registry().find(registry::machine, "mch_1"), sample(1));
    EXPECT_EQ(tx.registry().findByName(registry::machine, "Machine 1"), sample(1));
    EXPECT_EQ(tx.registry().findByDigest(registry::machine, "digest1"), sample(1));
    EXPECT_FALSE(tx.registry().find(registry::apiKey, "mch_1"));
    EXPECT_FALSE(tx.registry().findByDigest(registry::apiKey, "digest1"));
    return true;
  });
}

TEST_P(StoreContract, names_and_digests_are_had_once_and_nothing_is_no_name) {
  write([](Transaction& tx) {
    EXPECT_TRUE(tx.registry().insert(sample(1)));
    auto other = sample(2);
    other.name = sample(1).name;
    EXPECT_FALSE(tx.registry().insert(other));
    other.name = other.digest = "";
    EXPECT_TRUE(tx.registry().insert(other));
    auto third = sample(3);
    third.name = third.digest = "";
    EXPECT_TRUE(tx.registry().insert(third));
    EXPECT_FALSE(tx.registry().findByName(registry::machine, ""));
    EXPECT_FALSE(tx.registry().findByDigest(registry::machine, ""));

    third.digest = sample(1).digest;
    EXPECT_FALSE(tx.registry().update(third));
    third.digest = "another";
    third.expiresAt = now + hours(9);
    EXPECT_TRUE(tx.registry().update(third));
    EXPECT_EQ(tx.registry().find(registry::machine, third.id), third);
  });
}

TEST_P(StoreContract, registry_lists_are_filtered_paged_and_counted) {
  write([](Transaction& tx) {
    for (int n = 1; n <= 5; ++n) {
      auto entry = sample(n);
      if (n == 4) entry.status = registry_status::revoked;
      if (n == 5) entry.expiresAt = now;
      EXPECT_TRUE(tx.registry().insert(entry));
    }
  });
  const auto ids = [&](RegistryFilter filter, PageRequest page = {}) {
    std::string all;
    const auto list = read([&](const Transaction& tx) { return tx.registry().list(registry::machine, filter, page); });
    for (const auto& entry : list.data) all += entry.id.substr(4);
    return all + "/" + std::to_string(list.totalCount);
  };
  EXPECT_EQ(ids({}), "54321/5");
  EXPECT_EQ(ids({.oldestFirst = true}, {.limit = 2, .offset = 1}), "23/5");
  EXPECT_EQ(ids({.owner = "even"}), "42/2");
  EXPECT_EQ(ids({.query = "MACHINE 3"}), "3/1");
  EXPECT_EQ(ids({.withoutRevoked = true, .notExpiredAt = now}), "321/3");
}

TEST_P(StoreContract, a_status_is_changed_by_one_caller_alone) {
  write([](Transaction& tx) {
    auto registry = tx.registry();
    EXPECT_TRUE(registry.insert(sample(1)));
    EXPECT_TRUE(
        registry.transition(registry::machine, "mch_1", registry_status::active, registry_status::revoked, now));
    EXPECT_FALSE(
        registry.transition(registry::machine, "mch_1", registry_status::active, registry_status::revoked, now));
    EXPECT_EQ(registry.find(registry::machine, "mch_1")->status, "revoked");
  });
}

TEST_P(StoreContract, what_belongs_to_something_goes_with_it_and_what_expired_is_tidied) {
  write([](Transaction& tx) {
    auto registry = tx.registry();
    for (int n = 1; n <= 4; ++n) EXPECT_TRUE(registry.insert(sample(n)));
    EXPECT_EQ(registry.revokeOwned(registry::machine, "odd", now), 2);
    EXPECT_EQ(registry.revokeOwned(registry::machine, "odd", now), 0);
    EXPECT_EQ(registry.eraseOwned(registry::machine, "odd"), 2);
    auto expiring = sample(2);
    expiring.expiresAt = now;
    registry.noteUse(registry::machine, "mch_2", now);
    EXPECT_EQ(registry.find(registry::machine, "mch_2")->lastUsedAt, now);
    EXPECT_TRUE(registry.update(expiring));
    EXPECT_EQ(registry.eraseExpired(now, 10), 0);
    EXPECT_EQ(registry.eraseExpired(now + hours(1), 10), 1);
    EXPECT_TRUE(registry.erase(registry::machine, "mch_4"));
    EXPECT_FALSE(registry.erase(registry::machine, "mch_4"));
  });
}

}  // namespace
}  // namespace clerk::instance
