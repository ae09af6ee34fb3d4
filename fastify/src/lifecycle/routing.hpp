#pragma once
// From a message's target to the route that answers it.

#include "state.hpp"

namespace fastify {

/// Finds the route (or not-found handler) of the message. False when the target was refused, or the server is closing,
/// and the answer is given.
bool routeMessage(Exchange::State& state);

/// The request's id, its first log line and its timer.
void startRequest(Exchange::State& state);

/// The request's id as a text.
const std::string& idOf(Exchange::State& state);

/// `reply.callNotFound()`: the lifecycle goes on with the scope's not-found handler.
void enterNotFound(Exchange::State& state);

/// The methods that the request's path has routes for: "GET, HEAD".
std::string allowedMethods(Exchange::State& state);

}  // namespace fastify
