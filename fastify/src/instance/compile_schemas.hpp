#pragma once
// From a route's schemas to its validators and serializers.

#include "scope.hpp"

#include "schema/registry.hpp"

namespace fastify {

/// Throws FST_ERR_SCH_MISSING_ID, FST_ERR_SCH_ALREADY_PRESENT.
void addSharedSchema(schema::SchemaRegistry& schemas, Json schema);

/// Throws FST_ERR_SCH_VALIDATION_BUILD, FST_ERR_SCH_SERIALIZATION_BUILD, FST_ERR_SCH_DUPLICATE; each names the route.
void compileSchemas(CompiledRoute& route, const RouteOptions& options, const Fastify::Scope& scope);

/// Compiles schemas that handlers bring themselves, once for each text.
std::function<ValidatorFunction(const Json&)> validatorCache(const AjvOptions& options);

}  // namespace fastify
