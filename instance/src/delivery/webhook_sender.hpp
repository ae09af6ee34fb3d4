#pragma once
// Hands messages to an address of the operator's, which sends them as it likes: text messages, or mails by a provider's
// API.

#include "delivery/sender.hpp"

#include <memory>
#include <string>

namespace clerk::instance {

struct WebhookSenderOptions {
  /// https, or http on this machine.
  std::string url;
  /// `whsec_…`: signs each request as Standard Webhooks has it (headers webhook-id, webhook-timestamp,
  /// webhook-signature).
  std::string signingSecret;
  /// Whether mails go there, too.
  bool mails = false;
};

/// Posts `{"id", "channel", "to", "subject", "body", "slug", "user_id", "created_at"}`; 2xx is taken as sent, 4xx but
/// 408, 409, 425 and 429 as refused for good. Throws std::invalid_argument when the options cannot work.
std::unique_ptr<Sender> makeWebhookSender(WebhookSenderOptions options);

}  // namespace clerk::instance
