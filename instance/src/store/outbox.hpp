#pragma once
// The table of messages: written in the transaction that needs them sent, so that none is lost and none is sent for
// nothing.

#include "model/message.hpp"
#include "model/page.hpp"
#include "store/sql.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clerk::instance {

/// A message that somebody is about to send.
struct QueuedMessage {
  Message message;
  int attempts = 1;  ///< how often it was tried, with this time
};

/// How a message's way goes.
struct QueueProgress {
  std::int64_t attempts = 0;
  Time dueAt{};           ///< when it is tried next
  std::string lastError;  ///< empty: none
};

class Outbox {
 public:
  explicit Outbox(sql::Connection& connection) noexcept : sql_(connection) {}

  void insert(const Message& message);
  std::optional<Message> find(std::string_view id) const;
  /// Newest first; `to` empty: all.
  std::vector<Message> list(std::string_view to, const PageRequest& page) const;
  /// Takes queued messages whose time has come, oldest first: until `leaseEnd` nobody else gets them.
  std::vector<QueuedMessage> claim(Time now, Time leaseEnd, std::int64_t limit);
  /// When the next one is to be sent; absent when none waits.
  std::optional<Time> nextDue() const;
  /// It is on its way: what it said (codes, links) is forgotten.
  void markDelivered(std::string_view id);
  /// It could not be sent; `retryAt` absent: it is given up.
  void markFailed(std::string_view id, std::string_view why, std::optional<Time> retryAt);
  std::optional<QueueProgress> progressOf(std::string_view id) const;
  /// Tries it now instead of later. False when it is not queued: what others said is forgotten.
  bool hasten(std::string_view id, Time now);
  /// How many messages one address was to get since then.
  std::int64_t countSince(std::string_view to, Time since) const;
  std::int64_t eraseOlder(Time before, std::int64_t limit);

 private:
  sql::Connection& sql_;
};

}  // namespace clerk::instance
