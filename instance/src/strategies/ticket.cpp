#include "strategies/ticket.hpp"

#include "model/errors.hpp"

namespace clerk::instance {
namespace {

/// Which of an instance's tokens this is: no other kind is taken for a ticket.
constexpr std::string_view signInTokenKind = "sign_in_token";

std::string_view textOf(const boost::json::object& claims, std::string_view name) noexcept {
  const auto* value = claims.if_contains(name);
  return value && value->is_string() ? std::string_view(value->get_string()) : std::string_view();
}

}  // namespace

boost::json::object ticketClaims(const Settings& settings, const SignInToken& token, Time now) {
  return {{"exp", toSeconds(token.expiresAt)},
          {"iat", toSeconds(now)},
          {"iss", settings.issuer()},
          {"sit", token.id},
          {"st", signInTokenKind}};
}

Outcome<std::string> readTicket(const TokenSigner& signer, std::string_view ticket, Time now) {
  const auto claims = signer.verify(ticket);
  if (!claims || textOf(*claims, "st") != signInTokenKind || textOf(*claims, "sit").empty()) {
    return Failure(errors::ticketInvalid());
  }
  const auto* expiry = claims->if_contains("exp");
  if (!expiry || !expiry->is_int64()) return Failure(errors::ticketInvalid());
  if (expiry->get_int64() <= toSeconds(now)) return Failure(errors::ticketExpired());
  return std::string(textOf(*claims, "sit"));
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
