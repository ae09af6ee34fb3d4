#include <clerk/api/users.hpp>

#include "api/method_call.hpp"
#include "api/typed.hpp"
#include "api/typed_call.hpp"

namespace clerk {

BOOST_DESCRIBE_STRUCT(GetUserListParams, (),
                      (limit, offset, emailAddress, phoneNumber, username, web3Wallet, query, userId, externalId,
                       orderBy, last_active_at_since, lastActiveAtBefore, lastActiveAtAfter, createdAtBefore,
                       createdAtAfter, lastSignInAtAfter, lastSignInAtBefore, organizationId))
BOOST_DESCRIBE_STRUCT(GetUserCountParams, (),
                      (emailAddress, phoneNumber, username, web3Wallet, query, userId, externalId))
BOOST_DESCRIBE_STRUCT(CreateUserParams, (),
                      (externalId, emailAddress, emailAddressIdentificationStatus, phoneNumber,
                       phoneNumberIdentificationStatus, username, password, firstName, lastName, locale, timezone,
                       skipPasswordChecks, skipPasswordRequirement, skipLegalChecks, legalAcceptedAt, totpSecret,
                       backupCodes, createdAt, banned, locked, publicMetadata, privateMetadata, unsafeMetadata,
                       passwordDigest, passwordHasher))
BOOST_DESCRIBE_STRUCT(UpdateUserParams, (),
                      (firstName, lastName, username, password, skipPasswordChecks, signOutOfOtherSessions,
                       primaryEmailAddressID, notifyPrimaryEmailAddressChanged, primaryPhoneNumberID,
                       primaryWeb3WalletID, profileImageID, totpSecret, backupCodes, externalId, createdAt,
                       skipLegalChecks, legalAcceptedAt, locale, timezone, deleteSelfEnabled, createOrganizationEnabled,
                       createOrganizationsLimit, publicMetadata, privateMetadata, unsafeMetadata, passwordDigest,
                       passwordHasher))
BOOST_DESCRIBE_STRUCT(UserMetadataParams, (), (publicMetadata, privateMetadata, unsafeMetadata))
BOOST_DESCRIBE_STRUCT(ReplaceUserEmailAddressParams, (), (emailAddress))
BOOST_DESCRIBE_STRUCT(ReplaceUserPhoneNumberParams, (), (phoneNumber))
BOOST_DESCRIBE_STRUCT(UserPageParams, (), (userId, limit, offset))
BOOST_DESCRIBE_STRUCT(UserInvitationPageParams, (), (userId, limit, offset, status))
BOOST_DESCRIBE_STRUCT(RemovePasswordParams, (), (signOutOfOtherSessions))
BOOST_DESCRIBE_STRUCT(VerifyPasswordParams, (), (userId, password))
BOOST_DESCRIBE_STRUCT(VerifyTOTPParams, (), (userId, code))
BOOST_DESCRIBE_STRUCT(SetPasswordCompromisedParams, (), (revokeAllSessions))
BOOST_DESCRIBE_STRUCT(DeleteUserPasskeyParams, (), (userId, passkeyIdentificationId))
BOOST_DESCRIBE_STRUCT(DeleteUserWeb3WalletParams, (), (userId, web3WalletIdentificationId))
BOOST_DESCRIBE_STRUCT(DeleteUserExternalAccountParams, (), (userId, externalAccountId))

using api::call;
using api::paramsOf;

async::Task<PaginatedResourceResponse<User>> UserAPI::getUserList(GetUserListParams params) const {
  return call<PaginatedResourceResponse<User>>(context_, "users.getUserList", {paramsOf(params)});
}
async::Task<User> UserAPI::getUser(std::string userId) const { return call<User>(context_, "users.getUser", {userId}); }
async::Task<User> UserAPI::createUser(CreateUserParams params) const {
  return call<User>(context_, "users.createUser", {paramsOf(params)});
}
async::Task<User> UserAPI::updateUser(std::string userId, UpdateUserParams params) const {
  return call<User>(context_, "users.updateUser", {userId, paramsOf(params)});
}
async::Task<EmailAddress> UserAPI::replaceUserEmailAddress(std::string userId,
                                                           ReplaceUserEmailAddressParams params) const {
  return call<EmailAddress>(context_, "users.replaceUserEmailAddress", {userId, paramsOf(params)});
}
async::Task<PhoneNumber> UserAPI::replaceUserPhoneNumber(std::string userId,
                                                         ReplaceUserPhoneNumberParams params) const {
  return call<PhoneNumber>(context_, "users.replaceUserPhoneNumber", {userId, paramsOf(params)});
}
async::Task<User> UserAPI::updateUserProfileImage(std::string userId, UpdateUserProfileImageParams params) const {
  const boost::json::object file{{"bytes", params.file.bytes}, {"name", params.file.name}, {"type", params.file.type}};
  return call<User>(context_, "users.updateUserProfileImage", {userId, boost::json::object{{"file", file}}});
}
async::Task<User> UserAPI::updateUserMetadata(std::string userId, UserMetadataParams params) const {
  return call<User>(context_, "users.updateUserMetadata", {userId, paramsOf(params)});
}
async::Task<User> UserAPI::replaceUserMetadata(std::string userId, UserMetadataParams params) const {
  return call<User>(context_, "users.replaceUserMetadata", {userId, paramsOf(params)});
}
async::Task<DeletedObject> UserAPI::deleteUser(std::string userId) const {
  return call<DeletedObject>(context_, "users.deleteUser", {userId});
}
async::Task<std::int64_t> UserAPI::getCount(GetUserCountParams params) const {
  return call<std::int64_t>(context_, "users.getCount", {paramsOf(params)});
}
async::Task<PaginatedResourceResponse<OauthAccessToken>> UserAPI::getUserOauthAccessToken(std::string userId,
                                                                                          std::string provider) const {
  return call<PaginatedResourceResponse<OauthAccessToken>>(context_, "users.getUserOauthAccessToken",
                                                           {userId, provider});
}
async::Task<boost::json::value> UserAPI::disableUserMFA(std::string userId) const {
  return call<boost::json::value>(context_, "users.disableUserMFA", {userId});
}
async::Task<PaginatedResourceResponse<OrganizationMembership>> UserAPI::getOrganizationMembershipList(
    UserPageParams params) const {
  return call<PaginatedResourceResponse<OrganizationMembership>>(context_, "users.getOrganizationMembershipList",
                                                                 {paramsOf(params)});
}
async::Task<PaginatedResourceResponse<OrganizationInvitation>> UserAPI::getOrganizationInvitationList(
    UserInvitationPageParams params) const {
  return call<PaginatedResourceResponse<OrganizationInvitation>>(context_, "users.getOrganizationInvitationList",
                                                                 {paramsOf(params)});
}
async::Task<User> UserAPI::removePassword(std::string userId, RemovePasswordParams params) const {
  return call<User>(context_, "users.removePassword", {userId, paramsOf(params)});
}
async::Task<boost::json::value> UserAPI::verifyPassword(VerifyPasswordParams params) const {
  return call<boost::json::value>(context_, "users.verifyPassword", {paramsOf(params)});
}
async::Task<boost::json::value> UserAPI::verifyTOTP(VerifyTOTPParams params) const {
  return call<boost::json::value>(context_, "users.verifyTOTP", {paramsOf(params)});
}
async::Task<User> UserAPI::banUser(std::string userId) const { return call<User>(context_, "users.banUser", {userId}); }
async::Task<User> UserAPI::unbanUser(std::string userId) const {
  return call<User>(context_, "users.unbanUser", {userId});
}
async::Task<User> UserAPI::lockUser(std::string userId) const {
  return call<User>(context_, "users.lockUser", {userId});
}
async::Task<User> UserAPI::unlockUser(std::string userId) const {
  return call<User>(context_, "users.unlockUser", {userId});
}
async::Task<User> UserAPI::deleteUserProfileImage(std::string userId) const {
  return call<User>(context_, "users.deleteUserProfileImage", {userId});
}
async::Task<DeletedObject> UserAPI::deleteUserPasskey(DeleteUserPasskeyParams params) const {
  return call<DeletedObject>(context_, "users.deleteUserPasskey", {paramsOf(params)});
}
async::Task<DeletedObject> UserAPI::deleteUserWeb3Wallet(DeleteUserWeb3WalletParams params) const {
  return call<DeletedObject>(context_, "users.deleteUserWeb3Wallet", {paramsOf(params)});
}
async::Task<DeletedObject> UserAPI::deleteUserExternalAccount(DeleteUserExternalAccountParams params) const {
  return call<DeletedObject>(context_, "users.deleteUserExternalAccount", {paramsOf(params)});
}
async::Task<boost::json::value> UserAPI::deleteUserBackupCodes(std::string userId) const {
  return call<boost::json::value>(context_, "users.deleteUserBackupCodes", {userId});
}
async::Task<boost::json::value> UserAPI::deleteUserTOTP(std::string userId) const {
  return call<boost::json::value>(context_, "users.deleteUserTOTP", {userId});
}
async::Task<User> UserAPI::setPasswordCompromised(std::string userId, SetPasswordCompromisedParams params) const {
  return call<User>(context_, "users.setPasswordCompromised", {userId, paramsOf(params)});
}
async::Task<User> UserAPI::unsetPasswordCompromised(std::string userId) const {
  return call<User>(context_, "users.unsetPasswordCompromised", {userId});
}

}  // namespace clerk
