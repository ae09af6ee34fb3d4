// How long the store takes. `CLERK_BENCH_USERS=1000000` sets the number of users (100,000 unless set);
// `CLERK_BENCH_FOLDER` keeps the database between runs.

#include "store/store.hpp"

#include <async/event_loop.hpp>

#include <benchmark/benchmark.h>

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>

namespace clerk::instance {
namespace {

using namespace std::chrono_literals;
constexpr Time start = fromMilliseconds(1'800'000'000'000);

int userCount() {
  const char* text = std::getenv("CLERK_BENCH_USERS");
  return text ? std::atoi(text) : 100'000;
}

/// Spread over the ids, so that no two look-ups in a row share a page.
int scattered(int n) {
  return static_cast<int>(static_cast<std::uint64_t>(n) * 7'919 % static_cast<std::uint64_t>(userCount()));
}

std::string numbered(std::string_view prefix, int n) {
  const auto digits = std::to_string(n);
  return std::string(prefix) + "_3" + std::string(26 - digits.size(), '0') + digits;
}

User benchUser(int n) {
  User user;
  user.id = numbered("user", n);
  user.firstName = "Ada" + std::to_string(n % 5000);
  user.lastName = n % 2 ? "Lovelace" : "Hopper";
  user.username = "user" + std::to_string(n);
  user.password = PasswordDigest{"bcrypt", std::string(60, 'x')};
  user.publicMetadata = {{"plan", "pro"}};
  user.createdAt = user.updatedAt = start + std::chrono::seconds(n);
  user.lastActiveAt = user.lastSignInAt = user.createdAt + 1h;
  user.banned = n % 1000 == 0;
  EmailAddress email;
  email.id = numbered("idn", n);
  email.emailAddress = "ada" + std::to_string(n) + "@example.com";
  email.createdAt = email.updatedAt = user.createdAt;
  email.verification = Verification{.id = numbered("ver", n),
                                    .strategy = "email_code",
                                    .status = VerificationStatus::Verified,
                                    .attempts = 1,
                                    .expireAt = start,
                                    .createdAt = start};
  user.primaryEmailAddressId = email.id;
  user.emailAddresses.push_back(email);
  return user;
}

/// The database, filled once for all benchmarks of the process.
Store& filledStore() {
  static const struct Filled {
    std::filesystem::path folder;
    bool keep = false;
    std::unique_ptr<Store> store;

    Filled() {
      const char* kept = std::getenv("CLERK_BENCH_FOLDER");
      keep = kept != nullptr;
      std::string pattern = (std::filesystem::temp_directory_path() / "clerk-bench-XXXXXX").string();
      folder = keep ? kept : ::mkdtemp(pattern.data());
      std::filesystem::create_directories(folder);
      store = openSqliteStore({.file = folder / "clerk.db"}, start);
      fill();
    }
    ~Filled() {
      store.reset();
      if (!keep) std::filesystem::remove_all(folder);
    }
    void fill() {
      int there = 0;
      store->readNow([&](const Transaction& tx) { there = static_cast<int>(tx.users().count({})); });
      for (int from = there; from < userCount(); from += 5000) {
        store->writeNow([&](Transaction& tx) {
          for (int n = from; n < std::min(from + 5000, userCount()); ++n) {
            if (!tx.users().insert(benchUser(n))) std::abort();
          }
        });
      }
    }
  } filled;
  return *filled.store;
}

template <class Work>
void readEach(benchmark::State& state, Work work) {
  Store& store = filledStore();
  int n = 0;
  async::blockOn([&]() -> async::Task<> {
    for (auto _ : state) {
      const int user = scattered(n++);
      benchmark::DoNotOptimize(co_await store.read([&](const Transaction& tx) { return work(tx, user); }));
    }
  });
}

void userExists(benchmark::State& state) {
  readEach(state, [](const Transaction& tx, int n) { return tx.users().exists(numbered("user", n)); });
}
BENCHMARK(userExists)->Unit(benchmark::kMicrosecond);

/// The whole user: profile, addresses and their verifications.
void userById(benchmark::State& state) {
  readEach(state, [](const Transaction& tx, int n) { return tx.users().find(numbered("user", n)); });
}
BENCHMARK(userById)->Unit(benchmark::kMicrosecond);

void userByEmailAddress(benchmark::State& state) {
  readEach(state, [](const Transaction& tx, int n) {
    return tx.users().findByEmailAddress("ada" + std::to_string(n) + "@example.com");
  });
}
BENCHMARK(userByEmailAddress)->Unit(benchmark::kMicrosecond);

void list(benchmark::State& state, const UserListRequest& request) {
  Store& store = filledStore();
  async::blockOn([&]() -> async::Task<> {
    for (auto _ : state) {
      auto users = co_await store.scan([&](const Transaction& tx) { return tx.users().list(request); });
      state.counters["users"] = static_cast<double>(users.size());
    }
  });
}
void count(benchmark::State& state, const UserFilter& filter) {
  Store& store = filledStore();
  async::blockOn([&]() -> async::Task<> {
    for (auto _ : state) {
      auto users = co_await store.scan([&](const Transaction& tx) { return tx.users().count(filter); });
      state.counters["users"] = static_cast<double>(users);
    }
  });
}

const int middle = userCount() / 2;
#define LIST(name, ...) \
  BENCHMARK_CAPTURE(list, name, UserListRequest __VA_ARGS__)->Unit(benchmark::kMicrosecond)->UseRealTime()
#define COUNT(name, ...) \
  BENCHMARK_CAPTURE(count, name, UserFilter __VA_ARGS__)->Unit(benchmark::kMicrosecond)->UseRealTime()
LIST(newest, {});
LIST(by_first_name, {.orderBy = UserOrder::FirstName});
LIST(by_last_active, {.orderBy = UserOrder::LastActiveAt});
LIST(after_cursor, {.startingAfter = numbered("user", middle)});
LIST(email_address, {.filter = {.emailAddresses = {"ada77@example.com"}}});
LIST(username, {.filter = {.usernames = {"user77"}}});
LIST(query_sparse, {.filter = {.query = "ada77@exam"}});
LIST(query_dense, {.filter = {.query = "example"}});
LIST(query_short, {.filter = {.query = "ad"}});
LIST(query_of_nobody, {.filter = {.query = "zzzzzz"}});
LIST(name_query, {.filter = {.nameQuery = "ada77 love"}});
LIST(banned, {.filter = {.banned = true}});
LIST(banned_and_query, {.filter = {.query = "ada", .banned = true}});
LIST(active_after_dense, {.filter = {.lastActiveAtAfter = start + std::chrono::seconds(middle)}});
LIST(active_after_sparse, {.filter = {.lastActiveAtAfter = start + std::chrono::seconds(userCount() - 20) + 1h}});
LIST(created_before, {.filter = {.createdAtBefore = start + std::chrono::seconds(middle)}});
COUNT(all, {});
COUNT(banned, {.banned = true});
COUNT(email_address, {.emailAddresses = {"ada77@example.com"}});
COUNT(query_sparse, {.query = "ada77@exam"});
COUNT(query_dense, {.query = "example"});
COUNT(active_after, {.lastActiveAtAfter = start + std::chrono::seconds(middle)});

/// One session after the other, each safe on disk before the next.
void insertSession(benchmark::State& state) {
  Store& store = filledStore();
  static int n = 0;
  const int batch = static_cast<int>(state.range(0));
  async::blockOn([&]() -> async::Task<> {
    for (auto _ : state) {
      std::vector<async::Task<>> writes;
      for (int i = 0; i < batch; ++i) {
        Session session;
        session.id = numbered("sess", ++n) + std::to_string(::getpid());
        session.userId = numbered("user", scattered(n));
        session.clientId = numbered("client", n);
        session.expireAt = session.abandonAt = start + 24h;
        writes.push_back(store.transact([session](Transaction& tx) { tx.sessions().insert(session); }));
      }
      for (auto& write : writes) co_await write;
    }
  });
  state.SetItemsProcessed(state.iterations() * batch);
}
BENCHMARK(insertSession)->Arg(1)->Arg(8)->Arg(64)->Unit(benchmark::kMicrosecond)->UseRealTime();

}  // namespace
}  // namespace clerk::instance
