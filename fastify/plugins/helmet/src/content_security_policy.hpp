#pragma once
// The value of Content-Security-Policy.

#include <fastify/json.hpp>

#include <string>

namespace fastify::detail {

JsonObject defaultDirectives();

/// `options` has useDefaults, directives. Throws FastifyError for what is no policy; messages are helmet's.
std::string contentSecurityPolicy(const JsonObject& options);

}  // namespace fastify::detail
