#pragma once
// From a route's response schemas to what writes its answers.

#include "scope.hpp"

namespace fastify {

/// Throws FST_ERR_SCH_SERIALIZATION_BUILD, FST_ERR_SCH_CONTENT_MISSING_SCHEMA; each names the route.
void compileResponses(CompiledRoute& route, const RouteOptions& options, const Fastify::Scope& scope);

}  // namespace fastify
