#pragma once
// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off
// `client.users`: User operations. See Clerk docs: "Backend API".

#include <clerk/api/call_options.hpp>
#include <clerk/api/field.hpp>
#include <clerk/api/resources.hpp>

#include <async/task.hpp>
#include <boost/json/value.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace clerk {

namespace api {
struct ClientContext;
}

struct GetUserListParams {
  std::optional<std::int64_t> limit = {};
  std::optional<std::int64_t> offset = {};
  std::vector<std::string> emailAddress = {};
  std::vector<std::string> phoneNumber = {};
  std::vector<std::string> username = {};
  std::vector<std::string> web3Wallet = {};
  std::optional<std::string> query = {};
  std::vector<std::string> userId = {};
  std::vector<std::string> externalId = {};
  std::optional<std::string> orderBy = {};
  std::optional<Timestamp> last_active_at_since = {};
  std::optional<Timestamp> lastActiveAtBefore = {};
  std::optional<Timestamp> lastActiveAtAfter = {};
  std::optional<Timestamp> createdAtBefore = {};
  std::optional<Timestamp> createdAtAfter = {};
  std::optional<Timestamp> lastSignInAtAfter = {};
  std::optional<Timestamp> lastSignInAtBefore = {};
  std::vector<std::string> organizationId = {};
};

struct CreateUserParams {
  Field<std::string> externalId = {};
  Field<std::vector<std::string>> emailAddress = {};
  Field<std::string> emailAddressIdentificationStatus = {};
  Field<std::vector<std::string>> phoneNumber = {};
  Field<std::string> phoneNumberIdentificationStatus = {};
  Field<std::string> username = {};
  Field<std::string> password = {};
  Field<std::string> firstName = {};
  Field<std::string> lastName = {};
  Field<std::string> locale = {};
  Field<std::string> timezone = {};
  Field<bool> skipPasswordChecks = {};
  Field<bool> skipPasswordRequirement = {};
  Field<bool> skipLegalChecks = {};
  Field<std::chrono::system_clock::time_point> legalAcceptedAt = {};
  Field<std::string> totpSecret = {};
  Field<std::vector<std::string>> backupCodes = {};
  Field<std::chrono::system_clock::time_point> createdAt = {};
  Field<bool> banned = {};
  Field<bool> locked = {};
  Field<boost::json::object> publicMetadata = {};
  Field<boost::json::object> privateMetadata = {};
  Field<boost::json::object> unsafeMetadata = {};
  Field<std::string> passwordDigest = {};
  Field<std::string> passwordHasher = {};
};

struct UpdateUserParams {
  Field<std::string> firstName = {};
  Field<std::string> lastName = {};
  Field<std::string> username = {};
  Field<std::string> password = {};
  Field<bool> skipPasswordChecks = {};
  Field<bool> signOutOfOtherSessions = {};
  Field<std::string> primaryEmailAddressID = {};
  Field<bool> notifyPrimaryEmailAddressChanged = {};
  Field<std::string> primaryPhoneNumberID = {};
  Field<std::string> primaryWeb3WalletID = {};
  Field<std::string> profileImageID = {};
  Field<std::string> totpSecret = {};
  Field<std::vector<std::string>> backupCodes = {};
  Field<std::string> externalId = {};
  Field<std::chrono::system_clock::time_point> createdAt = {};
  Field<bool> skipLegalChecks = {};
  Field<std::chrono::system_clock::time_point> legalAcceptedAt = {};
  Field<std::string> locale = {};
  Field<std::string> timezone = {};
  Field<bool> deleteSelfEnabled = {};
  Field<bool> createOrganizationEnabled = {};
  Field<std::int64_t> createOrganizationsLimit = {};
  Field<boost::json::object> publicMetadata = {};
  Field<boost::json::object> privateMetadata = {};
  Field<boost::json::object> unsafeMetadata = {};
  Field<std::string> passwordDigest = {};
  Field<std::string> passwordHasher = {};
};

