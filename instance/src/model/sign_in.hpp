#pragma once
// An attempt to sign in.

#include "model/verification.hpp"

#include <vector>

namespace clerk::instance {

enum class SignInStatus {
  NeedsIdentifier,
  NeedsFirstFactor,
  NeedsSecondFactor,
  NeedsClientTrust,
  NeedsNewPassword,
  Complete,
  Abandoned,
};
std::string_view nameOf(SignInStatus status) noexcept;
std::optional<SignInStatus> signInStatusOf(std::string_view name) noexcept;

struct SignIn {
  std::string id;  ///< `sia_…`
  std::string clientId;
  SignInStatus status = SignInStatus::NeedsIdentifier;
  std::optional<std::string> identifier;  ///< as typed
  /// Absent before an identifier is known, and for one that nobody has when the instance does not tell (enumeration
  /// protection): such a sign-in looks like any other and never succeeds.
  std::optional<std::string> userId;
  std::optional<Verification> firstFactorVerification;
  std::optional<Verification> secondFactorVerification;
  std::optional<std::string> createdSessionId;
  Time abandonAt{};
  Time createdAt{};
  Time updatedAt{};

  SignInStatus statusAt(Time now) const noexcept;
  friend bool operator==(const SignIn&, const SignIn&) = default;
};

/// One way to prove a factor, as `supported_first_factors` lists it.
struct Factor {
  Strategy strategy;
  std::string emailAddressId;  ///< for `email_code` and its like, else empty
  std::string safeIdentifier;  ///< masked, such as `a***@example.com`
  bool primary = false;
  std::string phoneNumberId{};   ///< for `phone_code` and its like, else empty
  bool defaultSecondFactor = false;
  friend bool operator==(const Factor&, const Factor&) = default;
};

}  // namespace clerk::instance
