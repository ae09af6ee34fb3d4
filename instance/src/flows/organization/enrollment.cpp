#include "flows/organization/enrollment.hpp"

#include "flows/organization/membership.hpp"
#include "flows/organization/names.hpp"
#include "model/errors.hpp"
#include "model/ids.hpp"
#include "model/organization_errors.hpp"

#include <algorithm>
#include <utility>

namespace clerk::instance {
namespace {

/// What a domain offers stands as long as the domain does.
constexpr auto enrollmentLifetime = std::chrono::days(3650);

/// One offer that a user has not had yet.
struct Offer {
  OrganizationDomain domain;
  std::string emailAddress;
};

std::vector<Offer> offersFor(const Core& core, const Transaction& tx, const User& user) {
  std::vector<Offer> offers;
  const auto settings = core.runtimeSettings(tx).organizations;
  if (!settings.enabled || !settings.domainsEnabled) return offers;
  for (const auto& address : provedAddresses(user)) {
    auto domain = tx.organizationDomains().findVerified(domainOf(address), core.now());
    if (!domain || tx.memberships().exists(domain->organizationId, user.id)) continue;
    const auto mode = domain->enrollmentMode;
    const bool had = mode == EnrollmentMode::AutomaticInvitation
                         ? tx.organizationInvitations().domainInvited(domain->id, address)
                         : mode != EnrollmentMode::AutomaticSuggestion ||
                               tx.organizationSuggestions().exists(domain->organizationId, user.id);
    if (!had) offers.push_back({*std::move(domain), address});
  }
  return offers;
}

/// The role of those whom a domain lets in.
std::string enrollmentRole(const Core& core, const Transaction& tx, const Organization& organization) {
  const auto wanted = core.runtimeSettings(tx).organizations.domainsDefaultRole;
  const auto set = tx.roleSets().find(organization.roleSetId);
  return set->has(wanted) ? wanted : set->defaultRoleKey;
}

void makeOffer(Core& core, Transaction& tx, const User& user, const Offer& offer) {
  const Time now = core.now();
  const auto organization = tx.organizations().find(offer.domain.organizationId, now);
  if (!organization) return;
  if (offer.domain.enrollmentMode == EnrollmentMode::AutomaticSuggestion) {
    OrganizationSuggestion suggestion;
    suggestion.id = newId(id::organizationSuggestion, now, core.random());
    suggestion.organizationId = organization->id;
    suggestion.userId = user.id;
    suggestion.domainId = offer.domain.id;
    suggestion.createdAt = suggestion.updatedAt = now;
    tx.organizationSuggestions().insert(suggestion);
    return;
  }
  // One that was mailed to the address is as good.
  if (tx.organizationInvitations().findPending(organization->id, offer.emailAddress, now)) return;
  OrganizationInvitation invitation;
  invitation.id = newId(id::organizationInvitation, now, core.random());
  invitation.organizationId = organization->id;
  invitation.emailAddress = offer.emailAddress;
  invitation.roleKey = enrollmentRole(core, tx, *organization);
  invitation.domainId = offer.domain.id;
  invitation.expiresAt = now + enrollmentLifetime;
  invitation.createdAt = invitation.updatedAt = now;
  std::ignore = tx.organizationInvitations().insert(invitation);
}

std::optional<ShownRequest> shown(const Transaction& tx, MembershipRequest request) {
  auto user = tx.users().find(request.userId);
  if (!user) return std::nullopt;
  return ShownRequest{std::move(request), *std::move(user)};
}

}  // namespace

std::vector<std::string> provedAddresses(const User& user) {
  std::vector<std::string> addresses;
  for (const auto& email : user.emailAddresses) {
    if (email.verified()) addresses.push_back(email.emailAddress);
  }
  return addresses;
}

async::Task<> enrollByDomains(Core& core, std::string userId) {
  const bool offered = co_await core.store().read([&](const Transaction& tx) {
    const auto user = tx.users().find(userId);
    return user && !offersFor(core, tx, *user).empty();
  });
  if (!offered) co_return;
  co_await core.store().transact([&](Transaction& tx) {
    const auto user = tx.users().find(userId);
    if (!user) return;
    for (const auto& offer : offersFor(core, tx, *user)) makeOffer(core, tx, *user, offer);
  });
}

async::Task<Outcome<Page<ShownSuggestion>>> listSuggestions(Core& core, std::string userId,
                                                            std::vector<OrganizationRequestStatus> statuses,
                                                            PageRequest page) {
  co_await enrollByDomains(core, userId);
  co_return co_await core.store().scan([&](const Transaction& tx) -> Outcome<Page<ShownSuggestion>> {
    auto suggestions = tx.organizationSuggestions().list(userId, statuses, page);
    Page<ShownSuggestion> shownOnes;
    shownOnes.totalCount = suggestions.totalCount;
    for (auto& suggestion : suggestions.data) {
      auto organization = tx.organizations().find(suggestion.organizationId, core.now());
      if (organization) shownOnes.data.push_back({std::move(suggestion), *std::move(organization)});
    }
    return shownOnes;
  });
}

async::Task<Outcome<ShownSuggestion>> acceptSuggestion(Core& core, std::string userId, std::string suggestionId) {
  const Time now = core.now();
  MembershipRequest request;
  request.id = newId(id::membershipRequest, now, core.random());
  request.userId = userId;
  request.createdAt = request.updatedAt = now;
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<ShownSuggestion> {
    if (auto enabled = requireOrganizations(core, tx); !enabled) return enabled.error();
    const auto suggestion = tx.organizationSuggestions().find(suggestionId);
    if (!suggestion || suggestion->userId != userId) return Failure(errors::resourceNotFound());
    if (!tx.organizationSuggestions().accept(suggestionId, now)) {
      return Failure(errors::organizationSuggestionAccepted());
    }
    request.organizationId = suggestion->organizationId;
    tx.membershipRequests().insert(request);
    return ShownSuggestion{*tx.organizationSuggestions().find(suggestionId),
                           *tx.organizations().find(suggestion->organizationId, now)};
  });
}

