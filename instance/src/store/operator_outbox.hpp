#pragma once
// Messages and webhooks on their way, as the operator looks at them: how it goes, never what they say.

#include "model/message.hpp"
#include "model/page.hpp"
#include "model/webhook.hpp"
#include "store/sql.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clerk::instance {

struct MessageProgress {
  Message message;  ///< without body and code
  int attempts = 0;
  Time dueAt{};           ///< not before then
  std::string lastError;  ///< of the last try; empty: none failed
};

/// A delivery with the type of its event.
struct DeliveryProgress {
  WebhookDelivery delivery;
  std::string eventType;
  std::string url;  ///< of the endpoint
};

/// Inside a transaction of the connection's.
class OperatorOutbox {
 public:
  explicit OperatorOutbox(sql::Connection& connection) noexcept : sql_(connection) {}

  /// Newest first, of one status or all.
  std::vector<MessageProgress> messages(std::optional<MessageStatus> status, const PageRequest& page) const;
  std::optional<MessageProgress> findMessage(std::string_view id) const;
  std::int64_t countMessages(MessageStatus status) const;
  /// Makes a queued message due now, with all its tries before it. False when it is none, or somebody has it for the
  /// first time right now.
  bool retryMessage(std::string_view id, Time now);

  /// Newest first, of one status or all (empty).
  std::vector<DeliveryProgress> deliveries(std::string_view status, const PageRequest& page) const;
  std::optional<DeliveryProgress> findDelivery(std::string_view id) const;
  std::int64_t countDeliveries(std::string_view status) const;
  /// Makes a delivery that waits, or was given up, due now with all its attempts before it. False when it is none, or
  /// somebody has it right now.
  bool retryDelivery(std::string_view id, Time now);

  std::int64_t countUsers() const;

 private:
  sql::Connection& sql_;
};

}  // namespace clerk::instance
