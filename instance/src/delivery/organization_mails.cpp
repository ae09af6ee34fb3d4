#include "delivery/organization_mails.hpp"

#include "delivery/mail_draft.hpp"

namespace clerk::instance {
Message organizationInvitationMail(const Settings& settings, std::string_view to, std::string_view organizationName,
                                   std::string_view inviter, std::string_view link) {
  Message message = mailDraft("organization_invitation", to);
  const std::string who = inviter.empty() ? "You are invited" : std::string(inviter) + " invites you";
  message.subject = who + " to join " + std::string(organizationName);
  message.body = who + " to join " + std::string(organizationName) + " at " + settings.applicationName +
                 ". Follow this link to accept:\n\n    " + std::string(link) +
                 "\n\nIf you did not expect this, you can ignore this message.\n";
  return message;
}

Message affiliationCodeMail(const Settings& settings, std::string_view to, std::string_view organizationName,
                            std::string_view code) {
  Message message = mailDraft("affiliation_code", to);
  message.code = code;
  message.subject = std::string(code) + " is your " + settings.applicationName + " verification code";
  message.body = "Somebody, hopefully you, wants to show that this mailbox belongs to " +
                 std::string(organizationName) + ". The code for it:\n\n    " + std::string(code) +
                 "\n\nIt is good for " + spokenMinutes(settings.lifetimes.code) +
                 ". If it was not you, ignore this message.\n";
  return message;
}

}  // namespace clerk::instance
