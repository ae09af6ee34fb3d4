#include "flows/user/user_change.hpp"

#include "flows/normal_form.hpp"

namespace clerk::instance {

Outcome<> setPrimaryEmailAddress(User& user, const std::string& emailAddressId) {
  const auto* email = user.findEmailAddress(emailAddressId);
  if (!email) return Failure(errors::formResourceNotFound("primary_email_address_id"));
  if (!email->verified()) return Failure(errors::formVerificationNeeded("primary_email_address_id"));
  user.primaryEmailAddressId = emailAddressId;
  return {};
}

Outcome<> setPrimaryPhoneNumber(User& user, const std::string& phoneNumberId) {
  const auto* phone = user.findPhoneNumber(phoneNumberId);
  if (!phone) return Failure(errors::formResourceNotFound("primary_phone_number_id"));
  if (!phone->verified()) return Failure(errors::formVerificationNeeded("primary_phone_number_id"));
  user.primaryPhoneNumberId = phoneNumberId;
  return {};
}

Outcome<> setUsername(const Transaction& tx, User& user, const std::optional<std::string>& username) {
  if (!username || username->empty()) {
    user.username.reset();
    return {};
  }
  auto normal = normalUsername(*username, "username");
  if (!normal) return normal.error();
  if (*normal == user.username) return {};
  if (tx.users().isUsernameTaken(*normal)) return Failure(errors::formIdentifierExists("username"));
  user.username = *std::move(normal);
  return {};
}

}  // namespace clerk::instance
