#pragma once
// One schema that wants what several want together, as far as a serializer needs it (@fastify/merge-json-schemas).

#include <fastify/json.hpp>

#include <vector>

namespace fastify::schema {

/// Throws SchemaError when they contradict each other: `Failed to merge "type" keyword schemas.`
Json mergeSchemas(const std::vector<Json>& schemas);

}  // namespace fastify::schema
