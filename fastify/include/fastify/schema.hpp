#pragma once
// What a route's bodies, queries, parameters, headers and answers must look like.

#include <fastify/error.hpp>
#include <fastify/json.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace fastify {

/// JSON Schemas (draft-07) by part; null means none. `response` maps a status, `2xx` or `default` to a schema.
/// `query` is an alias of `querystring`; both at once are an error.
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

enum class CoerceTypes { No, Yes, Array };

/// The validator's switches, with Fastify's defaults; the names are Ajv's.
struct AjvOptions {
  bool allErrors = false;
  bool removeAdditional = true;
  bool useDefaults = true;
  CoerceTypes coerceTypes = CoerceTypes::Array;
};

}  // namespace fastify
