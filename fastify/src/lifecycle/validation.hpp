#pragma once
// Does a request look as its route's schema says?

#include "state.hpp"

namespace fastify {

/// Validates params, body, querystring and headers in Fastify's order and coerces them. Throws the first failing part's
/// error, or keeps it for a route with `attachValidation`.
void validateRequest(Exchange::State& state);

/// The route's validator of this part, for the body that of the request's media type; nullptr when there is none.
const ValidatorFunction* findValidator(const Exchange::State& state, HttpPart part);

}  // namespace fastify
