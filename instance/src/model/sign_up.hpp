#pragma once
// An attempt to sign up.

#include "model/user.hpp"

namespace clerk::instance {

enum class SignUpStatus { MissingRequirements, Complete, Abandoned };
std::string_view nameOf(SignUpStatus status) noexcept;
std::optional<SignUpStatus> signUpStatusOf(std::string_view name) noexcept;

struct SignUp {
  std::string id;  ///< `sua_…`
  std::string clientId;
  SignUpStatus status = SignUpStatus::MissingRequirements;

  std::optional<std::string> emailAddress;  ///< lower case
  std::optional<std::string> phoneNumber;
  std::optional<std::string> username;
  std::optional<std::string> web3Wallet;
  std::optional<std::string> firstName;
  std::optional<std::string> lastName;
  std::optional<std::string> locale;
  std::optional<PasswordDigest> password;
  boost::json::object unsafeMetadata;
  boost::json::object publicMetadata;
  std::optional<std::string> externalId;
  bool customAction = false;  ///< a backend says that its own step was taken
  std::optional<Time> legalAcceptedAt;

  /// Absent until a code was asked for: an address that nothing was sent to must not look as if one were on its way.
  std::optional<Verification> emailAddressVerification;
  std::optional<Verification> phoneNumberVerification;
  std::optional<Verification> externalAccountVerification;
  /// The account at another provider that this sign-up came from.
  std::optional<ExternalAccount> externalAccount;
  /// `inv_…` whose ticket was presented: the address is proved, and closed instances let it in.
  std::optional<std::string> invitationId;

  std::optional<std::string> createdSessionId;
  std::optional<std::string> createdUserId;
  Time abandonAt{};
  Time createdAt{};
  Time updatedAt{};

  SignUpStatus statusAt(Time now) const noexcept;
  friend bool operator==(const SignUp&, const SignUp&) = default;
};

}  // namespace clerk::instance
