#pragma once
// The headers that a set of helmet options means.

#include <fastify/json.hpp>
#include <fastify/reply.hpp>

namespace fastify::detail {

/// In helmet's order. `options` has a member for each header that is not as usual; the older names (hsts, noSniff,
/// frameguard, …) count as well. Throws FastifyError with helmet's message for a wrong value.
HeaderPairs helmetHeaders(const JsonObject& options);

}  // namespace fastify::detail
