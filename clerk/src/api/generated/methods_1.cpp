// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off

#include "api/typed_call.hpp"

#include <clerk/api/described_parameters.hpp>

namespace clerk {

// --- client.users

async::Task<PaginatedResourceResponse<User>> UserAPI::getUserList(GetUserListParams params, CallOptions call) const {
  return api::call<PaginatedResourceResponse<User>>(context_, "users.getUserList", std::move(call), params);
}
async::Task<User> UserAPI::getUser(std::string userId, CallOptions call) const {
  return api::call<User>(context_, "users.getUser", std::move(call), userId);
}
async::Task<User> UserAPI::createUser(CreateUserParams params, CallOptions call) const {
  return api::call<User>(context_, "users.createUser", std::move(call), params);
}
async::Task<User> UserAPI::updateUser(std::string userId, UpdateUserParams params, CallOptions call) const {
  return api::call<User>(context_, "users.updateUser", std::move(call), userId, params);
}
async::Task<EmailAddress> UserAPI::replaceUserEmailAddress(
      std::string userId, ReplaceUserEmailAddressParams params, CallOptions call) const {
  return api::call<EmailAddress>(context_, "users.replaceUserEmailAddress", std::move(call), userId, params);
}
async::Task<PhoneNumber> UserAPI::replaceUserPhoneNumber(
      std::string userId, ReplaceUserPhoneNumberParams params, CallOptions call) const {
  return api::call<PhoneNumber>(context_, "users.replaceUserPhoneNumber", std::move(call), userId, params);
}
async::Task<User> UserAPI::updateUserProfileImage(
      std::string userId, UpdateUserProfileImageParams params, CallOptions call) const {
  return api::call<User>(context_, "users.updateUserProfileImage", std::move(call), userId, params);
}
async::Task<User> UserAPI::updateUserMetadata(std::string userId, UserMetadataParams params, CallOptions call) const {
  return api::call<User>(context_, "users.updateUserMetadata", std::move(call), userId, params);
}
async::Task<User> UserAPI::replaceUserMetadata(
      std::string userId, UserMetadataParams params, CallOptions call) const {
  return api::call<User>(context_, "users.replaceUserMetadata", std::move(call), userId, params);
}
async::Task<DeletedObject> UserAPI::deleteUser(std::string userId, CallOptions call) const {
  return api::call<DeletedObject>(context_, "users.deleteUser", std::move(call), userId);
}
async::Task<std::int64_t> UserAPI::getCount(GetUserCountParams params, CallOptions call) const {
  return api::call<std::int64_t>(context_, "users.getCount", std::move(call), params);
}
async::Task<PaginatedResourceResponse<OauthAccessToken>> UserAPI::getUserOauthAccessToken(
      std::string userId, std::string provider, CallOptions call) const {
  return api::call<PaginatedResourceResponse<OauthAccessToken>>(context_, "users.getUserOauthAccessToken", std::move(call), userId, provider);
}
async::Task<UserId> UserAPI::disableUserMFA(std::string userId, CallOptions call) const {
  return api::call<UserId>(context_, "users.disableUserMFA", std::move(call), userId);
}
async::Task<PaginatedResourceResponse<OrganizationMembership>> UserAPI::getOrganizationMembershipList(
      GetUserOrganizationMembershipListParams params, CallOptions call) const {
  return api::call<PaginatedResourceResponse<OrganizationMembership>>(context_, "users.getOrganizationMembershipList", std::move(call), params);
}
async::Task<PaginatedResourceResponse<OrganizationInvitation>> UserAPI::getOrganizationInvitationList(
      GetUserOrganizationInvitationListParams params, CallOptions call) const {
  return api::call<PaginatedResourceResponse<OrganizationInvitation>>(context_, "users.getOrganizationInvitationList", std::move(call), params);
}
async::Task<User> UserAPI::removePassword(std::string userId, RemovePasswordParams params, CallOptions call) const {
  return api::call<User>(context_, "users.removePassword", std::move(call), userId, params);
}
async::Task<PasswordVerification> UserAPI::verifyPassword(VerifyPasswordParams params, CallOptions call) const {
  return api::call<PasswordVerification>(context_, "users.verifyPassword", std::move(call), params);
}
async::Task<TOTPVerification> UserAPI::verifyTOTP(VerifyTOTPParams params, CallOptions call) const {
  return api::call<TOTPVerification>(context_, "users.verifyTOTP", std::move(call), params);
}
async::Task<User> UserAPI::banUser(std::string userId, CallOptions call) const {
  return api::call<User>(context_, "users.banUser", std::move(call), userId);
}
async::Task<User> UserAPI::unbanUser(std::string userId, CallOptions call) const {
  return api::call<User>(context_, "users.unbanUser", std::move(call), userId);
}
async::Task<User> UserAPI::lockUser(std::string userId, CallOptions call) const {
  return api::call<User>(context_, "users.lockUser", std::move(call), userId);
}
async::Task<User> UserAPI::unlockUser(std::string userId, CallOptions call) const {
  return api::call<User>(context_, "users.unlockUser", std::move(call), userId);
}
async::Task<User> UserAPI::deleteUserProfileImage(std::string userId, CallOptions call) const {
  return api::call<User>(context_, "users.deleteUserProfileImage", std::move(call), userId);
}
async::Task<DeletedObject> UserAPI::deleteUserPasskey(DeleteUserPasskeyParams params, CallOptions call) const {
  return api::call<DeletedObject>(context_, "users.deleteUserPasskey", std::move(call), params);
}
async::Task<DeletedObject> UserAPI::deleteUserWeb3Wallet(DeleteUserWeb3WalletParams params, CallOptions call) const {
  return api::call<DeletedObject>(context_, "users.deleteUserWeb3Wallet", std::move(call), params);
}
async::Task<DeletedObject> UserAPI::deleteUserExternalAccount(
      DeleteUserExternalAccountParams params, CallOptions call) const {
  return api::call<DeletedObject>(context_, "users.deleteUserExternalAccount", std::move(call), params);
}
async::Task<UserId> UserAPI::deleteUserBackupCodes(std::string userId, CallOptions call) const {
  return api::call<UserId>(context_, "users.deleteUserBackupCodes", std::move(call), userId);
}
async::Task<UserId> UserAPI::deleteUserTOTP(std::string userId, CallOptions call) const {
  return api::call<UserId>(context_, "users.deleteUserTOTP", std::move(call), userId);
}
async::Task<User> UserAPI::setPasswordCompromised(
      std::string userId, SetPasswordCompromisedParams params, CallOptions call) const {
  return api::call<User>(context_, "users.setPasswordCompromised", std::move(call), userId, params);
}
async::Task<User> UserAPI::unsetPasswordCompromised(std::string userId, CallOptions call) const {
  return api::call<User>(context_, "users.unsetPasswordCompromised", std::move(call), userId);
}

// --- client.sessions

async::Task<PaginatedResourceResponse<Session>> SessionAPI::getSessionList(
      GetSessionListParams params, CallOptions call) const {
  return api::call<PaginatedResourceResponse<Session>>(context_, "sessions.getSessionList", std::move(call), params);
}
async::Task<Session> SessionAPI::getSession(std::string sessionId, CallOptions call) const {
  return api::call<Session>(context_, "sessions.getSession", std::move(call), sessionId);
}
async::Task<Session> SessionAPI::createSession(CreateSessionParams params, CallOptions call) const {
  return api::call<Session>(context_, "sessions.createSession", std::move(call), params);
}
async::Task<Session> SessionAPI::revokeSession(std::string sessionId, CallOptions call) const {
  return api::call<Session>(context_, "sessions.revokeSession", std::move(call), sessionId);
}
async::Task<Session> SessionAPI::verifySession(std::string sessionId, std::string token, CallOptions call) const {
  return api::call<Session>(context_, "sessions.verifySession", std::move(call), sessionId, token);
}
async::Task<Token> SessionAPI::getToken(
      std::string sessionId, std::string template_, std::optional<double> expiresInSeconds, CallOptions call) const {
  return api::call<Token>(context_, "sessions.getToken", std::move(call), sessionId, template_, expiresInSeconds);
}
async::Task<RefreshedSession> SessionAPI::refreshSession(
      std::string sessionId, RefreshSessionParams params, CallOptions call) const {
  return api::call<RefreshedSession>(context_, "sessions.refreshSession", std::move(call), sessionId, params);
}

// --- client.organizations

async::Task<PaginatedResourceResponse<Organization>> OrganizationAPI::getOrganizationList(
      GetOrganizationListParams params, CallOptions call) const {
  return api::call<PaginatedResourceResponse<Organization>>(context_, "organizations.getOrganizationList", std::move(call), params);
}
async::Task<Organization> OrganizationAPI::createOrganization(
      CreateOrganizationParams params, CallOptions call) const {
  return api::call<Organization>(context_, "organizations.createOrganization", std::move(call), params);
}
async::Task<Organization> OrganizationAPI::getOrganization(GetOrganizationParams params, CallOptions call) const {
  return api::call<Organization>(context_, "organizations.getOrganization", std::move(call), params);
}
async::Task<Organization> OrganizationAPI::updateOrganization(
      std::string organizationId, UpdateOrganizationParams params, CallOptions call) const {
  return api::call<Organization>(context_, "organizations.updateOrganization", std::move(call), organizationId, params);
}
async::Task<Organization> OrganizationAPI::updateOrganizationLogo(
      std::string organizationId, UpdateOrganizationLogoParams params, CallOptions call) const {
  return api::call<Organization>(context_, "organizations.updateOrganizationLogo", std::move(call), organizationId, params);
}
async::Task<Organization> OrganizationAPI::deleteOrganizationLogo(
      std::string organizationId, CallOptions call) const {
  return api::call<Organization>(context_, "organizations.deleteOrganizationLogo", std::move(call), organizationId);
}
async::Task<Organization> OrganizationAPI::updateOrganizationMetadata(
      std::string organizationId, OrganizationMetadataParams params, CallOptions call) const {
  return api::call<Organization>(context_, "organizations.updateOrganizationMetadata", std::move(call), organizationId, params);
}
async::Task<Organization> OrganizationAPI::replaceOrganizationMetadata(
      std::string organizationId, OrganizationMetadataParams params, CallOptions call) const {
  return api::call<Organization>(context_, "organizations.replaceOrganizationMetadata", std::move(call), organizationId, params);
}
async::Task<DeletedObject> OrganizationAPI::deleteOrganization(std::string organizationId, CallOptions call) const {
  return api::call<DeletedObject>(context_, "organizations.deleteOrganization", std::move(call), organizationId);
}
async::Task<PaginatedResourceResponse<OrganizationMembership>> OrganizationAPI::getOrganizationMembershipList(
      GetOrganizationMembershipListParams params, CallOptions call) const {
  return api::call<PaginatedResourceResponse<OrganizationMembership>>(context_, "organizations.getOrganizationMembershipList", std::move(call), params);
}
async::Task<PaginatedResourceResponse<OrganizationMembership>> OrganizationAPI::getInstanceOrganizationMembershipList(
      GetInstanceOrganizationMembershipListParams params, CallOptions call) const {
  return api::call<PaginatedResourceResponse<OrganizationMembership>>(context_, "organizations.getInstanceOrganizationMembershipList", std::move(call), params);
}
async::Task<OrganizationMembership> OrganizationAPI::createOrganizationMembership(
      CreateOrganizationMembershipParams params, CallOptions call) const {
  return api::call<OrganizationMembership>(context_, "organizations.createOrganizationMembership", std::move(call), params);
}
async::Task<OrganizationMembership> OrganizationAPI::updateOrganizationMembership(
      UpdateOrganizationMembershipParams params, CallOptions call) const {
  return api::call<OrganizationMembership>(context_, "organizations.updateOrganizationMembership", std::move(call), params);
}
async::Task<OrganizationMembership> OrganizationAPI::updateOrganizationMembershipMetadata(
      UpdateOrganizationMembershipMetadataParams params, CallOptions call) const {
  return api::call<OrganizationMembership>(context_, "organizations.updateOrganizationMembershipMetadata", std::move(call), params);
}
async::Task<OrganizationMembership> OrganizationAPI::deleteOrganizationMembership(
      DeleteOrganizationMembershipParams params, CallOptions call) const {
  return api::call<OrganizationMembership>(context_, "organizations.deleteOrganizationMembership", std::move(call), params);
}
async::Task<PaginatedResourceResponse<OrganizationInvitation>> OrganizationAPI::getOrganizationInvitationList(
      GetOrganizationInvitationListParams params, CallOptions call) const {
  return api::call<PaginatedResourceResponse<OrganizationInvitation>>(context_, "organizations.getOrganizationInvitationList", std::move(call), params);
}
async::Task<OrganizationInvitation> OrganizationAPI::createOrganizationInvitation(
      CreateOrganizationInvitationParams params, CallOptions call) const {
  return api::call<OrganizationInvitation>(context_, "organizations.createOrganizationInvitation", std::move(call), params);
}
async::Task<PaginatedResourceResponse<OrganizationInvitation>> OrganizationAPI::createOrganizationInvitationBulk(
      std::string organizationId, std::vector<OrganizationInvitationParams> params, CallOptions call) const {
  return api::call<PaginatedResourceResponse<OrganizationInvitation>>(context_, "organizations.createOrganizationInvitationBulk", std::move(call), organizationId, params);
}
async::Task<OrganizationInvitation> OrganizationAPI::getOrganizationInvitation(
      GetOrganizationInvitationParams params, CallOptions call) const {
  return api::call<OrganizationInvitation>(context_, "organizations.getOrganizationInvitation", std::move(call), params);
}
async::Task<OrganizationInvitation> OrganizationAPI::revokeOrganizationInvitation(
      RevokeOrganizationInvitationParams params, CallOptions call) const {
  return api::call<OrganizationInvitation>(context_, "organizations.revokeOrganizationInvitation", std::move(call), params);
}
async::Task<PaginatedResourceResponse<OrganizationDomain>> OrganizationAPI::getOrganizationDomainList(
      GetOrganizationDomainListParams params, CallOptions call) const {
  return api::call<PaginatedResourceResponse<OrganizationDomain>>(context_, "organizations.getOrganizationDomainList", std::move(call), params);
}
async::Task<OrganizationDomain> OrganizationAPI::createOrganizationDomain(
      CreateOrganizationDomainParams params, CallOptions call) const {
  return api::call<OrganizationDomain>(context_, "organizations.createOrganizationDomain", std::move(call), params);
}
async::Task<OrganizationDomain> OrganizationAPI::updateOrganizationDomain(
      UpdateOrganizationDomainParams params, CallOptions call) const {
  return api::call<OrganizationDomain>(context_, "organizations.updateOrganizationDomain", std::move(call), params);
}
async::Task<DeletedObject> OrganizationAPI::deleteOrganizationDomain(
      DeleteOrganizationDomainParams params, CallOptions call) const {
  return api::call<DeletedObject>(context_, "organizations.deleteOrganizationDomain", std::move(call), params);
}

}  // namespace clerk
