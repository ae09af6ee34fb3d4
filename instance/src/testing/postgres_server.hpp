#pragma once
// A PostgreSQL server of the test's own: its data and its socket lie in a temporary folder, no port is taken.

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace clerk::instance {

/// Stops with the object. Needs Debian's postgresql-15; throws std::runtime_error that says so.
class PostgresServer {
 public:
  PostgresServer();
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;
  ~PostgresServer();

  /// One for the process, started when it is first asked for.
  static PostgresServer& shared();

  /// Makes an empty database and gives the connection string that leads to it.
  std::string createDatabase();
  /// Stops it at once, as a crash of the machine would, or orderly.
  void kill();
  void stop();
  /// Starts it again over the same data.
  void start();

 private:
  pid_t launch(const std::vector<std::string>& command) const;
  void run(const std::vector<std::string>& command) const;
  void stopWith(int signal);
  std::string connectionTo(std::string_view database) const;

  std::filesystem::path folder_;
  std::filesystem::path log_;
  pid_t process_ = 0;
  int databases_ = 0;
};

/// What a suite that runs on either engine opens: a new database when CLERK_TEST_ENGINE is `postgres`, as in the second
/// run that CMake's run_on_postgres() declares; empty for SQLite.
std::string databaseOfThisRun();

}  // namespace clerk::instance
