#pragma once
// Waiting for coroutines without being one.

#include "state.hpp"

namespace fastify {

/// Takes over a task that the current phase waits for. True when it has ended already (and has been taken).
bool waitFor(Exchange::State& state, Task<> task);

/// Keeps a task that runs beside the lifecycle: the request's end waits for it, nothing else does.
void keepBeside(Exchange::State& state, Task<> task);

}  // namespace fastify
