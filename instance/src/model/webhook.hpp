#pragma once
// An event that others are told of, and its way to one endpoint.

#include "model/time.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace clerk::instance {

struct WebhookEvent {
  std::string id;       ///< `msg_…`: what receivers recognise a repeated delivery by
  std::string type;     ///< such as `user.created`
  std::string payload;  ///< the body, byte for byte what is signed
  Time createdAt{};
  friend bool operator==(const WebhookEvent&, const WebhookEvent&) = default;
};

namespace delivery_status {
inline constexpr std::string_view waiting = "waiting";
inline constexpr std::string_view delivered = "delivered";
inline constexpr std::string_view failed = "failed";
}  // namespace delivery_status

struct WebhookDelivery {
  std::string id;  ///< `whd_…`
  std::string eventId;
  std::string endpointId;
  std::string status{delivery_status::waiting};
  std::int64_t attempts = 0;
  Time dueAt{};
  /// Until when a process that took it has it for itself.
  Time leasedUntil{};
  std::int64_t lastStatus = 0;  ///< of HTTP; 0: no answer
  std::string lastError;
  Time createdAt{};
  friend bool operator==(const WebhookDelivery&, const WebhookDelivery&) = default;
};

}  // namespace clerk::instance
