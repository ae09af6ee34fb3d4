#include "wire/error.hpp"

#include "model/errors.hpp"

#include <fmt/format.h>

namespace clerk::instance::wire {
namespace {

JsonObject metaOf(const Error& error) {
  JsonObject meta = error.meta;
  if (!error.paramName.empty()) meta["param_name"] = error.paramName;
  return meta;
}

JsonObject errorJson(const Error& error) {
  return {{"code", error.code},
          {"message", error.message},
          {"long_message", error.longMessage.empty() ? error.message : error.longMessage},
          {"meta", metaOf(error)}};
}

Failure of(Trouble trouble, std::string_view code, std::string_view message, std::string longMessage,
           std::string_view paramName = {}) {
  return Error{trouble, std::string(code), std::string(message), std::move(longMessage), std::string(paramName), {}};
}

}  // namespace

int statusOf(const Failure& failure) noexcept {
  switch (failure.first().trouble) {
    case Trouble::BadRequest: return 400;
    case Trouble::Unauthenticated: return 401;
    case Trouble::Forbidden: return 403;
    case Trouble::NotFound: return 404;
    case Trouble::Conflict: return 409;
    case Trouble::TooLarge: return 413;
    case Trouble::UnsupportedMedia: return 415;
    case Trouble::Unprocessable: return 422;
    case Trouble::TooMany: return 429;
    case Trouble::Internal: return 500;
  }
  return 500;
}

JsonObject errorBody(const Failure& failure, std::string_view traceId, Json client) {
  JsonArray errors;
  for (const auto& error : failure.errors) errors.push_back(errorJson(error));
  JsonObject body{{"errors", std::move(errors)}, {"clerk_trace_id", traceId}};
  if (!client.is_null()) body["meta"] = JsonObject{{"client", std::move(client)}};
  return body;
}

namespace wrong {

using enum Trouble;

Failure paramMissing(std::string_view name) { return errors::formParamMissing(name); }
Failure paramEmpty(std::string_view name) { return errors::formParamNil(name); }
Failure paramDuplicate(std::string_view name) {
  return of(Unprocessable, "form_param_duplicate", "is duplicate",
            fmt::format("{} included multiple times. There should only be one.", name), name);
}
Failure paramUnknown(std::string_view name) {
  return of(Unprocessable, "form_param_unknown", "is unknown",
            fmt::format("{} is not a valid parameter for this request.", name), name);
}
Failure paramType(std::string_view name, std::string_view type) {
  return of(Unprocessable, "form_param_type_invalid", "is invalid", fmt::format("`{}` must be a `{}`.", name, type),
            name);
}
Failure paramValue(std::string_view name, std::string_view allowed) {
  auto text = allowed.empty() ? fmt::format("{} is invalid", name)
                              : fmt::format("{} is invalid. Only one of the following parameter values is allowed: {}",
                                            name, allowed);
  return of(Unprocessable, "form_param_value_invalid", "is invalid", std::move(text), name);
}
Failure paramTooLarge(std::string_view name, std::int64_t greatest) {
  return errors::formParamValueTooLarge(name, greatest);
}
Failure paramArraySize(std::string_view name, std::size_t greatest) {
  return of(Unprocessable, "form_param_array_size_exceeded", "exceeds maximum size",
            fmt::format("{} should not exceed {} items.", name, greatest), name);
}
Failure paramTime(std::string_view name) {
  return of(
      Unprocessable, "form_param_invalid_time", "invalid format",
      fmt::format("{} must contain a datetime specified in RFC3339 format (e.g. `2022-10-20T10:00:27.645Z`).", name),
      name);
}
Failure paramTooSmall(std::string_view name, std::int64_t least) {
  return of(Unprocessable, "form_param_value_invalid", "is invalid",
            fmt::format("{} is invalid. Must not be less than {}", name, least), name);
}
Failure queryMissing(std::string_view name) {
  return of(
      BadRequest, "missing_query_parameter", "Missing query parameter",
      fmt::format("The query parameter '{}' is missing from the request. Please consult the API documentation for "
                  "more information.",
                  name),
      name);
}
Failure notFound() { return errors::resourceNotFound(); }
Failure bodyMalformed() {
  return of(BadRequest, "malformed_request_parameters", "Malformed request parameters",
            "The request parameters are malformed and could not be parsed");
}
Failure bodyTooLarge(std::size_t limit) {
  return of(TooLarge, "request_body_too_large", "Request body too large",
            fmt::format("The request body exceeds the maximum allowed size of {} bytes.", limit));
}
Failure contentTypeUnsupported(std::string_view actual, std::string_view expected) {
  return of(UnsupportedMedia, "unsupported_content_type", "Content-Type is unsupported",
            fmt::format("Content-Type {} is unsupported. You should use {} instead.", actual, expected));
}
Failure originAndAuthorization() {
  return of(
      BadRequest, "origin_authorization_headers_conflict",
      "Setting both the 'Origin' and 'Authorization' headers is forbidden",
      "For security purposes, only one of the 'Origin' and 'Authorization' headers should be provided, but not both.");
}
Failure authorizationFormat() {
  return of(Unauthenticated, "authorization_header_format_invalid", "Invalid Authorization header format",
            "Invalid Authorization header format. Must be 'Bearer <YOUR_API_KEY>'");
}
Failure secretKey() {
  constexpr std::string_view text =
      "The provided Clerk Secret Key is invalid. Make sure that your Clerk Secret Key is correct.";
  return of(Unauthenticated, "clerk_key_invalid", text, std::string(text));
}
Failure developmentOnly() {
  return of(BadRequest, "request_invalid_for_environment", "Invalid request for environment",
            "Request only valid for development instances.");
}
Failure redirectUrl() {
  return of(Unprocessable, "invalid_redirect_url", "Redirect url invalid",
            "The provided redirect url is not in a valid format", "redirect_url");
}
Failure handshake(std::string_view reason) {
  return of(BadRequest, "invalid_handshake", "invalid handshake",
            fmt::format("The handshake request is invalid: {}", reason));
}
Failure redirectUrlNotOurs(std::string_view host) {
  return of(
      Unprocessable, "redirect_url_not_associated_with_instance", "Redirect URL is not configured for this instance",
      fmt::format("Clerk could not complete satellite-domain authentication because redirect URL host \"{}\" is not "
                  "configured",
                  host));
}
Failure internal() {
  return of(Internal, "internal_clerk_error", "Oops, an unexpected error occurred",
            "There was an internal error on our servers. We've been notified and are working on fixing it.");
}

}  // namespace wrong
}  // namespace clerk::instance::wire
