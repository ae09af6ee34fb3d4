#include "wire/identifiers.hpp"

#include "flows/enterprise/sign_in_connection.hpp"
#include "settings/settings.hpp"

#include <ranges>

namespace clerk::instance::wire {
namespace {

template <class Item>
void describeTimes(Members& members, const Item& item) {
  members.time("created_at", item.createdAt);
  members.time("updated_at", item.updatedAt);
}

void describe(Members& members, const View& view, const EmailAddress& address,
              const std::vector<ExternalAccount>& accounts, Side side) {
  members.text("object", "email_address");
  members.text("id", address.id);
  members.text("email_address", address.emailAddress);
  members.flag("reserved", address.reserved);
  describeVerification(members, "verification", address.verification, view.now, side);
  auto linked = accounts | std::views::filter([&](const ExternalAccount& account) {
                  return account.verified() && account.emailAddress == address.emailAddress;
                });
  members.list("linked_to", linked, [&](const ExternalAccount& account) {
    members.text("type", isSamlProvider(account.provider) ? strategy::saml : shownStrategy(account.provider));
    members.text("id", account.identificationId);
  });
  members.flag("matches_sso_connection", false);
  describeTimes(members, address);
}

void describe(Members& members, const View& view, const PhoneNumber& phone, Side side) {
  members.text("object", "phone_number");
  members.text("id", phone.id);
  members.text("phone_number", phone.phoneNumber);
  members.flag("reserved_for_second_factor", phone.reservedForSecondFactor);
  members.flag("default_second_factor", phone.defaultSecondFactor);
  members.flag("reserved", phone.reserved);
  describeVerification(members, "verification", phone.verification, view.now, side);
  members.emptyList("linked_to");
  members.null("backup_codes");
  describeTimes(members, phone);
}

void describe(Members& members, const View& view, const ExternalAccount& account, Side side) {
  members.text("object", "external_account");
  members.text("id", account.id);
  members.text("provider", account.provider);
  members.text("identification_id", account.identificationId);
  members.text("provider_user_id", account.providerUserId);
  members.text("approved_scopes", account.approvedScopes);
  members.text("email_address", account.emailAddress);
  members.flag("email_address_verified", account.emailAddressVerified);
  members.text("first_name", account.firstName);
  members.text("last_name", account.lastName);
  members.text("avatar_url", account.imageUrl);
  members.text("image_url", account.imageUrl);
  members.textOrNull("username", account.username);
  members.null("phone_number");
  members.json("public_metadata", {});
  members.null("label");
  describeVerification(members, "verification", account.verification, view.now, side);
  describeTimes(members, account);
}

void describe(Members& members, const View& view, const Passkey& passkey, Side side) {
  members.text("object", "passkey");
  members.text("id", passkey.id);
  members.text("name", passkey.name);
  members.optional("last_used_at", passkey.lastUsedAt);
  describeVerification(members, "verification", passkey.verification, view.now, side);
  describeTimes(members, passkey);
}

}  // namespace

JsonObject emailAddress(const View& view, const EmailAddress& address, const std::vector<ExternalAccount>& accounts,
                        Side side) {
  return described([&](Members& members) { describe(members, view, address, accounts, side); });
}
JsonObject phoneNumber(const View& view, const PhoneNumber& phone, Side side) {
  return described([&](Members& members) { describe(members, view, phone, side); });
}
JsonObject externalAccount(const View& view, const ExternalAccount& account, Side side) {
  return described([&](Members& members) { describe(members, view, account, side); });
}
JsonObject passkey(const View& view, const Passkey& passkey, Side side) {
  return described([&](Members& members) { describe(members, view, passkey, side); });
}

JsonArray emailAddresses(const View& view, const User& user, Side side) {
  JsonArray list;
  for (const auto& each : user.emailAddresses) list.push_back(emailAddress(view, each, user.externalAccounts, side));
  return list;
}

JsonArray phoneNumbers(const View& view, const User& user, Side side) {
  JsonArray list;
  for (const auto& each : user.phoneNumbers) list.push_back(phoneNumber(view, each, side));
  return list;
}

void describeEmailAddresses(Members& members, const View& view, const User& user, Side side) {
  members.list("email_addresses", user.emailAddresses,
               [&](const EmailAddress& address) { describe(members, view, address, user.externalAccounts, side); });
}

void describePhoneNumbers(Members& members, const View& view, const User& user, Side side) {
  members.list("phone_numbers", user.phoneNumbers,
               [&](const PhoneNumber& phone) { describe(members, view, phone, side); });
}

void describePasskeys(Members& members, const View& view, const User& user, Side side) {
  auto verified = user.passkeys | std::views::filter(&Passkey::verified);
  members.list("passkeys", verified, [&](const Passkey& passkey) { describe(members, view, passkey, side); });
}

void describeExternalAccounts(Members& members, const View& view, const User& user, Side side) {
  auto seen = user.externalAccounts | std::views::filter([&](const ExternalAccount& account) {
                // One that is still on its way is the person's own matter: it shows why it did not work.
                return !isEnterpriseProvider(account.provider) && (account.verified() || side == Side::Frontend);
              });
  members.list("external_accounts", seen,
               [&](const ExternalAccount& account) { describe(members, view, account, side); });
}

void describeEnterpriseAccounts(Members& members, const View& view, const User& user, Side side) {
  auto seen = user.externalAccounts |
              std::views::filter([](const ExternalAccount& account) { return isEnterpriseProvider(account.provider); });
  members.list("enterprise_accounts", seen, [&](const ExternalAccount& account) {
    members.text("object", "enterprise_account");
    members.text("id", account.id);
    const bool saml = isSamlProvider(account.provider);
    members.text("protocol", saml ? "saml" : "oauth");
    members.text("provider", saml ? "saml_custom" : "oidc_custom");
    members.flag("active", account.verified());
    members.text("email_address", account.emailAddress);
    members.text("first_name", account.firstName);
    members.text("last_name", account.lastName);
    members.text("provider_user_id", account.providerUserId);
    members.text("enterprise_connection_id", connectionIdIn(account.provider));
    members.json("public_metadata", {});
    describeVerification(members, "verification", account.verification, view.now, side);
    members.null("enterprise_connection");
    members.null("last_authenticated_at");
  });
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
