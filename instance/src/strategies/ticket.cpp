#include "strategies/ticket.hpp"

#include "model/errors.hpp"

namespace clerk::instance {
namespace {

/// The names of a kind and of its id in the claims.
std::string_view kindName(TicketKind kind) { return kind == TicketKind::SignInToken ? "sign_in_token" : "invitation"; }
std::string_view idName(TicketKind kind) { return kind == TicketKind::SignInToken ? "sit" : "inv"; }

std::string_view textOf(const boost::json::object& claims, std::string_view name) noexcept {
  const auto* value = claims.if_contains(name);
  return value && value->is_string() ? std::string_view(value->get_string()) : std::string_view();
}

}  // namespace

boost::json::object ticketClaims(const Settings& settings, TicketKind kind, std::string_view id, Time expiresAt,
                                 Time now) {
  return {{"exp", toSeconds(expiresAt)},
          {"iat", toSeconds(now)},
          {"iss", settings.issuer()},
          {idName(kind), id},
          {"st", kindName(kind)}};
}

boost::json::object ticketClaims(const Settings& settings, const SignInToken& token, Time now) {
  return ticketClaims(settings, TicketKind::SignInToken, token.id, token.expiresAt, now);
}

Outcome<std::string> readTicketOf(const TokenSigner& signer, TicketKind kind, std::string_view ticket, Time now) {
  const auto claims = signer.verify(ticket);
  if (!claims || textOf(*claims, "st") != kindName(kind) || textOf(*claims, idName(kind)).empty()) {
    return Failure(errors::ticketInvalid());
  }
  const auto* expiry = claims->if_contains("exp");
  if (!expiry || !expiry->is_int64()) return Failure(errors::ticketInvalid());
  if (expiry->get_int64() <= toSeconds(now)) return Failure(errors::ticketExpired());
  return std::string(textOf(*claims, idName(kind)));
}

Outcome<std::string> readTicket(const TokenSigner& signer, std::string_view ticket, Time now) {
  return readTicketOf(signer, TicketKind::SignInToken, ticket, now);
}

Outcome<SignInToken> findUsableSignInToken(const Transaction& tx, std::string_view id, Time now) {
  auto token = tx.signInTokens().find(id);
  if (!token) return Failure(errors::ticketInvalid());
  switch (token->status) {
    case SignInTokenStatus::Accepted: return Failure(errors::signInTokenAlreadyUsed());
    case SignInTokenStatus::Revoked: return Failure(errors::signInTokenRevoked());
    default: break;
  }
  if (token->expiresAt <= now) return Failure(errors::ticketExpired());
  return *std::move(token);
}

}  // namespace clerk::instance
