#pragma once
// The tables of events for webhooks and of their deliveries.

#include "model/webhook.hpp"
#include "store/sql.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace clerk::instance {

class Webhooks {
 public:
  explicit Webhooks(sql::Connection& connection) noexcept : sql_(connection) {}

  void insert(const WebhookEvent& event);
  void insert(const WebhookDelivery& delivery);
  std::optional<WebhookEvent> findEvent(std::string_view id) const;
  std::optional<WebhookDelivery> findDelivery(std::string_view id) const;

  /// Waiting, due and leased by nobody; the longest due first.
  std::vector<WebhookDelivery> due(Time now, std::int64_t limit) const;
  /// Takes a delivery and counts the attempt: true for one process alone, until the lease is over.
  bool claim(std::string_view id, Time now, Time leasedUntil);
  /// What the attempt came to; `attempts` must be that of the claim: who was too slow changes nothing.
  bool settle(const WebhookDelivery& delivery, Time now);

  /// Sends it once more, now, whatever came of it before. False when it is on its way, or unknown.
  bool sendAgain(std::string_view id, Time now);

  std::int64_t eraseOlder(Time before, std::int64_t limit);

 private:
  sql::Connection& sql_;
};

}  // namespace clerk::instance
