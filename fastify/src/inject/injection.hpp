#pragma once
// A request without a socket: the lifecycle sees a transport like any other.

#include "../lifecycle/application.hpp"

#include <fastify/inject.hpp>

namespace fastify {

/// Runs one request to its end on this thread, with the loop that exists here or one of its own.
InjectResponse injectInto(const Application& application, InjectRequest request);

}  // namespace fastify
