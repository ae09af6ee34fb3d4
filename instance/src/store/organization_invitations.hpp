#pragma once
// The tables of those who are asked in, are told that they could ask, or have asked.

#include "model/organization.hpp"
#include "model/organization_list.hpp"
#include "store/sql.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clerk::instance {

class OrganizationInvitations {
 public:
  explicit OrganizationInvitations(sql::Connection& connection) noexcept : sql_(connection) {}

  std::optional<OrganizationInvitation> find(std::string_view id) const;
  std::optional<OrganizationInvitation> findPending(std::string_view organizationId, std::string_view emailAddress,
                                                    Time now) const;
  Page<OrganizationInvitation> list(const OrganizationInvitationListRequest& request, Time now) const;
  /// False when the address has a pending one for this organization.
  [[nodiscard]] bool insert(const OrganizationInvitation& invitation);
  /// Moves a pending one on; false when it is not pending (any more).
  bool settle(std::string_view id, OrganizationInvitationStatus to, Time now);
  /// All pending ones that a domain made, or that an address has for an organization it is in by now.
  void revokeOfDomain(std::string_view domainId, Time now);
  /// An address has had one from this domain before, whatever became of it.
  bool domainInvited(std::string_view domainId, std::string_view emailAddress) const;

 private:
  sql::Connection& sql_;
};

class OrganizationSuggestions {
 public:
  explicit OrganizationSuggestions(sql::Connection& connection) noexcept : sql_(connection) {}

  std::optional<OrganizationSuggestion> find(std::string_view id) const;
  Page<OrganizationSuggestion> list(std::string_view userId, const std::vector<OrganizationRequestStatus>& statuses,
                                    const PageRequest& page) const;
  bool exists(std::string_view organizationId, std::string_view userId) const;
  /// False when the user has one for this organization already.
  bool insert(const OrganizationSuggestion& suggestion);
  bool accept(std::string_view id, Time now);
  void erasePendingOfDomain(std::string_view domainId);
  /// For one who is a member now.
  void eraseOf(std::string_view organizationId, std::string_view userId);

 private:
  sql::Connection& sql_;
};

class MembershipRequests {
 public:
  explicit MembershipRequests(sql::Connection& connection) noexcept : sql_(connection) {}

  std::optional<MembershipRequest> find(std::string_view id) const;
  Page<MembershipRequest> list(std::string_view organizationId, const std::vector<OrganizationRequestStatus>& statuses,
                               const PageRequest& page) const;
  /// False when the user has asked already and waits.
  bool insert(const MembershipRequest& request);
  bool settle(std::string_view id, OrganizationRequestStatus to, Time now);
  /// For one who became a member by another way.
  void settleOf(std::string_view organizationId, std::string_view userId, OrganizationRequestStatus to, Time now);

 private:
  sql::Connection& sql_;
};

}  // namespace clerk::instance
