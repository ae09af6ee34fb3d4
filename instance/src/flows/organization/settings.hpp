#pragma once
// The settings of organizations, as a backend changes them while the instance runs.

#include "flows/core.hpp"
#include "model/organization.hpp"

#include <async/task.hpp>

#include <optional>
#include <string>
#include <vector>

namespace clerk::instance {

inline constexpr int maxAllowedRoles = 100;
inline constexpr int maxAllowedDomains = 10;
inline constexpr int maxAllowedPermissions = 1000;

/// The settings, and what they are shown with.
struct ShownOrganizationSettings {
  OrganizationSettings settings;
  std::string initialRoleSetKey;
};
async::Task<ShownOrganizationSettings> getOrganizationSettings(Core& core);

struct OrganizationSettingsChanges {
  std::optional<bool> enabled;
  std::optional<int> maxAllowedMemberships;
  std::optional<bool> adminDeleteEnabled;
  std::optional<bool> domainsEnabled;
  std::optional<bool> slugDisabled;
  std::optional<std::vector<std::string>> domainsEnrollmentModes;
  std::optional<std::string> creatorRoleId;
  std::optional<std::string> domainsDefaultRoleId;
  std::optional<bool> forceSelection;
};
/// Errors: `form_param_value_invalid` (mode), `resource_not_found` (role), `organization_missing_creator_role_…`.
async::Task<Outcome<ShownOrganizationSettings>> updateOrganizationSettings(Core& core,
                                                                           OrganizationSettingsChanges changes);

}  // namespace clerk::instance
