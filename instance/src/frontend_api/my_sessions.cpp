#include "flows/session/session.hpp"
#include "frontend_api/resources.hpp"
#include "frontend_api/speaker.hpp"
#include "wire/session.hpp"

namespace clerk::instance::frontend_api {
namespace {

async::Task<Outcome<wire::Json>> listActive(Call& call) {
  const auto state = co_await speaker(call);
  if (!state) co_return state.error();
  wire::JsonArray list;
  for (const auto& session : co_await listLiveSessions(call.core, state->user.id)) {
    list.push_back(wire::sessionWithActivities(call.view, session, state->user));
  }
  co_return wire::Json(std::move(list));
}

async::Task<Outcome<wire::Json>> list(Call& call) {
  const auto state = co_await speaker(call);
  if (!state) co_return state.error();
  wire::JsonArray list;
  for (const auto& session : co_await listLiveSessions(call.core, state->user.id)) {
    // Without a token: another device's session speaks for itself.
    list.push_back(wire::session(call.view, {.session = session, .user = state->user, .token = {}}));
  }
  co_return wire::Json(std::move(list));
}

async::Task<Outcome<wire::Json>> revoke(Call& call) {
  const auto state = co_await speaker(call);
  if (!state) co_return state.error();
  const auto session = co_await revokeOwnSession(call.core, state->user.id, call.param("session_id"));
  if (!session) co_return session.error();
  const wire::View view{call.view.settings, call.core.now()};
  co_return wire::Json(wire::session(view, {.session = *session, .user = state->user, .token = {}}));
}

}  // namespace

void addMySessions(Operations& operations) {
  operations.add("/me/sessions/active", {"GET", Envelope::Bare, listActive});
  operations.add("/me/sessions", {"GET", Envelope::Bare, list});
  operations.add("/me/sessions/:session_id/revoke", {"POST", Envelope::Mutation, revoke});
}

}  // namespace clerk::instance::frontend_api
