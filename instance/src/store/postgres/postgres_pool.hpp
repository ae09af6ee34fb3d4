#pragma once
// The connections that read, lent to one thread at a time.

#include "store/postgres/postgres_connection.hpp"
#include "store/transaction.hpp"

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace clerk::instance {

/// Safe from any thread. Connections are made when they are first needed.
class PostgresPool {
 public:
  PostgresPool(std::string where, std::size_t limit) : where_(std::move(where)), limit_(limit) {}

  /// Runs `work` on one picture of the data; waits while all connections are lent. Throws StoreError, and what `work`
  /// throws.
  void read(const std::function<void(const Transaction&)>& work);

 private:
  class Lease;
  std::unique_ptr<PostgresConnection> take();
  void give(std::unique_ptr<PostgresConnection> connection) noexcept;

  std::string where_;
  std::size_t limit_;
  std::mutex mutex_;
  std::condition_variable given_;
  std::size_t lent_ = 0;
  std::vector<std::unique_ptr<PostgresConnection>> idle_;
};

}  // namespace clerk::instance
