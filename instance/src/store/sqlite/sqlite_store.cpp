// One writer thread with a queue, which puts what waits into one transaction (a group commit costs one flush to disk);
// readers are connections of their own, one for each thread that reads, and never wait for the writer (SQLite docs:
// "WAL").

#include "store/sqlite/sqlite_connection.hpp"
#include "store/sqlite/sqlite_schema.hpp"
#include "store/store.hpp"

#include <async/asio.hpp>
#include <async/event_loop.hpp>
#include <async/thread_pool.hpp>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <array>
#include <atomic>
#include <condition_variable>
#include <coroutine>
#include <future>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

namespace clerk::instance {
namespace {

using WriteUnit = std::function<void(Transaction&)>;
using ReadUnit = std::function<void(const Transaction&)>;

/// How many units share one flush at most: the first of them waits for the last.
constexpr std::size_t batchLimit = 64;

/// One unit in the writer's queue.
struct Job {
  WriteUnit unit;
  std::exception_ptr error;
  std::function<void()> finished;  // called on the writer's thread when the unit is safe on disk, or failed
};

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
    thread_ = std::thread([this] { serve(); });
  }

  ~SqliteStore() override {
    scanners_.reset();
    {
      std::lock_guard lock(mutex_);
      closing_ = true;
    }
    wake_.notify_one();
    thread_.join();
  }

  void writeLater(WriteUnit work) override { enqueue(std::make_shared<Job>(Job{std::move(work), {}, {}})); }

  void writeNow(const WriteUnit& work) override {
    std::promise<void> done;
    auto job = std::make_shared<Job>(Job{std::cref(work), {}, [&] { done.set_value(); }});
    enqueue(job);
    done.get_future().wait();
    if (job->error) std::rethrow_exception(job->error);
  }

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
  async::Task<> write(const WriteUnit& unit) override {
    auto job = std::make_shared<Job>(Job{std::cref(unit), {}, {}});
    co_await Committed{*this, job};
    if (job->error) std::rethrow_exception(job->error);
  }

  async::Task<> lookUp(const ReadUnit& unit) override {
    readNow(unit);
    co_return;
  }

  async::Task<> scanWith(const ReadUnit& unit) override {
    co_await scanners_->run([this, &unit] { readNow(unit); });
  }

 private:
  /// Suspends a coroutine until its job is done, and resumes it on its own loop.
  struct Committed {
    SqliteStore& store;
    std::shared_ptr<Job> job;

    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> waiter) const {
      auto& loop = async::EventLoop::current();
      // The guard keeps the loop waiting while the work is on another thread, and goes home with the waiter: the loop
      // may be gone as soon as that runs.
      auto guard = boost::asio::make_work_guard(async::ioContext(loop));
      job->finished = [&loop, guard, waiter]() mutable {
        loop.post([guard = std::move(guard), waiter] { waiter.resume(); });
      };
      store.enqueue(job);
    }
    void await_resume() const noexcept {}
  };

  void enqueue(std::shared_ptr<Job> job) {
    {
      std::lock_guard lock(mutex_);
      queue_.push_back(std::move(job));
    }
    wake_.notify_one();
  }

  void serve() {
    for (auto batch = takeBatch(); !batch.empty(); batch = takeBatch()) {
      runBatch(batch);
      for (auto& job : batch) {
        job->unit = nullptr;
        if (auto finished = std::move(job->finished)) finished();
        job.reset();
      }
    }
  }

  /// Waits for work; empty when the store closes and nothing is left.
  std::vector<std::shared_ptr<Job>> takeBatch() {
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [this] { return closing_ || !queue_.empty(); });
    std::vector<std::shared_ptr<Job>> batch;
    if (queue_.size() <= batchLimit) {
      batch.swap(queue_);
    } else {
      const auto end = queue_.begin() + batchLimit;
      batch.assign(std::make_move_iterator(queue_.begin()), std::make_move_iterator(end));
      queue_.erase(queue_.begin(), end);
    }
    return batch;
  }

  void runBatch(std::vector<std::shared_ptr<Job>>& batch) noexcept {
    try {
      writer_.execute("begin immediate", {});
      if (batch.size() == 1) {
        runAlone(*batch.front());
      } else {
        for (auto& job : batch) runAmongOthers(*job);
      }
      if (writer_.inTransaction()) writer_.execute("commit", {});
    } catch (...) {
      // Nothing of the batch is on disk: everybody must know.
      for (auto& job : batch) job->error = std::current_exception();
      rollBack();
    }
  }

  /// A unit that has the transaction for itself needs no savepoint, which would copy each page that it changes.
  void runAlone(Job& job) {
    try {
      Transaction transaction(writer_);
      job.unit(transaction);
      if (transaction.isAbandoned()) rollBack();
    } catch (...) {
      job.error = std::current_exception();
      rollBack();
    }
  }

  /// What one unit throws undoes that unit alone.
  void runAmongOthers(Job& job) {
    writer_.execute("savepoint unit", {});
    try {
      Transaction transaction(writer_);
      job.unit(transaction);
      if (transaction.isAbandoned()) writer_.execute("rollback to unit", {});
    } catch (...) {
      // SQLite itself may have rolled back everything (disk full, for one): then the batch is lost.
      if (!writer_.inTransaction()) throw;
      job.error = std::current_exception();
      writer_.execute("rollback to unit", {});
    }
    writer_.execute("release unit", {});
  }

  void rollBack() noexcept {
    try {
      if (writer_.inTransaction()) writer_.execute("rollback", {});
    } catch (...) {
      // The next `begin` will say what is wrong.
    }
  }

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

  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<std::shared_ptr<Job>> queue_;
  bool closing_ = false;
  std::thread thread_;
};

}  // namespace

std::unique_ptr<Store> openSqliteStore(const SqliteOptions& options, Time now) {
  return std::make_unique<SqliteStore>(options, now);
}

}  // namespace clerk::instance
