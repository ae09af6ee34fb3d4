#include "store/stored_factors.hpp"

#include "store/stored_json.hpp"
#include "store/stored_proof.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

namespace clerk::instance {
namespace {

namespace json = boost::json;

template <class T>
json::object storedBase(const T& item) {
  json::object object{{"id", item.id},
                      {"created_at", toMilliseconds(item.createdAt)},
                      {"updated_at", toMilliseconds(item.updatedAt)}};
  if (item.verification) object["proof"] = storedProof(*item.verification);
  return object;
}

template <class T>
void readBase(const json::object& object, T& item) {
  item.id = storedTextMember(object, "id");
  item.createdAt = storedTimeMember(object, "created_at");
  item.updatedAt = storedTimeMember(object, "updated_at");
  const auto* proof = object.if_contains("proof");
  if (proof && proof->is_object()) item.verification = readProof(proof->get_object(), item.id);
}

json::object stored(const PhoneNumber& phone) {
  auto object = storedBase(phone);
  object["number"] = phone.phoneNumber;
  if (phone.reserved) object["reserved"] = true;
  if (phone.reservedForSecondFactor) object["second_factor"] = true;
  if (phone.defaultSecondFactor) object["default"] = true;
  return object;
}

void read(const json::object& object, PhoneNumber& phone) {
  readBase(object, phone);
  phone.phoneNumber = storedTextMember(object, "number");
  phone.reserved = object.contains("reserved");
  phone.reservedForSecondFactor = object.contains("second_factor");
  phone.defaultSecondFactor = object.contains("default");
}

constexpr std::pair<std::string_view, std::string ExternalAccount::*> accountTexts[] = {
    {"identification_id", &ExternalAccount::identificationId},
    {"provider", &ExternalAccount::provider},
    {"sub", &ExternalAccount::providerUserId},
    {"email_address", &ExternalAccount::emailAddress},
    {"first_name", &ExternalAccount::firstName},
    {"last_name", &ExternalAccount::lastName},
    {"username", &ExternalAccount::username},
    {"image_url", &ExternalAccount::imageUrl},
    {"scopes", &ExternalAccount::approvedScopes},
};

json::object stored(const ExternalAccount& account) {
  auto object = storedBase(account);
  for (const auto& [name, member] : accountTexts) object[name] = account.*member;
  if (account.emailAddressVerified) object["email_address_verified"] = true;
  return object;
}

void read(const json::object& object, ExternalAccount& account) {
  readBase(object, account);
  for (const auto& [name, member] : accountTexts) account.*member = storedTextMember(object, name);
  account.emailAddressVerified = object.contains("email_address_verified");
}

json::object stored(const Passkey& passkey) {
  auto object = storedBase(passkey);
  object["name"] = passkey.name;
  object["credential_id"] = passkey.credentialId;
  object["public_key"] = passkey.publicKey;
  object["sign_count"] = passkey.signCount;
  if (passkey.lastUsedAt) object["last_used_at"] = toMilliseconds(*passkey.lastUsedAt);
  return object;
}

void read(const json::object& object, Passkey& passkey) {
  readBase(object, passkey);
  passkey.name = storedTextMember(object, "name");
  passkey.credentialId = storedTextMember(object, "credential_id");
  passkey.publicKey = storedTextMember(object, "public_key");
  passkey.signCount = storedNumberMember(object, "sign_count").value_or(0);
  if (auto used = storedNumberMember(object, "last_used_at")) passkey.lastUsedAt = fromMilliseconds(*used);
}

template <class T>
void write(json::object& factors, std::string_view name, const std::vector<T>& items) {
  if (items.empty()) return;
  json::array list;
  for (const auto& item : items) list.push_back(stored(item));
  factors[name] = std::move(list);
}

template <class T>
void readAll(const json::object& factors, std::string_view name, std::vector<T>& items) {
  const auto* list = factors.if_contains(name);
  if (!list || !list->is_array()) return;
  for (const auto& each : list->get_array()) {
    if (each.is_object()) read(each.get_object(), items.emplace_back());
  }
}

}  // namespace

std::string storedFactors(const User& user) {
  json::object factors;
  write(factors, "phones", user.phoneNumbers);
  write(factors, "accounts", user.externalAccounts);
  write(factors, "passkeys", user.passkeys);
  if (user.totpEnabled) factors["totp"] = true;
  if (user.backupCodeEnabled) factors["backup_code"] = true;
  return storedText(factors);
}

void readFactors(std::string_view text, User& user) {
  if (text == "{}") return;
  const auto factors = storedObject(text);
  readAll(factors, "phones", user.phoneNumbers);
  readAll(factors, "accounts", user.externalAccounts);
  readAll(factors, "passkeys", user.passkeys);
  user.totpEnabled = factors.contains("totp");
  user.backupCodeEnabled = factors.contains("backup_code");
}

std::string storedExternalAccount(const ExternalAccount& account) { return json::serialize(stored(account)); }

ExternalAccount readExternalAccount(std::string_view text) {
  ExternalAccount account;
  read(storedObject(text), account);
  return account;
}

}  // namespace clerk::instance
