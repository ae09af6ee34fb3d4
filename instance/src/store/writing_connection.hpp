#pragma once
// The connection through which a process writes.

#include "store/sql.hpp"

namespace clerk::instance {

/// Used by one thread at a time.
class WritingConnection : public sql::Connection {
 public:
  /// Starts a transaction and waits for its turn: no other process writes until it ends, and what they wrote before is
  /// seen. Throws StoreError.
  virtual void begin() = 0;
  /// Throws StoreError; it is then unknown whether what was written is there.
  virtual void commit() = 0;
  virtual void rollBack() = 0;
  /// False, too, when the engine gave the transaction up.
  virtual bool inTransaction() const noexcept = 0;
};

}  // namespace clerk::instance
