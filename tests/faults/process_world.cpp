#include "process_world.hpp"

#include "cutting_proxy.hpp"
#include "http_connection.hpp"
#include "server_process.hpp"

#include "store/postgres/postgres_connection.hpp"
#include "store/store.hpp"
#include "testing/postgres_server.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <thread>
#include <vector>

namespace faults {
namespace {

namespace fs = std::filesystem;
namespace store = clerk::instance;

constexpr const char* ready = "CLERK_PUBLISHABLE_KEY=";

/// The number that moves a server's clock, in a file that it reads at each look.
class ClockFile {
 public:
  explicit ClockFile(fs::path path) : path_(std::move(path)) {
    const int file = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    const bool sized = file >= 0 && ::ftruncate(file, sizeof(std::int64_t)) == 0;
    void* memory =
        sized ? ::mmap(nullptr, sizeof(std::int64_t), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0) : MAP_FAILED;
    if (file >= 0) ::close(file);
    if (memory == MAP_FAILED) throw std::runtime_error("the clock's file cannot be made: " + path_.string());
    offset_ = static_cast<std::int64_t*>(memory);
  }
  ClockFile(const ClockFile&) = delete;
  ClockFile& operator=(const ClockFile&) = delete;
  ~ClockFile() { ::munmap(offset_, sizeof(std::int64_t)); }

  void set(std::chrono::milliseconds offset) noexcept { __atomic_store_n(offset_, offset.count(), __ATOMIC_RELAXED); }
  std::chrono::milliseconds offset() const noexcept {
    return std::chrono::milliseconds(__atomic_load_n(offset_, __ATOMIC_RELAXED));
  }
  const fs::path& path() const noexcept { return path_; }

 private:
  fs::path path_;
  std::int64_t* offset_ = nullptr;
};

/// The port that clerkd says it listens at.
std::uint16_t portIn(const std::string& printed) {
  constexpr std::string_view before = "listening at http://127.0.0.1:";
  const auto start = printed.find(before);
  if (start == std::string::npos) throw std::runtime_error("clerkd does not say where it listens: " + printed);
  return static_cast<std::uint16_t>(std::stoi(printed.substr(start + before.size())));
}

struct Server {
  Server(std::vector<std::string> command, const fs::path& library, fs::path clockFile)
      : clock(std::move(clockFile)),
        process(std::move(command), {{"LD_PRELOAD", library.string()}, {"FAULTS_CLOCK_FILE", clock.path().string()}},
                clock.path().string() + ".log"),
        connection(proxy.port()) {
    start();
  }

  void start() { proxy.leadTo(portIn(process.start(ready))); }
  /// After a SIGKILL.
  void startAgain() {
    process.wait();
    connection.close();
    start();
  }

