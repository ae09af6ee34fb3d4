#include "delivery/mails.hpp"

#include "delivery/mail_draft.hpp"

#include <algorithm>

namespace clerk::instance {
Message verificationCodeMail(const Settings& settings, std::string_view to, std::string_view code) {
  Message message = mailDraft("verification_code", to);
  message.code = code;
  message.subject = std::string(code) + " is your " + settings.applicationName + " verification code";
  message.body = "Enter this code when asked for it:\n\n    " + std::string(code) + "\n\nIt is good for " +
                 spokenMinutes(settings.lifetimes.code) +
                 ". Never share it with anyone.\n\nIf you did not ask for it, you can " + "ignore this message.\n";
  return message;
}

Message resetPasswordCodeMail(const Settings& settings, std::string_view to, std::string_view code) {
  Message message = mailDraft("reset_password_code", to);
  message.code = code;
  message.subject = std::string(code) + " is your " + settings.applicationName + " reset password code";
  message.body = "Somebody, hopefully you, wants to set a new password for your account. The code for it:\n\n    " +
                 std::string(code) + "\n\nIt is good for " + spokenMinutes(settings.lifetimes.code) +
                 ". If it was not you, ignore this message: your password stays as it is.\n";
  return message;
}

Message accountExistsMail(const Settings& settings, std::string_view to) {
  Message message = mailDraft("account_exists", to);
  message.subject = "You have an account at " + settings.applicationName;
  message.body =
      "Somebody, perhaps you, tried to sign up with this address. It has an account already: sign in instead, or ask "
      "for a "
      "new password.\n\nIf it was not you, there is nothing to do.\n";
  return message;
}

Message verificationLinkMail(const Settings& settings, std::string_view to, std::string_view link) {
  Message message = mailDraft("verification_link", to);
  message.subject = "Your " + settings.applicationName + " link";
  message.body = "Open this link to go on:\n\n    " + std::string(link) + "\n\nIt is good for " +
                 spokenMinutes(settings.lifetimes.code) +
                 " and works once. If you did not ask for it, ignore this message.\n";
  return message;
}

Message invitationMail(const Settings& settings, std::string_view to, std::string_view link) {
  Message message = mailDraft("invitation", to);
  message.subject = "Your invitation to " + settings.applicationName;
  message.body = "You are invited to join " + settings.applicationName + ". Open this link to accept:\n\n    " +
                 std::string(link) + "\n\nIf you do not want to, there is nothing to do.\n";
  return message;
}

Message primaryAddressChangedMail(const Settings& settings, std::string_view to) {
  Message message = mailDraft("primary_email_address_changed", to);
  message.subject = "Your address at " + settings.applicationName + " was changed";
  message.body = "This address is no longer the primary one of your account at " + settings.applicationName +
                 ".\n\nIf you did not expect that, tell those who run it.\n";
  return message;
}

Message verificationCodeText(const Settings& settings, std::string_view to, std::string_view code) {
  Message message = mailDraft("verification_code", to);
  message.channel = MessageChannel::Sms;
  message.code = code;
  message.body = std::string(code) + " is your " + settings.applicationName + " verification code.";
  return message;
}

Message resetPasswordCodeText(const Settings& settings, std::string_view to, std::string_view code) {
  Message message = verificationCodeText(settings, to, code);
  message.slug = "reset_password_code";
  message.body = std::string(code) + " is your " + settings.applicationName + " code for a new password.";
  return message;
}

bool isTestPhoneNumber(const Settings& settings, std::string_view phoneNumber) {
  // +1 XXX 555 01XX
  return settings.testMode && phoneNumber.size() == 12 && phoneNumber.starts_with("+1") &&
         phoneNumber.substr(5, 5) == "55501";
}

bool isTestAddress(const Settings& settings, std::string_view emailAddress) {
  if (!settings.testMode) return false;
  constexpr std::string_view mark = "+clerk_test";
  const auto local = emailAddress.substr(0, emailAddress.rfind('@'));
  const auto found = std::ranges::search(
      local, mark, [](char a, char b) { return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + 32) : a) == b; });
  return !found.empty() && found.end() == local.end();
}

}  // namespace clerk::instance
