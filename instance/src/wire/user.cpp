#include "wire/user.hpp"

#include "flows/user/user.hpp"
#include "settings/settings.hpp"
#include "wire/identifiers.hpp"
#include "wire/organization.hpp"

namespace clerk::instance::wire {
namespace {

Json lockoutExpiry(const User& user, Time now) {
  const auto seconds = lockoutExpiresInSeconds(user, now);
  return seconds ? Json(*seconds) : Json();
}

/// What both APIs show, in the order of the recorded answers.
JsonObject common(const View& view, const User& user, Side side) {
  const auto picture = imageUrl(view, user);
  JsonObject json;
  json.reserve(48);
  json["object"] = "user";
  json["id"] = user.id;
  json["external_id"] = orNull(user.externalId);
  json["username"] = orNull(user.username);
  json["first_name"] = orNull(user.firstName);
  json["last_name"] = orNull(user.lastName);
  json["locale"] = orNull(user.locale);
  json["has_image"] = !user.imageUrl.empty();
  json["image_url"] = picture;
  json["profile_image_url"] = picture;
  json["profile_image_id"] = "";
  json["primary_email_address_id"] = orNull(user.primaryEmailAddressId);
  json["primary_phone_number_id"] = orNull(user.primaryPhoneNumberId);
  json["primary_web3_wallet_id"] = orNull(user.primaryWeb3WalletId);
  json["password_enabled"] = user.passwordEnabled();
  json["two_factor_enabled"] = user.twoFactorEnabled();
  json["totp_enabled"] = user.totpEnabled;
  json["backup_code_enabled"] = user.backupCodeEnabled;
  json["mfa_enabled_at"] = orNull(user.mfaEnabledAt);
  json["mfa_disabled_at"] = orNull(user.mfaDisabledAt);
  json["email_addresses"] = emailAddresses(view, user, side);
  json["phone_numbers"] = phoneNumbers(view, user, side);
  json["web3_wallets"] = JsonArray();
  json["passkeys"] = passkeys(view, user, side);
  json["external_accounts"] = externalAccounts(view, user, side);
  json["saml_accounts"] = JsonArray();
  json["enterprise_accounts"] = enterpriseAccounts(view, user, side);
  json["public_metadata"] = user.publicMetadata;
  json["unsafe_metadata"] = user.unsafeMetadata;
  json["password_last_updated_at"] = orNull(user.passwordLastUpdatedAt);
  json["requires_password_reset"] = user.passwordCompromised;
  json["last_sign_in_at"] = orNull(user.lastSignInAt);
  json["last_active_at"] = orNull(user.lastActiveAt);
  json["legal_accepted_at"] = orNull(user.legalAcceptedAt);
  json["banned"] = user.banned;
  json["locked"] = user.isLocked(view.now);
  json["lockout_expires_in_seconds"] = lockoutExpiry(user, view.now);
  json["verification_attempts_remaining"] = orNull(verificationAttemptsRemaining(view.settings, user, view.now));
  json["delete_self_enabled"] = user.deleteSelfEnabled && view.settings.deleteSelf;
  json["bypass_client_trust"] = user.bypassClientTrust;
  json["create_organization_enabled"] = user.createOrganizationEnabled;
  json["created_at"] = toMilliseconds(user.createdAt);
  json["updated_at"] = toMilliseconds(user.updatedAt);
  return json;
}

}  // namespace

std::string imageUrl(const View& view, const User& user) {
  return user.imageUrl.empty() ? view.settings.portalUrl + "/__img/avatar.svg" : user.imageUrl;
}

JsonObject user(const View& view, const User& user, const std::vector<Membership>& memberships) {
  auto json = common(view, user, Side::Frontend);
  JsonArray list;
  for (const auto& each : memberships) list.push_back(membership(view, each));
  json["organization_memberships"] = std::move(list);
  // 0 is "no limit" here: the Frontend API's number cannot be null.
  json["create_organizations_limit"] = user.createOrganizationsLimit.value_or(0);
  return json;
}

JsonObject backendUser(const View& view, const User& user) {
  auto json = common(view, user, Side::Backend);
  json["create_organizations_limit"] = orNull(user.createOrganizationsLimit);
  json["private_metadata"] = user.privateMetadata;
  return json;
}

JsonObject publicUserData(const View& view, const User& user) {
  const auto picture = imageUrl(view, user);
  return {{"user_id", user.id},           {"first_name", orNull(user.firstName)}, {"last_name", orNull(user.lastName)},
          {"image_url", picture},         {"has_image", !user.imageUrl.empty()},  {"identifier", user.identifier()},
          {"profile_image_url", picture}, {"username", orNull(user.username)},    {"banned", user.banned}};
}

}  // namespace clerk::instance::wire
