#include "flows/actor_token/actor_token.hpp"

#include "model/errors.hpp"
#include "model/registry_errors.hpp"
#include "strategies/ticket.hpp"

namespace clerk::instance {

async::Task<Outcome<RegistryEntry>> createActorToken(Core& core, NewActorToken fields) {
  auto entry = newEntry(core, registry::actorToken);
  entry.owner = fields.userId;
  entry.status = registry_status::pending;
  entry.document["actor"] = std::move(fields.actor);
  entry.document["session_seconds"] = fields.sessionLifetime.count();
  entry.expiresAt = entry.createdAt + fields.lifetime;
  auto written = co_await core.store().transact([&](Transaction& tx) -> Outcome<> {
    if (!tx.users().exists(fields.userId)) return Failure(errors::userNotFound(fields.userId));
    if (!tx.registry().insert(entry)) return Failure(errors::duplicateRecord("actor token", "id"));
    return {};
  });
  if (!written) co_return written.error();
  auto claims = ticketClaims(core.settings(), TicketKind::ActorToken, entry.id, *entry.expiresAt, entry.createdAt);
  const auto ticket = co_await core.tokens().sign(std::move(claims), token_class::jwtTemplate);
  entry.document["token"] = ticket;
  entry.document["url"] = core.settings().portalUrl + "/sign-in?__clerk_ticket=" + ticket;
  co_return entry;
}

async::Task<Outcome<RegistryEntry>> revokeActorToken(Core& core, std::string id) {
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<RegistryEntry> {
    auto entry = getEntry(tx, registered::actorToken, id);
    if (!entry) return entry;
    if (!tx.registry().transition(registry::actorToken, id, registry_status::pending, registry_status::revoked,
                                  core.now())) {
      return Failure(errors::actorTokenCannotBeRevoked(entry->status));
    }
    return getEntry(tx, registered::actorToken, id);
  });
}

Outcome<RegistryEntry> findUsableActorToken(const Transaction& tx, std::string_view id, Time now) {
  auto entry = tx.registry().find(registry::actorToken, id);
  if (!entry) return Failure(errors::ticketInvalid());
  if (entry->status == registry_status::accepted) return Failure(errors::actorTokenAlreadyUsed());
  if (entry->status != registry_status::pending) return Failure(errors::actorTokenRevoked());
  if (entry->isExpired(now)) return Failure(errors::ticketExpired());
  return *std::move(entry);
}

bool acceptActorToken(Transaction& tx, std::string_view id, Time now) {
  return tx.registry().transition(registry::actorToken, id, registry_status::pending, registry_status::accepted, now);
}

}  // namespace clerk::instance
