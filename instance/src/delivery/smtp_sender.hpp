#pragma once
// Sends mails through a mail server (RFC 5321), by libcurl.

#include "delivery/sender.hpp"

#include <memory>
#include <string>

namespace clerk::instance {

struct SmtpOptions {
  /// `smtp://mail.example.com:587` (with STARTTLS) or `smtps://mail.example.com:465`; a user and password may stand in
  /// it. An `smtp://` server of another machine must offer TLS.
  std::string url;
  /// An address or `Name <address>`.
  std::string from;
};

/// The connection is kept from mail to mail. Throws std::invalid_argument when the options cannot work.
std::unique_ptr<Sender> makeSmtpSender(SmtpOptions options);

}  // namespace clerk::instance
