#include "wire/organization.hpp"

#include "settings/settings.hpp"
#include "wire/user.hpp"

namespace clerk::instance::wire {
namespace {

std::string logoUrl(const View& view, const Organization& organization) {
  return organization.imageUrl.empty() ? view.settings.portalUrl + "/__img/avatar.svg" : organization.imageUrl;
}

/// A public user's data where the document has fewer members.
JsonObject inviterData(const View& view, const User& user) {
  return {{"user_id", user.id},
          {"first_name", orNull(user.firstName)},
          {"last_name", orNull(user.lastName)},
          {"image_url", imageUrl(view, user)},
          {"has_image", !user.imageUrl.empty()},
          {"identifier", user.identifier()}};
}

JsonObject commonMembership(const Membership& membership, JsonObject privateMetadata, JsonObject organizationJson) {
  return {{"object", "organization_membership"},
          {"id", membership.id},
          {"role", membership.roleKey},
          {"role_name", membership.roleName},
          {"permissions", texts(membership.permissions)},
          {"public_metadata", membership.publicMetadata},
          {"private_metadata", std::move(privateMetadata)},
          {"organization", std::move(organizationJson)},
          {"created_at", toMilliseconds(membership.createdAt)},
          {"updated_at", toMilliseconds(membership.updatedAt)}};
}

/// One of a domain's two proofs; `verified_at` wins over what the attempt says.
Json proof(const std::optional<Verification>& verification, const std::optional<Time>& verifiedAt,
           std::string_view strategyWithoutAttempt, Time now) {
  if (!verification && !verifiedAt) return {};
  const bool attempted = verification && (!verifiedAt || verification->status == VerificationStatus::Verified);
  return JsonObject{{"status", verifiedAt ? nameOf(VerificationStatus::Verified) : nameOf(verification->statusAt(now))},
                    {"strategy", attempted ? std::string_view(verification->strategy) : strategyWithoutAttempt},
                    {"attempts", attempted ? orNull(verification->attempts) : Json()},
                    {"expire_at", attempted ? orNull(verification->expireAt) : Json()},
                    {"verified_at", orNull(verifiedAt)}};
}

JsonObject roleSetItem(const ShownRoleSet::Item& item) {
  return {{"object", "role_set_item"},
          {"id", item.role.id},
          {"name", item.role.name},
          {"key", item.role.key},
          {"description", item.role.description},
          {"members_count", item.membersCount},
          {"has_members", item.membersCount > 0},
          {"created_at", toMilliseconds(item.role.createdAt)},
          {"updated_at", toMilliseconds(item.role.updatedAt)}};
}

Json itemOf(const ShownRoleSet& shown, std::string_view key) {
  for (const auto& item : shown.roles) {
    if (item.role.key == key) return roleSetItem(item);
  }
  return {};
}

}  // namespace

JsonObject organization(const View& view, const Organization& organization) {
  JsonObject json{{"object", "organization"},
                  {"id", organization.id},
                  {"name", organization.name},
                  {"slug", organization.slug},
                  {"image_url", logoUrl(view, organization)},
                  {"logo_url", textOrNull(organization.imageUrl)},
                  {"has_image", !organization.imageUrl.empty()},
                  {"members_count", organization.membersCount},
                  {"pending_invitations_count", organization.pendingInvitationsCount},
                  {"max_allowed_memberships", organization.maxAllowedMemberships},
                  {"admin_delete_enabled", organization.adminDeleteEnabled},
                  {"self_serve_sso_enabled", false},
                  {"exclusive_membership", false},
                  {"public_metadata", organization.publicMetadata}};
  if (organization.createdBy) json["created_by"] = *organization.createdBy;
  json["created_at"] = toMilliseconds(organization.createdAt);
  json["updated_at"] = toMilliseconds(organization.updatedAt);
  return json;
}

JsonObject backendOrganization(const View& view, const Organization& organization) {
  auto json = wire::organization(view, organization);
  json["private_metadata"] = organization.privateMetadata;
  json["role_set_key"] = organization.roleSetKey;
  return json;
}

JsonObject publicOrganizationData(const View& view, const Organization& organization) {
  return {{"id", organization.id},
          {"name", organization.name},
          {"slug", organization.slug},
          {"image_url", logoUrl(view, organization)},
          {"has_image", !organization.imageUrl.empty()}};
}

JsonObject membership(const View& view, const Membership& membership) {
  // Recorded: the member is there and empty.
  return commonMembership(membership, {}, organization(view, membership.organization));
}

JsonObject membership(const View& view, const Member& member) {
  auto json = membership(view, member.membership);
  json["public_user_data"] = publicUserData(view, member.user);
  return json;
}

JsonObject backendMembership(const View& view, const Member& member) {
  const auto& membership = member.membership;
  auto json =
      commonMembership(membership, membership.privateMetadata, backendOrganization(view, membership.organization));
  json["public_user_data"] = publicUserData(view, member.user);
  return json;
}

JsonObject organizationInvitation(const View& view, const OrganizationInvitation& invitation) {
  return {{"object", "organization_invitation"},
          {"id", invitation.id},
          {"email_address", invitation.emailAddress},
          {"organization_id", invitation.organizationId},
          {"role", invitation.roleKey},
          {"role_name", invitation.roleName},
          {"status", nameOf(invitation.statusAt(view.now))},
          {"public_metadata", invitation.publicMetadata},
          {"url", nullptr},
          {"expires_at", toMilliseconds(invitation.expiresAt)},
          {"created_at", toMilliseconds(invitation.createdAt)},
          {"updated_at", toMilliseconds(invitation.updatedAt)}};
}

JsonObject ownOrganizationInvitation(const View& view, const ShownInvitation& shown) {
  auto json = organizationInvitation(view, shown.invitation);
  json["public_organization_data"] = publicOrganizationData(view, shown.organization);
  return json;
}

JsonObject backendOrganizationInvitation(const View& view, const ShownInvitation& shown) {
  auto json = organizationInvitation(view, shown.invitation);
  json["inviter_id"] = orNull(shown.invitation.inviterId);
  json["public_inviter_data"] = shown.inviter ? Json(inviterData(view, *shown.inviter)) : Json();
  json["private_metadata"] = shown.invitation.privateMetadata;
  json["url"] = textOrNull(shown.invitation.url);
  return json;
}

JsonObject backendOrganizationInvitationOfAny(const View& view, const ShownInvitation& shown) {
  auto json = backendOrganizationInvitation(view, shown);
  json["public_organization_data"] = publicOrganizationData(view, shown.organization);
  return json;
}

JsonObject organizationSuggestion(const View& view, const ShownSuggestion& shown) {
  return {{"object", "organization_suggestion"},
          {"id", shown.suggestion.id},
          {"public_organization_data", publicOrganizationData(view, shown.organization)},
          {"status", nameOf(shown.suggestion.status)},
          {"created_at", toMilliseconds(shown.suggestion.createdAt)},
          {"updated_at", toMilliseconds(shown.suggestion.updatedAt)}};
}

JsonObject membershipRequest(const View& view, const ShownRequest& shown) {
  return {
      {"object", "organization_membership_request"},          {"id", shown.request.id},
      {"organization_id", shown.request.organizationId},      {"status", nameOf(shown.request.status)},
      {"public_user_data", publicUserData(view, shown.user)}, {"created_at", toMilliseconds(shown.request.createdAt)},
      {"updated_at", toMilliseconds(shown.request.updatedAt)}};
}

JsonObject organizationDomain(const View& view, const ShownDomain& shown) {
  const auto& domain = shown.domain;
  const auto affiliation = proof(domain.affiliationVerification, domain.affiliationVerifiedAt, "admin", view.now);
  return {{"object", "organization_domain"},
          {"id", domain.id},
          {"organization_id", domain.organizationId},
          {"name", domain.name},
          {"enrollment_mode", nameOf(domain.enrollmentMode)},
          {"affiliation_email_address", orNull(domain.affiliationEmailAddress)},
          {"affiliation_verification", affiliation},
          {"ownership_verification", proof(std::nullopt, domain.ownershipVerifiedAt, "manual_override", view.now)},
          {"verification", affiliation},
          {"total_pending_invitations", domain.totalPendingInvitations},
          {"total_pending_suggestions", domain.totalPendingSuggestions},
          {"public_organization_data", publicOrganizationData(view, shown.organization)},
          {"created_at", toMilliseconds(domain.createdAt)},
          {"updated_at", toMilliseconds(domain.updatedAt)}};
}

JsonObject permission(const Permission& permission) {
  return {{"object", "permission"},
          {"id", permission.id},
          {"key", permission.key},
          {"name", permission.name},
          {"description", permission.description},
          {"type", permission.system ? "system" : "user"},
          {"created_at", toMilliseconds(permission.createdAt)},
          {"updated_at", toMilliseconds(permission.updatedAt)}};
}

JsonObject role(const Role& role) {
  JsonArray permissions;
  for (const auto& each : role.permissions) permissions.push_back(permission(each));
  return {{"object", "role"},
          {"id", role.id},
          {"key", role.key},
          {"name", role.name},
          {"description", role.description},
          {"is_creator_eligible", role.isCreatorEligible()},
          {"permissions", std::move(permissions)},
          {"created_at", toMilliseconds(role.createdAt)},
          {"updated_at", toMilliseconds(role.updatedAt)}};
}

JsonObject roleSet(const ShownRoleSet& shown) {
  const auto& set = shown.roleSet;
  JsonArray roles;
  for (const auto& item : shown.roles) roles.push_back(roleSetItem(item));
  return {{"object", "role_set"},
          {"id", set.id},
          {"key", set.key},
          {"name", set.name},
          {"description", set.description},
          {"roles", std::move(roles)},
          {"default_role", itemOf(shown, set.defaultRoleKey)},
          {"creator_role", itemOf(shown, set.creatorRoleKey)},
          {"type", set.initial ? "initial" : "custom"},
          {"role_set_migration", nullptr},
          {"created_at", toMilliseconds(set.createdAt)},
          {"updated_at", toMilliseconds(set.updatedAt)}};
}

JsonObject organizationSettings(const ShownOrganizationSettings& shown) {
  const auto& settings = shown.settings;
  return {{"object", "organization_settings"},
          {"enabled", settings.enabled},
          {"max_allowed_memberships", settings.maxAllowedMemberships},
          {"max_allowed_roles", maxAllowedRoles},
          {"max_role_sets_allowed", maxAllowedRoles},
          {"max_allowed_domains", maxAllowedDomains},
          {"max_allowed_permissions", maxAllowedPermissions},
          {"creator_role", settings.creatorRole},
          {"admin_delete_enabled", settings.adminDeleteEnabled},
          {"domains_enabled", settings.domainsEnabled},
          {"slug_disabled", settings.slugDisabled},
          {"domains_enrollment_modes", texts(settings.domainsEnrollmentModes)},
          {"domains_default_role", settings.domainsDefaultRole},
          {"initial_role_set_key", textOrNull(shown.initialRoleSetKey)}};
}

}  // namespace clerk::instance::wire
