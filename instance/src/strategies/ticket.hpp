#pragma once
// Proving who one is with a ticket: a token that a backend asked for and handed on.

#include "model/outcome.hpp"
#include "model/sign_in_token.hpp"
#include "settings/settings.hpp"
#include "store/transaction.hpp"
#include "tokens/token_signer.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <string_view>

namespace clerk::instance {

/// What a ticket is for. No kind is taken for another.
enum class TicketKind { SignInToken, Invitation, OrganizationInvitation, ActorToken };

struct Ticket {
  TicketKind kind = TicketKind::SignInToken;
  std::string id;  ///< of the sign-in token or invitation
};

/// The claims of a ticket that leads to what has this id.
boost::json::object ticketClaims(const Settings& settings, TicketKind kind, std::string_view id, Time expiresAt,
                                 Time now);
/// What is inside; nothing is used up. Errors: `ticket_invalid_code`, `ticket_expired_code`.
Outcome<Ticket> readTicketOfAnyKind(const TokenSigner& signer, std::string_view ticket, Time now);
/// The id inside a ticket of this kind.
Outcome<std::string> readTicketOf(const TokenSigner& signer, TicketKind kind, std::string_view ticket, Time now);

/// The claims of a ticket for this sign-in token.
boost::json::object ticketClaims(const Settings& settings, const SignInToken& token, Time now);

/// The id of the sign-in token inside; nothing is used up. Errors: `ticket_invalid_code`, `ticket_expired_code`.
Outcome<std::string> readTicket(const TokenSigner& signer, std::string_view ticket, Time now);

/// The sign-in token, if it can be used. Errors: `ticket_invalid_code`, `sign_in_token_already_used_code`,
/// `sign_in_token_revoked_code`.
Outcome<SignInToken> findUsableSignInToken(const Transaction& tx, std::string_view id, Time now);

}  // namespace clerk::instance
