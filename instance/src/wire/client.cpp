#include "wire/client.hpp"

#include "wire/session.hpp"
#include "wire/sign_in.hpp"
#include "wire/sign_up.hpp"

namespace clerk::instance::wire {

Json client(const View& view, const std::optional<ClientState>& state) {
  if (!state) return {};
  JsonArray sessions;
  for (const auto& each : state->sessions) sessions.push_back(session(view, each));
  return JsonObject{{"object", "client"},
                    {"id", state->client.id},
                    {"sessions", std::move(sessions)},
                    {"sign_in", state->signIn ? Json(signIn(view, *state->signIn)) : Json()},
                    {"sign_up", state->signUp ? Json(signUp(view, *state->signUp)) : Json()},
                    {"last_active_session_id", orNull(state->client.lastActiveSessionId)},
                    {"last_authentication_strategy", orNull(state->client.lastAuthenticationStrategy)},
                    {"cookie_expires_at", toMilliseconds(state->client.cookieExpiresAt)},
                    {"captcha_bypass", false},
                    {"created_at", toMilliseconds(state->client.createdAt)},
                    {"updated_at", toMilliseconds(state->client.updatedAt)}};
}

JsonObject backendClient(const View& view, const ClientSummary& summary) {
  JsonArray ids;
  JsonArray sessions;
  for (const auto& session : summary.sessions) {
    ids.push_back(Json(session.id));
    sessions.push_back(backendSession(view, session));
  }
  const auto& client = summary.client;
  return {{"object", "client"},
          {"id", client.id},
          {"session_ids", std::move(ids)},
          {"sessions", std::move(sessions)},
          {"sign_in_id", orNull(client.signInId)},
          {"sign_up_id", orNull(client.signUpId)},
          {"last_active_session_id", orNull(client.lastActiveSessionId)},
          {"last_authentication_strategy", orNull(client.lastAuthenticationStrategy)},
          {"created_at", toMilliseconds(client.createdAt)},
          {"updated_at", toMilliseconds(client.updatedAt)}};
}

}  // namespace clerk::instance::wire
