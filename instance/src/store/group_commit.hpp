#pragma once
// One writing thread with a queue, which puts what waits into one transaction: a group commit costs one flush to disk.

#include "store/transaction.hpp"
#include "store/writing_connection.hpp"

#include <async/task.hpp>

#include <condition_variable>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace clerk::instance {

/// The destructor writes what is queued.
class GroupCommit {
 public:
  using Unit = std::function<void(Transaction&)>;

  /// Borrows the connection, which nobody else may use from now on.
  explicit GroupCommit(WritingConnection& connection);
  GroupCommit(const GroupCommit&) = delete;
  GroupCommit& operator=(const GroupCommit&) = delete;
  ~GroupCommit();

  /// Waits on the caller's loop until the unit is safe on disk; throws what it threw.
  async::Task<> write(const Unit& unit);
  /// Nobody waits, a failure is dropped.
  void writeLater(Unit unit);
  /// Waits on the calling thread.
  void writeNow(const Unit& unit);

 private:
  struct Job;
  struct Committed;

  void enqueue(std::shared_ptr<Job> job);
  void serve();
  std::vector<std::shared_ptr<Job>> takeBatch();
  void runBatch(std::vector<std::shared_ptr<Job>>& batch) noexcept;
  void runAlone(Job& job);
  void runAmongOthers(Job& job);
  void rollBack() noexcept;

  WritingConnection& connection_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<std::shared_ptr<Job>> queue_;
  bool closing_ = false;
  std::thread thread_;
};

}  // namespace clerk::instance
