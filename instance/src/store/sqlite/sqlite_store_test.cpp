#include "store/contract/store_contract.hpp"
#include "store/sqlite/sqlite_connection.hpp"
#include "store/sqlite/sqlite_schema.hpp"

#include <async/event_loop.hpp>

#include <gmock/gmock.h>

#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace clerk::instance {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
constexpr Time start = fromMilliseconds(1'800'000'000'000);

/// A folder that is gone with the object.
class Folder {
 public:
  Folder() {
    std::string pattern = (fs::temp_directory_path() / "clerk-store-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { fs::remove_all(path_); }
  fs::path operator/(std::string_view name) const { return path_ / name; }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

/// A store that takes its folder away with it.
std::unique_ptr<Store> openInFolder() {
  struct Kept final : Store {
    Folder folder;
    std::unique_ptr<Store> inner = openSqliteStore({.file = folder / "clerk.db"}, start);

    void writeLater(std::function<void(Transaction&)> work) override { inner->writeLater(std::move(work)); }
    void readNow(const std::function<void(const Transaction&)>& work) override { inner->readNow(work); }
    void writeNow(const std::function<void(Transaction&)>& work) override { inner->writeNow(work); }

   protected:
    async::Task<> write(const std::function<void(Transaction&)>& unit) override {
      co_await inner->transact(std::cref(unit));
    }
    async::Task<> lookUp(const std::function<void(const Transaction&)>& unit) override {
      co_await inner->read([&](const Transaction& tx) { return unit(tx), 0; });
    }
    async::Task<> scanWith(const std::function<void(const Transaction&)>& unit) override {
      co_await inner->scan([&](const Transaction& tx) { return unit(tx), 0; });
    }
  };
  return std::make_unique<Kept>();
}

const auto engines = testing::Values(Engine{"sqlite", openInFolder});
const auto engineName = [](const auto& info) { return info.param.name; };

std::string bytesOf(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::string messageOf(const std::function<void()>& action, StoreError::Reason reason) {
  try {
    action();
  } catch (const StoreError& error) {
    EXPECT_EQ(error.reason(), reason);
    EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos);
    return error.what();
  }
  ADD_FAILURE() << "nothing was thrown";
  return "";
}

}  // namespace

INSTANTIATE_TEST_SUITE_P(Sqlite, StoreContract, engines, engineName);
INSTANTIATE_TEST_SUITE_P(Sqlite, UserListContract, engines, engineName);
INSTANTIATE_TEST_SUITE_P(Sqlite, OrganizationContract, engines, engineName);
INSTANTIATE_TEST_SUITE_P(Sqlite, AuditContract, engines, engineName);

TEST(SqliteStore, keeps_what_was_written_when_it_is_opened_again) {
  Folder folder;
  {
    auto store = openSqliteStore({.file = folder / "clerk.db"}, start);
    store->writeNow([](Transaction& tx) { EXPECT_TRUE(tx.users().insert(sampleUser(1))); });
  }
  auto store = openSqliteStore({.file = folder / "clerk.db"}, start);
  store->readNow([](const Transaction& tx) { EXPECT_EQ(tx.users().find(sampleUser(1).id), sampleUser(1)); });
}

TEST(SqliteStore, finishes_what_was_queued_when_it_closes) {
  Folder folder;
  {
    auto store = openSqliteStore({.file = folder / "clerk.db"}, start);
    for (int i = 0; i < 200; ++i) {
      store->writeLater([i](Transaction& tx) { EXPECT_TRUE(tx.users().insert(sampleUser(i))); });
    }
  }
  auto store = openSqliteStore({.file = folder / "clerk.db"}, start);
  store->readNow([](const Transaction& tx) { EXPECT_EQ(tx.users().count({}), 200); });
}

TEST(SqliteStore, two_stores_on_one_file_see_each_other) {
  Folder folder;
  auto first = openSqliteStore({.file = folder / "clerk.db"}, start);
  auto second = openSqliteStore({.file = folder / "clerk.db"}, start);
  first->writeNow([](Transaction& tx) { EXPECT_TRUE(tx.users().insert(sampleUser(1))); });
  second->writeNow([](Transaction& tx) { EXPECT_TRUE(tx.users().insert(sampleUser(2))); });
  first->readNow([](const Transaction& tx) { EXPECT_EQ(tx.users().count({}), 2); });
}

TEST(SqliteStore, refuses_a_file_of_a_newer_version_and_leaves_it_alone) {
  Folder folder;
  const auto file = folder / "clerk.db";
  openSqliteStore({.file = file}, start).reset();
  SqliteConnection(file, SqliteConnection::Mode::ReadWrite).runScript("pragma user_version = 999");
  const auto before = bytesOf(file);
  const auto message = messageOf([&] { openSqliteStore({.file = file}, start); }, StoreError::Reason::NewerSchema);
  EXPECT_THAT(message, HasSubstr("schema version 999"));
  EXPECT_THAT(message, HasSubstr("newer clerkd"));
  EXPECT_EQ(bytesOf(file), before);
}

TEST(SqliteStore, an_entry_of_the_audit_log_cannot_be_changed) {
  Folder folder;
  const auto file = folder / "clerk.db";
  openSqliteStore({.file = file}, start)->writeNow([](Transaction& tx) {
    tx.auditLog().insert({.id = "audit_1", .createdAt = start});
  });
  SqliteConnection connection(file, SqliteConnection::Mode::ReadWrite);
  EXPECT_THROW(connection.runScript("update audit_log set actor = 'nobody'"), StoreError);
}

TEST(SqliteStore, goes_on_with_a_migration_that_was_broken_off) {
  Folder folder;
  const auto file = folder / "clerk.db";
  const Migration first{1, "first", "create table a (x bigint);", ""};
  const Migration broken{2, "second", "create table b (x bigint); insert into nowhere values (1);", ""};
  const Migration mended{2, "second", "create table b (x bigint);", ""};
  SqliteConnection connection(file, SqliteConnection::Mode::Create);
  EXPECT_THROW(migrate(connection, file, std::array{first, broken}, start), StoreError);
  EXPECT_EQ(schemaVersion(connection, file), 1);
  migrate(connection, file, std::array{first, mended}, start);
  EXPECT_EQ(schemaVersion(connection, file), 2);
  auto rows = connection.query("select count(*) from schema_migrations", {});
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.integer(0), 2);
}

TEST(SqliteStore, refuses_the_database_of_another_program) {
  Folder folder;
  const auto file = folder / "clerk.db";
  SqliteConnection(file, SqliteConnection::Mode::Create).runScript("create table songs (title text)");
  const auto before = bytesOf(file);
  EXPECT_THAT(messageOf([&] { openSqliteStore({.file = file}, start); }, StoreError::Reason::CannotOpen),
              HasSubstr("belongs to another program"));
  EXPECT_EQ(bytesOf(file), before);
}

TEST(SqliteStore, refuses_what_is_no_database) {
  Folder folder;
  std::ofstream(folder / "clerk.db") << std::string(5000, 'x');
  messageOf([&] { openSqliteStore({.file = folder / "clerk.db"}, start); }, StoreError::Reason::CannotOpen);
}

TEST(SqliteStore, refuses_a_folder_that_is_not_there) {
  Folder folder;
  EXPECT_THAT(
      messageOf([&] { openSqliteStore({.file = folder / "no/clerk.db"}, start); }, StoreError::Reason::CannotOpen),
      HasSubstr("cannot be opened"));
}

// Permissions mean nothing to root: the child becomes nobody first.
TEST(SqliteStoreDeathTest, refuses_a_file_and_a_folder_that_cannot_be_written) {
  testing::FLAGS_gtest_death_test_style = "fast";
  Folder folder;
  const auto file = folder / "clerk.db";
  openSqliteStore({.file = file}, start).reset();
  ::chmod(file.c_str(), 0444);
  ::chmod(folder.path().c_str(), 0555);
  const auto tryAsNobody = [](const fs::path& path) {
    if (::geteuid() == 0 && ::setuid(65534) != 0) std::_Exit(9);
    try {
      openSqliteStore({.file = path}, start);
    } catch (const StoreError& error) {
      std::fprintf(stderr, "%s\n", error.what());
      std::_Exit(3);
    }
    std::_Exit(0);
  };
  EXPECT_EXIT(tryAsNobody(file), testing::ExitedWithCode(3), "cannot be written; change its permissions");
  EXPECT_EXIT(tryAsNobody(folder / "new.db"), testing::ExitedWithCode(3), "cannot be opened; check the path");
  ::chmod(folder.path().c_str(), 0755);
}

TEST(SqliteConnection, refuses_to_run_a_statement_inside_itself) {
  Folder folder;
  SqliteConnection connection(folder / "x.db", SqliteConnection::Mode::Create);
  const char* text = "select 1";
  auto rows = connection.query(text, {});
  EXPECT_THROW(connection.query(text, {}), std::logic_error);
}

TEST(SqliteConnection, parameters_are_numbered_whatever_their_order_in_the_text) {
  Folder folder;
  SqliteConnection connection(folder / "x.db", SqliteConnection::Mode::Create);
  auto rows = connection.query("select $2, $1, $2, $3", {"a", std::int64_t{7}, nullptr});
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.integer(0), 7);
  EXPECT_EQ(rows.text(1), "a");
  EXPECT_EQ(rows.integer(2), 7);
  EXPECT_TRUE(rows.isNull(3));
}

TEST(SqliteConnection, an_empty_text_is_no_null_and_zeros_survive) {
  Folder folder;
  SqliteConnection connection(folder / "x.db", SqliteConnection::Mode::Create);
  auto rows = connection.query("select $1, $2", {std::string_view(), std::string("a\0b", 3)});
  ASSERT_TRUE(rows.next());
  EXPECT_FALSE(rows.isNull(0));
  EXPECT_EQ(rows.text(1), std::string_view("a\0b", 3));
}

}  // namespace clerk::instance
