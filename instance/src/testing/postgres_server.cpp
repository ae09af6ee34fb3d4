#include "testing/postgres_server.hpp"

#include "store/postgres/postgres_connection.hpp"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace clerk::instance {
namespace {

namespace fs = std::filesystem;

constexpr const char* programs = "/usr/lib/postgresql/15/bin/";
constexpr auto startLimit = std::chrono::seconds(60);

/// The server refuses to run as root: it then gets the user that Debian's package made.
const passwd* serverUser() {
  if (::geteuid() != 0) return nullptr;
  const auto* user = ::getpwnam("postgres");
  if (!user) throw std::runtime_error("there is no user postgres; install postgresql-15 (scripts/setup test)");
  return user;
}

std::string contentOf(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

}  // namespace

PostgresServer::PostgresServer() {
  if (!fs::exists(std::string(programs) + "postgres")) {
    throw std::runtime_error(std::string(programs) + "postgres is missing; install postgresql-15 (scripts/setup test)");
  }
  std::string pattern = (fs::temp_directory_path() / "clerk-pg-XXXXXX").string();
  folder_ = ::mkdtemp(pattern.data());
  log_ = folder_ / "log";
  if (const auto* user = serverUser()) {
    if (::chown(folder_.c_str(), user->pw_uid, user->pw_gid) != 0) throw std::runtime_error("chown failed");
  }
  run({"initdb", "--no-sync", "--auth=trust", "--username=clerk", "--encoding=UTF8", "--locale=C.UTF-8", "-D",
       (folder_ / "data").string()});
  start();
}

PostgresServer::~PostgresServer() {
  stopWith(SIGQUIT);
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

PostgresServer& PostgresServer::shared() {
  static PostgresServer server;
  return server;
}

std::string PostgresServer::createDatabase() {
  const auto name = "clerk_" + std::to_string(++databases_);
  PostgresConnection(connectionTo("postgres")).runScript("create database " + name + " template template0");
  return connectionTo(name);
}

void PostgresServer::kill() { stopWith(SIGKILL); }
void PostgresServer::stop() { stopWith(SIGINT); }

void PostgresServer::start() {
  // Nothing here must outlive a crash of the machine: without flushing the tests run several times as fast.
  const std::vector<std::string> command{"postgres",
                                         "-D",
                                         (folder_ / "data").string(),
                                         "-k",
                                         folder_.string(),
                                         "-h",
                                         "",
                                         "-c",
                                         "fsync=off",
                                         "-c",
                                         "shared_buffers=16MB",
                                         "-c",
                                         "max_connections=60",
                                         "-c",
                                         "timezone=UTC"};
  auto said = contentOf(log_).size();
  process_ = launch(command);
  const auto deadline = std::chrono::steady_clock::now() + startLimit;
  for (;;) {
    try {
      PostgresConnection(connectionTo("postgres"));
      return;
    } catch (const StoreError& error) {
      int status = 0;
      const bool ended = ::waitpid(process_, &status, WNOHANG) == process_;
      // Connections of a server that was killed hold its memory until they have seen that it is gone.
      const bool tooEarly = ended && contentOf(log_).find("is still in use", said) != std::string::npos;
      if (tooEarly) {
        said = contentOf(log_).size();
        process_ = launch(command);
      }
      if ((ended && !tooEarly) || std::chrono::steady_clock::now() > deadline) {
        throw std::runtime_error(std::string("PostgreSQL does not start: ") + error.what() + "\n" + contentOf(log_));
      }
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

pid_t PostgresServer::launch(const std::vector<std::string>& command) const {
  std::vector<std::string> arguments = command;
  arguments.front() = programs + command.front();
  std::vector<char*> pointers;
  for (auto& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  const auto* user = serverUser();
  const pid_t child = ::fork();
  if (child != 0) return child;
  // A test that is killed must not leave a server behind. The flag is lost when the user changes: set after it.
  const int log = ::open(log_.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
  ::dup2(log, STDOUT_FILENO);
  ::dup2(log, STDERR_FILENO);
  if (user && (::setgroups(0, nullptr) != 0 || ::setgid(user->pw_gid) != 0 || ::setuid(user->pw_uid) != 0))
    ::_exit(126);
  ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
  if (::chdir("/") == 0) ::execv(pointers.front(), pointers.data());
  ::_exit(127);
}

void PostgresServer::run(const std::vector<std::string>& command) const {
  int status = 0;
  const pid_t child = launch(command);
  if (::waitpid(child, &status, 0) != child || status != 0) {
    throw std::runtime_error(command.front() + " failed:\n" + contentOf(log_));
  }
}

void PostgresServer::stopWith(int signal) {
  if (process_ == 0) return;
  ::kill(process_, signal);
  ::waitpid(process_, nullptr, 0);
  process_ = 0;
}

std::string PostgresServer::connectionTo(std::string_view database) const {
  return "host=" + folder_.string() + " user=clerk dbname=" + std::string(database);
}

std::string databaseOfThisRun() {
  const char* engine = std::getenv("CLERK_TEST_ENGINE");
  const bool postgres = engine && std::string_view(engine) == "postgres";
  return postgres ? PostgresServer::shared().createDatabase() : std::string();
}

}  // namespace clerk::instance
