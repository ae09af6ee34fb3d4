#include "model/user.hpp"

#include <algorithm>

namespace clerk::instance {

const EmailAddress* User::findEmailAddress(std::string_view id) const noexcept {
  auto found = std::ranges::find(emailAddresses, id, &EmailAddress::id);
  return found == emailAddresses.end() ? nullptr : &*found;
}

const EmailAddress* User::primaryEmailAddress() const noexcept {
  return primaryEmailAddressId ? findEmailAddress(*primaryEmailAddressId) : nullptr;
}

const PhoneNumber* User::findPhoneNumber(std::string_view id) const noexcept {
  auto found = std::ranges::find(phoneNumbers, id, &PhoneNumber::id);
  return found == phoneNumbers.end() ? nullptr : &*found;
}

const PhoneNumber* User::primaryPhoneNumber() const noexcept {
  return primaryPhoneNumberId ? findPhoneNumber(*primaryPhoneNumberId) : nullptr;
}

std::string User::identifier() const {
  if (const auto* email = primaryEmailAddress()) return email->emailAddress;
  if (!emailAddresses.empty()) return emailAddresses.front().emailAddress;
  if (username) return *username;
  if (const auto* phone = primaryPhoneNumber()) return phone->phoneNumber;
  return phoneNumbers.empty() ? "" : phoneNumbers.front().phoneNumber;
}

bool User::twoFactorEnabled() const noexcept {
  return totpEnabled || std::ranges::any_of(phoneNumbers, [](const PhoneNumber& phone) {
           return phone.verified() && phone.reservedForSecondFactor;
         });
}

}  // namespace clerk::instance
