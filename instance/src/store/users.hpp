#pragma once
// The tables of users and of what identifies them.

#include "model/user.hpp"
#include "model/user_list.hpp"
#include "settings/settings.hpp"
#include "store/sql.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clerk::instance {

/// What a wrong password or code did.
struct CountedFailure {
  int failedAttempts = 0;
  std::optional<Time> lockedAt;  ///< set when the account is locked now
  std::optional<Time> lockExpiresAt;
};

class Users {
 public:
  explicit Users(sql::Connection& connection) noexcept : sql_(connection) {}

  std::optional<User> find(std::string_view id) const;
  std::vector<User> find(const std::vector<std::string>& ids) const;
  /// The user who owns this address (lower case): verified or reserved.
  std::optional<User> findByEmailAddress(std::string_view emailAddress) const;
  /// The user who owns this: `phone_number`, `passkey` (credential id) or a provider's strategy (the `sub` there).
  std::optional<User> findByIdentification(std::string_view kind, std::string_view identifier) const;
  std::optional<User> findByUsername(std::string_view username) const;
  bool exists(std::string_view id) const;
  bool isEmailAddressClaimed(std::string_view emailAddress) const;
  bool isClaimed(std::string_view kind, std::string_view identifier) const;
  /// How many people have proved an identification of this kind, such as an account at one provider.
  std::int64_t countClaimed(std::string_view kind) const;
  /// Whose identification this id is.
  std::optional<std::string> ownerOf(std::string_view kind, std::string_view identificationId) const;
  bool isUsernameTaken(std::string_view username) const;
  bool isExternalIdTaken(std::string_view externalId) const;

  /// Time grows with the page, not with the number of users, except that a large `offset` has to be walked. The second
  /// value of a cursor is looked up: one that is unknown gives an empty list.
  std::vector<User> list(const UserListRequest& request) const;
  std::int64_t count(const UserFilter& filter) const;

  /// With its addresses; a verification that goes on must be written by itself. False when an address, username or
  /// external id is somebody else's; nothing is written then.
  [[nodiscard]] bool insert(const User& user);
  /// Writes the profile: names, ids, password, metadata, limits, `banned`, times. Not the lock, the sign-in and
  /// activity times or the addresses: those have their own statements, so that parallel requests cannot undo each
  /// other. False when a username or external id is somebody else's.
  [[nodiscard]] bool update(const User& user);
  /// With everything that hangs on it.
  bool erase(std::string_view id);

  /// Counts one wrong guess and locks the account when that reaches the limit; a lock that has run out starts the count
  /// anew. One statement: parallel guesses all count.
  CountedFailure countFailure(std::string_view id, const Lockout& lockout, Time now);
  /// After a success.
  void clearFailures(std::string_view id);
  void lock(std::string_view id, Time now, std::optional<Time> until);
  void unlock(std::string_view id);

  /// Adds an address; false when it is verified or reserved and somebody else's.
  [[nodiscard]] bool insertEmailAddress(std::string_view userId, const EmailAddress& emailAddress);
  bool eraseEmailAddress(std::string_view userId, std::string_view id);
  /// Gives an address this verification; a verified one makes it the user's alone. False when it is somebody else's, or
  /// no address of the user.
  [[nodiscard]] bool setEmailAddressVerification(std::string_view userId, std::string_view id,
                                                 const Verification& verification, Time now);

  /// Makes the addresses, phone numbers, accounts and passkeys those of `user`, who was read in this transaction:
  /// new ones are added, missing ones go with their verifications. False when one is somebody else's; abandon then.
  [[nodiscard]] bool updateIdentifiers(const User& user);

  void noteSignIn(std::string_view id, Time now);
  void noteActivity(std::string_view id, Time now);
  /// Replaces the digest unless it was changed meanwhile (a hash made anew after a sign-in).
  void upgradePassword(std::string_view id, const PasswordDigest& from, const PasswordDigest& to);

 private:
  struct Identification;
  static std::vector<Identification> identificationsOf(const User& user);
  void insertIdentification(std::string_view userId, const Identification& identification);
  /// Tokens that a provider gave belong to whoever has the account.
  void claimProviderTokens(const User& user);
  /// Rewrites the addresses and what lists sort and search by.
  void writeAddresses(const User& user);

  sql::Connection& sql_;
};

}  // namespace clerk::instance
