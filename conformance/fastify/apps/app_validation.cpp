// Requests against JSON Schemas: messages, coercion, defaults, validators of the app's own.
#include "app.hpp"
#include "app_parts.hpp"

using namespace fastify;

namespace conformance {
namespace {

FastifyError formatted(const Json& errors, std::string_view part) {
  std::string keywords;
  for (const auto& error : errors.as_array()) {
    keywords.append(keywords.empty() ? "" : "|").append(std::string_view(error.at("keyword").as_string()));
  }
  return failure("formatted " + std::string(part) + ": " + keywords);
}

FastifyOptions optionsOf(std::string_view variant) {
  if (variant == "all-errors")
    return {.ajv = {.allErrors = true, .removeAdditional = false, .coerceTypes = CoerceTypes::No}};
  if (variant == "formatter") return {.schemaErrorFormatter = formatted};
  return {};
}

/// Body, query and parameters as the handler sees them; a body that is not there is left out.
JsonObject echo(Request& request) {
  JsonObject shown;
  if (request.body()) shown["body"] = *request.body();
  shown["query"] = request.query();
  shown["params"] = request.params();
  return shown;
}

void body(Fastify& app, std::string_view url, Json schema) {
  app.post(url, {.schema = {.body = std::move(schema)}}, echo);
}

void bodies(Fastify& app) {
  body(app, "/user", R"({
    "type": "object", "required": ["name", "age"],
    "properties": {
      "name": {"type": "string", "minLength": 2, "maxLength": 10},
      "age": {"type": "integer", "minimum": 0},
      "admin": {"type": "boolean", "default": false},
      "role": {"type": "string", "enum": ["user", "owner"]},
      "email": {"type": "string", "format": "email"},
      "tags": {"type": "array", "items": {"type": "string"}, "maxItems": 3, "uniqueItems": true},
      "address": {"type": "object", "required": ["zip"], "properties": {
        "zip": {"type": "string", "pattern": "^\\d{5}$"},
        "lines": {"type": "array", "items": {"type": "object", "properties": {"n": {"type": "number"}}}}}},
      "nick": {"type": ["string", "null"]},
      "score": {"type": "number", "exclusiveMinimum": 0, "multipleOf": 0.5}
    }})"_json);
  body(app, "/strict",
       R"({"type": "object", "additionalProperties": false, "properties": {"keep": {"type": "string"}}})"_json);
  body(app, "/ref", R"({"$ref": "urn:demo:user#"})"_json);
  body(
      app, "/one-of",
      R"({"type": "object", "required": ["v"], "properties": {"v": {"oneOf": [{"type": "integer"}, {"type": "boolean"}]}}})"_json);
  body(app, "/any-body", R"({"type": "array", "items": {"type": "integer"}})"_json);
  body(app, "/scalar-body", R"({"type": "integer"})"_json);
  body(app, "/content", R"({"content": {
    "application/json": {"schema": {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}}}},
    "text/plain": {"schema": {"type": "string", "minLength": 3}}}})"_json);
  body(app, "/if-then",
       R"({"type": "object", "properties": {"kind": {"type": "string"}}, "if": {"properties": {"kind": {"const": "x"}}},
    "then": {"required": ["x"]}})"_json);
  body(app, "/const",
       R"({"type": "object", "properties": {"c": {"const": 5}, "d": {"type": "string", "format": "date-time"},
    "u": {"type": "string", "format": "uuid"}}})"_json);
  body(app, "/nullable", R"({"type": "object", "properties": {"n": {"type": "string", "nullable": true}}})"_json);
}

