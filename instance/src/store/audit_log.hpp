#pragma once
// The table of the audit log: written in the transaction of what it tells, never changed, erased when it is old.

#include "model/audit.hpp"
#include "store/sql.hpp"

#include <cstdint>
#include <vector>

namespace clerk::instance {

class AuditLog {
 public:
  explicit AuditLog(sql::Connection& connection) noexcept : sql_(connection) {}

  void insert(const AuditEntry& entry);
  /// Newest first; empty when the cursor is no entry's.
  std::vector<AuditEntry> list(const AuditFilter& filter, std::int64_t limit) const;
  std::int64_t eraseOlder(Time before, std::int64_t limit);

 private:
  sql::Connection& sql_;
};

}  // namespace clerk::instance
