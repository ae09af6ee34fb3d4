#pragma once
// Organizations, who is in them, and who may do what there.

#include "model/time.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clerk::instance {

struct Organization {
  std::string id;  ///< `org_…`
  std::string name;
  std::string slug;      ///< unique; lower case letters, digits and dashes
  std::string imageUrl;  ///< of the logo that was set; empty when there is none
  std::optional<std::string> createdBy;
  int maxAllowedMemberships = 0;  ///< 0: no limit. Outstanding invitations count
  bool adminDeleteEnabled = true;
  boost::json::object publicMetadata;
  boost::json::object privateMetadata;
  std::string roleSetId;   ///< `rset_…`: which roles its members can have
  std::string roleSetKey;  ///< of that; what is read, not written
  std::int64_t membersCount = 0;
  std::int64_t pendingInvitationsCount = 0;
  Time createdAt{};
  Time updatedAt{};
  friend bool operator==(const Organization&, const Organization&) = default;
};

struct Permission {
  std::string id;   ///< `perm_…`
  std::string key;  ///< `org:sys_profile:manage`, or `org:feature:action`
  std::string name;
  std::string description;
  bool system = false;  ///< Clerk's own: cannot be changed, never in tokens
  Time createdAt{};
  Time updatedAt{};
  friend bool operator==(const Permission&, const Permission&) = default;
};

struct Role {
  std::string id;   ///< `role_…`
  std::string key;  ///< `org:admin`
  std::string name;
  std::string description;
  std::vector<Permission> permissions;  ///< by their time of making
  Time createdAt{};
  Time updatedAt{};

  bool has(std::string_view permissionKey) const noexcept;
  /// Whether a new organization's creator may be given it: it has all of `permission::minimum`.
  bool isCreatorEligible() const noexcept;
  friend bool operator==(const Role&, const Role&) = default;
};

/// The roles that members of an organization can have.
struct RoleSet {
  std::string id;   ///< `rset_…`
  std::string key;  ///< `role_set:default`
  std::string name;
  std::string description;
  bool initial = false;  ///< what new organizations get; one in an instance
  std::string defaultRoleKey;
  std::string creatorRoleKey;
  std::vector<std::string> roleKeys;
  Time createdAt{};
  Time updatedAt{};

  bool has(std::string_view roleKey) const noexcept;
  friend bool operator==(const RoleSet&, const RoleSet&) = default;
};

namespace role {
inline constexpr std::string_view admin = "org:admin";
inline constexpr std::string_view member = "org:member";
}  // namespace role

/// Clerk's own permissions.
namespace permission {
inline constexpr std::string_view manageProfile = "org:sys_profile:manage";
inline constexpr std::string_view deleteProfile = "org:sys_profile:delete";
inline constexpr std::string_view readMemberships = "org:sys_memberships:read";
inline constexpr std::string_view manageMemberships = "org:sys_memberships:manage";
inline constexpr std::string_view readDomains = "org:sys_domains:read";
inline constexpr std::string_view manageDomains = "org:sys_domains:manage";

/// What at least one member must hold, so that somebody can always let others in or close it.
inline constexpr std::string_view minimum[] = {manageMemberships, readMemberships, deleteProfile};

struct System {
  std::string_view key;
  std::string_view name;
  bool ofMembers;  ///< also of the role `org:member`
};
/// All of them; admins hold each.
inline constexpr System system[] = {
    {manageProfile, "Manage organization", false},
    {deleteProfile, "Delete organization", false},
    {readMemberships, "Read members", true},
    {manageMemberships, "Manage members", false},
    {readDomains, "Read domains", false},
    {manageDomains, "Manage domains", false},
    {"org:sys_billing:read", "Read billing", true},
    {"org:sys_billing:manage", "Manage billing", false},
    {"org:sys_api_keys:read", "Read API keys", true},
    {"org:sys_api_keys:manage", "Manage API keys", false},
};
inline constexpr std::string_view systemPrefix = "org:sys_";
}  // namespace permission

/// A member as the organization's lists and tokens need it: with the role's name and permissions, not with the user.
struct Membership {
  std::string id;  ///< `orgmem_…`
  Organization organization;
  std::string userId;
  std::string roleKey;
  std::string roleName;
  std::vector<std::string> permissions;  ///< keys
  boost::json::object publicMetadata;
  boost::json::object privateMetadata;
  Time createdAt{};
  Time updatedAt{};

  bool has(std::string_view permissionKey) const noexcept;
  friend bool operator==(const Membership&, const Membership&) = default;
};

/// What a new membership is made of.
struct NewMembership {
  std::string id;
  std::string organizationId;
  std::string userId;
  std::string roleKey;
  boost::json::object publicMetadata;
  boost::json::object privateMetadata;
  Time createdAt{};
};

enum class OrganizationInvitationStatus { Pending, Accepted, Revoked, Expired };
std::string_view nameOf(OrganizationInvitationStatus status) noexcept;
std::optional<OrganizationInvitationStatus> organizationInvitationStatusOf(std::string_view name) noexcept;

struct OrganizationInvitation {
  std::string id;  ///< `orginv_…`
  std::string organizationId;
  std::string emailAddress;  ///< lower case
  std::string roleKey;
  std::string roleName;
  std::optional<std::string> inviterId;
  std::optional<std::string> domainId;  ///< made by a domain's enrollment, for its addresses; never mailed
  OrganizationInvitationStatus status = OrganizationInvitationStatus::Pending;
  boost::json::object publicMetadata;  ///< become those of the membership
  boost::json::object privateMetadata;
  std::string redirectUrl;  ///< where the link in the mail leads; empty: the account portal
  std::string url;          ///< the link that was mailed; empty when there was none
  Time expiresAt{};
  Time createdAt{};
  Time updatedAt{};

  OrganizationInvitationStatus statusAt(Time now) const noexcept {
    return status == OrganizationInvitationStatus::Pending && expiresAt <= now ? OrganizationInvitationStatus::Expired
                                                                               : status;
  }
  friend bool operator==(const OrganizationInvitation&, const OrganizationInvitation&) = default;
};

enum class OrganizationRequestStatus { Pending, Accepted, Rejected };
std::string_view nameOf(OrganizationRequestStatus status) noexcept;
std::optional<OrganizationRequestStatus> organizationRequestStatusOf(std::string_view name) noexcept;

/// A hint to somebody whose address is of an organization's domain that one could ask to join.
struct OrganizationSuggestion {
  std::string id;  ///< `orgsug_…`
  std::string organizationId;
  std::string userId;
  std::string domainId;
  OrganizationRequestStatus status = OrganizationRequestStatus::Pending;  ///< Pending, or Accepted once one has asked
  Time createdAt{};
  Time updatedAt{};
  friend bool operator==(const OrganizationSuggestion&, const OrganizationSuggestion&) = default;
};

/// Somebody asks to join.
struct MembershipRequest {
  std::string id;  ///< `orgmemreq_…`
  std::string organizationId;
  std::string userId;
  OrganizationRequestStatus status = OrganizationRequestStatus::Pending;
  Time createdAt{};
  Time updatedAt{};
  friend bool operator==(const MembershipRequest&, const MembershipRequest&) = default;
};

}  // namespace clerk::instance
