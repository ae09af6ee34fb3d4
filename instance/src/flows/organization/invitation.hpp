#pragma once
// Asking people into an organization: by mail, and by what they do with it.

#include "flows/organization/access.hpp"
#include "model/organization_list.hpp"

#include <async/task.hpp>

#include <optional>
#include <string>
#include <vector>

namespace clerk::instance {

struct NewOrganizationInvitation {
  std::string emailAddress;
  std::string roleKey;
  std::optional<std::string> inviterId;  ///< a backend's; a member is its own
  boost::json::object publicMetadata;
  boost::json::object privateMetadata;
  std::string redirectUrl;             ///< where the link leads; empty: the account portal
  std::optional<int> expiresInDays{};  ///< 1 to 365; absent: 30
  bool notify = true;                  ///< whether a mail is sent
};

/// All or none. Errors: `form_param_format_invalid`, `duplicate_record` (pending ones),
/// `already_a_member_in_organization`, `organization_membership_quota_exceeded`, `resource_not_found` (role),
/// `not_a_member_in_organization` and `missing_organization_permission` (a backend's inviter).
async::Task<Outcome<std::vector<OrganizationInvitation>>> inviteToOrganization(
    Core& core, OrganizationActor actor, std::string organizationId,
    std::vector<NewOrganizationInvitation> invitations);

/// An invitation with what others see of its organization and of who invites.
struct ShownInvitation {
  OrganizationInvitation invitation;
  Organization organization;
  std::optional<User> inviter;
};

/// `request.organizationId` is the organization.
async::Task<Outcome<Page<ShownInvitation>>> listOrganizationInvitations(Core& core, OrganizationActor actor,
                                                                        OrganizationInvitationListRequest request);
/// Of all organizations, for a backend.
async::Task<Outcome<Page<ShownInvitation>>> listAllOrganizationInvitations(Core& core,
                                                                           OrganizationInvitationListRequest request);
/// Those to the user's proved addresses.
async::Task<Outcome<Page<ShownInvitation>>> listInvitationsOfUser(Core& core, std::string userId,
                                                                  OrganizationInvitationListRequest request);

async::Task<Outcome<ShownInvitation>> getOrganizationInvitation(Core& core, OrganizationActor actor,
                                                                std::string organizationId, std::string invitationId);
/// Errors: `organization_invitation_not_pending`. `requestingUserId`: a backend's; must be able to manage members.
async::Task<Outcome<ShownInvitation>> revokeOrganizationInvitation(Core& core, OrganizationActor actor,
                                                                   std::string organizationId, std::string invitationId,
                                                                   std::optional<std::string> requestingUserId);

/// The signed-in person takes one of its invitations. Errors: `organization_invitation_not_found` (also for others'),
/// `organization_invitation_already_accepted`, `organization_invitation_revoked_code`,
/// `organization_invitation_not_pending` (expired), `already_a_member_in_organization`,
/// `organization_membership_quota_exceeded`.
async::Task<Outcome<ShownInvitation>> acceptInvitation(Core& core, std::string userId, std::string invitationId);

/// Whether an id is that of an invitation to an organization, among those of invitations to the instance.
bool isOrganizationInvitation(std::string_view invitationId) noexcept;

/// The invitation that a ticket stands for, if it can be used. Errors: `ticket_invalid_code`, `ticket_expired_code`,
/// `organization_invitation_already_accepted`, `organization_invitation_revoked_code`.
Outcome<OrganizationInvitation> findTicketsInvitation(const Core& core, const Transaction& tx,
                                                      std::string_view invitationId);

/// The same inside a transaction, for a user who proved to have the address (a ticket, a sign-up). One that is accepted
/// already by this user is no error. The organization is what the user's next session begins with.
Outcome<> acceptInside(const Core& core, Transaction& tx, std::string_view invitationId, const User& user,
                       std::string membershipId);

}  // namespace clerk::instance
