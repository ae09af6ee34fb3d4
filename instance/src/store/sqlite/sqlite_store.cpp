// One thread writes; readers are connections of their own, one for each thread that reads, and never wait for the
// writer (SQLite docs: "WAL").

#include "store/group_commit.hpp"
#include "store/sqlite/sqlite_connection.hpp"
#include "store/sqlite/sqlite_schema.hpp"
#include "store/store.hpp"

#include <async/thread_pool.hpp>

#include <array>
#include <atomic>
#include <map>
#include <mutex>
#include <thread>

namespace clerk::instance {
namespace {

using ReadUnit = std::function<void(const Transaction&)>;

void configureReader(SqliteConnection& connection) {
  connection.runScript("pragma query_only = on; pragma cache_size = -16000; pragma mmap_size = 2147418112");
}

void configureWriter(SqliteConnection& connection) {
  connection.runScript(
      "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma cache_size = -32000; "
      "pragma journal_size_limit = 67108864");
}

class SqliteStore final : public Store {
 public:
  explicit SqliteStore(const SqliteOptions& options, Time now)
      : file_(options.file), writer_(options.file, SqliteConnection::Mode::Create) {
    migrate(writer_, file_, migrations(), now);
    configureWriter(writer_);
    scanners_.emplace(options.readingThreads);
    commits_.emplace(writer_);
  }

  ~SqliteStore() override {
    scanners_.reset();
    commits_.reset();
  }

  void writeLater(GroupCommit::Unit work) override { commits_->writeLater(std::move(work)); }
  void writeNow(const GroupCommit::Unit& work) override { commits_->writeNow(work); }

  void readNow(const ReadUnit& work) override {
    auto& connection = reader();
    connection.execute("begin", {});
    try {
      const Transaction transaction(connection);
      work(transaction);
    } catch (...) {
      connection.execute("rollback", {});
      throw;
    }
    connection.execute("commit", {});
  }

 protected:
  async::Task<> write(const GroupCommit::Unit& unit) override { return commits_->write(unit); }

  async::Task<> lookUp(const ReadUnit& unit) override {
    readNow(unit);
    co_return;
  }

  async::Task<> scanWith(const ReadUnit& unit) override {
    co_await scanners_->run([this, &unit] { readNow(unit); });
  }

 private:
  /// This thread's connection. Threads that come and go may inherit the id, and with it the connection, of one that
  /// ended.
  SqliteConnection& reader() {
    struct Recent {
      std::uint64_t store = 0;
      SqliteConnection* connection = nullptr;
    };
    static thread_local std::array<Recent, 4> recent;
    auto& slot = recent[serial_ % recent.size()];
    if (slot.store != serial_) slot = {serial_, &findReader()};
    return *slot.connection;
  }

  SqliteConnection& findReader() {
    std::lock_guard lock(readersMutex_);
    auto& connection = readers_[std::this_thread::get_id()];
    if (!connection) {
      auto opened = std::make_unique<SqliteConnection>(file_, SqliteConnection::Mode::ReadOnly);
      configureReader(*opened);
      connection = std::move(opened);
    }
    return *connection;
  }

  static inline std::atomic<std::uint64_t> lastSerial_ = 0;

  const std::uint64_t serial_ = ++lastSerial_;
  std::filesystem::path file_;
  SqliteConnection writer_;

  std::mutex readersMutex_;
  std::map<std::thread::id, std::unique_ptr<SqliteConnection>> readers_;
  std::optional<async::ThreadPool> scanners_;

  std::optional<GroupCommit> commits_;
};

}  // namespace

std::unique_ptr<Store> openSqliteStore(const SqliteOptions& options, Time now) {
  return std::make_unique<SqliteStore>(options, now);
}

}  // namespace clerk::instance
