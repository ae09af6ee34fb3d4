#pragma once
// Errors that become answers. Codes and texts of the framework's own are Fastify's.

#include <fastify/json.hpp>

#include <exception>
#include <optional>
#include <string>
#include <string_view>

namespace fastify {

/// An error with what an answer needs. Throw it from a handler, hook or parser to answer with `statusCode` (500 when
/// absent); error handlers receive whatever was thrown in this form.
class FastifyError : public std::exception {
 public:
  FastifyError() = default;
  /// An error without a code: `{statusCode, error, message}` is sent.
  FastifyError(int statusCode, std::string message);
  FastifyError(int statusCode, std::string code, std::string message);

  /// What JavaScript would call `error.name`.
  std::string name = "Error";
  std::string code;                 // empty: none
  std::optional<int> statusCode;
  std::string message;
  /// The list of {instancePath, schemaPath, keyword, params, message} of a validation error, else null.
  Json validation;
  /// body, querystring, params or headers, for a validation error.
  std::string validationContext;
  /// Own properties: seen by loggers and by response schemas for the error's status.
  JsonObject properties;
  /// What was really thrown, when it was something else.
  std::exception_ptr origin;

  const char* what() const noexcept override { return message.c_str(); }

  /// Anything that was thrown, as an error: a FastifyError as it is, a std::exception with its text, else a plain 500.
  static FastifyError from(std::exception_ptr thrown);

  /// The thrown object when it was a T, else nullptr; valid as long as this error.
  template <class T>
  const T* as() const noexcept {
    if constexpr (std::is_base_of_v<FastifyError, T>) {
      if (auto* self = dynamic_cast<const T*>(this)) return self;
    }
    if (!origin) return nullptr;
    try {
      std::rethrow_exception(origin);
    } catch (const T& thrown) {
      return &thrown;  // kept alive by `origin`
    } catch (...) {
      return nullptr;
    }
  }
};

}  // namespace fastify
