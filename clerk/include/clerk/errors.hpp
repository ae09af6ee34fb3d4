#pragma once
// What this SDK throws, and the reasons it gives. Texts are Clerk's, so that what its documentation says applies.

#include <boost/json/value.hpp>

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace clerk {

/// Wrong configuration or misuse. Base of everything that the SDK throws on purpose.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Why a token was refused: the values of `TokenVerificationError::reason`.
namespace TokenVerificationErrorReason {
inline constexpr std::string_view TokenExpired = "token-expired";
inline constexpr std::string_view TokenInvalid = "token-invalid";
inline constexpr std::string_view TokenInvalidAlgorithm = "token-invalid-algorithm";
inline constexpr std::string_view TokenInvalidAuthorizedParties = "token-invalid-authorized-parties";
inline constexpr std::string_view TokenInvalidIssuer = "token-invalid-issuer";
inline constexpr std::string_view TokenInvalidSignature = "token-invalid-signature";
inline constexpr std::string_view TokenNotActiveYet = "token-not-active-yet";
inline constexpr std::string_view TokenIatInTheFuture = "token-iat-in-the-future";
inline constexpr std::string_view TokenVerificationFailed = "token-verification-failed";
inline constexpr std::string_view InvalidSecretKey = "secret-key-invalid";
inline constexpr std::string_view LocalJWKMissing = "jwk-local-missing";
inline constexpr std::string_view RemoteJWKFailedToLoad = "jwk-remote-failed-to-load";
inline constexpr std::string_view JWKFailedToResolve = "jwk-failed-to-resolve";
inline constexpr std::string_view JWKKidMismatch = "jwk-kid-mismatch";
}  // namespace TokenVerificationErrorReason

/// What to do about it: the values of `TokenVerificationError::action`.
namespace TokenVerificationErrorAction {
inline constexpr std::string_view ContactSupport = "Contact support@clerk.com";
inline constexpr std::string_view EnsureClerkJWT = "Make sure that this is a valid Clerk-generated JWT.";
inline constexpr std::string_view SetClerkJWTKey = "Set the CLERK_JWT_KEY environment variable.";
inline constexpr std::string_view ValidateKeys =
    "Go to your Dashboard and validate your secret and public keys are correct. Contact support@clerk.com if the issue "
    "persists.";
}  // namespace TokenVerificationErrorAction

/// A token that was refused. Holds nothing of the token but what its claims say.
class TokenVerificationError : public Error {
 public:
  TokenVerificationError(std::string_view reason, const std::string& message, std::string_view action = {})
      : Error(message), reason(reason), action(action) {}

  /// One of TokenVerificationErrorReason, or another reason that Clerk's API gave.
  std::string reason;
  /// One of TokenVerificationErrorAction; empty when there is nothing to be done.
  std::string action;
  /// `header` or `cookie` where authenticateRequest found the token; else empty.
  std::string tokenCarrier;

  /// `<message> <action> (reason=<reason>, token-carrier=<carrier>)`.
  std::string getFullMessage() const;
};

/// An API key, M2M token or OAuth token that was refused.
class MachineTokenVerificationError : public Error {
 public:
  MachineTokenVerificationError(std::string_view code, const std::string& message, std::optional<int> status = {})
      : Error(message), code(code), status(status) {}
  /// `token-invalid`, `secret-key-invalid`, `unexpected-error`, `token-verification-failed`.
  std::string code;
  std::optional<int> status;
  /// `<message> (code=<code>, status=<status>)`.
  std::string getFullMessage() const;
};

/// One of the errors in an answer of the Backend API.
struct ClerkAPIError {
  std::string code;
  std::string message;
  std::optional<std::string> longMessage;
  /// Only the members that Clerk's SDK knows, in camelCase; absent for errors that did not come from the API.
  std::optional<boost::json::object> meta;
  /// As JSON.stringify writes it.
  boost::json::object toJson() const;
};

/// An answer of the Backend API that is no success, or no answer at all (then `status` is absent).
/// `what()` is the HTTP status text; what to show is in `errors[0].longMessage`.
class ClerkAPIResponseError : public Error {
 public:
  explicit ClerkAPIResponseError(const std::string& statusText) : Error(statusText) {}

  std::string code = "api_response_error";
  std::optional<int> status;
  /// The support team finds the request by it; empty when the answer had none.
  std::string clerkTraceId;
  /// Seconds to wait, from Retry-After.
  std::optional<int> retryAfter;
  std::vector<ClerkAPIError> errors;

  /// Several lines: message, status, errors and trace id.
  std::string toString() const;
};

bool isClerkAPIResponseError(const std::exception& error) noexcept;

}  // namespace clerk
