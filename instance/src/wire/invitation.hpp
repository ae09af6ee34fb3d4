#pragma once
// Invitations, the waitlist and the lists of who may sign up, as the APIs show them.

#include "flows/invitations/invitations.hpp"
#include "wire/json.hpp"

namespace clerk::instance::wire {

JsonObject invitation(const View& view, const Invitation& invitation, std::string_view url = {});
JsonObject waitlistEntry(const WaitlistEntry& entry);
JsonObject restrictedIdentifier(const View& view, const RestrictedIdentifier& identifier);

}  // namespace clerk::instance::wire
