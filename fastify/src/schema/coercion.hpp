#pragma once
// Turning data into the type that a schema asks for.

#include "schema/node.hpp"

namespace fastify::schema {

/// Turns data that is of none of `types` into one of `coerceTo`, the first that can be; false when none can (the data
/// is then as it was). `arrays`: an array of one item stands for the item, and a scalar for an array of it.
bool coerce(Json& data, const std::vector<Type>& types, const std::vector<Type>& coerceTo, bool arrays);

}  // namespace fastify::schema
