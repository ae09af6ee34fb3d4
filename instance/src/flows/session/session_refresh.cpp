#include "flows/session/session_refresh.hpp"

#include "flows/organization/active_organization.hpp"
#include "model/session_errors.hpp"
#include "tokens/token_signer.hpp"

#include <crypto/digest.hpp>

#include <utility>

namespace clerk::instance {
namespace {

std::string textIn(const boost::json::object& claims, std::string_view name) {
  const auto* value = claims.if_contains(name);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

/// That the token is one of ours, for this session and this page; its times do not matter.
Outcome<> checkExpiredToken(const Core& core, const TokenSigner& tokens, std::string_view sessionId,
                            const SessionRefreshFields& fields) {
  const auto claims = tokens.verify(fields.expiredToken);
  if (!claims) return Failure(errors::expiredSessionTokenInvalid());
  const auto sid = textIn(*claims, "sid");
  const auto party = textIn(*claims, "azp");
  if (sid.empty()) return Failure(errors::expiredSessionTokenMissing("sid"));
  if (sid != sessionId) return Failure(errors::refreshSessionMismatch());
  if (party.empty()) return Failure(errors::expiredSessionTokenMissing("azp"));
  if (party != fields.requestOrigin) return Failure(errors::refreshOriginMismatch());
  if (!crypto::constantTimeEquals(fields.refreshToken, refreshTokenOf(core, sessionId))) {
    return Failure(errors::refreshTokenNotFound());
  }
  return {};
}

}  // namespace

std::string refreshTokenOf(const Core& core, std::string_view sessionId) {
  return core.digestOf("refresh token", sessionId);
}

async::Task<Outcome<std::string>> refreshSession(Core& core, std::string sessionId, SessionRefreshFields fields) {
  if (auto checked = checkExpiredToken(core, core.tokens(), sessionId, fields); !checked) co_return checked.error();
  std::optional<Membership> membership;
  auto session = co_await core.store().read([&](const Transaction& tx) -> Outcome<Session> {
    auto found = tx.sessions().find(sessionId);
    if (!found) return Failure(errors::refreshSessionNotFound(sessionId));
    if (!found->isLive(core.now())) return Failure(errors::refreshSessionInactive());
    membership = activeMembership(core, tx, *found);
    return *std::move(found);
  });
  if (!session) co_return session.error();
  co_return co_await core.tokens().sessionToken(*std::move(session),
                                                {fields.requestOrigin, std::nullopt, std::move(membership)});
}

}  // namespace clerk::instance
