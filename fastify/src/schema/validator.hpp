#pragma once
// Validation of JSON by a schema, with the words of Ajv 8 as Fastify sets it up.

#include "schema/error.hpp"
#include "schema/registry.hpp"

#include <fastify/json.hpp>
#include <fastify/schema.hpp>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fastify::schema {

/// One thing that is wrong with the data; Ajv's error object.
struct ValidationFailure {
  std::string instancePath;
  std::string schemaPath;
  std::string keyword;
  JsonObject params;
  std::string message;
  /// The name that is wrong, for failures inside `propertyNames`.
  std::optional<std::string> propertyName;
};

JsonArray toJson(const std::vector<ValidationFailure>& failures);
/// Fastify's text for an error: "body/age must be integer, body/name must be string".
std::string failureText(const std::vector<ValidationFailure>& failures, std::string_view dataVar);

struct ValidatorOptions {
  AjvOptions ajv;
  /// The schema is checked by its meta-schema first.
  bool validateSchema = true;
  /// Gets notes on schemas that are probably not meant so ("strict mode: missing type …").
  std::function<void(std::string_view)> warn;
};

/// For data that stays as it is, and schemas that may say what nobody knows.
AjvOptions unchangingOptions();

/// Immutable and safe to use from several threads.
class Validator {
 public:
  ~Validator();
  Validator(const Validator&) = delete;
  Validator& operator=(const Validator&) = delete;

  /// What is wrong with `data`; nothing when it is valid. `data` is changed on the way: types are coerced, defaults
  /// filled in, additional properties taken away, as the options say.
  std::vector<ValidationFailure> validate(Json& data) const;
  /// The same without telling what is wrong.
  bool isValid(Json& data) const;

  /// For data that must stay as it is: the options must have left nothing on that changes it.
  std::vector<ValidationFailure> check(const Json& data) const;
  bool accepts(const Json& data) const;

 private:
  friend class Compiler;
  struct Program;
  Validator(std::unique_ptr<const Program> program, bool changesData);
  Json& unchanged(const Json& data) const;

  std::unique_ptr<const Program> program_;
  bool changesData_;
};

/// Throws SchemaError. References are resolved in the schema itself, then in `registry`, then in draft-07.
std::shared_ptr<const Validator> compileValidator(const Json& schema, const SchemaRegistry& registry = {},
                                                  const ValidatorOptions& options = {});

}  // namespace fastify::schema