  ClockFile clock;
  ServerProcess process;
  CuttingProxy proxy;
  HttpConnection connection;
};

class ProcessWorld final : public World {
 public:
  ProcessWorld(Engine engine, const fs::path& binaries) {
    std::string pattern = (fs::temp_directory_path() / "clerk-faults-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    std::vector<std::string> database{"--data", (folder_ / "data").string()};
    if (engine == Engine::Postgres) {
      postgres_.emplace();
      where_ = postgres_->createDatabase();
      database = {"--database", where_};
    }
    const auto clerkd = (binaries / "clerkd").string();
    std::ofstream(folder_ / "settings.json") << R"({"multi_session": true})";
    const int count = engine == Engine::Postgres ? 2 : 1;
    for (int i = 0; i < count; ++i) {
      std::vector<std::string> command{clerkd, "serve", "--listen", "127.0.0.1:0", "--origin", "http://localhost:4000",
                                       "--settings", (folder_ / "settings.json").string(),
                                       // Nobody listens there: messages stay in the outbox, where codes are read.
                                       "--message-webhook", "http://127.0.0.1:9/", "--message-webhook-secret",
                                       "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "--log-level", "fatal"};
      command.insert(command.end(), database.begin(), database.end());
      servers_.push_back(std::make_unique<Server>(std::move(command), binaries / "libfaults_clock.so",
                                                  folder_ / ("clock" + std::to_string(i))));
    }
    std::vector<std::string> keys{clerkd, "keys"};
    keys.insert(keys.end(), database.begin(), database.end());
    const auto printed = outputOf(keys);
    const auto start = printed.find("sk_live_");
    if (start == std::string::npos) throw std::runtime_error("clerkd keys printed no secret key");
    secretKey_ = printed.substr(start, printed.find_first_of("\"\n", start) - start);
    openStore();
  }
  ~ProcessWorld() override {
    servers_.clear();
    store_.reset();
    postgres_.reset();
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  std::size_t servers() const override { return servers_.size(); }
  bool settlesAtOnce() const override { return false; }
  const std::string& secretKey() const override { return secretKey_; }

  Result send(std::size_t index, const Request& request, Injury injury) override {
    auto& server = *servers_[index];
    using Direction = CuttingProxy::Direction;
    Result result;
    std::thread striker;
    std::atomic<bool> struck = false;
    switch (injury.blow) {
      case Blow::None: break;
      case Blow::CutRequest: server.proxy.cutAfter(Direction::ToServer, injury.measure); break;
      case Blow::CutAnswer: server.proxy.cutAfter(Direction::ToClient, injury.measure); break;
      case Blow::Kill:
      case Blow::EndBackends:
        struck = true;
        striker = std::thread([&] {
          std::this_thread::sleep_for(std::chrono::microseconds(injury.measure));
          if (injury.blow == Blow::Kill) {
            server.process.kill();
          } else {
            endBackends();
          }
        });
        break;
    }
    result.answer = server.connection.send(request);
    if (striker.joinable()) striker.join();
    result.struck = server.proxy.disarm() || struck;
    if (injury.blow == Blow::Kill) {
      server.startAgain();
    } else if (result.struck && injury.blow != Blow::EndBackends) {
      server.connection.close();
    }
    return result;
  }

  std::string codeFor(const std::string& emailAddress) override {
    std::string code;
    store_->readNow([&](const store::Transaction& tx) {
      const auto messages = tx.outbox().list(emailAddress, {.limit = 1});
      if (!messages.empty()) code = messages.front().code;
    });
    return code;
  }

  void kill(std::size_t server) override {
    servers_[server]->process.kill();
    servers_[server]->startAgain();
  }

  void endBackends() override {
    if (!postgres_) return;
    store::PostgresConnection admin(where_ + " application_name=faults");
    auto rows = admin.query(
        "select pg_terminate_backend(pid, 10000) from pg_stat_activity where application_name = 'clerkd' and pid <> "
        "pg_backend_pid()",
        {});
    while (rows.next()) {
    }
  }

  void restartDatabase() override {
    if (!postgres_) return;
    store_.reset();
    postgres_->kill();
    postgres_->start();
    openStore();
  }

  void tidy(std::size_t) override {}  // by itself, every minute

  void setClock(std::size_t server, std::chrono::milliseconds offset) override { servers_[server]->clock.set(offset); }
  Time now(std::size_t server) const override { return store::SystemClock().now() + servers_[server]->clock.offset(); }

 private:
  void openStore() {
    const auto now = store::SystemClock().now();
    store_ = postgres_ ? store::openPostgresStore(
                             {.connection = where_ + " application_name=faults", .readingConnections = 1}, now)
                       : store::openSqliteStore({.file = folder_ / "data" / "clerk.db"}, now);
  }

  fs::path folder_;
  std::optional<store::PostgresServer> postgres_;
  std::string where_;
  std::string secretKey_;
  std::unique_ptr<store::Store> store_;
  std::vector<std::unique_ptr<Server>> servers_;
};

}  // namespace

std::unique_ptr<World> makeProcessWorld(Engine engine, const fs::path& binaries) {
  return std::make_unique<ProcessWorld>(engine, binaries);
}

}  // namespace faults
