#pragma once
// Schemas that handlers bring along: `request.validateInput`, `reply.serializeInput` and their like.

#include "scope.hpp"

#include <memory>

namespace fastify {

/// With the compilers and the shared schemas of `scope`, or the route's own compilers.
std::shared_ptr<OnDemandSchemas> onDemandSchemas(const Fastify::Scope& scope, ValidatorCompiler validatorCompiler,
                                                 SerializerCompiler serializerCompiler);

}  // namespace fastify
