#include "flows/actor_token/actor_token.hpp"

#include "backend_api/backend_api.hpp"
#include "backend_api/registered.hpp"
#include "model/errors.hpp"
#include "wire/error.hpp"
#include "wire/registry.hpp"

#include <boost/json/serialize.hpp>

namespace clerk::instance::backend_api {
namespace {

constexpr std::int64_t longestLifetime = 315360000;
constexpr std::size_t longestActor = 4096;

boost::json::object readActor(JsonFields& body) {
  auto actor = body.requiredObject("actor");
  const auto* sub = actor.if_contains("sub");
  if (!actor.empty() && !(sub && sub->is_string() && !sub->get_string().empty())) {
    body.refuse(wire::wrong::paramMissing("actor.sub"));
  }
  if (boost::json::serialize(actor).size() > longestActor) {
    body.refuse(errors::formParamExceedsAllowedSize("actor", longestActor));
  }
  return actor;
}

async::Task<Outcome<wire::Json>> create(Call& call) {
  auto body = call.body();
  NewActorToken fields{.userId = body.requiredText("user_id"), .actor = readActor(body)};
  if (const auto seconds = body.integerWithin("expires_in_seconds", 1, longestLifetime)) {
    fields.lifetime = std::chrono::seconds(*seconds);
  }
  if (const auto seconds = body.integerWithin("session_max_duration_in_seconds", 1, longestLifetime)) {
    fields.sessionLifetime = std::chrono::seconds(*seconds);
  }
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shown(call, co_await createActorToken(call.core, std::move(fields)), wire::actorToken);
}

async::Task<Outcome<wire::Json>> revoke(Call& call) {
  co_return shown(call, co_await revokeActorToken(call.core, call.param("actor_token_id")), wire::actorToken);
}

}  // namespace

void addActorTokens(const AddOperation& add) {
  add("POST", "/actor_tokens", create);
  add("POST", "/actor_tokens/:actor_token_id/revoke", revoke);
}

}  // namespace clerk::instance::backend_api
