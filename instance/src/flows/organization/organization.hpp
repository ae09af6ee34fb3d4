#pragma once
// Organizations: made, changed and closed by their members and by backends.

#include "flows/organization/access.hpp"
#include "flows/user/user.hpp"
#include "model/organization_list.hpp"

#include <async/task.hpp>

#include <optional>
#include <string>

namespace clerk::instance {

struct NewOrganization {
  std::string name;
  std::optional<std::string> slug;       ///< made from the name when absent
  std::optional<std::string> createdBy;  ///< of a backend: who becomes its first member; absent: it has none
  boost::json::object publicMetadata;
  boost::json::object privateMetadata;
  std::optional<int> maxAllowedMemberships;  ///< 0: no limit; absent: the instance's
  std::optional<std::string> roleSetKey;
  std::optional<Time> createdAt;
};

/// A person becomes its first member, with the creator's role. Errors: `user_create_organization_not_enabled`,
/// `org_creation_limit_exceeded`, `form_param_…` (name), `form_identifier_exists` (slug),
/// `organization_slugs_disabled`, `organization_creator_not_found`, …
async::Task<Outcome<Organization>> createOrganization(Core& core, OrganizationActor actor, NewOrganization fields);

async::Task<Outcome<Organization>> getOrganization(Core& core, OrganizationActor actor, std::string organizationId);

async::Task<Outcome<Page<Organization>>> listOrganizations(Core& core, OrganizationListRequest request);

struct OrganizationChanges {
  std::optional<std::string> name;
  std::optional<std::string> slug;
  std::optional<int> maxAllowedMemberships;
  std::optional<bool> adminDeleteEnabled;
  std::optional<std::string> roleSetKey;
  std::optional<Time> createdAt;
};
async::Task<Outcome<Organization>> updateOrganization(Core& core, OrganizationActor actor, std::string organizationId,
                                                      OrganizationChanges changes);

/// `unsafeMetadata` of the changes is not looked at.
async::Task<Outcome<Organization>> mergeOrganizationMetadata(Core& core, std::string organizationId,
                                                             MetadataChanges changes);
async::Task<Outcome<Organization>> replaceOrganizationMetadata(Core& core, std::string organizationId,
                                                               MetadataChanges changes);

/// With all that hangs on it; sessions leave it. What it was is given back. Errors of members:
/// `organization_admin_delete_not_enabled`.
async::Task<Outcome<Organization>> deleteOrganization(Core& core, OrganizationActor actor, std::string organizationId);

/// Whether nobody in it could let others in or close it (Backend API: `missing_member_with_elevated_permissions`).
async::Task<bool> lacksManager(Core& core, std::string organizationId);

/// What the form for a new organization is filled in with; empty when the instance has that switched off.
struct OrganizationCreationDefaults {
  std::string name;
  std::string slug;
};
async::Task<OrganizationCreationDefaults> organizationCreationDefaults(Core& core, const User& user);

}  // namespace clerk::instance
