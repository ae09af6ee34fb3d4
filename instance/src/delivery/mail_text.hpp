#pragma once
// A message as the text that mail servers pass on (RFC 5322, MIME).

#include "model/message.hpp"

#include <string>
#include <string_view>

namespace clerk::instance {

/// `from` is an address or `Name <address>`. Line breaks in fields cannot start a header of their own.
std::string mailText(const Message& message, std::string_view from);

/// The address within `Name <address>`, or the text itself.
std::string_view addressOf(std::string_view mailbox) noexcept;

}  // namespace clerk::instance
