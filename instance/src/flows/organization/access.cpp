#include "flows/organization/access.hpp"

#include "model/errors.hpp"
#include "model/organization_errors.hpp"

namespace clerk::instance {

Outcome<OrganizationSettings> requireOrganizations(const Core& core, const Transaction& tx) {
  auto settings = core.runtimeSettings(tx).organizations;
  if (!settings.enabled) return Failure(errors::organizationsNotEnabled());
  return settings;
}

Outcome<Organization> authorize(const Core& core, const Transaction& tx, const OrganizationActor& actor,
                                std::string_view organizationId, std::string_view permission) {
  if (auto enabled = requireOrganizations(core, tx); !enabled) return enabled.error();
  if (actor.isBackend()) {
    auto organization = tx.organizations().findByIdOrSlug(organizationId, core.now());
    if (!organization) return Failure(errors::organizationNotFound());
    return *std::move(organization);
  }
  auto membership = tx.memberships().find(organizationId, actor.userId(), core.now());
  if (!membership) return Failure(errors::organizationNotFoundOrUnauthorized());
  if (!permission.empty() && !membership->has(permission)) {
    return Failure(errors::missingOrganizationPermission(permission));
  }
  return std::move(membership->organization);
}

Leaving leavingIn(const Core& core, const Transaction& tx) {
  return core.runtimeSettings(tx).organizations.forceSelection ? Leaving::ToChoice : Leaving::ToPersonalAccount;
}

Outcome<> checkMembershipQuota(const Organization& organization, std::int64_t more, std::int64_t occupied) {
  const auto limit = organization.maxAllowedMemberships;
  if (limit > 0 && occupied + more > limit) return Failure(errors::membershipQuotaExceeded(limit));
  return {};
}

Outcome<Role> findRoleFor(const Transaction& tx, const Organization& organization, std::string_view roleKey,
                          std::string_view param) {
  const auto set = tx.roleSets().find(organization.roleSetId);
  auto role = set && set->has(roleKey) ? tx.roles().findByKey(roleKey) : std::nullopt;
  if (!role) return Failure(errors::organizationRoleNotFound(param));
  return *std::move(role);
}

}  // namespace clerk::instance
