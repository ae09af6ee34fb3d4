#include "flows/organization/settings.hpp"

#include "model/errors.hpp"
#include "model/organization_domain.hpp"
#include "model/organization_errors.hpp"

namespace clerk::instance {
namespace {

template <class T>
void take(T& setting, const std::optional<T>& change) {
  if (change) setting = *change;
}

Outcome<> takeModes(OrganizationSettings& settings, const std::optional<std::vector<std::string>>& modes) {
  if (!modes) return {};
  for (const auto& mode : *modes) {
    const auto known = enrollmentModeOf(mode);
    if (!known || known == EnrollmentMode::EnterpriseSso) {
      return Failure(errors::formParamValueInvalid("domains_enrollment_modes", mode));
    }
  }
  settings.domainsEnrollmentModes = *modes;
  return {};
}

/// Both are roles that every new organization has.
Outcome<Role> findInitialRole(const Transaction& tx, const std::string& id, std::string_view param) {
  auto role = tx.roles().find(id);
  if (!role || !tx.roleSets().findInitial()->has(role->key)) return Failure(errors::organizationRoleNotFound(param));
  return *std::move(role);
}

Outcome<> takeRoles(const Transaction& tx, OrganizationSettings& settings, const OrganizationSettingsChanges& changes) {
  if (changes.creatorRoleId) {
    const auto role = findInitialRole(tx, *changes.creatorRoleId, "creator_role_id");
    if (!role) return role.error();
    if (!role->isCreatorEligible()) return Failure(errors::creatorRoleLacksPermissions());
    settings.creatorRole = role->key;
  }
  if (changes.domainsDefaultRoleId) {
    const auto role = findInitialRole(tx, *changes.domainsDefaultRoleId, "domains_default_role_id");
    if (!role) return role.error();
    settings.domainsDefaultRole = role->key;
  }
  return {};
}

ShownOrganizationSettings shown(const Core& core, const Transaction& tx) {
  const auto initial = tx.roleSets().findInitial();
  return {core.runtimeSettings(tx).organizations, initial ? initial->key : ""};
}

}  // namespace

async::Task<ShownOrganizationSettings> getOrganizationSettings(Core& core) {
  co_return co_await core.store().read([&](const Transaction& tx) { return shown(core, tx); });
}

async::Task<Outcome<ShownOrganizationSettings>> updateOrganizationSettings(Core& core,
                                                                           OrganizationSettingsChanges changes) {
  auto updated = co_await core.store().transact([&](Transaction& tx) -> Outcome<ShownOrganizationSettings> {
    auto runtime = core.runtimeSettings(tx);
    auto& settings = runtime.organizations;
    if (auto modes = takeModes(settings, changes.domainsEnrollmentModes); !modes) return modes.error();
    if (auto roles = takeRoles(tx, settings, changes); !roles) return roles.error();
    take(settings.enabled, changes.enabled);
    take(settings.maxAllowedMemberships, changes.maxAllowedMemberships);
    take(settings.adminDeleteEnabled, changes.adminDeleteEnabled);
    take(settings.domainsEnabled, changes.domainsEnabled);
    take(settings.slugDisabled, changes.slugDisabled);
    take(settings.forceSelection, changes.forceSelection);
    core.setRuntimeSettings(tx, runtime);
    return shown(core, tx);
  });
  if (updated) co_await core.refreshSettings();
  co_return updated;
}

}  // namespace clerk::instance
