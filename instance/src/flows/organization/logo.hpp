#pragma once
// The picture of an organization.

#include "flows/organization/access.hpp"

#include <async/task.hpp>

#include <string>

namespace clerk::instance {

/// Errors: those of newImage(), and of any change to an organization.
async::Task<Outcome<Organization>> setOrganizationLogo(Core& core, OrganizationActor actor, std::string organizationId,
                                                       std::string bytes);
/// Gives the organization without it. Errors: `image_not_found` where there was none.
async::Task<Outcome<Organization>> deleteOrganizationLogo(Core& core, OrganizationActor actor,
                                                          std::string organizationId);

}  // namespace clerk::instance
