#pragma once
// Why a token is refused, as a value; the public functions throw it.

#include <clerk/errors.hpp>

#include <boost/assert/source_location.hpp>

#include <string>
#include <string_view>

namespace clerk::jwt {

namespace Reason = TokenVerificationErrorReason;
namespace Action = TokenVerificationErrorAction;

struct Refusal {
  std::string_view reason;  // of static lifetime
  std::string message;
  std::string_view action = {};  // of static lifetime

  TokenVerificationError error() const { return {reason, message, action}; }
};

/// What boost::system::result<T, Refusal>::value() throws.
[[noreturn]] inline void throw_exception_from_error(const Refusal& refusal, const boost::source_location&) {
  throw refusal.error();
}

}  // namespace clerk::jwt
