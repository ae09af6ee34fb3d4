#pragma once
// Which organizations, members, invitations, roles and domains are asked for, and in which order.

#include "model/organization.hpp"
#include "model/organization_domain.hpp"
#include "model/page.hpp"
#include "model/user_list.hpp"

#include <optional>
#include <string>
#include <vector>

namespace clerk::instance {

/// `order_by` of a list: which of the list's own orders, and in which direction.
template <class By>
struct Order {
  By by{};
  bool descending = true;
};

enum class OrganizationOrder { CreatedAt, Name, MembersCount };
struct OrganizationListRequest {
  std::string query;                         ///< the id, or part of name or slug
  std::vector<std::string> userIds;          ///< members; may start with `-` to exclude
  std::vector<std::string> organizationIds;  ///< the same
  Order<OrganizationOrder> order;
  PageRequest page;
};

enum class MembershipOrder { CreatedAt, PhoneNumber, EmailAddress, FirstName, LastName, Username };
struct MembershipListRequest {
  std::string organizationId;  ///< empty: of all
  std::string userId;          ///< of one user; empty: of all
  UserFilter users;            ///< what members must be like
  std::vector<std::string> roleKeys;
  Order<MembershipOrder> order;
  PageRequest page;
};

enum class InvitationOrder { CreatedAt, EmailAddress };
struct OrganizationInvitationListRequest {
  std::string organizationId;  ///< empty: of all
  std::vector<OrganizationInvitationStatus> statuses;
  std::vector<std::string> emailAddresses;  ///< whole ones
  std::string query;                        ///< part of the address
  bool withDomains = false;                 ///< those that domains made, too
  Order<InvitationOrder> order;
  PageRequest page;
};

/// Of roles, permissions and role sets.
enum class RoleOrder { CreatedAt, Name, Key };
struct RoleListRequest {
  std::string query;  ///< the id, or part of name or key
  Order<RoleOrder> order;
  PageRequest page;
};

enum class DomainOrder { CreatedAt, Name };
struct DomainListRequest {
  std::string organizationId;  ///< empty: of all
  std::optional<bool> verified;
  std::vector<EnrollmentMode> modes;  ///< any of these
  std::vector<EnrollmentMode> notModes;
  std::vector<std::string> names;  ///< whole ones
  std::string query;               ///< part of the name; one that starts with `org_` is an organization's id
  Order<DomainOrder> order;
  PageRequest page;
};

}  // namespace clerk::instance
