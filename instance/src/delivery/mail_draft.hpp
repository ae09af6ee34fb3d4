#pragma once
// How the files of mails begin theirs.

#include "model/message.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace clerk::instance {

/// A mail of this template that says nothing yet.
inline Message mailDraft(std::string_view slug, std::string_view to) {
  Message message;
  message.channel = MessageChannel::Email;
  message.slug = slug;
  message.to = to;
  return message;
}

/// `10 minutes`, rounded up.
inline std::string spokenMinutes(std::chrono::seconds duration) {
  return std::to_string(std::chrono::ceil<std::chrono::minutes>(duration).count()) + " minutes";
}

}  // namespace clerk::instance
