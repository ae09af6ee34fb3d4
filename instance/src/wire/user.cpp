#include "wire/user.hpp"

#include "flows/user/user.hpp"
#include "settings/settings.hpp"
#include "wire/identifiers.hpp"
#include "wire/members.hpp"
#include "wire/organization.hpp"

namespace clerk::instance::wire {
namespace {

/// What both APIs show, in the order of the recorded answers.
void describe(Members& members, const View& view, const User& user, Side side) {
  const auto picture = imageUrl(view, user);
  members.text("object", "user");
  members.text("id", user.id);
  members.optional("external_id", user.externalId);
  members.optional("username", user.username);
  members.optional("first_name", user.firstName);
  members.optional("last_name", user.lastName);
  members.optional("locale", user.locale);
  members.flag("has_image", !user.imageUrl.empty());
  members.text("image_url", picture);
  members.text("profile_image_url", picture);
  members.text("profile_image_id", "");
  members.optional("primary_email_address_id", user.primaryEmailAddressId);
  members.optional("primary_phone_number_id", user.primaryPhoneNumberId);
  members.optional("primary_web3_wallet_id", user.primaryWeb3WalletId);
  members.flag("password_enabled", user.passwordEnabled());
  members.flag("two_factor_enabled", user.twoFactorEnabled());
  members.flag("totp_enabled", user.totpEnabled);
  members.flag("backup_code_enabled", user.backupCodeEnabled);
  members.optional("mfa_enabled_at", user.mfaEnabledAt);
  members.optional("mfa_disabled_at", user.mfaDisabledAt);
  describeEmailAddresses(members, view, user, side);
  describePhoneNumbers(members, view, user, side);
  members.emptyList("web3_wallets");
  describePasskeys(members, view, user, side);
  describeExternalAccounts(members, view, user, side);
  members.emptyList("saml_accounts");
  describeEnterpriseAccounts(members, view, user, side);
  members.json("public_metadata", user.publicMetadata);
  members.json("unsafe_metadata", user.unsafeMetadata);
  members.optional("password_last_updated_at", user.passwordLastUpdatedAt);
  members.flag("requires_password_reset", user.passwordCompromised);
  members.optional("last_sign_in_at", user.lastSignInAt);
  members.optional("last_active_at", user.lastActiveAt);
  members.optional("legal_accepted_at", user.legalAcceptedAt);
  members.flag("banned", user.banned);
  members.flag("locked", user.isLocked(view.now));
  members.optional("lockout_expires_in_seconds", lockoutExpiresInSeconds(user, view.now));
  members.optional("verification_attempts_remaining", verificationAttemptsRemaining(view.settings, user, view.now));
  members.flag("delete_self_enabled", user.deleteSelfEnabled && view.settings.deleteSelf);
  members.flag("bypass_client_trust", user.bypassClientTrust);
  members.flag("create_organization_enabled", user.createOrganizationEnabled);
  members.time("created_at", user.createdAt);
  members.time("updated_at", user.updatedAt);
}

void describeForBackend(Members& members, const View& view, const User& user) {
  describe(members, view, user, Side::Backend);
  members.optional("create_organizations_limit", user.createOrganizationsLimit);
  members.json("private_metadata", user.privateMetadata);
}

}  // namespace

std::string imageUrl(const View& view, const User& user) {
  return user.imageUrl.empty() ? view.settings.portalUrl + "/__img/avatar.svg" : user.imageUrl;
}

JsonObject user(const View& view, const User& user, const std::vector<Membership>& memberships) {
  auto json = described([&](Members& members) { describe(members, view, user, Side::Frontend); });
  JsonArray list;
  for (const auto& each : memberships) list.push_back(membership(view, each));
  json["organization_memberships"] = std::move(list);
  // 0 is "no limit" here: the Frontend API's number cannot be null.
  json["create_organizations_limit"] = user.createOrganizationsLimit.value_or(0);
  return json;
}

JsonObject backendUser(const View& view, const User& user) {
  return described([&](Members& members) { describeForBackend(members, view, user); });
}

void appendBackendUser(std::string& out, const View& view, const User& user) {
  TextMembers members(out);
  describeForBackend(members, view, user);
  members.close();
}

JsonObject publicUserData(const View& view, const User& user) {
  const auto picture = imageUrl(view, user);
  return {{"user_id", user.id},           {"first_name", orNull(user.firstName)}, {"last_name", orNull(user.lastName)},
          {"image_url", picture},         {"has_image", !user.imageUrl.empty()},  {"identifier", user.identifier()},
          {"profile_image_url", picture}, {"username", orNull(user.username)},    {"banned", user.banned}};
}

}  // namespace clerk::instance::wire
