#pragma once
// How both APIs answer: JSON without a charset, a trace id, nothing cached, and errors in Clerk's words.

#include "wire/error.hpp"

#include <fastify/error.hpp>
#include <fastify/reply.hpp>
#include <fastify/request.hpp>

namespace clerk::instance::api {

/// Puts `x-clerk-trace-id` and `cache-control` on the answer; the first thing that happens to a request.
void beginAnswer(fastify::Reply& reply);

/// Sends JSON as exactly `application/json`: Clerk's backend SDK reads a body with a charset as text.
void sendJson(fastify::Reply& reply, int statusCode, const wire::Json& body);

void sendJsonText(fastify::Reply& reply, int statusCode, std::string body);

/// Sends Clerk's errors; `client` keeps the state of a browser in step (Frontend API), null leaves it out.
void sendFailure(fastify::Reply& reply, const Failure& failure, wire::Json client = nullptr);

/// What a framework's error (a body that is too long, say) is in Clerk's words. What nobody expected is logged and
/// becomes `internal_clerk_error`.
Failure failureOf(const fastify::FastifyError& error, fastify::Request& request);

}  // namespace clerk::instance::api
