#pragma once
// Does a request look as its route's schema says?

#include "state.hpp"

namespace fastify {

/// Validates params, body, querystring and headers in Fastify's order and coerces them. Throws the first failing part's
/// error, or keeps it for a route with `attachValidation`.
void validateRequest(Exchange::State& state);

/// `request.validateInput`.
bool validateAgainst(Exchange::State& state, Json& data, const Json& schema);

}  // namespace fastify
