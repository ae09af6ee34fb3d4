#include "flows/organization/membership.hpp"

#include "flows/normal_form.hpp"
#include "model/errors.hpp"
#include "model/ids.hpp"
#include "model/organization_errors.hpp"

#include <utility>

namespace clerk::instance {
namespace {

Outcome<Member> findMember(const Core& core, const Transaction& tx, std::string_view organizationId,
                           std::string_view userId) {
  auto membership = tx.memberships().find(organizationId, userId, core.now());
  auto user = membership ? tx.users().find(userId) : std::nullopt;
  if (!user) return Failure(errors::resourceNotFound());
  return Member{*std::move(membership), *std::move(user)};
}

Outcome<> checkMetadata(const Settings& settings, const boost::json::object& publicMetadata,
                        const boost::json::object& privateMetadata) {
  auto checked = checkMetadataSize(publicMetadata, "public_metadata", settings.maxMetadataBytes);
  return checked ? checkMetadataSize(privateMetadata, "private_metadata", settings.maxMetadataBytes) : checked;
}

bool isManager(const auto& holder) noexcept {
  for (const auto key : permission::minimum) {
    if (!holder.has(key)) return false;
  }
  return true;
}

/// Whether the organization can do without this member's present rights.
Outcome<> checkDispensable(const Transaction& tx, const Membership& membership) {
  if (!isManager(membership)) return {};
  if (tx.memberships().hasOtherManager(membership.organization.id, membership.userId)) return {};
  return Failure(errors::minimumPermissionsNeeded());
}

Outcome<Member> removeInside(const Core& core, Transaction& tx, std::string_view organizationId,
                             std::string_view userId) {
  auto member = findMember(core, tx, organizationId, userId);
  if (!member) return member;
  if (auto dispensable = checkDispensable(tx, member->membership); !dispensable) return dispensable.error();
  tx.memberships().erase(organizationId, userId, leavingIn(core, tx));
  --member->membership.organization.membersCount;
  return member;
}

}  // namespace

Outcome<> join(const Core& core, Transaction& tx, const Organization& organization, NewMembership membership) {
  membership.organizationId = organization.id;
  membership.createdAt = core.now();
  if (!tx.memberships().insert(membership)) {
    const auto user = tx.users().find(membership.userId);
    return Failure(errors::alreadyAMember(user ? user->identifier() : membership.userId));
  }
  tx.membershipRequests().settleOf(organization.id, membership.userId, OrganizationRequestStatus::Accepted, core.now());
  tx.organizationSuggestions().eraseOf(organization.id, membership.userId);
  return {};
}

async::Task<Outcome<Page<Member>>> listMembers(Core& core, OrganizationActor actor, MembershipListRequest request) {
  co_return co_await core.store().scan([&](const Transaction& tx) -> Outcome<Page<Member>> {
    auto organization = authorize(core, tx, actor, request.organizationId, permission::readMemberships);
    if (!organization) return organization.error();
    request.organizationId = organization->id;
    return tx.memberships().list(request, core.now());
  });
}

async::Task<Outcome<Page<Member>>> listAllMembers(Core& core, MembershipListRequest request) {
  co_return co_await core.store().scan([&](const Transaction& tx) -> Outcome<Page<Member>> {
    if (auto enabled = requireOrganizations(core, tx); !enabled) return enabled.error();
    return tx.memberships().list(request, core.now());
  });
}

async::Task<Outcome<Page<Member>>> listMembershipsOfUser(Core& core, std::string userId, PageRequest page) {
  co_return co_await core.store().scan([&](const Transaction& tx) -> Outcome<Page<Member>> {
    if (!tx.users().exists(userId)) return Failure(errors::userNotFound(userId));
    return tx.memberships().list({.userId = userId, .page = page}, core.now());
  });
}

async::Task<Outcome<Member>> addMember(Core& core, OrganizationActor actor, std::string organizationId,
                                       NewMember fields) {
  if (auto checked = checkMetadata(core.settings(), fields.publicMetadata, fields.privateMetadata); !checked) {
    co_return checked.error();
  }
  auto id = newId(id::membership, core.now(), core.random());
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<Member> {
    const auto organization = authorize(core, tx, actor, organizationId, permission::manageMemberships);
    if (!organization) return organization.error();
    const auto role = findRoleFor(tx, *organization, fields.roleKey, "role");
    if (!role) return role.error();
    if (!tx.users().exists(fields.userId)) return Failure(errors::userNotFound(fields.userId));
    const auto occupied = organization->membersCount + organization->pendingInvitationsCount;
    if (auto room = checkMembershipQuota(*organization, 1, occupied); !room) return room.error();
    auto joined = join(core, tx, *organization,
                       {.id = std::move(id),
                        .userId = fields.userId,
                        .roleKey = role->key,
                        .publicMetadata = std::move(fields.publicMetadata),
                        .privateMetadata = std::move(fields.privateMetadata)});
    if (!joined) return joined.error();
    if (actor.isBackend()) tx.memberships().rememberOrganization(fields.userId, organization->id);
    return findMember(core, tx, organization->id, fields.userId);
  });
}

async::Task<Outcome<Member>> changeMemberRole(Core& core, OrganizationActor actor, std::string organizationId,
                                              std::string userId, std::string roleKey) {
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<Member> {
    const auto organization = authorize(core, tx, actor, organizationId, permission::manageMemberships);
    if (!organization) return organization.error();
    const auto role = findRoleFor(tx, *organization, roleKey, "role");
    if (!role) return role.error();
    const auto member = findMember(core, tx, organization->id, userId);
    if (!member) return member;
    if (!isManager(*role)) {
      if (auto dispensable = checkDispensable(tx, member->membership); !dispensable) return dispensable.error();
    }
    tx.memberships().setRole(organization->id, userId, role->key, core.now());
    return findMember(core, tx, organization->id, userId);
  });
}

async::Task<Outcome<Member>> removeMember(Core& core, OrganizationActor actor, std::string organizationId,
                                          std::string userId) {
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<Member> {
    const auto organization = authorize(core, tx, actor, organizationId, permission::manageMemberships);
    if (!organization) return organization.error();
    return removeInside(core, tx, organization->id, userId);
  });
}

async::Task<Outcome<Member>> leaveOrganization(Core& core, std::string organizationId, std::string userId) {
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<Member> {
    const auto organization = authorize(core, tx, OrganizationActor::member(userId), organizationId, noPermission);
    if (!organization) return organization.error();
    return removeInside(core, tx, organization->id, userId);
  });
}

async::Task<Outcome<Member>> mergeMembershipMetadata(Core& core, std::string organizationId, std::string userId,
                                                     MetadataChanges changes) {
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<Member> {
    const auto organization = authorize(core, tx, OrganizationActor::backend(), organizationId, noPermission);
    if (!organization) return organization.error();
    auto member = findMember(core, tx, organization->id, userId);
    if (!member) return member;
    auto& membership = member->membership;
    if (changes.publicMetadata) {
      membership.publicMetadata = mergeMetadata(std::move(membership.publicMetadata), *changes.publicMetadata);
    }
    if (changes.privateMetadata) {
      membership.privateMetadata = mergeMetadata(std::move(membership.privateMetadata), *changes.privateMetadata);
    }
    auto checked = checkMetadata(core.settings(), membership.publicMetadata, membership.privateMetadata);
    if (!checked) return checked.error();
    membership.updatedAt = core.now();
    tx.memberships().setMetadata(membership);
    return member;
  });
}

}  // namespace clerk::instance
