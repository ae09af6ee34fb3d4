#include "wire/invitation.hpp"

#include "settings/settings.hpp"

namespace clerk::instance::wire {

JsonObject invitation(const View& view, const Invitation& invitation, std::string_view url) {
  const auto status = invitation.statusAt(view.now);
  JsonObject json{{"object", "invitation"},
                  {"id", invitation.id},
                  {"email_address", invitation.emailAddress},
                  {"public_metadata", invitation.publicMetadata},
                  {"revoked", status == InvitationStatus::Revoked},
                  {"status", nameOf(status)},
                  {"expires_at", toMilliseconds(invitation.expiresAt)},
                  {"created_at", toMilliseconds(invitation.createdAt)},
                  {"updated_at", toMilliseconds(invitation.updatedAt)}};
  if (!url.empty()) json["url"] = url;
  return json;
}

JsonObject waitlistEntry(const WaitlistEntry& entry) {
  return {{"object", "waitlist_entry"},
          {"id", entry.id},
          {"email_address", entry.emailAddress},
          {"status", nameOf(entry.status)},
          {"is_locked", false},
          {"created_at", toMilliseconds(entry.createdAt)},
          {"updated_at", toMilliseconds(entry.updatedAt)}};
}

JsonObject restrictedIdentifier(const View& view, const RestrictedIdentifier& it) {
  JsonObject json{{"object", it.list == RestrictionList::Allowlist ? "allowlist_identifier" : "blocklist_identifier"},
                  {"id", it.id},
                  {"identifier", it.identifier},
                  {"identifier_type", it.identifierType},
                  {"instance_id", view.settings.instanceId},
                  {"created_at", toMilliseconds(it.createdAt)},
                  {"updated_at", toMilliseconds(it.updatedAt)}};
  if (it.invitationId) json["invitation_id"] = *it.invitationId;
  return json;
}

}  // namespace clerk::instance::wire
