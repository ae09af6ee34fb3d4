#include "flows/sign_in_token/sign_in_token.hpp"

#include "model/errors.hpp"
#include "model/ids.hpp"
#include "strategies/ticket.hpp"

namespace clerk::instance {
namespace {

/// Longer ones are a mistake of a unit (milliseconds for seconds), or a password in disguise.
constexpr std::chrono::seconds longestSignInToken = std::chrono::days(3650);

}  // namespace

async::Task<Outcome<IssuedSignInToken>> createSignInToken(Core& core, std::string userId,
                                                          std::optional<std::chrono::seconds> lifetime) {
  if (lifetime && (lifetime->count() < 1 || *lifetime > longestSignInToken)) {
    co_return Failure(errors::formParamValueInvalid("expires_in_seconds", std::to_string(lifetime->count())));
  }
  const Time now = core.now();
  SignInToken token;
  token.id = newId(id::signInToken, now, core.random());
  token.userId = userId;
  token.expiresAt = now + lifetime.value_or(core.settings().lifetimes.signInToken);
  token.createdAt = token.updatedAt = now;
  auto written = co_await core.store().transact([&](Transaction& tx) -> Outcome<> {
    if (!tx.users().exists(userId)) return Failure(errors::userNotFound(userId));
    tx.signInTokens().insert(token);
    return {};
  });
  if (!written) co_return written.error();
  auto ticket = co_await core.tokens().sign(ticketClaims(core.settings(), token, now), token_class::jwtTemplate);
  auto url = core.settings().portalUrl + "/sign-in?__clerk_ticket=" + ticket;
  co_return IssuedSignInToken{std::move(token), std::move(ticket), std::move(url)};
}

async::Task<Outcome<SignInToken>> revokeSignInToken(Core& core, std::string signInTokenId) {
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<SignInToken> {
    if (!tx.signInTokens().find(signInTokenId)) return Failure(errors::resourceNotFound());
    const bool revoked = tx.signInTokens().revoke(signInTokenId, core.now());
    auto token = *tx.signInTokens().find(signInTokenId);
    if (!revoked) return Failure(errors::signInTokenCannotBeRevoked(nameOf(token.status)));
    return token;
  });
}

TestingToken createTestingToken(Core& core) {
  const Time now = core.now();
  return {std::to_string(toSeconds(now)) + "-" + newId("c", now, core.random()),
          now + core.settings().lifetimes.testingToken};
}

}  // namespace clerk::instance
