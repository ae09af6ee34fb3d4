#pragma once
// What a route's bodies, queries, parameters, headers and answers must look like.

#include <fastify/error.hpp>
#include <fastify/json.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fastify {

/// JSON Schemas by part; null means none. They are read as draft-07; `$schema` may ask for 2019-09 or 2020-12.
/// `response` maps a status, `2xx` or `default` to a schema. `query` is an alias of `querystring`; both at once are an
/// error.
struct RouteSchema {
  Json body;
  Json querystring;
  Json query;
  Json params;
  Json headers;
  Json response;
  /// What documentation plugins read: summary, description, tags, security, …
  JsonObject documentation;
};

/// What a validator says of one value. `value` replaces the data; without `ok` and `error` the part is simply invalid.
struct ValidationResult {
  bool ok = true;
  std::optional<Json> value;
  std::optional<FastifyError> error;
};

struct ValidatorInput {
  const Json& schema;
  std::string method;
  std::string url;
  std::string httpPart;  // body, querystring, params, headers
};
using ValidatorFunction = std::function<ValidationResult(Json& data)>;
using ValidatorCompiler = std::function<ValidatorFunction(const ValidatorInput&)>;

struct SerializerInput {
  const Json& schema;
  std::string method;
  std::string url;
  std::string httpStatus;
  std::string contentType;  // empty: any
};
using SerializerFunction = std::function<std::string(const Json& data)>;
using SerializerCompiler = std::function<SerializerFunction(const SerializerInput&)>;

/// Makes the error of a failed validation from the list of failures and the part's name.
using SchemaErrorFormatter = std::function<FastifyError(const Json& errors, std::string_view dataVar)>;

/// The parts of a request that have a schema.
enum class HttpPart : std::uint8_t { Params, Body, Querystring, Headers };

enum class CoerceTypes { No, Yes, Array };

/// Which members are taken away that no schema names: none; those where `additionalProperties` is false; all; or those
/// that the schema in `additionalProperties` does not accept, too.
class RemoveAdditional {
 public:
  enum Choice : std::uint8_t { No, Yes, All, Failing };
  constexpr RemoveAdditional(bool remove) noexcept : choice_(remove ? Yes : No) {}
  constexpr RemoveAdditional(Choice choice) noexcept : choice_(choice) {}
  constexpr Choice choice() const noexcept { return choice_; }

 private:
  Choice choice_;
};

/// A keyword of the program's own.
struct AjvKeyword {
  std::string name;
  /// The JSON type whose values it looks at: "string", "number", "array" or "object"; empty: all values.
  std::string type;
  /// Makes the check from the keyword's value in a schema, at `ready()`; what it throws is an error there. The check is
  /// called from all workers and may change the data. Empty: the keyword means nothing and is no mistake.
  std::function<std::function<bool(Json& data)>(const Json& value)> compile;
  /// What a failure says; empty: Ajv's `must pass "name" keyword validation`.
  std::string message;
};

/// The validator's switches, with Fastify's defaults; the names are Ajv's.
struct AjvOptions {
  bool allErrors = false;
  RemoveAdditional removeAdditional = true;
  bool useDefaults = true;
  CoerceTypes coerceTypes = CoerceTypes::Array;
  /// Unknown keywords and formats, and keywords that do nothing where they stand, are errors.
  bool strictSchema = true;
  /// `format` is looked at.
  bool validateFormats = true;
  /// What stands beside a `$ref` means nothing, as draft-07 says; Ajv evaluates it.
  bool ignoreKeywordsWithRef = false;
  std::vector<AjvKeyword> keywords;
  /// Formats of the program's own, by name; they replace the known ones.
  std::map<std::string, std::function<bool(std::string_view)>, std::less<>> formats;
};

/// How a number that is no integer becomes one in an answer.
enum class Rounding : std::uint8_t { Trunc, Floor, Ceil, Round };

struct SerializerOpts {
  Rounding rounding = Rounding::Trunc;
};

}  // namespace fastify
