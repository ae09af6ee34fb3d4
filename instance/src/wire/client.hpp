#pragma once
// Clients as the two APIs show them.

#include "flows/client/client.hpp"
#include "wire/json.hpp"

namespace clerk::instance::wire {

/// The Frontend API's Client; null for none. It replaces the whole state of Clerk's browser client, so it is complete.
Json client(const View& view, const std::optional<ClientState>& state);
/// The Backend API's Client.
JsonObject backendClient(const View& view, const ClientSummary& summary);

}  // namespace clerk::instance::wire
