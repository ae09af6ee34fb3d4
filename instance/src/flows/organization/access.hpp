#pragma once
// Who may do what in an organization: decided in the transaction that does it.

#include "flows/core.hpp"
#include "model/organization.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace clerk::instance {

/// Who acts on an organization: one of its members, whose permissions count, or a backend, which may do all.
class OrganizationActor {
 public:
  static OrganizationActor backend() { return OrganizationActor(""); }
  static OrganizationActor member(std::string userId) { return OrganizationActor(std::move(userId)); }

  bool isBackend() const noexcept { return userId_.empty(); }
  /// Empty for a backend.
  const std::string& userId() const noexcept { return userId_; }

 private:
  explicit OrganizationActor(std::string userId) : userId_(std::move(userId)) {}
  std::string userId_;
};

/// Of any member.
inline constexpr std::string_view noPermission;

/// The organization, when the actor may use `permission` in it. A backend may name it by its slug. Strangers are not
/// told whether it exists. Errors: `organization_not_enabled_in_instance`, `organization_not_found_or_unauthorized`,
/// `missing_organization_permission`; for a backend `resource_not_found`.
Outcome<Organization> authorize(const Core& core, const Transaction& tx, const OrganizationActor& actor,
                                std::string_view organizationId, std::string_view permission);

/// Errors: `organization_not_enabled_in_instance`.
Outcome<OrganizationSettings> requireOrganizations(const Core& core, const Transaction& tx);

/// What becomes of the sessions of those who leave an organization.
Leaving leavingIn(const Core& core, const Transaction& tx);

/// Room for `more` members or invitations. Errors: `organization_membership_quota_exceeded`.
Outcome<> checkMembershipQuota(const Organization& organization, std::int64_t more, std::int64_t occupied);

/// The role, when members of this organization can have it. `param`: the field that names it. Errors:
/// `resource_not_found`.
Outcome<Role> findRoleFor(const Transaction& tx, const Organization& organization, std::string_view roleKey,
                          std::string_view param);

}  // namespace clerk::instance
