#include "validation.hpp"

#include "headers_view.hpp"

#include "content/media_type.hpp"

#include <utility>

namespace fastify {

using State = Exchange::State;

const ValidatorFunction* PartValidator::find(std::string_view mediaType) const {
  if (validate) return &validate;
  for (const auto& [type, function] : byMediaType) {
    if (type == mediaType) return &function;
  }
  return nullptr;
}

std::string_view nameOf(HttpPart part) noexcept {
  switch (part) {
    case HttpPart::Params: return "params";
    case HttpPart::Body: return "body";
    case HttpPart::Querystring: return "querystring";
    case HttpPart::Headers: return "headers";
  }
  return "";
}

namespace {

/// What a failed part is answered with, as Fastify words it.
FastifyError validationError(const State& state, const PartValidator& part, ValidationResult result) {
  const std::string context(nameOf(part.part));
  FastifyError error;
  if (result.error) {
    error = std::move(*result.error);
    if (state.route->schemaErrorFormatter && error.validation.is_array()) {
      const Json failures = error.validation;
      error = state.route->schemaErrorFormatter(failures, context);
      error.validation = failures;
    }
  }
  if (error.code.empty()) error.code = "FST_ERR_VALIDATION";
  if (!error.statusCode) error.statusCode = 400;
  error.validationContext = context;
  return error;
}

/// Runs a validator over an object that lives in the request; coercion changes it in place.
ValidationResult validateObject(const ValidatorFunction& validate, JsonObject& object) {
  Json value(std::move(object));
  auto result = validate(value);
  if (result.ok && result.value) value = std::move(*result.value);
  if (value.is_object()) object = std::move(value.get_object());
  return result;
}

ValidationResult validateBody(State& state, const ValidatorFunction& validate) {
  // A request without a body is validated as null, which most schemas refuse.
  if (state.body.isUndefined()) {
    Json nothing;
    auto result = validate(nothing);
    if (result.ok && result.value) {
      state.body = RequestBody(std::move(*result.value));
    } else if (result.ok && !nothing.is_null()) {
      state.body = RequestBody(std::move(nothing));
    }
    return result;
  }
  if (!state.body.isJson()) return {};
  auto result = validate(state.body.json());
  if (result.ok && result.value) state.body = RequestBody(std::move(*result.value));
  return result;
}

ValidationResult validatePart(State& state, const PartValidator& part, const ValidatorFunction& validate) {
  switch (part.part) {
    case HttpPart::Params: return validateObject(validate, state.request.params());
    case HttpPart::Body: return validateBody(state, validate);
    case HttpPart::Querystring: return validateObject(validate, state.request.query());
    case HttpPart::Headers: return validateObject(validate, state.request.headers().json());
  }
  return {};
}

const ValidatorFunction* validatorOf(const State& state, const PartValidator& part) {
  if (part.byMediaType.empty()) return part.find({});
  return part.find(content::essenceOf(headerOf(state, "content-type").value_or("")));
}

FastifyError thrownByValidator(std::exception_ptr thrown, const PartValidator& part) {
  auto error = FastifyError::from(std::move(thrown));
  error.code = "FST_ERR_VALIDATION";
  error.statusCode = 500;
  error.validationContext = nameOf(part.part);
  return error;
}

}  // namespace

void validateRequest(State& state) {
  for (const auto& part : state.route->validators) {
    const auto* validate = validatorOf(state, part);
    if (!validate) continue;
    ValidationResult result;
    std::optional<FastifyError> thrown;
    try {
      result = validatePart(state, part, *validate);
    } catch (...) {
      thrown = thrownByValidator(std::current_exception(), part);
    }
    if (!thrown && result.ok && !result.error) continue;
    auto error = thrown ? std::move(*thrown) : validationError(state, part, std::move(result));
    if (!state.route->info.attachValidation) throw error;
    state.validationError = std::move(error);
    return;
  }
}

const ValidatorFunction* findValidator(const State& state, HttpPart part) {
  for (const auto& validator : state.route->validators) {
    if (validator.part == part) return validatorOf(state, validator);
  }
  return nullptr;
}

}  // namespace fastify
