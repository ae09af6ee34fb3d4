#include "strategies/ticket.hpp"

#include "model/errors.hpp"

#include <algorithm>
#include <iterator>

namespace clerk::instance {
namespace {

/// The names of a kind and of its id in the claims.
struct KindNames {
  TicketKind kind;
  std::string_view name;
  std::string_view id;
};
constexpr KindNames kinds[] = {
    {TicketKind::SignInToken, "sign_in_token", "sit"},
    {TicketKind::Invitation, "invitation", "inv"},
    {TicketKind::OrganizationInvitation, "organization_invitation", "oinv"},
    {TicketKind::ActorToken, "actor_token", "sit"},
};

const KindNames& namesOf(TicketKind kind) { return *std::ranges::find(kinds, kind, &KindNames::kind); }

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
          {namesOf(kind).id, id},
          {"st", namesOf(kind).name}};
}

boost::json::object ticketClaims(const Settings& settings, const SignInToken& token, Time now) {
  return ticketClaims(settings, TicketKind::SignInToken, token.id, token.expiresAt, now);
}

Outcome<Ticket> readTicketOfAnyKind(const TokenSigner& signer, std::string_view ticket, Time now) {
  const auto claims = signer.verify(ticket);
  if (!claims) return Failure(errors::ticketInvalid());
  const auto* names = std::ranges::find(kinds, textOf(*claims, "st"), &KindNames::name);
  if (names == std::end(kinds) || textOf(*claims, names->id).empty()) return Failure(errors::ticketInvalid());
  const auto* expiry = claims->if_contains("exp");
  if (!expiry || !expiry->is_int64()) return Failure(errors::ticketInvalid());
  if (expiry->get_int64() <= toSeconds(now)) return Failure(errors::ticketExpired());
  return Ticket{names->kind, std::string(textOf(*claims, names->id))};
}

Outcome<std::string> readTicketOf(const TokenSigner& signer, TicketKind kind, std::string_view ticket, Time now) {
  auto read = readTicketOfAnyKind(signer, ticket, now);
  if (!read) return read.error();
  if (read->kind != kind) return Failure(errors::ticketInvalid());
  return std::move(read->id);
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