void otherParts(Fastify& app) {
  app.get("/search", {.schema = {.querystring = R"({"type": "object", "required": ["q"], "properties": {
    "q": {"type": "string"}, "limit": {"type": "integer", "default": 10, "maximum": 100},
    "ids": {"type": "array", "items": {"type": "integer"}}, "exact": {"type": "boolean"}, "when": {"type": ["integer", "null"]}}})"_json}},
          echo);
  app.get(
      "/search-strict",
      {.schema =
           {.query =
                R"({"type": "object", "additionalProperties": false, "properties": {"a": {"type": "string"}}})"_json}},
      echo);
  app.get(
      "/item/:id/:flag",
      {.schema =
           {.params =
                R"({"type": "object", "properties": {"id": {"type": "integer"}, "flag": {"type": "boolean"}}})"_json}},
      echo);
  app.get("/needs-header", {.schema = {.headers = R"({"type": "object", "required": ["X-Api-Key"], "properties": {
    "X-Api-Key": {"type": "string", "minLength": 4}, "x-count": {"type": "integer"}}})"_json}},
          [](Request& request) {
            const auto& headers = request.headers().json();
            JsonObject shown{{"key", headers.at("x-api-key")}};
            if (const auto* count = headers.if_contains("x-count")) shown["count"] = *count;
            shown["countType"] = !headers.contains("x-count")        ? "undefined"
                                 : headers.at("x-count").is_number() ? "number"
                                                                     : "string";
            shown["host"] = headers.at("host");
            return shown;
          });
  app.post("/order/:id",
           {.schema = {.body = R"({"type": "object", "required": ["b"]})"_json,
                       .querystring = R"({"type": "object", "required": ["q"]})"_json,
                       .params = R"({"type": "object", "properties": {"id": {"type": "integer"}}})"_json,
                       .headers = R"({"type": "object", "required": ["x-h"]})"_json}},
           echo);
}

JsonObject validationOutcome(Request& request) {
  const auto& error = request.validationError();
  JsonObject shown{{"failed", error.has_value()}};
  if (error) {
    shown["message"] = error->message;
    shown["context"] = error->validationContext;
  }
  return shown;
}

/// What JavaScript takes for true.
bool isTruthy(const Json& json) {
  if (json.is_null()) return false;
  if (json.is_bool()) return json.get_bool();
  if (json.is_string()) return !json.get_string().empty();
  return !json.is_number() || json.to_number<double>() != 0;
}

ValidatorFunction demandOk(const ValidatorInput& input) {
  return [part = input.httpPart](Json& data) -> ValidationResult {
    const auto* object = data.if_object();
    const auto* ok = object ? object->if_contains("ok") : nullptr;
    if (ok && isTruthy(*ok)) return {.value = Json{{"replaced", true}}};
    return {.ok = false, .error = failure("custom " + part + " error")};
  };
}

ValidatorFunction blowUp(const ValidatorInput&) {
  return [](Json&) -> ValidationResult { throw failure("validator blew up"); };
}

void ownValidators(Fastify& app) {
  app.post("/attach", {.schema = {.body = R"({"type": "object", "required": ["a"]})"_json}, .attachValidation = true},
           validationOutcome);
  app.post("/pre-validation",
           {.schema = {.body = R"({"type": "object", "required": ["injected"]})"_json},
            .preValidation = [](Request& request) { request.body()->as_object()["injected"] = "yes"; }},
           echo);
  app.post("/custom-validator", {.schema = {.body = JsonObject()}, .validatorCompiler = demandOk}, echo);
  app.post("/throwing-validator", {.schema = {.body = JsonObject()}, .validatorCompiler = blowUp}, echo);
  app.get("/validate-input", [](Request& request) {
    const auto schema = R"({"type": "object", "required": ["a"]})"_json;
    Json good = {{"a", 1}};
    Json bad = JsonObject();
    return Json{{"good", request.validateInput(good, schema)}, {"bad", request.validateInput(bad, schema)}};
  });
}

}  // namespace

std::unique_ptr<Fastify> buildValidation(const Setup& setup) {
  auto app = std::make_unique<Fastify>(optionsOf(setup.variant));
  app->addSchema(R"({"$id": "urn:demo:user", "type": "object", "required": ["name"], "properties": {
    "name": {"type": "string", "minLength": 2}, "tags": {"type": "array", "items": {"type": "string"}}}})"_json);
  if (setup.variant == "handler") {
    app->setErrorHandler([](FastifyError& error, Request&, Reply& reply) {
      JsonObject shown;
      if (!error.code.empty()) shown["code"] = error.code;
      if (!error.validationContext.empty()) shown["context"] = error.validationContext;
      if (!error.validation.is_null()) shown["validation"] = error.validation;
      reply.code(error.validation.is_null() ? 500 : 422).send(shown);
    });
  }
  bodies(*app);
  otherParts(*app);
  ownValidators(*app);
  return app;
}

}  // namespace conformance
