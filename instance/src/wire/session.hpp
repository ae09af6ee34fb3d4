#pragma once
// Sessions as the two APIs show them.

#include "flows/client/client.hpp"
#include "wire/json.hpp"

namespace clerk::instance::wire {

/// The Frontend API's Session, with its user and a token that primes the client's cache.
JsonObject session(const View& view, const SessionState& state);
/// One of the signed-in person's sessions with the device it was used on (`/v1/me/sessions`); `user` is that person.
JsonObject sessionWithActivities(const View& view, const Session& session, const User& user);
/// The Backend API's Session.
JsonObject backendSession(const View& view, const Session& session);
/// `{"object": "token", "jwt": …}`.
JsonObject token(std::string_view jwt);

}  // namespace clerk::instance::wire
