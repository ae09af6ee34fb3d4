#pragma once
// A mail or text message that waits to be sent, or was.

#include "model/time.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace clerk::instance {

enum class MessageChannel { Email, Sms };
std::string_view nameOf(MessageChannel channel) noexcept;
std::optional<MessageChannel> messageChannelOf(std::string_view name) noexcept;

enum class MessageStatus { Queued, Delivered, Failed };
std::string_view nameOf(MessageStatus status) noexcept;
std::optional<MessageStatus> messageStatusOf(std::string_view name) noexcept;

struct Message {
  std::string id;  ///< `ema_…`
  MessageChannel channel = MessageChannel::Email;
  MessageStatus status = MessageStatus::Queued;
  std::string slug;  ///< which template: `verification_code`, `reset_password_code`, …
  std::string to;
  std::string subject;
  std::string body;    ///< plain text
  std::string code;    ///< what the developer's outbox page shows in large type; empty when there is none
  std::string userId;  ///< empty during sign-up
  Time createdAt{};
  friend bool operator==(const Message&, const Message&) = default;
};

}  // namespace clerk::instance
