// A schema (the first line) is refused with a SchemaError, or its validator and serializer take any data (the rest).

#include "content/json_body.hpp"
#include "require.hpp"
#include "schema/serializer.hpp"
#include "schema/validator.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace fuzz {
namespace {

using namespace fastify;
using namespace fastify::schema;

void validate(const Json& schema, const Json& data, const AjvOptions& ajv) {
  ValidatorOptions options;
  options.ajv = ajv;
  options.ajv.strictSchema = false;
  std::shared_ptr<const Validator> validator;
  try {
    validator = compileValidator(schema, {}, options);
  } catch (const SchemaError&) {
    return;
  }
  try {
    Json copy = data;
    const auto failures = validator->validate(copy);
    for (const auto& failure : failures) REQUIRE(!failure.message.empty() && !failure.keyword.empty());
    toJson(failures);
    // Coerced data is of the right type already; what was removed or filled in stays so.
    if (failures.empty() && ajv.coerceTypes == CoerceTypes::No) REQUIRE(validator->isValid(copy));
  } catch (const std::runtime_error&) {
    return;  // references without end
  }
}

void serialize(const Json& schema, const Json& data) {
  std::shared_ptr<const Serializer> serializer;
  try {
    serializer = compileSerializer(schema);
  } catch (const SchemaError&) {
    return;
  }
  try {
    serializer->serialize(data);
  } catch (const std::runtime_error&) {
    return;
  }
}

}  // namespace

void schema(std::string_view input) {
  if (input.size() > 4096) return;
  const auto end = input.find('\n');
  if (end == std::string_view::npos) return;
  const auto schema = content::parseJsonBody(input.substr(0, end));
  const auto data = content::parseJsonBody(input.substr(end + 1));
  if (!schema || !data) return;
  validate(*schema, *data, {});
  validate(*schema, *data,
           {.allErrors = true, .removeAdditional = false, .useDefaults = false, .coerceTypes = CoerceTypes::No});
  serialize(*schema, *data);
}

}  // namespace fuzz
