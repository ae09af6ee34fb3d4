#pragma once
// JSON texts by a schema, as fast-json-stringify writes them: only what is declared, required members first, values
// converted to their types.

#include "schema/error.hpp"
#include "schema/registry.hpp"

#include <fastify/json.hpp>
#include <fastify/schema.hpp>

#include <functional>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace fastify::schema {

struct SerializerOptions {
  Rounding rounding = Rounding::Trunc;
  /// Formats of the program's own: they choose the branch of anyOf, oneOf and if.
  std::map<std::string, std::function<bool(std::string_view)>, std::less<>> formats;
};

/// A value that the schema cannot write: `"a" is required!`, `The value "abc" cannot be converted to an integer.`
class SerializationError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Immutable and safe to use from several threads.
class Serializer {
 public:
  ~Serializer();
  Serializer(const Serializer&) = delete;
  Serializer& operator=(const Serializer&) = delete;

  /// The text of `value` at the end of `out`. Throws SerializationError; `out` is then as it was.
  void serialize(const Json& value, std::string& out) const;
  std::string serialize(const Json& value) const;

 private:
  friend class SerializerCompiler;
  struct Program;
  explicit Serializer(std::unique_ptr<const Program> program);
  std::unique_ptr<const Program> program_;
};

/// Throws SchemaError. References are resolved in the schema itself, then in `registry`.
std::shared_ptr<const Serializer> compileSerializer(const Json& schema, const SchemaRegistry& registry = {},
                                                    const SerializerOptions& options = {});

}  // namespace fastify::schema
