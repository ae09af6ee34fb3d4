#pragma once
// Empties the outbox.

#include "delivery/sender.hpp"
#include "model/time.hpp"
#include "store/store.hpp"

#include <async/repeating_thread.hpp>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace clerk::instance {

struct CourierOptions {
  /// Asked in turn which of them takes a message.
  std::vector<std::unique_ptr<Sender>> senders;
  /// Told in one line of what was not sent; it holds no addresses. Called on the courier's thread.
  std::function<void(const std::string& line)> report = [](const std::string&) {};
  /// How long new messages wait at most.
  Milliseconds pollInterval{500};
};

/// A thread that sends what lies in the outbox. Several processes may do so over one database: each message is taken by
/// one of them, and by another one only when that process died. A message that was taken is sent at least once; what
/// fails is tried again after 5 s, 10 s, 20 s, … for about an hour. The destructor waits for the message under way.
class Courier {
 public:
  /// Borrows store and clock, which must outlive it.
  Courier(Store& store, const Clock& clock, CourierOptions options);

  /// Sends what is due now, on the calling thread; returns how many messages were taken. For tests, and for the thread.
  static std::size_t deliverDue(Store& store, const Clock& clock, const CourierOptions& options);

 private:
  CourierOptions options_;
  async::RepeatingThread thread_;
};

}  // namespace clerk::instance
