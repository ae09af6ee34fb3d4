#pragma once
// What a line shows of an error.

#include <fastify/json.hpp>

#include <exception>

namespace fastify::logging {

/// {type, message, …own fields}: of a FastifyError its code, status and properties; of any other error its C++ type and
/// text. What it was nested in (std::throw_with_nested) follows the message, as pino shows an error's cause.
JsonObject errorFields(const std::exception& error);

}  // namespace fastify::logging
