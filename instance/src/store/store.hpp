#pragma once
// The data. A unit of work is a function over a transaction; the store runs it where the engine wants it and gives its
// result back on the caller's loop.

#include "store/store_error.hpp"
#include "store/transaction.hpp"

#include <async/task.hpp>

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

namespace clerk::instance {

/// Safe from any thread. Everything but `close` needs a running EventLoop that stays alive until the work is done.
class Store {
 public:
  virtual ~Store() = default;
  Store() = default;
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  /// Runs `work(Transaction&)` in one writing transaction and gives its result once that is safe on disk. A unit sees
  /// everything that was written before, and runs alone. What it throws undoes it and is thrown here; see also
  /// Transaction::abandon(). It must be short, touch nothing but the transaction and its own state, and wait for
  /// nothing.
  template <class Work>
  async::Task<std::invoke_result_t<Work&, Transaction&>> transact(Work work) {
    using Result = std::invoke_result_t<Work&, Transaction&>;
    if constexpr (std::is_void_v<Result>) {
      const std::function<void(Transaction&)> unit = [&](Transaction& tx) { watched(tx, work); };
      co_await write(unit);
    } else {
      std::optional<Result> result;
      const std::function<void(Transaction&)> unit = [&](Transaction& tx) {
        watched(tx, [&](Transaction& inside) { result.emplace(work(inside)); });
      };
      co_await write(unit);
      co_return std::move(*result);
    }
  }

  /// Runs `work(const Transaction&)` on one consistent picture of what was written. For a few look-ups by key: SQLite
  /// does them at once on the caller's thread.
  template <class Work>
  async::Task<std::invoke_result_t<Work&, const Transaction&>> read(Work work) {
    std::optional<std::invoke_result_t<Work&, const Transaction&>> result;
    const std::function<void(const Transaction&)> unit = [&](const Transaction& tx) { result.emplace(work(tx)); };
    co_await lookUp(unit);
    co_return std::move(*result);
  }

  /// The same for lists and counts, which may take a while: on a thread that may wait.
  template <class Work>
  async::Task<std::invoke_result_t<Work&, const Transaction&>> scan(Work work) {
    std::optional<std::invoke_result_t<Work&, const Transaction&>> result;
    const std::function<void(const Transaction&)> unit = [&](const Transaction& tx) { result.emplace(work(tx)); };
    co_await scanWith(unit);
    co_return std::move(*result);
  }

  /// Writes with the next batch, and nobody waits: for what may be lost in a crash, such as `last_active_at`. `work`
  /// must own what it needs. A failure is dropped.
  virtual void writeLater(std::function<void(Transaction&)> work) = 0;

  /// For code without a loop, such as threads that hash: reads on the calling thread.
  virtual void readNow(const std::function<void(const Transaction&)>& work) = 0;
  /// For start-up: writes and waits.
  virtual void writeNow(const std::function<void(Transaction&)>& work) = 0;

  /// Called inside every transaction of `transact` for each thing that it changed. Set it before the first one.
  void onChange(std::function<void(Transaction&, const StoreChange&)> listener) { listener_ = std::move(listener); }

 protected:
  friend class RecordingStore;

  virtual async::Task<> write(const std::function<void(Transaction&)>& unit) = 0;
  virtual async::Task<> lookUp(const std::function<void(const Transaction&)>& unit) = 0;
  virtual async::Task<> scanWith(const std::function<void(const Transaction&)>& unit) = 0;

 private:
  template <class Work>
  void watched(Transaction& tx, Work&& work) const {
    if (!listener_) return work(tx);
    const Changes::Listener listener = [&](const StoreChange& change) { listener_(tx, change); };
    Changes::Unit unit(tx.changes(), listener);
    work(tx);
    if (!tx.isAbandoned()) unit.finish();
  }

  std::function<void(Transaction&, const StoreChange&)> listener_;
};

struct SqliteOptions {
  std::filesystem::path file;
  std::size_t readingThreads = 2;
};

/// Opens the file, makes it when there is none, and brings its tables up to date. Throws StoreError; the file is then
/// as it was, or as far as the last migration that went through.
std::unique_ptr<Store> openSqliteStore(const SqliteOptions& options, Time now);

struct PostgresOptions {
  /// A connection string or URI of libpq, such as "postgresql://clerk@db.example.com/clerk". The database exists and is
  /// empty, or was made by this program.
  std::string connection;
  std::size_t readingConnections = 8;
};

/// Connects and brings the tables up to date. Any number of processes may share the database. Throws StoreError.
std::unique_ptr<Store> openPostgresStore(const PostgresOptions& options, Time now);

}  // namespace clerk::instance
