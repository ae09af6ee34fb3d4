#pragma once
// The table of messages: written in the transaction that needs them sent, so that none is lost and none is sent for
// nothing.

#include "model/message.hpp"
#include "model/page.hpp"
#include "store/sql.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace clerk::instance {

class Outbox {
 public:
  explicit Outbox(sql::Connection& connection) noexcept : sql_(connection) {}

  void insert(const Message& message);
  /// Newest first; `to` empty: all.
  std::vector<Message> list(std::string_view to, const PageRequest& page) const;
  std::vector<Message> queued(std::int64_t limit) const;
  /// How many messages one address was to get since then.
  std::int64_t countSince(std::string_view to, Time since) const;
  bool setStatus(std::string_view id, MessageStatus status);
  std::int64_t eraseOlder(Time before, std::int64_t limit);

 private:
  sql::Connection& sql_;
};

}  // namespace clerk::instance
