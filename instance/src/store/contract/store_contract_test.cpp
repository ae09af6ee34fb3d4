#include "store/contract/store_contract.hpp"

#include "store/reference_gone.hpp"

#include <async/event_loop.hpp>

#include <gmock/gmock.h>

#include <atomic>
#include <thread>

namespace clerk::instance {

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(StoreContract);

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;
using namespace std::chrono_literals;

namespace {
constexpr Time start = fromMilliseconds(1'800'000'000'000);
std::string numbered(std::string_view prefix, int n) {
  const auto digits = std::to_string(n);
  return std::string(prefix) + "_" + std::string(27 - digits.size(), '0') + digits;
}
}  // namespace

User sampleUser(int n) {
  User user;
  user.id = numbered("user", n);
  user.firstName = "Ada" + std::to_string(n);
  user.lastName = "Lovelace";
  user.password = PasswordDigest{"bcrypt", "$2b$10$digest"};
  user.publicMetadata = {{"plan", "pro"}};
  user.createdAt = user.updatedAt = start + std::chrono::seconds(n);
  EmailAddress email;
  email.id = numbered("idn", n);
  email.emailAddress = "ada" + std::to_string(n) + "@example.com";
  email.createdAt = email.updatedAt = user.createdAt;
  email.verification = Verification{.id = numbered("ver", n),
                                    .strategy = "email_code",
                                    .status = VerificationStatus::Verified,
                                    .attempts = 1,
                                    .expireAt = start + 600s,
                                    .identificationId = email.id,
                                    .createdAt = start};
  user.primaryEmailAddressId = email.id;
  user.emailAddresses.push_back(email);
  return user;
}

Session sampleSession(int n, std::string_view userId, std::string_view clientId) {
  Session session;
  session.id = numbered("sess", n);
  session.userId = userId;
  session.clientId = clientId;
  session.firstFactorVerifiedAt = start;
  session.latestActivity = {numbered("sess_activity", n), "Linux", "Chrome", "156", "127.0.0.1", false};
  session.lastActiveAt = session.createdAt = session.updatedAt = start + std::chrono::seconds(n);
  session.expireAt = start + std::chrono::days(7);
  session.abandonAt = start + std::chrono::days(30);
  return session;
}

// ---- transactions

TEST_P(StoreContract, gives_the_result_of_a_unit) {
  EXPECT_EQ(write([](Transaction&) { return std::string("done"); }), "done");
}

TEST_P(StoreContract, a_unit_that_throws_leaves_nothing) {
  EXPECT_THROW(write([](Transaction& tx) {
                 EXPECT_TRUE(tx.users().insert(sampleUser(1)));
                 throw std::runtime_error("broken");
               }),
               std::runtime_error);
  EXPECT_FALSE(read([](const Transaction& tx) { return tx.users().exists(sampleUser(1).id); }));
}

TEST_P(StoreContract, an_abandoned_unit_gives_its_result_and_leaves_nothing) {
  EXPECT_EQ(write([](Transaction& tx) {
              EXPECT_TRUE(tx.users().insert(sampleUser(1)));
              tx.abandon();
              return 5;
            }),
            5);
  EXPECT_FALSE(read([](const Transaction& tx) { return tx.users().exists(sampleUser(1).id); }));
}

TEST_P(StoreContract, one_bad_unit_in_a_batch_undoes_itself_alone) {
  async::blockOn([&]() -> async::Task<> {
    std::vector<async::Task<bool>> good;
    std::vector<async::Task<>> bad;
    for (int i = 0; i < 20; ++i) {
      good.push_back(store->transact([i](Transaction& tx) { return tx.users().insert(sampleUser(i)); }));
      bad.push_back(store->transact([i](Transaction& tx) {
        EXPECT_TRUE(tx.users().insert(sampleUser(100 + i)));
        throw std::runtime_error("broken");
      }));
    }
    for (auto& task : good) EXPECT_TRUE(co_await task);
    for (auto& task : bad) {
      bool thrown = false;
      try {
        co_await task;
      } catch (const std::runtime_error&) {
        thrown = true;
      }
      EXPECT_TRUE(thrown);
    }
    EXPECT_EQ(co_await store->read([](const Transaction& tx) { return tx.users().count({}); }), 20);
  });
}

TEST_P(StoreContract, a_reader_sees_what_was_written_before) {
  write([](Transaction& tx) { EXPECT_TRUE(tx.users().insert(sampleUser(1))); });
  EXPECT_TRUE(read([](const Transaction& tx) { return tx.users().exists(sampleUser(1).id); }));
  EXPECT_TRUE(async::blockOn(
      [&] { return store->scan([](const Transaction& tx) { return tx.users().exists(sampleUser(1).id); }); }));
}

TEST_P(StoreContract, what_is_written_later_is_written) {
  store->writeLater([](Transaction& tx) { EXPECT_TRUE(tx.users().insert(sampleUser(1))); });
  EXPECT_TRUE(write([](Transaction& tx) { return tx.users().exists(sampleUser(1).id); }));
}

TEST_P(StoreContract, many_threads_write_and_read_at_once) {
  constexpr int threads = 4;
  constexpr int each = 25;
  std::vector<std::thread> pool;
  for (int t = 0; t < threads; ++t) {
    pool.emplace_back([&, t] {
      async::blockOn([&]() -> async::Task<> {
        for (int i = 0; i < each; ++i) {
          const int n = t * each + i;
          EXPECT_TRUE(co_await store->transact([n](Transaction& tx) { return tx.users().insert(sampleUser(n)); }));
          auto user = co_await store->read([n](const Transaction& tx) { return tx.users().find(sampleUser(n).id); });
          EXPECT_TRUE(user.has_value());
        }
      });
    });
  }
  for (auto& thread : pool) thread.join();
  EXPECT_EQ(read([](const Transaction& tx) { return tx.users().count({}); }), threads * each);
}

// ---- users

TEST_P(StoreContract, a_user_comes_back_as_it_was_written) {
  User user = sampleUser(1);
  user.externalId = "ext-1";
  user.username = "ada";
  user.locale = "en-US";
  user.imageUrl = "https://img.example/1";
  user.privateMetadata = {{"n", 1.5}, {"deep", {{"list", {1, "two", nullptr}}}}};
  user.createOrganizationsLimit = 3;
  user.legalAcceptedAt = start;
  user.lastSignInAt = start + 1s;
  user.lastActiveAt = start + 2s;
  user.passwordLastUpdatedAt = start;
  user.deleteSelfEnabled = false;
  write([&](Transaction& tx) { EXPECT_TRUE(tx.users().insert(user)); });
  EXPECT_EQ(read([&](const Transaction& tx) { return tx.users().find(user.id); }), user);
  EXPECT_EQ(read([&](const Transaction& tx) { return tx.users().findByEmailAddress("ada1@example.com"); }), user);
  EXPECT_FALSE(read([&](const Transaction& tx) { return tx.users().find("user_nobody"); }));
}

TEST_P(StoreContract, an_address_a_username_and_an_external_id_belong_to_one_user) {
  User first = sampleUser(1);
  first.username = "ada";
  first.externalId = "e1";
  write([&](Transaction& tx) { EXPECT_TRUE(tx.users().insert(first)); });
  const auto refused = [&](auto change) {
    User other = sampleUser(2);
    change(other);
    return write([&](Transaction& tx) { return tx.users().insert(other); });
  };
  EXPECT_FALSE(refused([](User& user) { user.emailAddresses[0].emailAddress = "ada1@example.com"; }));
  EXPECT_FALSE(refused([](User& user) { user.username = "ada"; }));
  EXPECT_FALSE(refused([](User& user) { user.externalId = "e1"; }));
  EXPECT_EQ(read([](const Transaction& tx) { return tx.users().count({}); }), 1);
}

TEST_P(StoreContract, an_address_that_nobody_proved_is_nobodys) {
  User unproven = sampleUser(1);
  auto& pending = *unproven.emailAddresses[0].verification;
  pending.status = VerificationStatus::Unverified;
  write([&](Transaction& tx) {
    tx.verifications().insert(pending, "code");
    EXPECT_TRUE(tx.users().insert(unproven));
  });
  EXPECT_EQ(read([&](const Transaction& tx) { return tx.users().find(unproven.id); }), unproven);
  EXPECT_FALSE(read([](const Transaction& tx) { return tx.users().isEmailAddressClaimed("ada1@example.com"); }));
  User owner = sampleUser(2);
  owner.emailAddresses[0].emailAddress = "ada1@example.com";
  write([&](Transaction& tx) { EXPECT_TRUE(tx.users().insert(owner)); });
  EXPECT_EQ(read([](const Transaction& tx) { return tx.users().findByEmailAddress("ada1@example.com"); })->id,
            owner.id);
  pending.status = VerificationStatus::Verified;
  EXPECT_FALSE(write([&](Transaction& tx) {
    return tx.users().setEmailAddressVerification(unproven.id, unproven.emailAddresses[0].id, pending, start);
  }));
}

TEST_P(StoreContract, a_proof_makes_an_address_ones_own) {
  User user = sampleUser(1);
  EmailAddress second{.id = "idn_second", .emailAddress = "second@example.com", .createdAt = start, .updatedAt = start};
  second.verification =
      Verification{.id = "ver_second", .strategy = "email_code", .attempts = 0, .expireAt = start + 600s};
  write([&](Transaction& tx) {
    EXPECT_TRUE(tx.users().insert(user));
    tx.verifications().insert(*second.verification, "code");
    EXPECT_TRUE(tx.users().insertEmailAddress(user.id, second));
    EXPECT_FALSE(tx.users().isEmailAddressClaimed("second@example.com"));
    EXPECT_EQ(tx.verifications().attemptCode("ver_second", "wrong", 3, "", start), Verifications::Attempt::Wrong);
    EXPECT_EQ(tx.users().find(user.id)->emailAddresses[1].verification->attempts, 1);
    second.verification->status = VerificationStatus::Verified;
    EXPECT_TRUE(tx.users().setEmailAddressVerification(user.id, second.id, *second.verification, start + 1s));
    EXPECT_EQ(tx.users().findByEmailAddress("second@example.com")->id, user.id);
    EXPECT_FALSE(tx.users().setEmailAddressVerification(user.id, "idn_other", *second.verification, start));
    EXPECT_TRUE(tx.users().eraseEmailAddress(user.id, second.id));
    EXPECT_FALSE(tx.users().eraseEmailAddress(user.id, second.id));
    EXPECT_FALSE(tx.users().isEmailAddressClaimed("second@example.com"));
  });
  EXPECT_EQ(read([&](const Transaction& tx) { return tx.users().find(user.id); }), user);
}

TEST_P(StoreContract, a_reserved_address_is_taken_though_unproven) {
  User user = sampleUser(1);
  user.emailAddresses[0].verification.reset();
  user.emailAddresses[0].reserved = true;
  write([&](Transaction& tx) { EXPECT_TRUE(tx.users().insert(user)); });
  EXPECT_EQ(read([&](const Transaction& tx) { return tx.users().find(user.id); }), user);
  EXPECT_TRUE(read([](const Transaction& tx) { return tx.users().isEmailAddressClaimed("ada1@example.com"); }));
}

TEST_P(StoreContract, an_update_writes_the_profile_and_leaves_the_lock) {
  User user = sampleUser(1);
  write([&](Transaction& tx) {
    EXPECT_TRUE(tx.users().insert(user));
    tx.users().lock(user.id, start, start + 1h);
  });
  user.firstName = "Grace";
  user.lastName.reset();
  user.banned = true;
  user.updatedAt = start + 5s;
  user.publicMetadata = {};
  write([&](Transaction& tx) { EXPECT_TRUE(tx.users().update(user)); });
  auto found = read([&](const Transaction& tx) { return tx.users().find(user.id); });
  user.lockedAt = start;
  user.lockExpiresAt = start + 1h;
  EXPECT_EQ(found, user);
}

TEST_P(StoreContract, an_update_cannot_take_a_username_of_another) {
  User first = sampleUser(1);
  first.username = "ada";
  write([&](Transaction& tx) {
    EXPECT_TRUE(tx.users().insert(first));
    EXPECT_TRUE(tx.users().insert(sampleUser(2)));
    User second = sampleUser(2);
    second.username = "ada";
    EXPECT_FALSE(tx.users().update(second));
  });
}

TEST_P(StoreContract, erasing_a_user_takes_sessions_and_addresses_along) {
  const User user = sampleUser(1);
  write([&](Transaction& tx) {
    EXPECT_TRUE(tx.users().insert(user));
    tx.sessions().insert(sampleSession(1, user.id, "client_1"));
    tx.signInTokens().insert(
        {.id = "sit_1", .userId = user.id, .expiresAt = start + 1h, .createdAt = start, .updatedAt = start});
  });
  EXPECT_TRUE(write([&](Transaction& tx) { return tx.users().erase(user.id); }));
  EXPECT_FALSE(write([&](Transaction& tx) { return tx.users().erase(user.id); }));
  read([&](const Transaction& tx) {
    EXPECT_FALSE(tx.users().find(user.id));
    EXPECT_FALSE(tx.sessions().find(sampleSession(1, "", "").id));
    EXPECT_FALSE(tx.signInTokens().find("sit_1"));
    EXPECT_FALSE(tx.verifications().find(user.emailAddresses[0].verification->id));
    EXPECT_FALSE(tx.users().isEmailAddressClaimed("ada1@example.com"));
    EXPECT_EQ(tx.users().count({}), 0);
    return 0;
  });
}

TEST_P(StoreContract, wrong_guesses_lock_at_the_limit_and_all_count) {
  const User user = sampleUser(1);
  write([&](Transaction& tx) { EXPECT_TRUE(tx.users().insert(user)); });
  const Lockout lockout{.enabled = true, .maxAttempts = 10, .duration = 60min};
  async::blockOn([&]() -> async::Task<> {
    std::vector<async::Task<CountedFailure>> guesses;
    for (int i = 0; i < 20; ++i) {
      guesses.push_back(
          store->transact([&](Transaction& tx) { return tx.users().countFailure(user.id, lockout, start); }));
    }
    int highest = 0;
    for (auto& guess : guesses) highest = std::max(highest, (co_await guess).failedAttempts);
    EXPECT_EQ(highest, 20);
  });
  auto found = *read([&](const Transaction& tx) { return tx.users().find(user.id); });
  EXPECT_EQ(found.failedAttempts, 20);
  EXPECT_EQ(found.lockedAt, start);
  EXPECT_TRUE(found.isLocked(start + 59min));
  EXPECT_FALSE(found.isLocked(start + 60min));
  // The first guess after the lock has run out starts anew.
  auto counted = write([&](Transaction& tx) { return tx.users().countFailure(user.id, lockout, start + 60min); });
  EXPECT_EQ(counted.failedAttempts, 1);
  EXPECT_FALSE(counted.lockedAt);
}

TEST_P(StoreContract, a_lock_without_duration_stays_until_unlocked) {
  const User user = sampleUser(1);
  const Lockout lockout{.enabled = true, .maxAttempts = 1, .duration = std::nullopt};
  write([&](Transaction& tx) {
    EXPECT_TRUE(tx.users().insert(user));
    EXPECT_TRUE(tx.users().countFailure(user.id, lockout, start).lockedAt);
  });
  EXPECT_TRUE(
      read([&](const Transaction& tx) { return tx.users().find(user.id); })->isLocked(start + std::chrono::years(5)));
  write([&](Transaction& tx) { tx.users().unlock(user.id); });
  EXPECT_EQ(read([&](const Transaction& tx) { return tx.users().find(user.id); }), user);
}

TEST_P(StoreContract, without_lockout_guesses_count_and_never_lock) {
  const User user = sampleUser(1);
  write([&](Transaction& tx) {
    EXPECT_TRUE(tx.users().insert(user));
    for (int i = 0; i < 200; ++i) {
      EXPECT_FALSE(tx.users().countFailure(user.id, {.enabled = false, .maxAttempts = 10}, start).lockedAt);
    }
  });
}

// ---- lists of users

std::vector<int> UserListContract::list(UserListRequest request) {
  auto users =
      async::blockOn([&] { return store->scan([&](const Transaction& tx) { return tx.users().list(request); }); });
  std::vector<int> numbers;
  for (const auto& user : users) numbers.push_back(std::stoi(user.id.substr(5)));
  return numbers;
}

std::int64_t UserListContract::count(UserFilter filter) {
  return async::blockOn([&] { return store->scan([&](const Transaction& tx) { return tx.users().count(filter); }); });
}

void UserListContract::insert(int n, const std::function<void(User&)>& change) {
  write([&](Transaction& tx) {
    User user = sampleUser(n);
    if (change) change(user);
    EXPECT_TRUE(tx.users().insert(user));
  });
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(UserListContract);

TEST_P(UserListContract, newest_first_in_pages) {
  for (int n = 1; n <= 5; ++n) insert(n);
  EXPECT_THAT(list({}), ElementsAre(5, 4, 3, 2, 1));
  EXPECT_THAT(list({.limit = 2, .offset = 1}), ElementsAre(4, 3));
  EXPECT_THAT(list({.descending = false, .limit = 2}), ElementsAre(1, 2));
  EXPECT_THAT(list({.limit = 2, .startingAfter = sampleUser(4).id}), ElementsAre(3, 2));
  EXPECT_THAT(list({.descending = false, .startingAfter = sampleUser(4).id}), ElementsAre(5));
  EXPECT_THAT(list({.startingAfter = "user_nobody"}), IsEmpty());
  EXPECT_EQ(count({}), 5);
}

TEST_P(UserListContract, users_of_one_instant_are_in_the_order_of_their_ids) {
  for (int n = 1; n <= 4; ++n) insert(n, [](User& user) { user.createdAt = start; });
  EXPECT_THAT(list({.limit = 2}), ElementsAre(4, 3));
  EXPECT_THAT(list({.limit = 2, .startingAfter = sampleUser(3).id}), ElementsAre(2, 1));
}

TEST_P(UserListContract, orders) {
  insert(1, [](User& user) { user.firstName = "berta", user.lastActiveAt = start + 9s, user.username = "zed"; });
  insert(2, [](User& user) { user.firstName = "Anton", user.lastName = "zorn", user.lastSignInAt = start; });
  insert(3, [](User& user) { user.firstName.reset(), user.lastName = "Abel", user.updatedAt = start + 1h; });
  EXPECT_THAT(list({.orderBy = UserOrder::FirstName, .descending = false}), ElementsAre(3, 2, 1));
  EXPECT_THAT(list({.orderBy = UserOrder::FirstName}), ElementsAre(1, 2, 3));
  EXPECT_THAT(list({.orderBy = UserOrder::LastName, .descending = false}), ElementsAre(3, 1, 2));
  EXPECT_THAT(list({.orderBy = UserOrder::UpdatedAt, .limit = 1}), ElementsAre(3));
  EXPECT_THAT(list({.orderBy = UserOrder::LastActiveAt, .limit = 1}), ElementsAre(1));
  EXPECT_THAT(list({.orderBy = UserOrder::LastSignInAt, .limit = 1}), ElementsAre(2));
  EXPECT_THAT(list({.orderBy = UserOrder::Username, .limit = 1}), ElementsAre(1));
  EXPECT_THAT(list({.orderBy = UserOrder::EmailAddress}), ElementsAre(3, 2, 1));
}

TEST_P(UserListContract, exact_filters) {
  for (int n = 1; n <= 4; ++n) {
    insert(n,
           [n](User& user) { user.username = "name" + std::to_string(n), user.externalId = "e" + std::to_string(n); });
  }
  const auto id = [](int n) { return sampleUser(n).id; };
  EXPECT_THAT(list({.filter = {.emailAddresses = {"ADA1@example.com", "nobody@example.com"}}}), ElementsAre(1));
  EXPECT_THAT(list({.filter = {.usernames = {"name2", "name3"}}}), ElementsAre(3, 2));
  EXPECT_THAT(list({.filter = {.externalIds = {"e1", "+e2"}}}), ElementsAre(2, 1));
  EXPECT_THAT(list({.filter = {.externalIds = {"-e1", "-e2"}}}), ElementsAre(4, 3));
  EXPECT_THAT(list({.filter = {.userIds = {id(1), "+" + id(4)}}}), ElementsAre(4, 1));
  EXPECT_THAT(list({.filter = {.userIds = {"-" + id(1)}}}), ElementsAre(4, 3, 2));
  EXPECT_THAT(list({.filter = {.usernames = {"name1"}, .userIds = {id(2)}}}), IsEmpty());
  EXPECT_THAT(list({.filter = {.phoneNumbers = {"+15555550100"}}}), IsEmpty());
  EXPECT_EQ(count({.usernames = {"name2", "name3"}}), 2);
  EXPECT_EQ(count({.userIds = {"-" + id(1)}}), 3);
  EXPECT_EQ(count({.emailAddresses = {"nobody@example.com"}}), 0);
}

TEST_P(UserListContract, parts_of_texts_whatever_their_case) {
  insert(1, [](User& user) { user.firstName = "Grace", user.lastName = "Hopper"; });
  insert(2, [](User& user) { user.emailAddresses[0].emailAddress = "gracia_100%@example.org"; });
  insert(3, [](User& user) { user.firstName = "Änne", user.username = "grapes"; });
  EXPECT_THAT(list({.filter = {.query = "GRA"}}), ElementsAre(3, 2, 1));
  EXPECT_THAT(list({.filter = {.query = "grace ho"}}), ElementsAre(1));
  EXPECT_THAT(list({.filter = {.query = "änn"}}), ElementsAre(3));
  EXPECT_THAT(list({.filter = {.query = "ÄN"}}), ElementsAre(3));
  EXPECT_THAT(list({.filter = {.query = "gracia_100%@example.org"}}), ElementsAre(2));
  EXPECT_THAT(list({.filter = {.query = "gracia_100%@example.com"}}), IsEmpty());
  EXPECT_THAT(list({.filter = {.query = "änne lovelace"}}), ElementsAre(3));
  EXPECT_THAT(list({.filter = {.query = "_100%@"}}), ElementsAre(2));
  EXPECT_THAT(list({.filter = {.query = "a_a"}}), IsEmpty());
  EXPECT_THAT(list({.filter = {.query = "\"'; drop table users; --"}}), IsEmpty());
  EXPECT_THAT(list({.filter = {.query = sampleUser(2).id.substr(0, 30)}}), ElementsAre(3, 2, 1));
  EXPECT_THAT(list({.filter = {.query = sampleUser(2).id}}), ElementsAre(2));
  EXPECT_THAT(list({.filter = {.emailAddressQuery = "Example.COM"}}), ElementsAre(3, 1));
  EXPECT_THAT(list({.filter = {.usernameQuery = "ape"}}), ElementsAre(3));
  EXPECT_THAT(list({.filter = {.nameQuery = "hop"}}), ElementsAre(1));
  EXPECT_THAT(list({.filter = {.nameQuery = "e"}}), ElementsAre(3, 2, 1));
  EXPECT_EQ(count({.query = "gra"}), 3);
}

TEST_P(UserListContract, search_follows_a_change_of_name) {
  insert(1);
  write([](Transaction& tx) {
    User user = sampleUser(1);
    user.firstName = "Margaret";
    EXPECT_TRUE(tx.users().update(user));
  });
  EXPECT_THAT(list({.filter = {.query = "margar"}}), ElementsAre(1));
  EXPECT_THAT(list({.filter = {.query = "ada1 love"}}), IsEmpty());
  write([](Transaction& tx) { tx.users().erase(sampleUser(1).id); });
  EXPECT_THAT(list({.filter = {.query = "margar"}}), IsEmpty());
}

TEST_P(UserListContract, ranges_and_flags) {
  insert(1, [](User& user) { user.lastActiveAt = start + 1s, user.lastSignInAt = start + 1s; });
  insert(2, [](User& user) { user.lastActiveAt = start + 2s, user.banned = true; });
  insert(3);
  EXPECT_THAT(list({.filter = {.banned = true}}), ElementsAre(2));
  EXPECT_THAT(list({.filter = {.banned = false}}), ElementsAre(3, 1));
  EXPECT_THAT(list({.filter = {.lastActiveAtAfter = start + 1s}}), ElementsAre(2));
  EXPECT_THAT(list({.filter = {.lastActiveAtBefore = start + 2s}}), ElementsAre(1));
  EXPECT_THAT(list({.filter = {.lastSignInAtAfter = start}}), ElementsAre(1));
  EXPECT_THAT(list({.filter = {.createdAtBefore = start + 3s, .createdAtAfter = start + 1s}}), ElementsAre(2));
  EXPECT_THAT(list({.filter = {.createdAtAfter = start + 1s}, .orderBy = UserOrder::UpdatedAt}), ElementsAre(3, 2));
  EXPECT_EQ(count({.banned = true}), 1);
  EXPECT_EQ(count({.banned = false}), 2);
  EXPECT_EQ(count({.banned = true, .lastActiveAtAfter = start}), 1);
  write([](Transaction& tx) {
    User user = sampleUser(2);
    EXPECT_TRUE(tx.users().update(user));
  });
  EXPECT_EQ(count({.banned = true}), 0);
}

TEST_P(UserListContract, dense_filters_walk_the_order) {
  write([](Transaction& tx) {
    for (int n = 1; n <= 700; ++n) {
      User user = sampleUser(n);
      user.banned = n % 100 != 0;
      user.lastActiveAt = start + std::chrono::seconds(n);
      EXPECT_TRUE(tx.users().insert(user));
    }
  });
  EXPECT_THAT(list({.filter = {.query = "ada"}, .limit = 2}), ElementsAre(700, 699));
  EXPECT_THAT(list({.filter = {.query = "love", .banned = false}, .limit = 3}), ElementsAre(700, 600, 500));
  EXPECT_THAT(list({.filter = {.banned = true}, .limit = 2}), ElementsAre(699, 698));
  EXPECT_THAT(list({.filter = {.lastActiveAtAfter = start}, .descending = false, .limit = 2}), ElementsAre(1, 2));
  EXPECT_EQ(count({.query = "ada"}), 700);
  EXPECT_EQ(count({.query = "ada", .banned = true}), 693);
}

// ---- clients

TEST_P(StoreContract, a_client_is_found_by_its_token_and_shortly_by_the_one_before) {
  const Client client{.id = "client_1", .cookieExpiresAt = start + 400h, .createdAt = start, .updatedAt = start};
  write([&](Transaction& tx) { tx.clients().insert(client, "first"); });
  const auto find = [&](std::string_view digest, Time now) {
    return read([&](const Transaction& tx) { return tx.clients().findByToken("client_1", digest, now); });
  };
  EXPECT_EQ(find("first", start)->client, client);
  EXPECT_TRUE(find("first", start)->current);
  EXPECT_FALSE(find("other", start));
  EXPECT_TRUE(write([](Transaction& tx) { return tx.clients().rotate("client_1", "first", "second", start + 10s); }));
  EXPECT_TRUE(find("second", start)->current);
  EXPECT_FALSE(find("first", start + 9s)->current);
  EXPECT_FALSE(find("first", start + 10s));
  EXPECT_FALSE(write([](Transaction& tx) { return tx.clients().rotate("client_1", "first", "third", start); }));
}

TEST_P(StoreContract, one_of_many_parallel_rotations_wins) {
  write([&](Transaction& tx) {
    tx.clients().insert({.id = "client_1", .cookieExpiresAt = start, .createdAt = start, .updatedAt = start}, "first");
  });
  async::blockOn([&]() -> async::Task<> {
    std::vector<async::Task<bool>> rotations;
    for (int i = 0; i < 10; ++i) {
      rotations.push_back(store->transact(
          [i](Transaction& tx) { return tx.clients().rotate("client_1", "first", "new" + std::to_string(i), start); }));
    }
    int won = 0;
    for (auto& rotation : rotations) won += co_await rotation;
    EXPECT_EQ(won, 1);
  });
}

TEST_P(StoreContract, a_client_remembers_its_attempts_and_active_session) {
  write([&](Transaction& tx) {
    auto clients = tx.clients();
    clients.insert({.id = "client_1", .cookieExpiresAt = start, .createdAt = start, .updatedAt = start}, "t");
    clients.setSignIn("client_1", "sia_1");
    clients.setSignUp("client_1", "sua_1");
    clients.setActiveSession("client_1", "sess_1", start + 3s);
    clients.noteAuthentication("client_1", "password");
    clients.extendCookie("client_1", start + 9s);
  });
  EXPECT_EQ(read([](const Transaction& tx) { return tx.clients().find("client_1"); }),
            (Client{.id = "client_1",
                    .signInId = "sia_1",
                    .signUpId = "sua_1",
                    .lastActiveSessionId = "sess_1",
                    .lastAuthenticationStrategy = "password",
                    .cookieExpiresAt = start + 9s,
                    .createdAt = start,
                    .updatedAt = start + 3s}));
  write([&](Transaction& tx) { tx.clients().setSignIn("client_1", std::nullopt); });
  EXPECT_FALSE(read([](const Transaction& tx) { return tx.clients().find("client_1"); })->signInId);
  EXPECT_EQ(read([](const Transaction& tx) { return tx.clients().list({}); }).totalCount, 1);
}

TEST_P(StoreContract, a_development_browser_leads_to_its_client) {
  write([&](Transaction& tx) {
    tx.clients().insertDevBrowser("d", std::nullopt, start);
    tx.clients().insert({.id = "client_1", .cookieExpiresAt = start, .createdAt = start, .updatedAt = start}, "t");
  });
  EXPECT_TRUE(read([](const Transaction& tx) { return tx.clients().devBrowserExists("d"); }));
  EXPECT_FALSE(read([](const Transaction& tx) { return tx.clients().findByDevBrowser("d"); }));
  write([&](Transaction& tx) { tx.clients().setDevBrowserClient("d", "client_1"); });
  EXPECT_EQ(read([](const Transaction& tx) { return tx.clients().findByDevBrowser("d"); })->id, "client_1");
  write([&](Transaction& tx) { EXPECT_TRUE(tx.clients().erase("client_1")); });
  EXPECT_TRUE(read([](const Transaction& tx) { return tx.clients().devBrowserExists("d"); }));
  EXPECT_FALSE(read([](const Transaction& tx) { return tx.clients().findByDevBrowser("d"); }));
}

// ---- sessions

TEST_P(StoreContract, a_session_comes_back_as_it_was_written) {
  const User user = sampleUser(1);
  Session session = sampleSession(1, user.id, "client_1");
  session.status = SessionStatus::Pending;
  session.tasks = {"choose-organization", "setup-mfa"};
  session.actor = boost::json::object{{"sub", "user_admin"}};
  session.lastActiveOrganizationId = "org_1";
  session.secondFactorVerifiedAt = start + 1s;
  session.latestActivity.isMobile = true;
  write([&](Transaction& tx) {
    EXPECT_TRUE(tx.users().insert(user));
    tx.sessions().insert(session);
  });
  EXPECT_EQ(read([&](const Transaction& tx) { return tx.sessions().find(session.id); }), session);
}

TEST_P(StoreContract, a_session_ends_once) {
  const User user = sampleUser(1);
  const Session session = sampleSession(1, user.id, "client_1");
  write([&](Transaction& tx) {
    EXPECT_TRUE(tx.users().insert(user));
    tx.sessions().insert(session);
    EXPECT_TRUE(tx.sessions().clientHasLive("client_1", start));
    EXPECT_TRUE(tx.sessions().end(session.id, SessionStatus::Ended, start + 1s));
    EXPECT_FALSE(tx.sessions().end(session.id, SessionStatus::Revoked, start + 2s));
    EXPECT_FALSE(tx.sessions().clientHasLive("client_1", start));
  });
  EXPECT_EQ(read([&](const Transaction& tx) { return tx.sessions().find(session.id); })->status, SessionStatus::Ended);
}

// A sign-out holds by every clock: that of another server, and this one's after it was set back.
TEST_P(StoreContract, a_session_whose_time_is_over_is_ended_for_good) {
  const User user = sampleUser(1);
  const auto ending = [&](int n, const std::function<bool(Sessions)>& end) {
    auto session = sampleSession(n, user.id, "client_" + std::to_string(n));
    session.expireAt = start + 5s;
    write([&](Transaction& tx) {
      tx.sessions().insert(session);
      EXPECT_FALSE(end(tx.sessions())) << "it was not live any more";
    });
    return read([&](const Transaction& tx) { return tx.sessions().find(session.id)->isLive(start); });
  };
  write([&](Transaction& tx) { EXPECT_TRUE(tx.users().insert(user)); });
  const Time later = start + 10s;
  EXPECT_FALSE(
      ending(1, [&](Sessions all) { return all.end(sampleSession(1, "", "").id, SessionStatus::Ended, later); }));
  EXPECT_FALSE(
      ending(2, [&](Sessions all) { return all.endAllOfClient("client_2", SessionStatus::Removed, later) > 0; }));
  EXPECT_FALSE(
      ending(3, [&](Sessions all) { return all.endAllOfUser(user.id, SessionStatus::Revoked, "", later) > 0; }));
}

TEST_P(StoreContract, what_refers_to_somebody_who_is_gone_says_so) {
  write([&](Transaction& tx) { EXPECT_TRUE(tx.users().insert(sampleUser(1))); });
  write([&](Transaction& tx) { EXPECT_TRUE(tx.users().erase(sampleUser(1).id)); });
  EXPECT_THROW(write([&](Transaction& tx) { tx.sessions().insert(sampleSession(1, sampleUser(1).id, "client_1")); }),
               ReferenceGone);
  write([&](Transaction& tx) { EXPECT_TRUE(tx.users().insert(sampleUser(2))); });
}

TEST_P(StoreContract, sessions_of_a_client_a_user_and_a_status) {
  const User user = sampleUser(1);
  const User other = sampleUser(2);
  write([&](Transaction& tx) {
    EXPECT_TRUE(tx.users().insert(user));
    EXPECT_TRUE(tx.users().insert(other));
    tx.sessions().insert(sampleSession(1, user.id, "client_1"));
    tx.sessions().insert(sampleSession(2, user.id, "client_2"));
    tx.sessions().insert(sampleSession(3, other.id, "client_1"));
    auto short1 = sampleSession(4, user.id, "client_1");
    short1.expireAt = start + 5s;
    tx.sessions().insert(short1);
  });
  const auto ids = [](const std::vector<Session>& sessions) {
    std::vector<int> numbers;
    for (const auto& session : sessions) numbers.push_back(std::stoi(session.id.substr(5)));
    return numbers;
  };
  const auto list = [&](Sessions::Filter filter) {
    filter.now = start + 10s;
    return read([&](const Transaction& tx) { return tx.sessions().list(filter, {}); });
  };
  EXPECT_THAT(ids(read([&](const Transaction& tx) { return tx.sessions().liveOfClient("client_1", start + 10s); })),
              ElementsAre(1, 3));
  EXPECT_THAT(ids(read([&](const Transaction& tx) { return tx.sessions().liveOfUser(user.id, start); })),
              ElementsAre(4, 2, 1));
  EXPECT_THAT(ids(list({}).data), ElementsAre(4, 3, 2, 1));
  EXPECT_THAT(ids(list({.clientId = "client_1", .userId = user.id}).data), ElementsAre(4, 1));
  EXPECT_THAT(ids(list({.status = SessionStatus::Active}).data), ElementsAre(3, 2, 1));
  EXPECT_THAT(ids(list({.status = SessionStatus::Expired}).data), ElementsAre(4));
  EXPECT_THAT(ids(list({.status = SessionStatus::Abandoned}).data), IsEmpty());
  EXPECT_EQ(list({.userId = user.id}).totalCount, 3);
  EXPECT_EQ(write([&](Transaction& tx) {
              return tx.sessions().endAllOfUser(user.id, SessionStatus::Revoked, sampleSession(1, "", "").id,
                                                start + 10s);
            }),
            1);
  EXPECT_THAT(ids(list({.status = SessionStatus::Revoked}).data), ElementsAre(4, 2));
  EXPECT_EQ(write([](Transaction& tx) {
              return tx.sessions().endAllOfClient("client_1", SessionStatus::Removed, start + 10s);
            }),
            2);
}

TEST_P(StoreContract, activity_never_goes_back) {
  const User user = sampleUser(1);
  const Session session = sampleSession(0, user.id, "client_1");
  write([&](Transaction& tx) {
    EXPECT_TRUE(tx.users().insert(user));
    tx.sessions().insert(session);
    tx.sessions().noteActivity(session.id, {.browserName = "Firefox"}, start + 9s);
    tx.sessions().noteActivity(session.id, {.browserName = "Late"}, start + 8s);
    tx.users().noteActivity(user.id, start + 9s);
    tx.users().noteActivity(user.id, start + 8s);
  });
  const auto found = *read([&](const Transaction& tx) { return tx.sessions().find(session.id); });
  EXPECT_EQ(found.lastActiveAt, start + 9s);
  EXPECT_EQ(found.latestActivity.browserName, "Firefox");
  EXPECT_EQ(found.updatedAt, session.updatedAt);
  EXPECT_EQ(read([&](const Transaction& tx) { return tx.users().find(user.id); })->lastActiveAt, start + 9s);
}

// ---- things that are used once

TEST_P(StoreContract, a_code_is_right_once_and_wrong_ones_count) {
  const Verification verification{
      .id = "ver_1", .strategy = "email_code", .attempts = 0, .expireAt = start + 600s, .createdAt = start};
  using Attempt = Verifications::Attempt;
  write([&](Transaction& tx) {
    auto verifications = tx.verifications();
    verifications.insert(verification, "right");
    EXPECT_EQ(verifications.attemptCode("ver_1", "wrong", 3, "client_1", start), Attempt::Wrong);
    EXPECT_EQ(verifications.attemptCode("ver_1", "right", 3, "client_1", start + 600s), Attempt::Refused);
    EXPECT_EQ(verifications.attemptCode("ver_1", "right", 3, "client_1", start), Attempt::Right);
    EXPECT_EQ(verifications.attemptCode("ver_1", "right", 3, "client_1", start), Attempt::Refused);
  });
  auto found = *read([](const Transaction& tx) { return tx.verifications().find("ver_1"); });
  EXPECT_EQ(found.attempts, 2);
  EXPECT_EQ(found.status, VerificationStatus::Verified);
  EXPECT_EQ(found.verifiedAtClient, "client_1");
}

TEST_P(StoreContract, a_code_is_refused_after_three_wrong_ones_and_when_there_is_none) {
  using Attempt = Verifications::Attempt;
  write([&](Transaction& tx) {
    auto verifications = tx.verifications();
    const Verification verification{
        .id = "ver_1", .strategy = "email_code", .attempts = 0, .expireAt = start + 600s, .createdAt = start};
    verifications.insert(verification, "right");
    for (int i = 0; i < 3; ++i) EXPECT_EQ(verifications.attemptCode("ver_1", "wrong", 3, "", start), Attempt::Wrong);
    EXPECT_EQ(verifications.attemptCode("ver_1", "right", 3, "", start), Attempt::Refused);
    auto decoy = verification;
    decoy.id = "ver_2";
    verifications.insert(decoy, "");
    EXPECT_EQ(verifications.attemptCode("ver_2", "", 3, "", start), Attempt::Wrong);
  });
}

TEST_P(StoreContract, a_code_a_ticket_and_a_nonce_serve_one_of_many_at_once) {
  const User user = sampleUser(1);
  write([&](Transaction& tx) {
    EXPECT_TRUE(tx.users().insert(user));
    tx.verifications().insert(
        {.id = "ver_1", .strategy = "email_code", .attempts = 0, .expireAt = start + 600s, .createdAt = start},
        "right");
    tx.signInTokens().insert(
        {.id = "sit_1", .userId = user.id, .expiresAt = start + 1h, .createdAt = start, .updatedAt = start});
    tx.handshakeNonces().insert("n", "payload", start + 60s);
  });
  std::atomic<int> codes = 0;
  std::atomic<int> tickets = 0;
  std::atomic<int> nonces = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&] {
      async::blockOn([&]() -> async::Task<> {
        codes += co_await store->transact([](Transaction& tx) {
          return tx.verifications().attemptCode("ver_1", "right", 100, "", start) == Verifications::Attempt::Right;
        });
        tickets += co_await store->transact([](Transaction& tx) { return tx.signInTokens().accept("sit_1", start); });
        nonces +=
            co_await store->transact([](Transaction& tx) { return tx.handshakeNonces().take("n", start).has_value(); });
      });
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(codes, 1);
  EXPECT_EQ(tickets, 1);
  EXPECT_EQ(nonces, 1);
}

TEST_P(StoreContract, a_ticket_is_accepted_or_revoked_but_not_both_nor_late) {
  const User user = sampleUser(1);
  write([&](Transaction& tx) {
    EXPECT_TRUE(tx.users().insert(user));
    auto tokens = tx.signInTokens();
    for (auto id : {"sit_1", "sit_2", "sit_3"}) {
      tokens.insert({.id = id, .userId = user.id, .expiresAt = start + 1h, .createdAt = start, .updatedAt = start});
    }
    EXPECT_TRUE(tokens.accept("sit_1", start + 1s));
    EXPECT_FALSE(tokens.revoke("sit_1", start + 1s));
    EXPECT_TRUE(tokens.revoke("sit_2", start + 1s));
    EXPECT_FALSE(tokens.accept("sit_2", start + 1s));
    EXPECT_FALSE(tokens.accept("sit_3", start + 1h));
  });
  EXPECT_EQ(read([](const Transaction& tx) { return tx.signInTokens().find("sit_1"); })->status,
            SignInTokenStatus::Accepted);
}

TEST_P(StoreContract, a_nonce_that_expired_gives_nothing) {
  write([&](Transaction& tx) {
    tx.handshakeNonces().insert("a", "payload", start + 60s);
    tx.handshakeNonces().insert("b", "payload", start + 60s);
    EXPECT_FALSE(tx.handshakeNonces().take("a", start + 60s));
    EXPECT_EQ(tx.handshakeNonces().eraseExpired(start + 60s, 10), 1);
  });
}

// ---- attempts

TEST_P(StoreContract, a_sign_in_moves_on_once) {
  SignIn signIn{.id = "sia_1",
                .clientId = "client_1",
                .status = SignInStatus::NeedsFirstFactor,
                .identifier = "Ada@example.com",
                .abandonAt = start + 24h,
                .createdAt = start,
                .updatedAt = start};
  write([&](Transaction& tx) { tx.signIns().insert(signIn); });
  EXPECT_EQ(read([](const Transaction& tx) { return tx.signIns().find("sia_1"); }), signIn);
  write([&](Transaction& tx) {
    tx.verifications().insert({.id = "ver_1", .strategy = "email_code", .createdAt = start}, "x");
    tx.signIns().setFirstFactor("sia_1", "ver_1", start);
    tx.verifications().insert({.id = "ver_2", .strategy = "email_code", .createdAt = start}, "y");
    tx.signIns().setFirstFactor("sia_1", "ver_2", start);
    EXPECT_FALSE(tx.verifications().find("ver_1"));
    EXPECT_TRUE(tx.signIns().complete("sia_1", SignInStatus::NeedsFirstFactor, "sess_1", start + 1s));
    EXPECT_FALSE(tx.signIns().complete("sia_1", SignInStatus::NeedsFirstFactor, "sess_2", start + 1s));
  });
  const auto found = *read([](const Transaction& tx) { return tx.signIns().find("sia_1"); });
  EXPECT_EQ(found.firstFactorVerification->id, "ver_2");
  EXPECT_EQ(found.createdSessionId, "sess_1");
  EXPECT_EQ(write([](Transaction& tx) { return tx.signIns().eraseAbandoned(start + 25h, 10); }), 1);
  EXPECT_FALSE(read([](const Transaction& tx) { return tx.verifications().find("ver_2"); }));
}

TEST_P(StoreContract, a_sign_up_completes_once_and_leaves_the_proof_to_the_address) {
  SignUp signUp;
  signUp.id = "sua_1";
  signUp.clientId = "client_1";
  signUp.emailAddress = "ada1@example.com";
  signUp.password = PasswordDigest{"bcrypt", "d"};
  signUp.unsafeMetadata = {{"a", 1}};
  signUp.abandonAt = start + 24h;
  signUp.createdAt = signUp.updatedAt = start;
  write([&](Transaction& tx) { tx.signUps().insert(signUp); });
  EXPECT_EQ(read([](const Transaction& tx) { return tx.signUps().find("sua_1"); }), signUp);
  const User user = sampleUser(1);
  signUp.emailAddressVerification = user.emailAddresses[0].verification;
  signUp.firstName = "Ada";
  write([&](Transaction& tx) {
    tx.verifications().insert(*signUp.emailAddressVerification, "x");
    EXPECT_TRUE(tx.signUps().update(signUp));
    EXPECT_TRUE(tx.users().insert(user));
    EXPECT_TRUE(tx.signUps().complete("sua_1", user.id, "sess_1", start + 1s));
    EXPECT_FALSE(tx.signUps().complete("sua_1", user.id, "sess_2", start + 1s));
    EXPECT_FALSE(tx.signUps().update(signUp));
  });
  EXPECT_EQ(write([](Transaction& tx) { return tx.signUps().eraseAbandoned(start + 25h, 10); }), 1);
  EXPECT_TRUE(read([&](const Transaction& tx) { return tx.users().find(user.id); })->emailAddresses[0].verified());
}

// ---- outbox and identity

TEST_P(StoreContract, messages_wait_in_the_order_of_their_making) {
  write([&](Transaction& tx) {
    for (int i = 0; i < 3; ++i) {
      tx.outbox().insert({.id = "ema_" + std::to_string(i),
                          .slug = "verification_code",
                          .to = i == 1 ? "grace@example.com" : "ada@example.com",
                          .subject = "s",
                          .body = "b",
                          .code = "123456",
                          .createdAt = start + std::chrono::seconds(i)});
    }
    tx.outbox().markDelivered("ema_0");
  });
  read([](const Transaction& tx) {
    EXPECT_THAT(tx.outbox().list("", {}), SizeIs(3));
    EXPECT_EQ(tx.outbox().list("", {}).front().id, "ema_2");
    EXPECT_EQ(tx.outbox().list("grace@example.com", {}).front().id, "ema_1");
    EXPECT_EQ(tx.outbox().list("", {}).back().status, MessageStatus::Delivered);
    EXPECT_EQ(tx.outbox().list("", {}).back().code, "");
    EXPECT_EQ(tx.outbox().countSince("ada@example.com", start), 1);
    return 0;
  });
  EXPECT_EQ(write([](Transaction& tx) { return tx.outbox().eraseOlder(start + 2s, 10); }), 2);
}

TEST_P(StoreContract, keys_are_kept) {
  write([](Transaction& tx) {
    EXPECT_FALSE(tx.identity().instanceId());
    tx.identity().setInstanceId("ins_1", start);
    tx.identity().insertKey({"ins_1", "signing", "pem", false, start});
    tx.identity().updateKey({"ins_1", "signing", "sealed", true, start});
  });
  read([](const Transaction& tx) {
    EXPECT_EQ(tx.identity().instanceId(), "ins_1");
    const auto keys = tx.identity().keys("signing");
    EXPECT_EQ(keys.size(), 1u);
    EXPECT_EQ(keys[0].material, "sealed");
    EXPECT_TRUE(keys[0].sealed);
    return 0;
  });
}

}  // namespace clerk::instance
