#pragma once
// What turns a schema into a function in one scope: the program's compilers, or the framework's.

#include "schema/registry.hpp"

#include <fastify/logger.hpp>
#include <fastify/options.hpp>
#include <fastify/schema.hpp>

#include <string>
#include <string_view>

namespace fastify {

/// A copy of everything that compiling needs: it may outlive the scope.
struct SchemaCompilers {
  ValidatorCompiler ownValidator;
  SerializerCompiler ownSerializer;
  schema::SchemaRegistry schemas;
  AjvOptions ajv;
  SerializerOpts serializerOpts;
  Logger logger;

  /// `dataName` is what messages call the data. Throws what the compiler throws.
  ValidatorFunction validator(const ValidatorInput& input, std::string_view dataName) const;
  SerializerFunction serializer(const SerializerInput& input) const;
};

}  // namespace fastify
