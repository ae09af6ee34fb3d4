#pragma once
// The ticket in an invitation's mail: it proves the address, and leads into the organization.

#include "flows/core.hpp"
#include "model/organization.hpp"

#include <async/task.hpp>

#include <string>
#include <string_view>

namespace clerk::instance {

/// The address that the mail leads to: the Frontend API's `/v1/tickets/accept` with a fresh ticket.
async::Task<std::string> invitationLink(Core& core, const OrganizationInvitation& invitation);

}  // namespace clerk::instance
