#include "flows/organization/invitation.hpp"

#include "delivery/mails.hpp"
#include "delivery/organization_mails.hpp"
#include "flows/normal_form.hpp"
#include "flows/organization/enrollment.hpp"
#include "flows/organization/invitation_ticket.hpp"
#include "flows/organization/membership.hpp"
#include "flows/organization/names.hpp"
#include "model/errors.hpp"
#include "model/ids.hpp"
#include "model/organization_errors.hpp"

#include <algorithm>
#include <span>
#include <utility>

namespace clerk::instance {
namespace {

constexpr int defaultExpiryDays = 30;
constexpr int maxExpiryDays = 365;
constexpr std::size_t maxRedirectUrl = 2048;

// ---- what is asked for

/// The fields alone, in normal form; ids and times are set.
Outcome<OrganizationInvitation> drafted(Core& core, const NewOrganizationInvitation& fields) {
  const Time now = core.now();
  auto email = normalEmailAddress(fields.emailAddress, "email_address");
  if (!email) return email.error();
  const int days = fields.expiresInDays.value_or(defaultExpiryDays);
  if (days < 1 || days > maxExpiryDays) {
    return Failure(errors::formParamValueInvalid("expires_in_days", std::to_string(days)));
  }
  if (fields.redirectUrl.size() > maxRedirectUrl) {
    return Failure(errors::formParamMaxLengthExceeded("redirect_url", maxRedirectUrl));
  }
  const auto bytes = core.settings().maxMetadataBytes;
  for (auto checked : {checkMetadataSize(fields.publicMetadata, "public_metadata", bytes),
                       checkMetadataSize(fields.privateMetadata, "private_metadata", bytes)}) {
    if (!checked) return checked.error();
  }
  OrganizationInvitation invitation;
  invitation.id = newId(id::organizationInvitation, now, core.random());
  invitation.emailAddress = *std::move(email);
  invitation.roleKey = fields.roleKey;
  invitation.inviterId = fields.inviterId;
  invitation.publicMetadata = fields.publicMetadata;
  invitation.privateMetadata = fields.privateMetadata;
  invitation.redirectUrl = fields.redirectUrl;
  invitation.expiresAt = now + std::chrono::days(days);
  invitation.createdAt = invitation.updatedAt = now;
  return invitation;
}

Outcome<std::vector<OrganizationInvitation>> draftedAll(Core& core, const std::vector<NewOrganizationInvitation>& all) {
  std::vector<OrganizationInvitation> invitations;
  std::vector<std::string> twice;
  for (const auto& fields : all) {
    auto invitation = drafted(core, fields);
    if (!invitation) return invitation.error();
    if (std::ranges::find(invitations, invitation->emailAddress, &OrganizationInvitation::emailAddress) !=
        invitations.end()) {
      twice.push_back(invitation->emailAddress);
    }
    invitations.push_back(*std::move(invitation));
  }
  if (!twice.empty()) return Failure(errors::formParamDuplicate("email_address", twice.front()));
  return invitations;
}

// ---- whether it may be

/// A backend's inviter must be able to do it, too.
Outcome<> checkInviter(const Core& core, const Transaction& tx, const Organization& organization,
                       const std::optional<std::string>& inviterId) {
  if (!inviterId || inviterId->empty()) return {};
  const auto membership = tx.memberships().find(organization.id, *inviterId, core.now());
  if (!membership) return Failure(errors::notAMember());
  if (membership->has(permission::manageMemberships)) return {};
  return Failure(errors::missingOrganizationPermission(permission::manageMemberships));
}

Outcome<> checkAddresses(const Core& core, const Transaction& tx, const Organization& organization,
                         const std::vector<OrganizationInvitation>& invitations) {
  std::vector<std::string> pending;
  for (const auto& invitation : invitations) {
    const auto user = tx.users().findByEmailAddress(invitation.emailAddress);
    if (user && tx.memberships().exists(organization.id, user->id)) {
      return Failure(errors::alreadyAMember(invitation.emailAddress));
    }
    const auto waiting = tx.organizationInvitations().findPending(organization.id, invitation.emailAddress, core.now());
    if (waiting && !waiting->domainId) pending.push_back(invitation.emailAddress);
  }
  if (!pending.empty()) return Failure(errors::invitationsPending(pending));
  return {};
}

Outcome<> checkInvitations(const Core& core, const Transaction& tx, const OrganizationActor& actor,
                           const Organization& organization, const std::vector<OrganizationInvitation>& invitations) {
  for (const auto& invitation : invitations) {
    if (const auto role = findRoleFor(tx, organization, invitation.roleKey, "role"); !role) return role.error();
    if (!actor.isBackend()) continue;
    if (auto inviter = checkInviter(core, tx, organization, invitation.inviterId); !inviter) return inviter;
  }
  if (auto addresses = checkAddresses(core, tx, organization, invitations); !addresses) return addresses;
  const auto occupied = organization.membersCount + organization.pendingInvitationsCount;
  return checkMembershipQuota(organization, static_cast<std::int64_t>(invitations.size()), occupied);
}

// ---- making them

void mail(Core& core, Transaction& tx, const Organization& organization, const OrganizationInvitation& invitation) {
  if (isTestAddress(core.settings(), invitation.emailAddress)) return;
  const auto inviter = invitation.inviterId ? tx.users().find(*invitation.inviterId) : std::nullopt;
  Message message = organizationInvitationMail(core.settings(), invitation.emailAddress, organization.name,
                                               inviter ? inviter->identifier() : "", invitation.url);
  message.id = newId(id::message, core.now(), core.random());
  message.createdAt = core.now();
  tx.outbox().insert(message);
}

Outcome<std::vector<OrganizationInvitation>> inviteInside(Core& core, Transaction& tx, const OrganizationActor& actor,
                                                          std::string_view organizationId,
                                                          std::vector<OrganizationInvitation> invitations,
                                                          const std::vector<NewOrganizationInvitation>& fields) {
  const auto organization = authorize(core, tx, actor, organizationId, permission::manageMemberships);
  if (!organization) return organization.error();
  if (auto checked = checkInvitations(core, tx, actor, *organization, invitations); !checked) return checked.error();
  for (std::size_t i = 0; i < invitations.size(); ++i) {
    auto& invitation = invitations[i];
    invitation.organizationId = organization->id;
    // One that a domain made says less than this one.
    const auto waiting =
        tx.organizationInvitations().findPending(organization->id, invitation.emailAddress, core.now());
    if (waiting) {
      tx.organizationInvitations().settle(waiting->id, OrganizationInvitationStatus::Revoked, core.now());
    }
    if (!tx.organizationInvitations().insert(invitation)) {
      return Failure(errors::invitationsPending(std::span(&invitation.emailAddress, 1)));
    }
    if (fields[i].notify) mail(core, tx, *organization, invitation);
    invitation = *tx.organizationInvitations().find(invitation.id);
  }
  return invitations;
}

// ---- showing them

/// Organizations and inviters of one list are few and the same again and again; a look-up each is cheap.
std::optional<ShownInvitation> shown(const Core& core, const Transaction& tx, OrganizationInvitation invitation) {
  auto organization = tx.organizations().find(invitation.organizationId, core.now());
  if (!organization) return std::nullopt;
  invitation.status = invitation.statusAt(core.now());
  auto inviter = invitation.inviterId ? tx.users().find(*invitation.inviterId) : std::nullopt;
  return ShownInvitation{std::move(invitation), *std::move(organization), std::move(inviter)};
}

Page<ShownInvitation> shownPage(const Core& core, const Transaction& tx,
                                const OrganizationInvitationListRequest& request) {
  auto page = tx.organizationInvitations().list(request, core.now());
  Page<ShownInvitation> all;
  all.totalCount = page.totalCount;
  for (auto& invitation : page.data) {
    if (auto one = shown(core, tx, std::move(invitation))) all.data.push_back(*std::move(one));
  }
  return all;
}

Outcome<OrganizationInvitation> findOf(const Transaction& tx, const OrganizationActor& actor,
                                       const Organization& organization, std::string_view invitationId) {
  auto invitation = tx.organizationInvitations().find(invitationId);
  if (invitation && invitation->organizationId == organization.id) return *std::move(invitation);
  return Failure(actor.isBackend() ? errors::invitationNotFound(invitationId)
                                   : errors::organizationInvitationNotFound(invitationId));
}

Error whyNotPending(OrganizationInvitationStatus status) {
  switch (status) {
    case OrganizationInvitationStatus::Accepted: return errors::organizationInvitationAccepted();
    case OrganizationInvitationStatus::Revoked: return errors::organizationInvitationRevoked();
    default: return errors::organizationInvitationNotPending();
  }
}

}  // namespace

bool isOrganizationInvitation(std::string_view invitationId) noexcept { return invitationId.starts_with("orginv_"); }

Outcome<OrganizationInvitation> findTicketsInvitation(const Core& core, const Transaction& tx,
                                                      std::string_view invitationId) {
  auto invitation = tx.organizationInvitations().find(invitationId);
  if (!invitation) return Failure(errors::ticketInvalid());
  switch (invitation->statusAt(core.now())) {
    case OrganizationInvitationStatus::Pending: return *std::move(invitation);
    case OrganizationInvitationStatus::Expired: return Failure(errors::ticketExpired());
    default: return Failure(whyNotPending(invitation->status));
  }
}

Outcome<> acceptInside(const Core& core, Transaction& tx, std::string_view invitationId, const User& user,
                       std::string membershipId) {
  const auto invitation = tx.organizationInvitations().find(invitationId);
  if (!invitation) return Failure(errors::organizationInvitationNotFound(invitationId));
  const auto organization = tx.organizations().find(invitation->organizationId, core.now());
  if (invitation->statusAt(core.now()) != OrganizationInvitationStatus::Pending) {
    const bool mine = tx.memberships().exists(organization->id, user.id);
    if (invitation->status == OrganizationInvitationStatus::Accepted && mine) return {};
    return Failure(whyNotPending(invitation->statusAt(core.now())));
  }
  if (auto room = checkMembershipQuota(*organization, 1, organization->membersCount); !room) return room;
  auto joined = join(core, tx, *organization,
                     {.id = std::move(membershipId),
                      .userId = user.id,
                      .roleKey = invitation->roleKey,
                      .publicMetadata = invitation->publicMetadata,
                      .privateMetadata = invitation->privateMetadata});
  if (!joined) return joined;
  tx.organizationInvitations().settle(invitationId, OrganizationInvitationStatus::Accepted, core.now());
  tx.memberships().rememberOrganization(user.id, organization->id);
  return {};
}

async::Task<Outcome<std::vector<OrganizationInvitation>>> inviteToOrganization(
    Core& core, OrganizationActor actor, std::string organizationId, std::vector<NewOrganizationInvitation> fields) {
  for (auto& each : fields) {
    if (!actor.isBackend()) each.inviterId = actor.userId();
  }
  auto invitations = draftedAll(core, fields);
  if (!invitations) co_return invitations;
  // Nobody's tickets are signed before it is known that they may be.
  auto allowed = co_await core.store().read([&](const Transaction& tx) -> Outcome<> {
    const auto organization = authorize(core, tx, actor, organizationId, permission::manageMemberships);
    if (!organization) return organization.error();
    organizationId = organization->id;
    return checkInvitations(core, tx, actor, *organization, *invitations);
  });
  if (!allowed) co_return allowed.error();
  for (auto& invitation : *invitations) {
    invitation.organizationId = organizationId;
    invitation.url = co_await invitationLink(core, invitation);
  }
  co_return co_await core.store().transact([&](Transaction& tx) {
    auto made = inviteInside(core, tx, actor, organizationId, *std::move(invitations), fields);
    if (!made) tx.abandon();
    return made;
  });
}

async::Task<Outcome<Page<ShownInvitation>>> listOrganizationInvitations(Core& core, OrganizationActor actor,
                                                                        OrganizationInvitationListRequest request) {
  co_return co_await core.store().scan([&](const Transaction& tx) -> Outcome<Page<ShownInvitation>> {
    const auto organization = authorize(core, tx, actor, request.organizationId, permission::manageMemberships);
    if (!organization) return organization.error();
    request.organizationId = organization->id;
    return shownPage(core, tx, request);
  });
}

async::Task<Outcome<Page<ShownInvitation>>> listAllOrganizationInvitations(Core& core,
                                                                           OrganizationInvitationListRequest request) {
  co_return co_await core.store().scan([&](const Transaction& tx) -> Outcome<Page<ShownInvitation>> {
    if (auto enabled = requireOrganizations(core, tx); !enabled) return enabled.error();
    return shownPage(core, tx, request);
  });
}

async::Task<Outcome<Page<ShownInvitation>>> listInvitationsOfUser(Core& core, std::string userId,
                                                                  OrganizationInvitationListRequest request) {
  co_await enrollByDomains(core, userId);
  co_return co_await core.store().scan([&](const Transaction& tx) -> Outcome<Page<ShownInvitation>> {
    const auto user = tx.users().find(userId);
    if (!user) return Failure(errors::userNotFound(userId));
    request.emailAddresses = provedAddresses(*user);
    request.withDomains = true;
    if (request.emailAddresses.empty()) return Page<ShownInvitation>{};
    return shownPage(core, tx, request);
  });
}

async::Task<Outcome<ShownInvitation>> getOrganizationInvitation(Core& core, OrganizationActor actor,
                                                                std::string organizationId, std::string invitationId) {
  co_return co_await core.store().read([&](const Transaction& tx) -> Outcome<ShownInvitation> {
    const auto organization = authorize(core, tx, actor, organizationId, permission::manageMemberships);
    if (!organization) return organization.error();
    auto invitation = findOf(tx, actor, *organization, invitationId);
    if (!invitation) return invitation.error();
    return *shown(core, tx, *std::move(invitation));
  });
}

async::Task<Outcome<ShownInvitation>> revokeOrganizationInvitation(Core& core, OrganizationActor actor,
                                                                   std::string organizationId, std::string invitationId,
                                                                   std::optional<std::string> requestingUserId) {
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<ShownInvitation> {
    const auto organization = authorize(core, tx, actor, organizationId, permission::manageMemberships);
    if (!organization) return organization.error();
    if (auto allowed = checkInviter(core, tx, *organization, requestingUserId); !allowed) return allowed.error();
    const auto invitation = findOf(tx, actor, *organization, invitationId);
    if (!invitation) return invitation.error();
    if (!tx.organizationInvitations().settle(invitationId, OrganizationInvitationStatus::Revoked, core.now())) {
      return Failure(errors::organizationInvitationNotPending());
    }
    return *shown(core, tx, *tx.organizationInvitations().find(invitationId));
  });
}

async::Task<Outcome<ShownInvitation>> acceptInvitation(Core& core, std::string userId, std::string invitationId) {
  auto membershipId = newId(id::membership, core.now(), core.random());
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<ShownInvitation> {
    if (auto enabled = requireOrganizations(core, tx); !enabled) return enabled.error();
    const auto user = tx.users().find(userId);
    const auto invitation = tx.organizationInvitations().find(invitationId);
    const auto addresses = user ? provedAddresses(*user) : std::vector<std::string>();
    if (!invitation || std::ranges::find(addresses, invitation->emailAddress) == addresses.end()) {
      return Failure(errors::organizationInvitationNotFound(invitationId));
    }
    if (invitation->status == OrganizationInvitationStatus::Accepted) {
      return Failure(errors::organizationInvitationAccepted());
    }
    if (auto accepted = acceptInside(core, tx, invitationId, *user, std::move(membershipId)); !accepted) {
      tx.abandon();
      return accepted.error();
    }
    return *shown(core, tx, *tx.organizationInvitations().find(invitationId));
  });
}

}  // namespace clerk::instance
