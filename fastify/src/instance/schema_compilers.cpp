#include "schema_compilers.hpp"

#include "schema/header_names.hpp"
#include "schema/serializer.hpp"
#include "schema/validator.hpp"

#include <memory>
#include <utility>

namespace fastify {
namespace {

/// The default validator in the form that routes call.
ValidatorFunction functionOf(std::shared_ptr<const schema::Validator> validator, std::string dataName) {
  return [validator = std::move(validator), dataName = std::move(dataName)](Json& data) -> ValidationResult {
    const auto failures = validator->validate(data);
    if (failures.empty()) return {};
    FastifyError error;
    error.message = schema::failureText(failures, dataName);
    error.validation = schema::toJson(failures);
    return {.ok = false, .value = std::nullopt, .error = std::move(error)};
  };
}

}  // namespace

ValidatorFunction SchemaCompilers::validator(const ValidatorInput& input, std::string_view dataName) const {
  if (ownValidator) return ownValidator(input);
  schema::ValidatorOptions settings;
  settings.ajv = ajv;
  settings.warn = [&log = logger](std::string_view note) { log.warn(note); };
  const bool lowerCase = input.httpPart == "headers";
  return functionOf(
      schema::compileValidator(lowerCase ? schema::withLowerCaseNames(input.schema) : input.schema, schemas, settings),
      std::string(dataName));
}

SerializerFunction SchemaCompilers::serializer(const SerializerInput& input) const {
  if (ownSerializer) return ownSerializer(input);
  const schema::SerializerOptions settings{.rounding = serializerOpts.rounding, .formats = ajv.formats};
  return [serializer = schema::compileSerializer(input.schema, schemas, settings)](const Json& value) {
    return serializer->serialize(value);
  };
}

}  // namespace fastify
