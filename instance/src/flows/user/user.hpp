#pragma once
// Users as backends manage them, and as people manage themselves.

#include "flows/core.hpp"
#include "flows/user/second_factors.hpp"
#include "model/user.hpp"
#include "model/user_list.hpp"

#include <async/task.hpp>

#include <boost/json/value.hpp>

#include <optional>
#include <string>
#include <vector>

namespace clerk::instance {

/// A change to a field that may be emptied: absent leaves it, a value of nothing empties it.
template <class T>
using Change = std::optional<std::optional<T>>;

struct NewUser {
  std::optional<std::string> externalId;
  std::optional<std::string> firstName;
  std::optional<std::string> lastName;
  std::optional<std::string> locale;
  std::optional<std::string> username;
  std::vector<std::string> emailAddresses;  ///< the first becomes the primary one
  /// `verified` or `reserved`, one for each address; empty: all verified.
  std::vector<std::string> emailAddressIdentificationStatus;
  std::vector<std::string> phoneNumbers{};  ///< likewise
  std::vector<std::string> phoneNumberIdentificationStatus{};
  std::optional<std::string> password;
  std::optional<PasswordDigest> passwordDigest;
  bool skipPasswordChecks = false;
  bool skipPasswordRequirement = false;
  bool skipUserRequirement = false;
  bool skipLegalChecks = false;
  boost::json::object publicMetadata;
  boost::json::object privateMetadata;
  boost::json::object unsafeMetadata;
  std::optional<bool> deleteSelfEnabled;
  std::optional<bool> createOrganizationEnabled;
  std::optional<int> createOrganizationsLimit;  ///< 0: no limit
  std::optional<Time> legalAcceptedAt;
  std::optional<Time> createdAt;
  bool bypassClientTrust = false;
  bool banned = false;
  bool locked = false;
  GivenSecondFactors secondFactors{};
};

struct UserChanges {
  Change<std::string> externalId;
  Change<std::string> firstName;
  Change<std::string> lastName;
  Change<std::string> locale;
  Change<std::string> username;
  std::optional<std::string> primaryEmailAddressId;
  std::optional<std::string> primaryPhoneNumberId{};
  std::optional<std::string> password;
  std::optional<PasswordDigest> passwordDigest;
  bool skipPasswordChecks = false;
  bool signOutOfOtherSessions = false;
  std::optional<bool> deleteSelfEnabled;
  std::optional<bool> createOrganizationEnabled;
  std::optional<int> createOrganizationsLimit;  ///< 0: no limit
  Change<Time> legalAcceptedAt;
  std::optional<Time> createdAt;
  std::optional<bool> bypassClientTrust;
  GivenSecondFactors secondFactors{};
};

/// Absent: leave as it is.
struct MetadataChanges {
  std::optional<boost::json::object> publicMetadata;
  std::optional<boost::json::object> privateMetadata;
  std::optional<boost::json::object> unsafeMetadata;
};

/// Deep merge; a null removes its key, at any level (Clerk docs: "Update user metadata").
boost::json::object mergeMetadata(boost::json::object base, const boost::json::object& changes);

// ---- Backend API; all give `resource_not_found` for an unknown id

/// Errors: `form_identifier_exists`, `form_password_…`, `form_data_missing`, `form_param_format_invalid`, …
async::Task<Outcome<User>> createUser(Core& core, NewUser fields);
async::Task<Outcome<User>> getUser(Core& core, std::string userId);
/// Errors: `form_param_value_invalid` (`starting_after` with another order or with an offset).
async::Task<Outcome<std::vector<User>>> listUsers(Core& core, UserListRequest request);
async::Task<std::int64_t> countUsers(Core& core, UserFilter filter);
async::Task<Outcome<User>> updateUser(Core& core, std::string userId, UserChanges changes);
async::Task<Outcome<User>> mergeUserMetadata(Core& core, std::string userId, MetadataChanges changes);
async::Task<Outcome<User>> replaceUserMetadata(Core& core, std::string userId, MetadataChanges changes);
/// Deletes with all sessions, addresses and attempts. Gives the id.
async::Task<Outcome<std::string>> deleteUser(Core& core, std::string userId);
/// Revokes all sessions.
async::Task<Outcome<User>> banUser(Core& core, std::string userId);
async::Task<Outcome<User>> unbanUser(Core& core, std::string userId);
/// Errors: `feature_not_enabled` when the instance has no lockout.
async::Task<Outcome<User>> lockUser(Core& core, std::string userId);
async::Task<Outcome<User>> unlockUser(Core& core, std::string userId);
/// Success: the password is right. Errors: `no_password_set`, `incorrect_password`. Does not count towards a lock.
async::Task<Outcome<>> verifyPassword(Core& core, std::string userId, std::string password);
/// Others know the password, or no longer. Errors: `no_password_set` (marking alone).
async::Task<Outcome<User>> markPasswordCompromised(Core& core, std::string userId, bool revokeAllSessions);
async::Task<Outcome<User>> unmarkPasswordCompromised(Core& core, std::string userId);
async::Task<Outcome<User>> removePassword(Core& core, std::string userId, bool signOutOfOtherSessions);

/// What is left before the account locks; absent when the instance has no lockout.
std::optional<int> verificationAttemptsRemaining(const Settings& settings, const User& user, Time now) noexcept;
/// Seconds until a lock ends; absent when not locked, or locked without end.
std::optional<std::int64_t> lockoutExpiresInSeconds(const User& user, Time now) noexcept;

// ---- The signed-in person (`/v1/me`); `session` is what requireSession() gave

struct ProfileChanges {
  std::optional<std::string> firstName;  ///< empty text removes
  std::optional<std::string> lastName;
  std::optional<std::string> username;
  std::optional<std::string> primaryEmailAddressId;
  std::optional<std::string> primaryPhoneNumberId{};
};
async::Task<Outcome<User>> updateProfile(Core& core, std::string userId, ProfileChanges changes);
/// `unsafeMetadata` is JSON text of an object; merged.
async::Task<Outcome<User>> updateUnsafeMetadata(Core& core, std::string userId, std::string unsafeMetadata);

struct ChangePasswordFields {
  std::optional<std::string> currentPassword;
  std::string newPassword;
  bool signOutOfOtherSessions = false;
};
/// Errors: `form_password_validation_failed` (`current_password`), `form_password_…` (`new_password`), `user_locked`.
async::Task<Outcome<User>> changePassword(Core& core, const Session& session, ChangePasswordFields fields);
/// Errors: `password_required` where the instance wants one of everybody, `form_password_validation_failed`,
/// `no_password_set`, `user_locked`.
async::Task<Outcome<User>> removeOwnPassword(Core& core, std::string userId,
                                             std::optional<std::string> currentPassword);
/// Errors: `user_delete_self_not_enabled`. Gives the id; the visitor's client is signed out of it.
async::Task<Outcome<std::string>> deleteSelf(Core& core, Visitor& visitor, std::string userId);

}  // namespace clerk::instance
