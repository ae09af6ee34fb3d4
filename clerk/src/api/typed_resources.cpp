#include <clerk/api/resources.hpp>

#include "api/described_resources.hpp"
#include "api/typed.hpp"

#include <ecmascript/text.hpp>

#include <algorithm>

namespace clerk {

IdentificationLink::operator boost::json::value() const { return api::toJson(*this); }
Verification::operator boost::json::value() const { return api::toJson(*this); }
EmailAddress::operator boost::json::value() const { return api::toJson(*this); }
PhoneNumber::operator boost::json::value() const { return api::toJson(*this); }
Web3Wallet::operator boost::json::value() const { return api::toJson(*this); }
ExternalAccount::operator boost::json::value() const { return api::toJson(*this); }
EnterpriseAccountConnection::operator boost::json::value() const { return api::toJson(*this); }
EnterpriseAccount::operator boost::json::value() const { return api::toJson(*this); }
User::operator boost::json::value() const { return api::toJson(*this); }
SessionActivity::operator boost::json::value() const { return api::toJson(*this); }
Session::operator boost::json::value() const { return api::toJson(*this); }
Token::operator boost::json::value() const { return api::toJson(*this); }
RefreshedSession::operator boost::json::value() const { return api::toJson(*this); }
DeletedObject::operator boost::json::value() const { return api::toJson(*this); }
SignInToken::operator boost::json::value() const { return api::toJson(*this); }
TestingToken::operator boost::json::value() const { return api::toJson(*this); }
OauthAccessToken::operator boost::json::value() const { return api::toJson(*this); }
Organization::operator boost::json::value() const { return api::toJson(*this); }
OrganizationMembershipPublicUserData::operator boost::json::value() const { return api::toJson(*this); }
OrganizationMembership::operator boost::json::value() const { return api::toJson(*this); }
OrganizationInvitation::operator boost::json::value() const { return api::toJson(*this); }

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

boost::json::value publicJson(const User& user) {
  boost::json::value json = user;
  removePrivate(json);
  return json;
}

}  // namespace clerk
