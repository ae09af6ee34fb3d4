#pragma once
// A domain whose addresses belong to an organization's people.

#include "model/verification.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace clerk::instance {

/// What happens to people with an address of a verified domain.
enum class EnrollmentMode {
  ManualInvitation,     ///< nothing
  AutomaticInvitation,  ///< they can join at once
  AutomaticSuggestion,  ///< they can ask to join
  EnterpriseSso,        ///< they sign in elsewhere
};
std::string_view nameOf(EnrollmentMode mode) noexcept;
std::optional<EnrollmentMode> enrollmentModeOf(std::string_view name) noexcept;

struct OrganizationDomain {
  std::string id;  ///< `orgdmn_…`
  std::string organizationId;
  std::string name;  ///< lower case
  EnrollmentMode enrollmentMode = EnrollmentMode::ManualInvitation;
  /// Whose mailbox proved that somebody of the organization has an address there.
  std::optional<std::string> affiliationEmailAddress;
  std::optional<Verification> affiliationVerification;
  std::optional<Time> affiliationVerifiedAt;
  /// `manual_override` of a backend: who owns the name in the DNS.
  std::optional<Time> ownershipVerifiedAt;
  std::int64_t totalPendingInvitations = 0;
  std::int64_t totalPendingSuggestions = 0;
  Time createdAt{};
  Time updatedAt{};

  bool verified() const noexcept { return affiliationVerifiedAt || ownershipVerifiedAt; }
  friend bool operator==(const OrganizationDomain&, const OrganizationDomain&) = default;
};

}  // namespace clerk::instance
