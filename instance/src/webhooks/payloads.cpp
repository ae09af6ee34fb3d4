#include "webhooks/payloads.hpp"

#include "settings/settings.hpp"
#include "wire/invitation.hpp"
#include "wire/organization.hpp"
#include "wire/session.hpp"
#include "wire/user.hpp"

#include <iterator>

namespace clerk::instance::webhooks {
namespace {

using Payload = std::optional<wire::JsonObject>;
using Present = Payload (*)(const wire::View& view, const Transaction& tx, const std::string& id);

Payload user(const wire::View& view, const Transaction& tx, const std::string& id) {
  const auto user = tx.users().find(id);
  return user ? Payload(wire::backendUser(view, *user)) : std::nullopt;
}

Payload deletedUser(const wire::View&, const Transaction& tx, const std::string& id) {
  const auto user = tx.users().find(id);
  if (!user) return std::nullopt;
  auto deleted = wire::deletedObject("user", id);
  if (user->externalId) deleted["external_id"] = *user->externalId;
  return deleted;
}

Payload session(const wire::View& view, const Transaction& tx, const std::string& id) {
  const auto session = tx.sessions().find(id);
  if (!session) return std::nullopt;
  auto json = wire::backendSession(view, *session);
  const auto user = tx.users().find(session->userId);
  if (user) json["user"] = wire::backendUser(view, *user);
  return json;
}

wire::JsonObject organizationJson(const wire::View& view, const Organization& organization) {
  wire::JsonObject json{{"object", "organization"},
                        {"id", organization.id},
                        {"name", organization.name},
                        {"slug", organization.slug},
                        {"has_image", !organization.imageUrl.empty()},
                        {"members_count", organization.membersCount},
                        {"pending_invitations_count", organization.pendingInvitationsCount},
                        {"max_allowed_memberships", organization.maxAllowedMemberships},
                        {"admin_delete_enabled", organization.adminDeleteEnabled},
                        {"public_metadata", organization.publicMetadata},
                        {"private_metadata", organization.privateMetadata},
                        {"created_at", toMilliseconds(organization.createdAt)},
                        {"updated_at", toMilliseconds(organization.updatedAt)}};
  json["image_url"] =
      organization.imageUrl.empty() ? view.settings.portalUrl + "/default-organization.svg" : organization.imageUrl;
  if (organization.createdBy) json["created_by"] = *organization.createdBy;
  return json;
}

Payload organization(const wire::View& view, const Transaction& tx, const std::string& id) {
  const auto organization = tx.organizations().find(id, view.now);
  return organization ? Payload(organizationJson(view, *organization)) : std::nullopt;
}

Payload deletedOrganization(const wire::View& view, const Transaction& tx, const std::string& id) {
  const auto organization = tx.organizations().find(id, view.now);
  if (!organization) return std::nullopt;
  auto deleted = wire::deletedObject("organization", id);
  deleted["slug"] = organization->slug;
  return deleted;
}

Payload membership(const wire::View& view, const Transaction& tx, const std::string& key) {
  const auto slash = key.find('/');
  const auto userId = key.substr(slash + 1);
  const auto membership = tx.memberships().find(key.substr(0, slash), userId, view.now);
  const auto user = tx.users().find(userId);
  if (!membership || !user) return std::nullopt;
  return wire::JsonObject{{"object", "organization_membership"},
                          {"id", membership->id},
                          {"role", membership->roleKey},
                          {"role_name", membership->roleName},
                          {"permissions", wire::texts(membership->permissions)},
                          {"public_metadata", membership->publicMetadata},
                          {"private_metadata", membership->privateMetadata},
                          {"organization", organizationJson(view, membership->organization)},
                          {"public_user_data", wire::publicUserData(view, *user)},
                          {"created_at", toMilliseconds(membership->createdAt)},
                          {"updated_at", toMilliseconds(membership->updatedAt)}};
}

Payload organizationInvitation(const wire::View& view, const Transaction& tx, const std::string& id) {
  const auto invitation = tx.organizationInvitations().find(id);
  if (!invitation) return std::nullopt;
  const auto organization = tx.organizations().find(invitation->organizationId, view.now);
  if (!organization) return std::nullopt;
  const auto inviter = invitation->inviterId ? tx.users().find(*invitation->inviterId) : std::nullopt;
  return wire::backendOrganizationInvitation(view, {*invitation, *organization, inviter});
}

/// With the one who accepted: who has the address that was invited.
Payload acceptedOrganizationInvitation(const wire::View& view, const Transaction& tx, const std::string& id) {
  auto json = organizationInvitation(view, tx, id);
  const auto invitation = tx.organizationInvitations().find(id);
  const auto user = invitation ? tx.users().findByEmailAddress(invitation->emailAddress) : std::nullopt;
  if (json && user) (*json)["user_id"] = user->id;
  return json;
}

Payload organizationDomain(const wire::View& view, const Transaction& tx, const std::string& id) {
  const auto domain = tx.organizationDomains().find(id, view.now);
  if (!domain) return std::nullopt;
  const auto organization = tx.organizations().find(domain->organizationId, view.now);
  return organization ? Payload(wire::organizationDomain(view, {*domain, *organization})) : std::nullopt;
}

Payload deletedOrganizationDomain(const wire::View& view, const Transaction& tx, const std::string& id) {
  if (!tx.organizationDomains().find(id, view.now)) return std::nullopt;
  return wire::deletedObject("organization_domain", id);
}

Payload role(const wire::View&, const Transaction& tx, const std::string& id) {
  const auto role = tx.roles().find(id);
  return role ? Payload(wire::role(*role)) : std::nullopt;
}

Payload deletedRole(const wire::View&, const Transaction& tx, const std::string& id) {
  return tx.roles().find(id) ? Payload(wire::deletedObject("role", id)) : std::nullopt;
}

Payload permission(const wire::View&, const Transaction& tx, const std::string& id) {
  const auto permission = tx.permissions().find(id);
  return permission ? Payload(wire::permission(*permission)) : std::nullopt;
}

Payload deletedPermission(const wire::View&, const Transaction& tx, const std::string& id) {
  return tx.permissions().find(id) ? Payload(wire::deletedObject("permission", id)) : std::nullopt;
}

Payload waitlistEntry(const wire::View& view, const Transaction& tx, const std::string& id) {
  const auto entry = tx.waitlistEntries().find(id);
  if (!entry) return std::nullopt;
  auto json = wire::waitlistEntry(*entry);
  const auto invitation = entry->invitationId ? tx.invitations().find(*entry->invitationId) : std::nullopt;
  json["invitation"] = invitation ? wire::Json(wire::invitation(view, *invitation)) : wire::Json();
  return json;
}

/// Codes are in it: whoever sends the messages in our place needs them.
Payload email(const wire::View& view, const Transaction& tx, const std::string& id) {
  const auto message = tx.outbox().find(id);
  if (!message) return std::nullopt;
  return wire::JsonObject{{"object", "email"},
                          {"id", message->id},
                          {"slug", message->slug},
                          {"from_email_name", "notifications"},
                          {"reply_to_email_name", nullptr},
                          {"to_email_address", message->to},
                          {"email_address_id", nullptr},
                          {"user_id", wire::textOrNull(message->userId)},
                          {"subject", message->subject},
                          {"body", message->body},
                          {"body_plain", message->body},
                          {"status", nameOf(message->status)},
                          {"data", {{"app", {{"name", view.settings.applicationName}}}, {"otp_code", message->code}}},
                          {"delivered_by_clerk", true}};
}

Payload sms(const wire::View& view, const Transaction& tx, const std::string& id) {
  const auto message = tx.outbox().find(id);
  if (!message) return std::nullopt;
  return wire::JsonObject{{"object", "sms_message"},
                          {"id", message->id},
                          {"slug", message->slug},
                          {"from_phone_number", ""},
                          {"to_phone_number", message->to},
                          {"phone_number_id", nullptr},
                          {"user_id", wire::textOrNull(message->userId)},
                          {"message", message->body},
                          {"status", nameOf(message->status)},
                          {"data", {{"app", {{"name", view.settings.applicationName}}}, {"otp_code", message->code}}},
                          {"delivered_by_clerk", true},
                          {"created_at_ms", toMilliseconds(message->createdAt)}};
}

constexpr std::pair<std::string_view, Present> payloads[] = {
    {"user.created", user},
    {"user.updated", user},
    {"user.deleted", deletedUser},
    {"session.created", session},
    {"session.pending", session},
    {"session.ended", session},
    {"session.removed", session},
    {"session.revoked", session},
    {"organization.created", organization},
    {"organization.updated", organization},
    {"organization.deleted", deletedOrganization},
    {"organizationMembership.created", membership},
    {"organizationMembership.updated", membership},
    {"organizationMembership.deleted", membership},
    {"organizationInvitation.created", organizationInvitation},
    {"organizationInvitation.accepted", acceptedOrganizationInvitation},
    {"organizationInvitation.revoked", organizationInvitation},
    {"organizationDomain.created", organizationDomain},
    {"organizationDomain.updated", organizationDomain},
    {"organizationDomain.deleted", deletedOrganizationDomain},
    {"role.created", role},
    {"role.updated", role},
    {"role.deleted", deletedRole},
    {"permission.created", permission},
    {"permission.updated", permission},
    {"permission.deleted", deletedPermission},
    {"waitlistEntry.created", waitlistEntry},
    {"waitlistEntry.updated", waitlistEntry},
    {"email.created", email},
    {"sms.created", sms},
};

}  // namespace

Payload payloadOf(const wire::View& view, const Transaction& tx, const StoreChange& change) {
  for (const auto& [type, present] : payloads) {
    if (type == change.type) return present(view, tx, change.id);
  }
  return std::nullopt;
}

}  // namespace clerk::instance::webhooks
