#pragma once
// A store on which somebody acts: what changes through it stands in the audit log, written in the same transaction.

#include "model/random.hpp"
#include "store/store.hpp"

namespace clerk::instance {

/// Borrows the store, the clock and the source of randomness. Safe from any thread, as they are. A unit that changed no
/// row, or was undone, leaves no entry.
class RecordingStore final : public Store {
 public:
  RecordingStore(Store& store, Actor actor, const Clock& clock, Random& random);

  void writeLater(std::function<void(Transaction&)> work) override { store_.writeLater(std::move(work)); }
  void readNow(const std::function<void(const Transaction&)>& work) override { store_.readNow(work); }
  void writeNow(const std::function<void(Transaction&)>& work) override { store_.writeNow(work); }

 protected:
  async::Task<> write(const std::function<void(Transaction&)>& unit) override;
  async::Task<> lookUp(const std::function<void(const Transaction&)>& unit) override { return store_.lookUp(unit); }
  async::Task<> scanWith(const std::function<void(const Transaction&)>& unit) override { return store_.scanWith(unit); }

 private:
  Store& store_;
  Actor actor_;
  const Clock& clock_;
  Random& random_;
};

}  // namespace clerk::instance
