#pragma once
// Asking somebody in: invitations, the waitlist, and who may or may not sign up.

#include "model/time.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace clerk::instance {

enum class InvitationStatus { Pending, Accepted, Revoked, Expired };
std::string_view nameOf(InvitationStatus status) noexcept;
std::optional<InvitationStatus> invitationStatusOf(std::string_view name) noexcept;

struct Invitation {
  std::string id;            ///< `inv_…`
  std::string emailAddress;  ///< lower case
  InvitationStatus status = InvitationStatus::Pending;
  boost::json::object publicMetadata;  ///< becomes the user's
  std::string redirectUrl;             ///< empty: the instance's own sign-up page
  Time expiresAt{};
  Time createdAt{};
  Time updatedAt{};

  InvitationStatus statusAt(Time now) const noexcept {
    return status == InvitationStatus::Pending && expiresAt <= now ? InvitationStatus::Expired : status;
  }
  friend bool operator==(const Invitation&, const Invitation&) = default;
};

enum class WaitlistStatus { Pending, Invited, Completed, Rejected };
std::string_view nameOf(WaitlistStatus status) noexcept;
std::optional<WaitlistStatus> waitlistStatusOf(std::string_view name) noexcept;

struct WaitlistEntry {
  std::string id;  ///< `wtl_…`
  std::string emailAddress;
  WaitlistStatus status = WaitlistStatus::Pending;
  std::optional<std::string> invitationId;
  Time createdAt{};
  Time updatedAt{};
  friend bool operator==(const WaitlistEntry&, const WaitlistEntry&) = default;
};

enum class RestrictionList { Allowlist, Blocklist };
std::string_view nameOf(RestrictionList list) noexcept;

/// An address, phone number or domain (`*@example.com`) that may, or must not, sign up.
struct RestrictedIdentifier {
  std::string id;  ///< `alid_…` or `blid_…`
  RestrictionList list = RestrictionList::Allowlist;
  std::string identifier;
  std::string identifierType;  ///< `email_address`, `phone_number`
  std::optional<std::string> invitationId;
  Time createdAt{};
  Time updatedAt{};
  friend bool operator==(const RestrictedIdentifier&, const RestrictedIdentifier&) = default;
};

}  // namespace clerk::instance
