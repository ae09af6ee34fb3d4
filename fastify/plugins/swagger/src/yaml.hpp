#pragma once
// JSON values as YAML 1.2.

#include <fastify/json.hpp>

#include <string>

namespace fastify::detail {

/// In block style, two spaces a level, a line end at the end. Texts that a reader could take for something else are
/// quoted.
std::string yamlOf(const Json& value);

}  // namespace fastify::detail
