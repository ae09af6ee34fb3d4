#include "model/organization.hpp"

#include "model/names.hpp"

#include <algorithm>

namespace clerk::instance {
namespace {

using enum OrganizationInvitationStatus;

constexpr NameTable<OrganizationInvitationStatus, 4> invitationStatuses{
    {{Pending, "pending"}, {Accepted, "accepted"}, {Revoked, "revoked"}, {Expired, "expired"}}};

constexpr NameTable<OrganizationRequestStatus, 3> requestStatuses{{{OrganizationRequestStatus::Pending, "pending"},
                                                                   {OrganizationRequestStatus::Accepted, "accepted"},
                                                                   {OrganizationRequestStatus::Rejected, "rejected"}}};

}  // namespace

std::string_view nameOf(OrganizationInvitationStatus status) noexcept { return nameIn(invitationStatuses, status); }
std::optional<OrganizationInvitationStatus> organizationInvitationStatusOf(std::string_view name) noexcept {
  return valueIn(invitationStatuses, name);
}

std::string_view nameOf(OrganizationRequestStatus status) noexcept { return nameIn(requestStatuses, status); }
std::optional<OrganizationRequestStatus> organizationRequestStatusOf(std::string_view name) noexcept {
  return valueIn(requestStatuses, name);
}

bool Role::has(std::string_view permissionKey) const noexcept {
  return std::ranges::find(permissions, permissionKey, &Permission::key) != permissions.end();
}

bool Role::isCreatorEligible() const noexcept {
  return std::ranges::all_of(permission::minimum, [&](std::string_view key) { return has(key); });
}

bool RoleSet::has(std::string_view roleKey) const noexcept {
  return std::ranges::find(roleKeys, roleKey) != roleKeys.end();
}

bool Membership::has(std::string_view permissionKey) const noexcept {
  return std::ranges::find(permissions, permissionKey) != permissions.end();
}

}  // namespace clerk::instance
