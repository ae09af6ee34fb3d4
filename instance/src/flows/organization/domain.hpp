#pragma once
// An organization's domains: which there are, who has shown to be at home there, and what they do for newcomers.

#include "flows/organization/access.hpp"
#include "model/organization_domain.hpp"
#include "model/organization_list.hpp"

#include <async/task.hpp>

#include <optional>
#include <string>
#include <vector>

namespace clerk::instance {

/// A domain with the organization that has it.
struct ShownDomain {
  OrganizationDomain domain;
  Organization organization;
};

/// `request.organizationId` is the organization.
async::Task<Outcome<Page<ShownDomain>>> listDomains(Core& core, OrganizationActor actor, DomainListRequest request);
/// Of all organizations, for a backend.
async::Task<Outcome<Page<ShownDomain>>> listAllDomains(Core& core, DomainListRequest request);
async::Task<Outcome<ShownDomain>> getDomain(Core& core, OrganizationActor actor, std::string organizationId,
                                            std::string domainId);

struct NewDomain {
  std::string name;
  std::optional<std::string> enrollmentMode;
  bool verified = false;  ///< a backend's word for it
};
/// Errors: `organization_domains_not_enabled`, `form_param_format_invalid`, `organization_domain_common`,
/// `organization_domain_already_exists…`, `organization_domain_quota_exceeded`,
/// `organization_domain_enrollment_mode_not_enabled`.
async::Task<Outcome<ShownDomain>> createDomain(Core& core, OrganizationActor actor, std::string organizationId,
                                               NewDomain fields);

struct DomainChanges {
  std::optional<std::string> enrollmentMode;
  /// What the mode of before offered is taken back.
  bool deletePending = false;
  std::optional<bool> verified;  ///< of a backend
};
async::Task<Outcome<ShownDomain>> updateDomain(Core& core, OrganizationActor actor, std::string organizationId,
                                               std::string domainId, DomainChanges changes);
/// Gives what it was.
async::Task<Outcome<ShownDomain>> deleteDomain(Core& core, OrganizationActor actor, std::string organizationId,
                                               std::string domainId);

/// Sends a code to a mailbox of the domain. Errors: `organization_domain_mismatch`, `verification_already_verified`, …
async::Task<Outcome<ShownDomain>> prepareAffiliation(Core& core, OrganizationActor actor, std::string organizationId,
                                                     std::string domainId, std::string emailAddress);
/// Errors: `form_code_incorrect`, `verification_…`, `organization_domain_already_exists` (another was faster).
async::Task<Outcome<ShownDomain>> attemptAffiliation(Core& core, OrganizationActor actor, std::string organizationId,
                                                     std::string domainId, std::string code);
/// A backend says whose name it is; no DNS is asked.
async::Task<Outcome<ShownDomain>> overrideOwnership(Core& core, std::string organizationId, std::string domainId);

/// Proving by a TXT record belongs to self-serve SSO, which this instance does not have.
/// Errors: those of any change to a domain, else `self_serve_sso_disabled`.
async::Task<Failure> refuseOwnershipChallenge(Core& core, OrganizationActor actor, std::string organizationId);

}  // namespace clerk::instance