struct ReplaceUserEmailAddressParams {
  std::string emailAddress = {};
};

struct ReplaceUserPhoneNumberParams {
  std::string phoneNumber = {};
};

struct UpdateUserProfileImageParams {
  File file;
};

struct UserMetadataParams {
  Field<boost::json::object> publicMetadata = {};
  Field<boost::json::object> privateMetadata = {};
  Field<boost::json::object> unsafeMetadata = {};
};

struct GetUserCountParams {
  std::vector<std::string> emailAddress = {};
  std::vector<std::string> phoneNumber = {};
  std::vector<std::string> username = {};
  std::vector<std::string> web3Wallet = {};
  std::optional<std::string> query = {};
  std::vector<std::string> userId = {};
  std::vector<std::string> externalId = {};
};

struct GetUserOrganizationMembershipListParams {
  std::optional<std::int64_t> limit = {};
  std::optional<std::int64_t> offset = {};
  std::string userId = {};
};

struct GetUserOrganizationInvitationListParams {
  std::optional<std::int64_t> limit = {};
  std::optional<std::int64_t> offset = {};
  std::string userId = {};
  std::vector<std::string> status = {};
};

struct RemovePasswordParams {
  Field<bool> signOutOfOtherSessions = {};
};

struct VerifyPasswordParams {
  std::string userId = {};
  std::string password = {};
};

struct VerifyTOTPParams {
  std::string userId = {};
  std::string code = {};
};

struct DeleteUserPasskeyParams {
  std::string userId = {};
  std::string passkeyIdentificationId = {};
};

struct DeleteUserWeb3WalletParams {
  std::string userId = {};
  std::string web3WalletIdentificationId = {};
};

struct DeleteUserExternalAccountParams {
  std::string userId = {};
  std::string externalAccountId = {};
};

struct SetPasswordCompromisedParams {
  Field<bool> revokeAllSessions = {};
};

/// Errors and threads: see BackendApi.
class UserAPI {
 public:
  explicit UserAPI(std::shared_ptr<const api::ClientContext> context) noexcept : context_(std::move(context)) {}

