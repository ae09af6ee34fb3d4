#include "answers.hpp"

#include "../http/status.hpp"
#include "request_log.hpp"
#include "response.hpp"

#include <ecmascript/json_text.hpp>

#include <algorithm>

namespace fastify {
namespace {

JsonObject errorObject(const FastifyError& error, int statusCode) {
  JsonObject body;
  body["statusCode"] = statusCode;
  if (!error.code.empty()) body["code"] = error.code;
  // A status without a name of its own has no `error`.
  if (const auto phrase = http::reasonPhrase(statusCode); !phrase.empty()) body["error"] = phrase;
  body["message"] = error.message;
  return body;
}

/// What a response schema sees of an error: its own properties, then those of shape A.
JsonObject schemaView(const FastifyError& error, int statusCode) {
  JsonObject view = error.properties;
  for (auto& [name, value] : errorObject(error, statusCode)) view.insert_or_assign(name, std::move(value));
  if (!error.validation.is_null()) {
    view["validation"] = error.validation;
    view["validationContext"] = error.validationContext;
  }
  return view;
}

}  // namespace

std::string plainErrorBody(const FastifyError& error, int statusCode) {
  return ecmascript::stringify(errorObject(error, statusCode));
}

std::string errorBody(Exchange::State& state) {
  const auto& route = *state.route;
  const SerializerFunction* serializer =
      route.findSerializer ? route.findSerializer(state.statusCode, "application/json") : nullptr;
  if (!serializer) return plainErrorBody(state.error, state.statusCode);
  try {
    return (*serializer)(Json(schemaView(state.error, state.statusCode)));
  } catch (const std::exception& failure) {
    logSerializerError(state, FastifyError::from(std::current_exception()), state.statusCode);
    state.statusCode = 500;
    const FastifyError failed(500, "FST_ERR_FAILED_ERROR_SERIALIZATION",
                              "Failed to serialize an error. Error: " + std::string(failure.what()) +
                                  ". Original error: " + state.error.message);
    return plainErrorBody(failed, 500);
  }
}

JsonObject notFoundBody(std::string_view method, std::string_view url) {
  JsonObject body;
  std::string message = "Route ";
  message.append(method).append(":").append(url).append(" not found");
  body["message"] = message;
  body["error"] = "Not Found";
  body["statusCode"] = 404;
  return body;
}

std::string routerErrorBody(std::string_view code, std::string_view message, int statusCode) {
  JsonObject body;
  body["error"] = "Bad Request";
  body["code"] = code;
  body["message"] = message;
  body["statusCode"] = statusCode;
  return ecmascript::stringify(body);
}

}  // namespace fastify