async::Task<Outcome<Page<ShownRequest>>> listMembershipRequests(Core& core, OrganizationActor actor,
                                                                std::string organizationId,
                                                                std::vector<OrganizationRequestStatus> statuses,
                                                                PageRequest page) {
  co_return co_await core.store().scan([&](const Transaction& tx) -> Outcome<Page<ShownRequest>> {
    const auto organization = authorize(core, tx, actor, organizationId, permission::manageMemberships);
    if (!organization) return organization.error();
    auto requests = tx.membershipRequests().list(organization->id, statuses, page);
    Page<ShownRequest> shownOnes;
    shownOnes.totalCount = requests.totalCount;
    for (auto& request : requests.data) {
      if (auto one = shown(tx, std::move(request))) shownOnes.data.push_back(*std::move(one));
    }
    return shownOnes;
  });
}

async::Task<Outcome<ShownRequest>> settleMembershipRequest(Core& core, OrganizationActor actor,
                                                           std::string organizationId, std::string requestId,
                                                           RequestVerdict verdict) {
  auto membershipId = newId(id::membership, core.now(), core.random());
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<ShownRequest> {
    const auto organization = authorize(core, tx, actor, organizationId, permission::manageMemberships);
    if (!organization) return organization.error();
    const auto request = tx.membershipRequests().find(requestId);
    if (!request || request->organizationId != organization->id) return Failure(errors::resourceNotFound());
    const bool accepts = verdict == RequestVerdict::Accept;
    const auto to = accepts ? OrganizationRequestStatus::Accepted : OrganizationRequestStatus::Rejected;
    if (!tx.membershipRequests().settle(requestId, to, core.now())) return Failure(errors::resourceNotFound());
    if (accepts) {
      const auto occupied = organization->membersCount + organization->pendingInvitationsCount;
      auto joined = checkMembershipQuota(*organization, 1, occupied);
      if (joined) {
        joined = join(core, tx, *organization,
                      {.id = std::move(membershipId),
                       .userId = request->userId,
                       .roleKey = enrollmentRole(core, tx, *organization)});
      }
      if (!joined) {
        tx.abandon();
        return joined.error();
      }
    }
    auto settled = shown(tx, *tx.membershipRequests().find(requestId));
    if (!settled) return Failure(errors::resourceNotFound());
    return *std::move(settled);
  });
}

}  // namespace clerk::instance
