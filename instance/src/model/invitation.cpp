#include "model/invitation.hpp"

#include "model/names.hpp"

namespace clerk::instance {
namespace {

constexpr NameTable<InvitationStatus, 4> invitationNames{{
    {InvitationStatus::Pending, "pending"},
    {InvitationStatus::Accepted, "accepted"},
    {InvitationStatus::Revoked, "revoked"},
    {InvitationStatus::Expired, "expired"},
}};

constexpr NameTable<WaitlistStatus, 4> waitlistNames{{
    {WaitlistStatus::Pending, "pending"},
    {WaitlistStatus::Invited, "invited"},
    {WaitlistStatus::Completed, "completed"},
    {WaitlistStatus::Rejected, "rejected"},
}};

constexpr NameTable<RestrictionList, 2> listNames{{
    {RestrictionList::Allowlist, "allowlist"},
    {RestrictionList::Blocklist, "blocklist"},
}};

}  // namespace

std::string_view nameOf(InvitationStatus status) noexcept { return nameIn(invitationNames, status); }
std::optional<InvitationStatus> invitationStatusOf(std::string_view name) noexcept {
  return valueIn(invitationNames, name);
}
std::string_view nameOf(WaitlistStatus status) noexcept { return nameIn(waitlistNames, status); }
std::optional<WaitlistStatus> waitlistStatusOf(std::string_view name) noexcept { return valueIn(waitlistNames, name); }
std::string_view nameOf(RestrictionList list) noexcept { return nameIn(listNames, list); }

}  // namespace clerk::instance
