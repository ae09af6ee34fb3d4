#pragma once
// `client.users`. See Clerk docs: "User operations".

#include <clerk/api/field.hpp>
#include <clerk/api/resources.hpp>

#include <async/task.hpp>
#include <boost/json/value.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace clerk {

namespace api {
struct ClientContext;
}

struct GetUserListParams {
  std::optional<std::int64_t> limit;
  std::optional<std::int64_t> offset;
  std::vector<std::string> emailAddress;
  std::vector<std::string> phoneNumber;
  std::vector<std::string> username;
  std::vector<std::string> web3Wallet;
  std::optional<std::string> query;
  std::vector<std::string> userId;
  std::vector<std::string> externalId;
  /// Such as `-created_at`.
  std::optional<std::string> orderBy;
  std::optional<Timestamp> last_active_at_since;
  std::optional<Timestamp> lastActiveAtBefore;
  std::optional<Timestamp> lastActiveAtAfter;
  std::optional<Timestamp> createdAtBefore;
  std::optional<Timestamp> createdAtAfter;
  std::optional<Timestamp> lastSignInAtAfter;
  std::optional<Timestamp> lastSignInAtBefore;
  std::vector<std::string> organizationId;
};

struct GetUserCountParams {
  std::vector<std::string> emailAddress;
  std::vector<std::string> phoneNumber;
  std::vector<std::string> username;
  std::vector<std::string> web3Wallet;
  std::optional<std::string> query;
  std::vector<std::string> userId;
  std::vector<std::string> externalId;
};

struct CreateUserParams {
  Field<std::string> externalId;
  std::vector<std::string> emailAddress;
  Field<std::string> emailAddressIdentificationStatus;
  std::vector<std::string> phoneNumber;
  Field<std::string> phoneNumberIdentificationStatus;
  Field<std::string> username;
  Field<std::string> password;
  Field<std::string> firstName;
  Field<std::string> lastName;
  Field<std::string> locale;
  Field<std::string> timezone;
  Field<bool> skipPasswordChecks;
  Field<bool> skipPasswordRequirement;
  Field<bool> skipLegalChecks;
  Field<std::chrono::system_clock::time_point> legalAcceptedAt;
  Field<std::string> totpSecret;
  std::vector<std::string> backupCodes;
  Field<std::chrono::system_clock::time_point> createdAt;
  Field<bool> banned;
  Field<bool> locked;
  Field<boost::json::object> publicMetadata;
  Field<boost::json::object> privateMetadata;
  Field<boost::json::object> unsafeMetadata;
  Field<std::string> passwordDigest;
  Field<std::string> passwordHasher;
};

struct UpdateUserParams {
  Field<std::string> firstName;
  Field<std::string> lastName;
  Field<std::string> username;
  Field<std::string> password;
  Field<bool> skipPasswordChecks;
  Field<bool> signOutOfOtherSessions;
  Field<std::string> primaryEmailAddressID;
  Field<bool> notifyPrimaryEmailAddressChanged;
  Field<std::string> primaryPhoneNumberID;
  Field<std::string> primaryWeb3WalletID;
  Field<std::string> profileImageID;
  Field<std::string> totpSecret;
  Field<std::vector<std::string>> backupCodes;
  Field<std::string> externalId;
  Field<std::chrono::system_clock::time_point> createdAt;
  Field<bool> skipLegalChecks;
  Field<std::chrono::system_clock::time_point> legalAcceptedAt;
  Field<std::string> locale;
  Field<std::string> timezone;
  Field<bool> deleteSelfEnabled;
  Field<bool> createOrganizationEnabled;
  Field<std::int64_t> createOrganizationsLimit;
  /// Replaces all of it. Better: updateUserMetadata or replaceUserMetadata.
  Field<boost::json::object> publicMetadata;
  Field<boost::json::object> privateMetadata;
  Field<boost::json::object> unsafeMetadata;
  Field<std::string> passwordDigest;
  Field<std::string> passwordHasher;
};

struct UserMetadataParams {
  Field<boost::json::object> publicMetadata;
  Field<boost::json::object> privateMetadata;
  Field<boost::json::object> unsafeMetadata;
};

struct ReplaceUserEmailAddressParams {
  std::string emailAddress;
};
struct ReplaceUserPhoneNumberParams {
  std::string phoneNumber;
};

/// A file to be uploaded.
struct File {
  std::string bytes;
  std::string name = "file";
  std::string type = "application/octet-stream";
};
struct UpdateUserProfileImageParams {
  File file;
};

