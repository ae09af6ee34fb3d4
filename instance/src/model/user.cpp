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

std::string User::identifier() const {
  if (const auto* email = primaryEmailAddress()) return email->emailAddress;
  if (!emailAddresses.empty()) return emailAddresses.front().emailAddress;
  return username.value_or("");
}

}  // namespace clerk::instance
