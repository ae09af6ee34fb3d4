#pragma once
// Schemas for headers, whose names come in lower case whatever the schema calls them (RFC 9110, 5.1).

#include <fastify/json.hpp>

namespace fastify::schema {

/// The schema with every header's name in lower case: in properties, required and dependencies, also of the schemas in
/// it (allOf, if, definitions, …), and in what propertyNames allows.
Json withLowerCaseNames(const Json& schema);

}  // namespace fastify::schema
