#pragma once
// The table of organizations' domains.

#include "model/organization_domain.hpp"
#include "model/organization_list.hpp"
#include "store/sql.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace clerk::instance {

/// With the verification of the affiliation, and counts of what is outstanding at `now`.
class OrganizationDomains {
 public:
  explicit OrganizationDomains(sql::Connection& connection) noexcept : sql_(connection) {}

  std::optional<OrganizationDomain> find(std::string_view id, Time now) const;
  /// The one that is verified: no two organizations have it.
  std::optional<OrganizationDomain> findVerified(std::string_view name, Time now) const;
  bool organizationHas(std::string_view organizationId, std::string_view name) const;
  Page<OrganizationDomain> list(const DomainListRequest& request, Time now) const;
  std::int64_t countOf(std::string_view organizationId) const;

  /// False when the organization has it, or it is verified and another has it verified.
  [[nodiscard]] bool insert(const OrganizationDomain& domain);
  /// Mode, affiliation and what is verified; a verification that goes on must be written by itself. False when another
  /// organization has it verified.
  [[nodiscard]] bool update(const OrganizationDomain& domain);
  bool erase(std::string_view id);

 private:
  OrganizationDomain complete(OrganizationDomain domain, std::optional<std::string> verificationId, Time now) const;

  sql::Connection& sql_;
};

}  // namespace clerk::instance
