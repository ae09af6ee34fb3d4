#pragma once
// What is wrong with a schema.

#include <stdexcept>

namespace fastify::schema {

/// A schema that cannot be compiled; `what()` is the text that Ajv or fast-json-stringify gives for it.
class SchemaError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace fastify::schema
