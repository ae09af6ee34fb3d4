#pragma once
// A user and what identifies one.

#include "model/verification.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace clerk::instance {

struct EmailAddress {
  std::string id;            ///< `idn_…`
  std::string emailAddress;  ///< lower case
  bool reserved = false;     ///< unverified, yet nobody else can have it (Backend API: `reserved`)
  std::optional<Verification> verification;
  Time createdAt{};
  Time updatedAt{};

  bool verified() const noexcept { return verification && verification->status == VerificationStatus::Verified; }
  friend bool operator==(const EmailAddress&, const EmailAddress&) = default;
};

struct PhoneNumber {
  std::string id;           ///< `idn_…`
  std::string phoneNumber;  ///< E.164, such as `+15555550100`
  bool reserved = false;    ///< unverified, yet nobody else can have it (Backend API: `reserved`)
  bool reservedForSecondFactor = false;
  bool defaultSecondFactor = false;
  std::optional<Verification> verification;
  Time createdAt{};
  Time updatedAt{};

  bool verified() const noexcept { return verification && verification->status == VerificationStatus::Verified; }
  friend bool operator==(const PhoneNumber&, const PhoneNumber&) = default;
};

/// An account at another provider that one signs in with.
struct ExternalAccount {
  std::string id;                ///< `eac_…`
  std::string identificationId;  ///< `idn_…`
  std::string provider;          ///< the strategy, such as `oauth_google`
  std::string providerUserId;    ///< the provider's `sub`; empty while it is being connected
  std::string emailAddress;      ///< lower case, as the provider tells it; may be empty
  bool emailAddressVerified = false;
  std::string firstName;
  std::string lastName;
  std::string username;
  std::string imageUrl;
  std::string approvedScopes;
  std::optional<Verification> verification;
  Time createdAt{};
  Time updatedAt{};

  bool verified() const noexcept { return verification && verification->status == VerificationStatus::Verified; }
  friend bool operator==(const ExternalAccount&, const ExternalAccount&) = default;
};

/// A WebAuthn credential.
struct Passkey {
  std::string id;  ///< `idn_…`
  std::string name;
  std::string credentialId;  ///< base64url; empty while it is being registered
  std::string publicKey;     ///< COSE key, base64url
  std::int64_t signCount = 0;
  std::optional<Verification> verification;
  std::optional<Time> lastUsedAt;
  Time createdAt{};
  Time updatedAt{};

  bool verified() const noexcept { return verification && verification->status == VerificationStatus::Verified; }
  friend bool operator==(const Passkey&, const Passkey&) = default;
};

/// A hash of a password with the name of its function, so that digests of other systems can be taken over.
struct PasswordDigest {
  std::string hasher;  ///< Clerk's names: `bcrypt`, `argon2id`, `pbkdf2_sha256`, …
  std::string digest;
  friend bool operator==(const PasswordDigest&, const PasswordDigest&) = default;
};

struct User {
  std::string id;  ///< `user_…`
  std::optional<std::string> externalId;
  std::optional<std::string> username;
  std::optional<std::string> firstName;
  std::optional<std::string> lastName;
  std::optional<std::string> locale;
  std::string imageUrl;  ///< of the picture that the user set; empty when there is none

  std::optional<std::string> primaryEmailAddressId;
  std::optional<std::string> primaryPhoneNumberId;
  std::optional<std::string> primaryWeb3WalletId;
  std::vector<EmailAddress> emailAddresses;  ///< oldest first
  std::vector<PhoneNumber> phoneNumbers;
  std::vector<ExternalAccount> externalAccounts;
  std::vector<Passkey> passkeys;
  bool totpEnabled = false;
  bool backupCodeEnabled = false;

  std::optional<PasswordDigest> password;
  std::optional<Time> passwordLastUpdatedAt;
  /// Others know it: nobody signs in with it, and a new one is asked for (Backend API: `password/set_compromised`).
  bool passwordCompromised = false;
  std::optional<Time> mfaEnabledAt;
  std::optional<Time> mfaDisabledAt;

  boost::json::object publicMetadata;
  boost::json::object privateMetadata;
  boost::json::object unsafeMetadata;

  bool banned = false;
  int failedAttempts = 0;             ///< wrong passwords and codes since the last success
  std::optional<Time> lockedAt;       ///< when the account was locked; see isLocked()
  std::optional<Time> lockExpiresAt;  ///< absent for a lock without end, when `lockedAt` is set

  bool deleteSelfEnabled = true;
  bool createOrganizationEnabled = true;
  std::optional<int> createOrganizationsLimit;  ///< absent: no limit
  bool bypassClientTrust = false;
  std::optional<Time> legalAcceptedAt;

  std::optional<Time> lastSignInAt;
  std::optional<Time> lastActiveAt;
  Time createdAt{};
  Time updatedAt{};

  const EmailAddress* findEmailAddress(std::string_view id) const noexcept;
  const EmailAddress* primaryEmailAddress() const noexcept;
  const PhoneNumber* findPhoneNumber(std::string_view id) const noexcept;
  const PhoneNumber* primaryPhoneNumber() const noexcept;
  /// What other people see one by: the primary address, else the username, else nothing.
  std::string identifier() const;
  bool passwordEnabled() const noexcept { return password.has_value(); }
  /// A second factor besides backup codes: those alone protect nothing.
  bool twoFactorEnabled() const noexcept;

  bool isLocked(Time now) const noexcept { return lockedAt && (!lockExpiresAt || now < *lockExpiresAt); }

  friend bool operator==(const User&, const User&) = default;
};

}  // namespace clerk::instance
