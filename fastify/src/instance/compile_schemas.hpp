#pragma once
// From a route's schemas to its validators and serializers.

#include "schema_compilers.hpp"
#include "scope.hpp"

#include "schema/registry.hpp"

namespace fastify {

/// Throws FST_ERR_SCH_MISSING_ID, FST_ERR_SCH_ALREADY_PRESENT.
void addSharedSchema(schema::SchemaRegistry& schemas, Json schema);

/// Throws FST_ERR_SCH_VALIDATION_BUILD, FST_ERR_SCH_SERIALIZATION_BUILD, FST_ERR_SCH_DUPLICATE; each names the route.
void compileSchemas(CompiledRoute& route, const RouteOptions& options, const Fastify::Scope& scope);

SchemaCompilers compilersOf(const Fastify::Scope& scope);

}  // namespace fastify
