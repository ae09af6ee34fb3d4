#include "flows/organization/invitation_ticket.hpp"

#include "strategies/ticket.hpp"

namespace clerk::instance {

async::Task<std::string> invitationLink(Core& core, const OrganizationInvitation& invitation) {
  auto claims = ticketClaims(core.settings(), TicketKind::OrganizationInvitation, invitation.id, invitation.expiresAt,
                             core.now());
  const auto ticket = co_await core.tokens().sign(std::move(claims), token_class::jwtTemplate);
  co_return core.settings().portalUrl + "/v1/tickets/accept?ticket=" + ticket;
}

}  // namespace clerk::instance
