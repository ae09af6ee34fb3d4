#pragma once
// Which registrations of the plugin have counted a request already.

#include <fastify/decorator.hpp>

#include <vector>

namespace fastify::detail {

inline const Decorator<std::vector<const void*>> rateLimitRan{"rateLimitRan"};

}  // namespace fastify::detail
