#include "store/group_commit.hpp"

#include <async/asio.hpp>
#include <async/event_loop.hpp>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <coroutine>
#include <future>
#include <iterator>

namespace clerk::instance {
namespace {

/// How many units share one flush at most: the first of them waits for the last.
constexpr std::size_t batchLimit = 64;

}  // namespace

/// One unit in the queue.
struct GroupCommit::Job {
  Unit unit;
  std::exception_ptr error;
  std::function<void()> finished;  // called on the writing thread when the unit is safe on disk, or failed
};

/// Suspends a coroutine until its job is done, and resumes it on its own loop.
struct GroupCommit::Committed {
  GroupCommit& commits;
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
    commits.enqueue(job);
  }
  void await_resume() const noexcept {}
};

GroupCommit::GroupCommit(WritingConnection& connection) : connection_(connection), thread_([this] { serve(); }) {}

GroupCommit::~GroupCommit() {
  {
    std::lock_guard lock(mutex_);
    closing_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

async::Task<> GroupCommit::write(const Unit& unit) {
  auto job = std::make_shared<Job>(Job{std::cref(unit), {}, {}});
  co_await Committed{*this, job};
  if (job->error) std::rethrow_exception(job->error);
}

void GroupCommit::writeLater(Unit unit) { enqueue(std::make_shared<Job>(Job{std::move(unit), {}, {}})); }

void GroupCommit::writeNow(const Unit& unit) {
  std::promise<void> done;
  auto job = std::make_shared<Job>(Job{std::cref(unit), {}, [&] { done.set_value(); }});
  enqueue(job);
  done.get_future().wait();
  if (job->error) std::rethrow_exception(job->error);
}

void GroupCommit::enqueue(std::shared_ptr<Job> job) {
  {
    std::lock_guard lock(mutex_);
    queue_.push_back(std::move(job));
  }
  wake_.notify_one();
}

void GroupCommit::serve() {
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
std::vector<std::shared_ptr<GroupCommit::Job>> GroupCommit::takeBatch() {
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

void GroupCommit::runBatch(std::vector<std::shared_ptr<Job>>& batch) noexcept {
  try {
    connection_.begin();
    if (batch.size() == 1) {
      runAlone(*batch.front());
    } else {
      for (auto& job : batch) runAmongOthers(*job);
    }
    if (connection_.inTransaction()) connection_.commit();
  } catch (...) {
    // Nothing of the batch is on disk: everybody must know.
    for (auto& job : batch) job->error = std::current_exception();
    rollBack();
  }
}

/// A unit that has the transaction for itself needs no savepoint, which costs a copy of each page that it changes, or a
/// round trip.
void GroupCommit::runAlone(Job& job) {
  try {
    Transaction transaction(connection_);
    job.unit(transaction);
    if (transaction.isAbandoned()) rollBack();
  } catch (...) {
    job.error = std::current_exception();
    rollBack();
  }
}

/// What one unit throws undoes that unit alone.
void GroupCommit::runAmongOthers(Job& job) {
  connection_.execute("savepoint unit", {});
  try {
    Transaction transaction(connection_);
    job.unit(transaction);
    if (transaction.isAbandoned()) connection_.execute("rollback to unit", {});
  } catch (...) {
    // The engine itself may have given up everything (disk full, server gone): then the batch is lost.
    if (!connection_.inTransaction()) throw;
    job.error = std::current_exception();
    connection_.execute("rollback to unit", {});
  }
  connection_.execute("release unit", {});
}

void GroupCommit::rollBack() noexcept {
  try {
    if (connection_.inTransaction()) connection_.rollBack();
  } catch (...) {
    // The next `begin` will say what is wrong.
  }
}

}  // namespace clerk::instance
