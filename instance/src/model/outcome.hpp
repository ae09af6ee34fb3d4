#pragma once
// What a flow answers: a value, or the errors that a client is to be shown. Errors carry Clerk's codes and texts, and
// what kind of trouble they are; the wire turns the kind into a status.

#include <boost/json/object.hpp>
#include <boost/system/result.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace clerk::instance {

enum class Trouble {
  BadRequest,        ///< the state of things forbids it (400)
  Unauthenticated,   ///< nobody is signed in, or not with this (401)
  Forbidden,         ///< known, but not allowed (403)
  NotFound,          ///< (404)
  Conflict,          ///< another request was faster (409)
  TooLarge,          ///< more bytes than are taken (413)
  UnsupportedMedia,  ///< a body of a kind that is not read here (415)
  Unprocessable,     ///< a field is wrong (422)
  TooMany,           ///< (429)
  Internal,          ///< (500)
};

/// One entry of Clerk's `errors` array.
struct Error {
  Trouble trouble;
  std::string code;  ///< such as `form_password_incorrect`
  std::string message;
  std::string longMessage;   ///< never empty: repeats `message` where Clerk has one text
  std::string paramName;     ///< `meta.param_name`; empty when the error belongs to no field
  boost::json::object meta;  ///< further members of `meta`, such as `session_id`
};

/// At least one error; the first decides the status.
struct Failure {
  std::vector<Error> errors;

  /// Empty: what `Outcome::error()` gives for a success.
  Failure() = default;
  Failure(Error error) { errors.push_back(std::move(error)); }
  explicit Failure(std::vector<Error> all) : errors(std::move(all)) {}
  const Error& first() const noexcept { return errors.front(); }
};

/// Thrown by `Outcome::value()` on a failure, which is misuse: ask `has_value()` first.
[[noreturn]] void throw_exception_from_error(const Failure& failure, const boost::source_location& where);

template <class T = void>
using Outcome = boost::system::result<T, Failure>;

}  // namespace clerk::instance
