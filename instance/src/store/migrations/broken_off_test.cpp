// Migrations whose process is killed, or whose connection breaks, in the middle of each step.

#include "store/migrations/migrations.hpp"
#include "store/postgres/postgres_schema.hpp"
#include "store/schema_report.hpp"
#include "store/sqlite/sqlite_schema.hpp"
#include "store/store.hpp"
#include "testing/postgres_server.hpp"

#include <gmock/gmock.h>
#include <sqlite3.h>

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <string>
#include <vector>

namespace clerk::instance {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
constexpr Time start = fromMilliseconds(1'800'000'000'000);

class Folder {
 public:
  Folder() {
    std::string pattern = (fs::temp_directory_path() / "clerk-migrations-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { fs::remove_all(path_); }
  fs::path operator/(std::string_view name) const { return path_ / name; }

 private:
  fs::path path_;
};

std::vector<Migration> allSteps() { return {migrations().begin(), migrations().end()}; }

int killProcess(sqlite3* database, const char**, const sqlite3_api_routines*) {
  const auto kill = [](sqlite3_context*, int, sqlite3_value**) { ::kill(::getpid(), SIGKILL); };
  return sqlite3_create_function(database, "kill_process", 0, SQLITE_UTF8, nullptr, kill, nullptr, nullptr);
}

/// A process of its own, which is killed when it has run all statements of the step but has not committed.
void killIn(std::size_t index, const fs::path& file) {
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    sqlite3_auto_extension(reinterpret_cast<void (*)()>(killProcess));
    auto steps = allSteps();
    const auto script = std::string(steps[index].sqlite) + "select kill_process();";
    steps[index].sqlite = script;
    SqliteConnection connection(file, SqliteConnection::Mode::Create);
    migrate(connection, file, steps, start);
    ::_exit(0);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status)) << status;
  EXPECT_EQ(WTERMSIG(status), SIGKILL);
}

std::string tablesOf(const fs::path& file) {
  SqliteConnection connection(file, SqliteConnection::Mode::ReadOnly);
  std::string text;
  auto rows = connection.query("select coalesce(sql, name) from sqlite_master order by type, name", {});
  while (rows.next()) text.append(rows.text(0)).append("\n");
  return text;
}

TEST(SqliteMigrations, go_on_after_a_kill_in_any_step) {
  Folder folder;
  openSqliteStore({.file = folder / "whole.db"}, start);
  const auto whole = tablesOf(folder / "whole.db");
  for (std::size_t index = 0; index < migrations().size(); ++index) {
    const auto file = folder / (std::to_string(index) + ".db");
    killIn(index, file);
    EXPECT_EQ(inspectSqlite(file).version, index == 0 ? 0 : migrations()[index - 1].version);
    openSqliteStore({.file = file}, start);
    EXPECT_EQ(tablesOf(file), whole) << migrations()[index].name;
  }
}

TEST(SqliteMigrations, are_told_before_they_run_and_nothing_changes) {
  Folder folder;
  const auto file = folder / "clerk.db";
  const auto empty = inspectSqlite(file);
  EXPECT_EQ(empty.engine, "SQLite");
  EXPECT_EQ(empty.version, 0);
  EXPECT_EQ(empty.newest, migrations().back().version);
  ASSERT_EQ(empty.pending.size(), migrations().size());
  EXPECT_THAT(empty.pending[0].sql, HasSubstr("create table users"));
  EXPECT_THAT(empty.pending[0].sql, HasSubstr("using fts5"));
  EXPECT_FALSE(fs::exists(file));
  EXPECT_THROW(requireUpToDate(empty), StoreError);
  {
    SqliteConnection connection(file, SqliteConnection::Mode::Create);
    migrate(connection, file, std::span(migrations()).first(2), start);
  }
  const auto older = inspectSqlite(file);
  EXPECT_EQ(older.version, 2);
  ASSERT_EQ(older.pending.size(), migrations().size() - 2);
  EXPECT_EQ(older.pending[0].version, 3);
  EXPECT_THROW(requireUpToDate(older), StoreError);
  EXPECT_EQ(inspectSqlite(file).version, 2);
  openSqliteStore({.file = file}, start);
  EXPECT_NO_THROW(requireUpToDate(inspectSqlite(file)));
}

std::string tablesOf(PostgresConnection& connection) {
  std::string text;
  auto rows = connection.query(
      "select table_name || '.' || column_name || ' ' || data_type from information_schema.columns where table_schema "
      "= 'public' union all select indexdef from pg_indexes where schemaname = 'public' order by 1",
      {});
  while (rows.next()) text.append(rows.text(0)).append("\n");
  return text;
}

TEST(PostgresMigrations, go_on_after_a_connection_that_broke_in_any_step) {
  auto& server = PostgresServer::shared();
  PostgresConnection reference(server.createDatabase());
  migrate(reference, migrations(), start);
  const auto whole = tablesOf(reference);
  for (std::size_t index = 0; index < migrations().size(); ++index) {
    const auto where = server.createDatabase();
    auto steps = allSteps();
    const auto script = std::string(steps[index].postgres) + "select pg_terminate_backend(pg_backend_pid());";
    steps[index].postgres = script;
    PostgresConnection broken(where);
    EXPECT_THROW(migrate(broken, steps, start), StoreError);
    EXPECT_EQ(inspectPostgres(where).version, index == 0 ? 0 : migrations()[index - 1].version);
    PostgresConnection connection(where);
    migrate(connection, migrations(), start);
    EXPECT_EQ(tablesOf(connection), whole) << migrations()[index].name;
  }
}

TEST(PostgresMigrations, take_longer_than_any_other_statement_may) {
  const auto where = PostgresServer::shared().createDatabase() + " options='-c statement_timeout=2s'";
  PostgresConnection connection(where);
  const Migration slow{1, "slow", "select pg_sleep(2.5); create table a (x bigint);"};
  migrate(connection, std::span(&slow, 1), start);
  EXPECT_EQ(schemaVersion(connection), 1);
  EXPECT_THROW(connection.runScript("select pg_sleep(60)"), StoreError);
}

TEST(PostgresMigrations, are_told_before_they_run_and_nothing_changes) {
  const auto where = PostgresServer::shared().createDatabase();
  const auto empty = inspectPostgres(where);
  EXPECT_EQ(empty.engine, "PostgreSQL");
  EXPECT_EQ(empty.version, 0);
  ASSERT_EQ(empty.pending.size(), migrations().size());
  EXPECT_THAT(empty.pending[0].sql, HasSubstr("pg_trgm"));
  EXPECT_THAT(empty.pending[0].sql, HasSubstr("text collate \"C\""));
  EXPECT_EQ(inspectPostgres(where).version, 0);
  PostgresConnection connection(where);
  EXPECT_EQ(tablesOf(connection), "");
}

}  // namespace
}  // namespace clerk::instance
