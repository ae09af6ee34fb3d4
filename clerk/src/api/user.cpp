#include <clerk/api/resources.hpp>

#include <ecmascript/text.hpp>

#include <algorithm>

namespace clerk {

namespace {

template <class T>
const T* findById(const std::vector<T>& items, const std::optional<std::string>& id) noexcept {
  if (!id) return nullptr;
  const auto found = std::find_if(items.begin(), items.end(), [&](const T& item) { return item.id == *id; });
  return found == items.end() ? nullptr : &*found;
}

/// Takes private metadata out, under both of its names, on all levels.
void removePrivate(boost::json::value& json) {
  if (auto* object = json.if_object()) {
    for (auto name : {"privateMetadata", "private_metadata"}) object->stable_erase(name);
    for (auto& [name, member] : *object) removePrivate(member);
  } else if (auto* list = json.if_array()) {
    for (auto& item : *list) removePrivate(item);
  }
}

}  // namespace

const EmailAddress* User::primaryEmailAddress() const noexcept {
  return findById(emailAddresses, primaryEmailAddressId);
}
const PhoneNumber* User::primaryPhoneNumber() const noexcept { return findById(phoneNumbers, primaryPhoneNumberId); }
const Web3Wallet* User::primaryWeb3Wallet() const noexcept { return findById(web3Wallets, primaryWeb3WalletId); }

std::optional<std::string> User::fullName() const {
  const auto joined = firstName.value_or("") + ' ' + lastName.value_or("");
  const auto name = ecmascript::trim(joined);
  if (name.empty()) return {};
  return std::string(name);
}

boost::json::value publicJson(boost::json::value json) {
  removePrivate(json);
  return json;
}

}  // namespace clerk
