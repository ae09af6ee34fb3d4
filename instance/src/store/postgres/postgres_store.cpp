// One thread writes, and takes turns with those of other processes; a few threads read, each with a connection of its
// own. A caller's loop never waits for the server.

#include "store/group_commit.hpp"
#include "store/postgres/postgres_pool.hpp"
#include "store/postgres/postgres_schema.hpp"
#include "store/store.hpp"

#include <async/thread_pool.hpp>

namespace clerk::instance {
namespace {

class PostgresStore final : public Store {
 public:
  PostgresStore(const PostgresOptions& options, Time now)
      : writer_(options.connection), readers_(options.connection, options.readingConnections) {
    migrate(writer_, migrations(), now);
    threads_.emplace(options.readingConnections);
    commits_.emplace(writer_);
  }

  ~PostgresStore() override {
    threads_.reset();
    commits_.reset();
  }

  void writeLater(GroupCommit::Unit work) override { commits_->writeLater(std::move(work)); }
  void writeNow(const GroupCommit::Unit& work) override { commits_->writeNow(work); }
  void readNow(const std::function<void(const Transaction&)>& work) override { readers_.read(work); }

 protected:
  async::Task<> write(const GroupCommit::Unit& unit) override { return commits_->write(unit); }
  async::Task<> lookUp(const std::function<void(const Transaction&)>& unit) override {
    co_await threads_->run([this, &unit] { readers_.read(unit); });
  }
  async::Task<> scanWith(const std::function<void(const Transaction&)>& unit) override { return lookUp(unit); }

 private:
  PostgresConnection writer_;
  PostgresPool readers_;
  std::optional<async::ThreadPool> threads_;
  std::optional<GroupCommit> commits_;
};

}  // namespace

std::unique_ptr<Store> openPostgresStore(const PostgresOptions& options, Time now) {
  return std::make_unique<PostgresStore>(options, now);
}

}  // namespace clerk::instance
