#pragma once
// The lines that the framework itself writes for a request. See Fastify's "Logging" page.

#include "state.hpp"

#include <exception>

namespace fastify {

/// The request's logger: the server's with the request's id, at the route's level. Made when first asked for.
Logger& requestLogger(Exchange::State& state);

void logIncoming(Exchange::State& state);
void logCompleted(Exchange::State& state);
/// "Route GET:/x not found"
void logNotFound(Exchange::State& state);
/// The line of the default error handler: at error for 5xx, at info below.
void logError(Exchange::State& state);
/// A stream that failed, or was not wanted any more, after the head of its answer.
void logStreamError(Exchange::State& state, const FastifyError& error);
/// The answer to an error could not be sent as it was.
void logWriteHeadError(Exchange::State& state);
void logSerializerError(Exchange::State& state, const FastifyError& error, int statusCode);
/// A request was refused because the server closes.
void logServiceUnavailable(const Application& application);
/// A second `send`.
void warnAlreadySent(Exchange::State& state);
/// A failure that can no longer change the answer.
void logLateError(Exchange::State& state, const std::exception_ptr& thrown);
/// A failure of a hook that does not stop the others.
void logHookError(Exchange::State& state, const std::exception_ptr& thrown);

}  // namespace fastify
