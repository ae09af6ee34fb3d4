#pragma once
// Who is in an organization.

#include "flows/organization/access.hpp"
#include "flows/user/user.hpp"
#include "model/organization_list.hpp"

#include <async/task.hpp>

#include <optional>
#include <string>

namespace clerk::instance {

/// `request.organizationId` is the organization; members need to read memberships.
async::Task<Outcome<Page<Member>>> listMembers(Core& core, OrganizationActor actor, MembershipListRequest request);
/// Of all organizations, for a backend.
async::Task<Outcome<Page<Member>>> listAllMembers(Core& core, MembershipListRequest request);
/// One user's own, newest first. Errors: `resource_not_found` (user).
async::Task<Outcome<Page<Member>>> listMembershipsOfUser(Core& core, std::string userId, PageRequest page);

struct NewMember {
  std::string userId;
  std::string roleKey;
  boost::json::object publicMetadata;
  boost::json::object privateMetadata;
};
/// Errors: `resource_not_found` (user, role), `already_a_member_in_organization`,
/// `organization_membership_quota_exceeded`.
async::Task<Outcome<Member>> addMember(Core& core, OrganizationActor actor, std::string organizationId,
                                       NewMember fields);

/// Errors: `resource_not_found`, `organization_minimum_permissions_needed` (the last who could let others in).
async::Task<Outcome<Member>> changeMemberRole(Core& core, OrganizationActor actor, std::string organizationId,
                                              std::string userId, std::string roleKey);
/// Gives what it was.
async::Task<Outcome<Member>> removeMember(Core& core, OrganizationActor actor, std::string organizationId,
                                          std::string userId);
/// A member goes by itself.
async::Task<Outcome<Member>> leaveOrganization(Core& core, std::string organizationId, std::string userId);

async::Task<Outcome<Member>> mergeMembershipMetadata(Core& core, std::string organizationId, std::string userId,
                                                     MetadataChanges changes);

/// Makes somebody a member inside a transaction, whatever led to it: waiting requests and suggestions are settled.
/// Errors: `already_a_member_in_organization`, `organization_membership_quota_exceeded`.
Outcome<> join(const Core& core, Transaction& tx, const Organization& organization, NewMembership membership);

}  // namespace clerk::instance