struct UserPageParams {
  std::string userId;
  std::optional<std::int64_t> limit;
  std::optional<std::int64_t> offset;
};
struct UserInvitationPageParams {
  std::string userId;
  std::optional<std::int64_t> limit;
  std::optional<std::int64_t> offset;
  std::vector<std::string> status;
};

struct RemovePasswordParams {
  Field<bool> signOutOfOtherSessions;
};
struct VerifyPasswordParams {
  std::string userId;
  std::string password;
};
struct VerifyTOTPParams {
  std::string userId;
  std::string code;
};
struct SetPasswordCompromisedParams {
  Field<bool> revokeAllSessions;
};
struct DeleteUserPasskeyParams {
  std::string userId;
  std::string passkeyIdentificationId;
};
struct DeleteUserWeb3WalletParams {
  std::string userId;
  std::string web3WalletIdentificationId;
};
struct DeleteUserExternalAccountParams {
  std::string userId;
  std::string externalAccountId;
};

/// Every method throws ClerkAPIResponseError when the API refuses or cannot be reached, and clerk::Error before
/// anything is sent (no secret key, an empty id). To be called on a thread with a running EventLoop; see async::blockOn
/// for programs without one.
class UserAPI {
 public:
  explicit UserAPI(std::shared_ptr<const api::ClientContext> context) noexcept : context_(std::move(context)) {}

  async::Task<PaginatedResourceResponse<User>> getUserList(GetUserListParams params = {}) const;
  async::Task<User> getUser(std::string userId) const;
  async::Task<User> createUser(CreateUserParams params) const;
  async::Task<User> updateUser(std::string userId, UpdateUserParams params = {}) const;
  async::Task<EmailAddress> replaceUserEmailAddress(std::string userId, ReplaceUserEmailAddressParams params) const;
  async::Task<PhoneNumber> replaceUserPhoneNumber(std::string userId, ReplaceUserPhoneNumberParams params) const;
  async::Task<User> updateUserProfileImage(std::string userId, UpdateUserProfileImageParams params) const;
  /// Merges: members that are null are removed.
  async::Task<User> updateUserMetadata(std::string userId, UserMetadataParams params) const;
  async::Task<User> replaceUserMetadata(std::string userId, UserMetadataParams params) const;
  async::Task<DeletedObject> deleteUser(std::string userId) const;
  async::Task<std::int64_t> getCount(GetUserCountParams params = {}) const;
  async::Task<PaginatedResourceResponse<OauthAccessToken>> getUserOauthAccessToken(std::string userId,
                                                                                   std::string provider) const;
  async::Task<boost::json::value> disableUserMFA(std::string userId) const;
  async::Task<PaginatedResourceResponse<OrganizationMembership>> getOrganizationMembershipList(
      UserPageParams params) const;
  async::Task<PaginatedResourceResponse<OrganizationInvitation>> getOrganizationInvitationList(
      UserInvitationPageParams params) const;
  async::Task<User> removePassword(std::string userId, RemovePasswordParams params = {}) const;
  /// `{"verified": true}`; a wrong password is an error of the API.
  async::Task<boost::json::value> verifyPassword(VerifyPasswordParams params) const;
  async::Task<boost::json::value> verifyTOTP(VerifyTOTPParams params) const;
  async::Task<User> banUser(std::string userId) const;
  async::Task<User> unbanUser(std::string userId) const;
  async::Task<User> lockUser(std::string userId) const;
  async::Task<User> unlockUser(std::string userId) const;
  async::Task<User> deleteUserProfileImage(std::string userId) const;
  async::Task<DeletedObject> deleteUserPasskey(DeleteUserPasskeyParams params) const;
  async::Task<DeletedObject> deleteUserWeb3Wallet(DeleteUserWeb3WalletParams params) const;
  async::Task<DeletedObject> deleteUserExternalAccount(DeleteUserExternalAccountParams params) const;
  async::Task<boost::json::value> deleteUserBackupCodes(std::string userId) const;
  async::Task<boost::json::value> deleteUserTOTP(std::string userId) const;
  async::Task<User> setPasswordCompromised(std::string userId, SetPasswordCompromisedParams params = {}) const;
  async::Task<User> unsetPasswordCompromised(std::string userId) const;

 private:
  std::shared_ptr<const api::ClientContext> context_;
};

}  // namespace clerk
