#include "wire/identifiers.hpp"

#include "flows/enterprise/sign_in_connection.hpp"
#include "settings/settings.hpp"
#include "wire/verification.hpp"

namespace clerk::instance::wire {
namespace {

Json proof(const View& view, const std::optional<Verification>& verification, Side side) {
  return side == Side::Frontend ? wire::verification(verification, view.now)
                                : backendVerification(verification, view.now);
}

template <class Item>
void addTimes(JsonObject& json, const Item& item) {
  json["created_at"] = toMilliseconds(item.createdAt);
  json["updated_at"] = toMilliseconds(item.updatedAt);
}

template <class Items, class Show>
JsonArray listOf(const Items& items, Show show) {
  JsonArray list;
  list.reserve(items.size());
  for (const auto& item : items) list.push_back(show(item));
  return list;
}

}  // namespace

JsonObject emailAddress(const View& view, const EmailAddress& address, const std::vector<ExternalAccount>& accounts,
                        Side side) {
  JsonArray links;
  for (const auto& account : accounts) {
    if (account.verified() && account.emailAddress == address.emailAddress) {
      links.push_back(JsonObject{{"type", shownStrategy(account.provider)}, {"id", account.identificationId}});
    }
  }
  JsonObject json{{"object", "email_address"},
                  {"id", address.id},
                  {"email_address", address.emailAddress},
                  {"reserved", address.reserved},
                  {"verification", proof(view, address.verification, side)},
                  {"linked_to", std::move(links)},
                  {"matches_sso_connection", false}};
  addTimes(json, address);
  return json;
}

JsonObject phoneNumber(const View& view, const PhoneNumber& phone, Side side) {
  JsonObject json{{"object", "phone_number"},
                  {"id", phone.id},
                  {"phone_number", phone.phoneNumber},
                  {"reserved_for_second_factor", phone.reservedForSecondFactor},
                  {"default_second_factor", phone.defaultSecondFactor},
                  {"reserved", phone.reserved},
                  {"verification", proof(view, phone.verification, side)},
                  {"linked_to", JsonArray()},
                  {"backup_codes", nullptr}};
  addTimes(json, phone);
  return json;
}

JsonObject externalAccount(const View& view, const ExternalAccount& account, Side side) {
  JsonObject json{{"object", "external_account"},
                  {"id", account.id},
                  {"provider", account.provider},
                  {"identification_id", account.identificationId},
                  {"provider_user_id", account.providerUserId},
                  {"approved_scopes", account.approvedScopes},
                  {"email_address", account.emailAddress},
                  {"email_address_verified", account.emailAddressVerified},
                  {"first_name", account.firstName},
                  {"last_name", account.lastName},
                  {"avatar_url", account.imageUrl},
                  {"image_url", account.imageUrl},
                  {"username", textOrNull(account.username)},
                  {"phone_number", nullptr},
                  {"public_metadata", JsonObject()},
                  {"label", nullptr},
                  {"verification", proof(view, account.verification, side)}};
  addTimes(json, account);
  return json;
}

JsonObject passkey(const View& view, const Passkey& passkey, Side side) {
  JsonObject json{{"object", "passkey"},
                  {"id", passkey.id},
                  {"name", passkey.name},
                  {"last_used_at", orNull(passkey.lastUsedAt)},
                  {"verification", proof(view, passkey.verification, side)}};
  addTimes(json, passkey);
  return json;
}

JsonArray emailAddresses(const View& view, const User& user, Side side) {
  return listOf(user.emailAddresses,
                [&](const auto& item) { return emailAddress(view, item, user.externalAccounts, side); });
}
JsonArray phoneNumbers(const View& view, const User& user, Side side) {
  return listOf(user.phoneNumbers, [&](const auto& item) { return phoneNumber(view, item, side); });
}
JsonArray externalAccounts(const View& view, const User& user, Side side) {
  JsonArray list;
  for (const auto& account : user.externalAccounts) {
    // One that is still on its way is the person's own matter: it shows why it did not work.
    if (isEnterpriseProvider(account.provider)) continue;
    if (account.verified() || side == Side::Frontend) list.push_back(externalAccount(view, account, side));
  }
  return list;
}
JsonArray enterpriseAccounts(const View& view, const User& user, Side side) {
  JsonArray list;
  for (const auto& account : user.externalAccounts) {
    if (!isEnterpriseProvider(account.provider)) continue;
    list.push_back(JsonObject{{"object", "enterprise_account"},
                              {"id", account.id},
                              {"protocol", "oauth"},
                              {"provider", "oidc_custom"},
                              {"active", account.verified()},
                              {"email_address", account.emailAddress},
                              {"first_name", account.firstName},
                              {"last_name", account.lastName},
                              {"provider_user_id", account.providerUserId},
                              {"enterprise_connection_id", account.provider.substr(strategy::enterprisePrefix.size())},
                              {"public_metadata", JsonObject()},
                              {"verification", proof(view, account.verification, side)},
                              {"enterprise_connection", nullptr},
                              {"last_authenticated_at", nullptr}});
  }
  return list;
}
JsonArray passkeys(const View& view, const User& user, Side side) {
  JsonArray list;
  for (const auto& item : user.passkeys) {
    if (item.verified()) list.push_back(passkey(view, item, side));
  }
  return list;
}

JsonObject totp(const Totp& totp) {
  return {{"object", "totp"},
          {"id", totp.id},
          {"secret", textOrNull(totp.secret)},
          {"uri", textOrNull(totp.uri)},
          {"verified", totp.verified},
          {"backup_codes", totp.backupCodes.empty() ? Json() : Json(texts(totp.backupCodes))},
          {"created_at", toMilliseconds(totp.createdAt)},
          {"updated_at", toMilliseconds(totp.updatedAt)}};
}

JsonObject backupCodes(const NewBackupCodes& codes) {
  return {{"object", "backup_code"},
          {"id", codes.id},
          {"codes", texts(codes.codes)},
          {"created_at", toMilliseconds(codes.createdAt)},
          {"updated_at", toMilliseconds(codes.createdAt)}};
}

JsonObject image(const Image& image) {
  return {{"object", "image"}, {"id", image.id}, {"public_url", image.publicUrl}};
}

}  // namespace clerk::instance::wire