  /// GET /v1/users
  /// Two requests: the list and, with the same filters, the count.
  async::Task<PaginatedResourceResponse<User>> getUserList(GetUserListParams params = {}, CallOptions call = {}) const;
  /// GET /v1/users/{userId}
  async::Task<User> getUser(std::string userId, CallOptions call = {}) const;
  /// POST /v1/users
  async::Task<User> createUser(CreateUserParams params, CallOptions call = {}) const;
  /// PATCH /v1/users/{userId}
  /// Metadata that is given here replaces all of it: better use updateUserMetadata.
  async::Task<User> updateUser(std::string userId, UpdateUserParams params = {}, CallOptions call = {}) const;
  /// PUT /v1/users/{userId}/email_address
  async::Task<EmailAddress> replaceUserEmailAddress(
      std::string userId, ReplaceUserEmailAddressParams params, CallOptions call = {}) const;
  /// PUT /v1/users/{userId}/phone_number
  async::Task<PhoneNumber> replaceUserPhoneNumber(
      std::string userId, ReplaceUserPhoneNumberParams params, CallOptions call = {}) const;
  /// POST /v1/users/{userId}/profile_image
  async::Task<User> updateUserProfileImage(
      std::string userId, UpdateUserProfileImageParams params, CallOptions call = {}) const;
  /// PATCH /v1/users/{userId}/metadata
  /// Merges: members that are null are removed.
  async::Task<User> updateUserMetadata(std::string userId, UserMetadataParams params, CallOptions call = {}) const;
  /// PUT /v1/users/{userId}/metadata
  async::Task<User> replaceUserMetadata(std::string userId, UserMetadataParams params, CallOptions call = {}) const;
  /// DELETE /v1/users/{userId}
  async::Task<DeletedObject> deleteUser(std::string userId, CallOptions call = {}) const;
  /// GET /v1/users/count
  async::Task<std::int64_t> getCount(GetUserCountParams params = {}, CallOptions call = {}) const;
  /// GET /v1/users/{userId}/oauth_access_tokens/oauth_{provider}?paginated=true
  /// `provider` without `oauth_`, such as `google`.
  async::Task<PaginatedResourceResponse<OauthAccessToken>> getUserOauthAccessToken(
      std::string userId, std::string provider, CallOptions call = {}) const;
  /// DELETE /v1/users/{userId}/mfa
  async::Task<UserId> disableUserMFA(std::string userId, CallOptions call = {}) const;
  /// GET /v1/users/{userId}/organization_memberships
  async::Task<PaginatedResourceResponse<OrganizationMembership>> getOrganizationMembershipList(
      GetUserOrganizationMembershipListParams params, CallOptions call = {}) const;
  /// GET /v1/users/{userId}/organization_invitations
  async::Task<PaginatedResourceResponse<OrganizationInvitation>> getOrganizationInvitationList(
      GetUserOrganizationInvitationListParams params, CallOptions call = {}) const;
  /// POST /v1/users/{userId}/remove_password
  async::Task<User> removePassword(std::string userId, RemovePasswordParams params = {}, CallOptions call = {}) const;
  /// POST /v1/users/{userId}/verify_password
  /// A wrong password is an error of the API.
  async::Task<PasswordVerification> verifyPassword(VerifyPasswordParams params, CallOptions call = {}) const;
  /// POST /v1/users/{userId}/verify_totp
  /// A wrong code is an error of the API.
  async::Task<TOTPVerification> verifyTOTP(VerifyTOTPParams params, CallOptions call = {}) const;
  /// POST /v1/users/{userId}/ban
  async::Task<User> banUser(std::string userId, CallOptions call = {}) const;
  /// POST /v1/users/{userId}/unban
  async::Task<User> unbanUser(std::string userId, CallOptions call = {}) const;
  /// POST /v1/users/{userId}/lock
  async::Task<User> lockUser(std::string userId, CallOptions call = {}) const;
  /// POST /v1/users/{userId}/unlock
  async::Task<User> unlockUser(std::string userId, CallOptions call = {}) const;
  /// DELETE /v1/users/{userId}/profile_image
  async::Task<User> deleteUserProfileImage(std::string userId, CallOptions call = {}) const;
  /// DELETE /v1/users/{userId}/passkeys/{passkeyIdentificationId}
  async::Task<DeletedObject> deleteUserPasskey(DeleteUserPasskeyParams params, CallOptions call = {}) const;
  /// DELETE /v1/users/{userId}/web3_wallets/{web3WalletIdentificationId}
  async::Task<DeletedObject> deleteUserWeb3Wallet(DeleteUserWeb3WalletParams params, CallOptions call = {}) const;
  /// DELETE /v1/users/{userId}/external_accounts/{externalAccountId}
  async::Task<DeletedObject> deleteUserExternalAccount(
      DeleteUserExternalAccountParams params, CallOptions call = {}) const;
  /// DELETE /v1/users/{userId}/backup_code
  async::Task<UserId> deleteUserBackupCodes(std::string userId, CallOptions call = {}) const;
  /// DELETE /v1/users/{userId}/totp
  async::Task<UserId> deleteUserTOTP(std::string userId, CallOptions call = {}) const;
  /// POST /v1/users/{userId}/password/set_compromised
  async::Task<User> setPasswordCompromised(
      std::string userId, SetPasswordCompromisedParams params = {}, CallOptions call = {}) const;
  /// POST /v1/users/{userId}/password/unset_compromised
  async::Task<User> unsetPasswordCompromised(std::string userId, CallOptions call = {}) const;

 private:
  std::shared_ptr<const api::ClientContext> context_;
};

}  // namespace clerk
