#include "wire/session.hpp"

#include "wire/user.hpp"

namespace clerk::instance::wire {
namespace {

Json tasks(const Session& session) {
  if (session.tasks.empty()) return {};
  JsonArray list;
  for (const auto& key : session.tasks) list.push_back(JsonObject{{"key", key}});
  return list;
}

Json actor(const Session& session) { return session.actor ? Json(*session.actor) : Json(); }

JsonArray factorAge(const Session& session, Time now) {
  const auto age = factorVerificationAge(session, now);
  return {age.first, age.second};
}

/// What the Frontend API's two forms of a session share, before what tells of its user.
JsonObject common(const View& view, const Session& session) {
  return {{"object", "session"},
          {"id", session.id},
          {"status", nameOf(session.statusAt(view.now))},
          {"expire_at", toMilliseconds(session.expireAt)},
          {"abandon_at", toMilliseconds(session.abandonAt)},
          {"last_active_at", toMilliseconds(session.lastActiveAt)},
          {"last_active_organization_id", orNull(session.lastActiveOrganizationId)},
          {"actor", actor(session)},
          {"tasks", tasks(session)}};
}

void addRest(JsonObject& json, const View& view, const Session& session, const User& user) {
  json["public_user_data"] = publicUserData(view, user);
  json["factor_verification_age"] = factorAge(session, view.now);
  json["created_at"] = toMilliseconds(session.createdAt);
  json["updated_at"] = toMilliseconds(session.updatedAt);
}

enum class Place { Empty, Absent };

/// The place is not known without a map of addresses: empty texts where clients expect the members, else none.
JsonObject activity(const SessionActivity& activity, Place place) {
  JsonObject json{{"object", "session_activity"},         {"id", activity.id},
                  {"device_type", activity.deviceType},   {"is_mobile", activity.isMobile},
                  {"browser_name", activity.browserName}, {"browser_version", activity.browserVersion},
                  {"ip_address", activity.ipAddress}};
  if (place == Place::Empty) {
    json["city"] = "";
    json["country"] = "";
  }
  return json;
}

}  // namespace

JsonObject session(const View& view, const SessionState& state) {
  auto json = common(view, state.session);
  json["user"] = user(view, state.user, state.memberships);
  addRest(json, view, state.session, state.user);
  json["last_active_token"] = state.token.empty() ? Json() : Json(token(state.token));
  return json;
}

JsonObject sessionWithActivities(const View& view, const Session& session, const User& user) {
  auto json = common(view, session);
  json["user"] = nullptr;
  addRest(json, view, session, user);
  json["last_active_token"] = nullptr;
  json["latest_activity"] = activity(session.latestActivity, Place::Empty);
  return json;
}

JsonObject backendSession(const View& view, const Session& session) {
  return {{"object", "session"},
          {"id", session.id},
          {"user_id", session.userId},
          {"client_id", session.clientId},
          {"actor", actor(session)},
          {"status", nameOf(session.statusAt(view.now))},
          {"last_active_organization_id", orNull(session.lastActiveOrganizationId)},
          {"last_active_at", toMilliseconds(session.lastActiveAt)},
          {"latest_activity", activity(session.latestActivity, Place::Absent)},
          {"expire_at", toMilliseconds(session.expireAt)},
          {"abandon_at", toMilliseconds(session.abandonAt)},
          {"tasks", tasks(session)},
          {"created_at", toMilliseconds(session.createdAt)},
          {"updated_at", toMilliseconds(session.updatedAt)}};
}

JsonObject token(std::string_view jwt) { return {{"object", "token"}, {"jwt", jwt}}; }

}  // namespace clerk::instance::wire
