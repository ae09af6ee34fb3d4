#pragma once
// People whose address is of an organization's domain: what they are offered, and how they ask to join.

#include "flows/organization/access.hpp"
#include "model/organization_domain.hpp"
#include "model/organization_list.hpp"

#include <async/task.hpp>

#include <string>
#include <vector>

namespace clerk::instance {

/// The addresses that a user has proved.
std::vector<std::string> provedAddresses(const User& user);

/// Makes the invitations and suggestions that the domains of the user's proved addresses offer, once for each. It is
/// done when somebody looks what there is: whoever had the address before the domain was verified gets them, too.
async::Task<> enrollByDomains(Core& core, std::string userId);

struct ShownSuggestion {
  OrganizationSuggestion suggestion;
  Organization organization;
};
async::Task<Outcome<Page<ShownSuggestion>>> listSuggestions(Core& core, std::string userId,
                                                            std::vector<OrganizationRequestStatus> statuses,
                                                            PageRequest page);
/// The user asks to join. Errors: `resource_not_found` (also for others'), `organization_suggestion_already_accepted`.
async::Task<Outcome<ShownSuggestion>> acceptSuggestion(Core& core, std::string userId, std::string suggestionId);

struct ShownRequest {
  MembershipRequest request;
  User user;
};
async::Task<Outcome<Page<ShownRequest>>> listMembershipRequests(Core& core, OrganizationActor actor,
                                                                std::string organizationId,
                                                                std::vector<OrganizationRequestStatus> statuses,
                                                                PageRequest page);
enum class RequestVerdict { Accept, Reject };
/// Errors: `resource_not_found`, `organization_membership_quota_exceeded`.
async::Task<Outcome<ShownRequest>> settleMembershipRequest(Core& core, OrganizationActor actor,
                                                           std::string organizationId, std::string requestId,
                                                           RequestVerdict verdict);

}  // namespace clerk::instance
