#include "store/postgres/postgres_pool.hpp"

namespace clerk::instance {

/// A connection until the end of the scope.
class PostgresPool::Lease {
 public:
  explicit Lease(PostgresPool& pool) : pool_(pool), connection_(pool.take()) {}
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;
  ~Lease() { pool_.give(std::move(connection_)); }

  PostgresConnection& connection() noexcept { return *connection_; }

 private:
  PostgresPool& pool_;
  std::unique_ptr<PostgresConnection> connection_;
};

void PostgresPool::read(const std::function<void(const Transaction&)>& work) {
  Lease lease(*this);
  auto& connection = lease.connection();
  connection.beginReading();
  try {
    const Transaction transaction(connection);
    work(transaction);
  } catch (...) {
    if (connection.inTransaction()) connection.rollBack();
    throw;
  }
  connection.commit();
}

std::unique_ptr<PostgresConnection> PostgresPool::take() {
  std::unique_lock lock(mutex_);
  given_.wait(lock, [this] { return lent_ < limit_; });
  ++lent_;
  if (!idle_.empty()) {
    auto connection = std::move(idle_.back());
    idle_.pop_back();
    return connection;
  }
  lock.unlock();
  try {
    return std::make_unique<PostgresConnection>(where_);
  } catch (...) {
    give(nullptr);
    throw;
  }
}

void PostgresPool::give(std::unique_ptr<PostgresConnection> connection) noexcept {
  {
    std::lock_guard lock(mutex_);
    --lent_;
    if (connection) idle_.push_back(std::move(connection));
  }
  given_.notify_one();
}

}  // namespace clerk::instance
