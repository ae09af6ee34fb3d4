#include "store/contract/store_contract.hpp"
#include "store/postgres/postgres_connection.hpp"
#include "store/postgres/postgres_schema.hpp"
#include "testing/postgres_server.hpp"

#include <async/event_loop.hpp>

#include <gmock/gmock.h>

#include <atomic>
#include <cstdlib>
#include <functional>
#include <string>
#include <thread>
#include <vector>

namespace clerk::instance {
namespace {

using testing::HasSubstr;
using testing::Not;
constexpr Time start = fromMilliseconds(1'800'000'000'000);

std::unique_ptr<Store> openAnew() {
  return openPostgresStore({.connection = PostgresServer::shared().createDatabase(), .readingConnections = 2}, start);
}

const auto engines = testing::Values(Engine{"postgres", openAnew});
const auto engineName = [](const auto& info) { return info.param.name; };

INSTANTIATE_TEST_SUITE_P(Postgres, StoreContract, engines, engineName);
INSTANTIATE_TEST_SUITE_P(Postgres, UserListContract, engines, engineName);
INSTANTIATE_TEST_SUITE_P(Postgres, OrganizationContract, engines, engineName);
INSTANTIATE_TEST_SUITE_P(Postgres, AuditContract, engines, engineName);

std::string messageOf(const std::function<void()>& action, StoreError::Reason reason) {
  try {
    action();
  } catch (const StoreError& error) {
    EXPECT_EQ(error.reason(), reason) << error.what();
    EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos);
    return error.what();
  }
  ADD_FAILURE() << "nothing was thrown";
  return {};
}

std::vector<StoredKey> keysOf(Store& store) {
  std::vector<StoredKey> keys;
  store.readNow([&](const Transaction& tx) { keys = tx.identity().keys("pepper"); });
  return keys;
}

void insertKey(Store& store, const std::string& id) {
  store.writeNow([&](Transaction& tx) { tx.identity().insertKey({id, "pepper", "material", false, start}); });
}

TEST(PostgresStore, two_processes_see_what_the_other_wrote) {
  const auto where = PostgresServer::shared().createDatabase();
  auto first = openPostgresStore({.connection = where}, start);
  auto second = openPostgresStore({.connection = where}, start);
  insertKey(*first, "one");
  insertKey(*second, "two");
  EXPECT_EQ(keysOf(*first).size(), 2u);
  EXPECT_EQ(keysOf(*second).size(), 2u);
}

TEST(PostgresStore, processes_that_start_at_once_make_the_tables_once) {
  const auto where = PostgresServer::shared().createDatabase();
  std::vector<std::thread> threads;
  std::atomic<int> opened = 0;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      openPostgresStore({.connection = where}, start);
      ++opened;
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(opened, 4);
}

TEST(PostgresStore, counting_in_two_processes_loses_nothing) {
  const auto where = PostgresServer::shared().createDatabase();
  auto first = openPostgresStore({.connection = where}, start);
  auto second = openPostgresStore({.connection = where}, start);
  insertKey(*first, "counter");
  constexpr int rounds = 50;
  // Read, then write what was read plus one: right only for units that run alone.
  const auto count = [](Store& store) {
    for (int i = 0; i < rounds; ++i) {
      store.writeNow([](Transaction& tx) {
        auto key = tx.identity().keys("pepper").front();
        key.material = std::to_string(std::atoi(key.material.c_str()) + 1);
        tx.identity().updateKey(key);
      });
    }
  };
  std::thread other([&] { count(*second); });
  count(*first);
  other.join();
  EXPECT_EQ(keysOf(*first).front().material, std::to_string(2 * rounds));
}

TEST(PostgresStore, goes_on_when_the_server_was_started_anew) {
  PostgresServer server;
  auto store = openPostgresStore({.connection = server.createDatabase()}, start);
  insertKey(*store, "before");
  EXPECT_EQ(keysOf(*store).size(), 1u);
  server.stop();
  messageOf([&] { keysOf(*store); }, StoreError::Reason::Busy);
  messageOf([&] { insertKey(*store, "meanwhile"); }, StoreError::Reason::Busy);
  server.start();
  insertKey(*store, "after");
  EXPECT_EQ(keysOf(*store).size(), 2u);
}

TEST(PostgresStore, goes_on_when_the_server_came_back_while_nobody_asked) {
  PostgresServer server;
  auto store = openPostgresStore({.connection = server.createDatabase()}, start);
  insertKey(*store, "before");
  EXPECT_EQ(keysOf(*store).size(), 1u);
  server.kill();
  server.start();
  EXPECT_EQ(keysOf(*store).size(), 1u);
  insertKey(*store, "after");
  EXPECT_EQ(keysOf(*store).size(), 2u);
}

TEST(PostgresStore, a_server_that_is_not_there_is_said_in_one_line) {
  const auto message =
      messageOf([] { openPostgresStore({.connection = "host=/nowhere user=a password=hunter2"}, start); },
                StoreError::Reason::Busy);
  EXPECT_THAT(message, HasSubstr("check the address"));
  EXPECT_THAT(message, Not(HasSubstr("hunter2")));
}

TEST(PostgresStore, refuses_a_database_of_a_later_version_and_leaves_it_as_it_is) {
  const auto where = PostgresServer::shared().createDatabase();
  openPostgresStore({.connection = where}, start).reset();
  PostgresConnection connection(where);
  connection.runScript("insert into schema_migrations (version, name, applied_at) values (1000, 'future', 1)");
  EXPECT_THAT(messageOf([&] { openPostgresStore({.connection = where}, start); }, StoreError::Reason::NewerSchema),
              HasSubstr("schema version 1000"));
  EXPECT_EQ(schemaVersion(connection), 1000);
}

TEST(PostgresStore, refuses_a_database_of_another_program) {
  const auto where = PostgresServer::shared().createDatabase();
  PostgresConnection(where).runScript("create table somebody_elses (id integer)");
  EXPECT_THAT(messageOf([&] { openPostgresStore({.connection = where}, start); }, StoreError::Reason::CannotOpen),
              HasSubstr("belongs to another program"));
}

TEST(PostgresStore, a_database_that_takes_no_writes_is_said_to_be_so) {
  const auto where = PostgresServer::shared().createDatabase();
  auto store = openPostgresStore({.connection = where}, start);
  PostgresConnection(where).runScript(
      "do $$ begin execute 'alter database ' || current_database() || "
      "' set default_transaction_read_only = on'; end $$");
  store = openPostgresStore({.connection = where}, start);
  EXPECT_THAT(messageOf([&] { insertKey(*store, "one"); }, StoreError::Reason::ReadOnly), HasSubstr("takes no writes"));
}

TEST(PostgresStore, an_entry_of_the_audit_log_cannot_be_changed) {
  const auto where = PostgresServer::shared().createDatabase();
  openPostgresStore({.connection = where}, start)->writeNow([](Transaction& tx) {
    tx.auditLog().insert({.id = "audit_1", .createdAt = start});
  });
  PostgresConnection connection(where);
  EXPECT_THROW(connection.runScript("update audit_log set actor = 'nobody'"), StoreError);
}

TEST(PostgresStore, a_step_that_was_broken_off_is_taken_again) {
  const auto where = PostgresServer::shared().createDatabase();
  PostgresConnection connection(where);
  const std::vector<Migration> broken{{1, "first", "create table a (id text primary key);", "", ""},
                                      {2, "second", "create table b (id text); create table a (id text);", "", ""}};
  messageOf([&] { migrate(connection, broken, start); }, StoreError::Reason::Failed);
  EXPECT_EQ(schemaVersion(connection), 1);
  const std::vector<Migration> mended{broken.front(), {2, "second", "create table b (id text);", "", ""}};
  migrate(connection, mended, start);
  EXPECT_EQ(schemaVersion(connection), 2);
}

TEST(PostgresStore, lists_are_in_the_order_of_bytes_whatever_the_database_s_order_is) {
  const auto where = PostgresServer::shared().createDatabase();
  PostgresConnection connection(where);
  const std::vector<Migration> steps{{1, "first", "create table a (id text primary key, t text);", "", ""}};
  migrate(connection, steps, start);
  auto rows = connection.query("select collation_name from information_schema.columns where table_name = 'a'", {});
  int columns = 0;
  for (; rows.next(); ++columns) EXPECT_EQ(rows.text(0), "C");
  EXPECT_EQ(columns, 2);
}

}  // namespace
}  // namespace clerk::instance
