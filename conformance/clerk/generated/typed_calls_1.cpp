// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off

#include "typed_calls.hpp"

namespace conformance {

void addTypedMethods1(TypedMethods& methods);

void addTypedMethods1(TypedMethods& methods) {
  methods["users.getUserList"] = typed<&clerk::BackendApi::users, &clerk::UserAPI::getUserList>;
  methods["users.getUser"] = typed<&clerk::BackendApi::users, &clerk::UserAPI::getUser>;
  methods["users.createUser"] = typed<&clerk::BackendApi::users, &clerk::UserAPI::createUser>;
  methods["users.updateUser"] = typed<&clerk::BackendApi::users, &clerk::UserAPI::updateUser>;
  methods["users.replaceUserEmailAddress"] = typed<&clerk::BackendApi::users, &clerk::UserAPI::replaceUserEmailAddress>;
  methods["users.replaceUserPhoneNumber"] = typed<&clerk::BackendApi::users, &clerk::UserAPI::replaceUserPhoneNumber>;
  methods["users.updateUserProfileImage"] = typed<&clerk::BackendApi::users, &clerk::UserAPI::updateUserProfileImage>;
  methods["users.updateUserMetadata"] = typed<&clerk::BackendApi::users, &clerk::UserAPI::updateUserMetadata>;
  methods["users.replaceUserMetadata"] = typed<&clerk::BackendApi::users, &clerk::UserAPI::replaceUserMetadata>;
  methods["users.deleteUser"] = typed<&clerk::BackendApi::users, &clerk::UserAPI::deleteUser>;
  methods["users.getCount"] = typed<&clerk::BackendApi::users, &clerk::UserAPI::getCount>;
  methods["users.getUserOauthAccessToken"] = typed<&clerk::BackendApi::users, &clerk::UserAPI::getUserOauthAccessToken>;
  methods["users.disableUserMFA"] = typed<&clerk::BackendApi::users, &clerk::UserAPI::disableUserMFA>;
  methods["users.getOrganizationMembershipList"] = typed<&clerk::BackendApi::users, &clerk::UserAPI::getOrganizationMembershipList>;
  methods["users.getOrganizationInvitationList"] = typed<&clerk::BackendApi::users, &clerk::UserAPI::getOrganizationInvitationList>;
  methods["users.removePassword"] = typed<&clerk::BackendApi::users, &clerk::UserAPI::removePassword>;
  methods["users.verifyPassword"] = typed<&clerk::BackendApi::users, &clerk::UserAPI::verifyPassword>;
  methods["users.verifyTOTP"] = typed<&clerk::BackendApi::users, &clerk::UserAPI::verifyTOTP>;
  methods["users.banUser"] = typed<&clerk::BackendApi::users, &clerk::UserAPI::banUser>;
  methods["users.unbanUser"] = typed<&clerk::BackendApi::users, &clerk::UserAPI::unbanUser>;
  methods["users.lockUser"] = typed<&clerk::BackendApi::users, &clerk::UserAPI::lockUser>;
  methods["users.unlockUser"] = typed<&clerk::BackendApi::users, &clerk::UserAPI::unlockUser>;
  methods["users.deleteUserProfileImage"] = typed<&clerk::BackendApi::users, &clerk::UserAPI::deleteUserProfileImage>;
  methods["users.deleteUserPasskey"] = typed<&clerk::BackendApi::users, &clerk::UserAPI::deleteUserPasskey>;
  methods["users.deleteUserWeb3Wallet"] = typed<&clerk::BackendApi::users, &clerk::UserAPI::deleteUserWeb3Wallet>;
  methods["users.deleteUserExternalAccount"] = typed<&clerk::BackendApi::users, &clerk::UserAPI::deleteUserExternalAccount>;
  methods["users.deleteUserBackupCodes"] = typed<&clerk::BackendApi::users, &clerk::UserAPI::deleteUserBackupCodes>;
  methods["users.deleteUserTOTP"] = typed<&clerk::BackendApi::users, &clerk::UserAPI::deleteUserTOTP>;
  methods["users.setPasswordCompromised"] = typed<&clerk::BackendApi::users, &clerk::UserAPI::setPasswordCompromised>;
  methods["users.unsetPasswordCompromised"] = typed<&clerk::BackendApi::users, &clerk::UserAPI::unsetPasswordCompromised>;
  methods["sessions.getSessionList"] = typed<&clerk::BackendApi::sessions, &clerk::SessionAPI::getSessionList>;
  methods["sessions.getSession"] = typed<&clerk::BackendApi::sessions, &clerk::SessionAPI::getSession>;
  methods["sessions.createSession"] = typed<&clerk::BackendApi::sessions, &clerk::SessionAPI::createSession>;
  methods["sessions.revokeSession"] = typed<&clerk::BackendApi::sessions, &clerk::SessionAPI::revokeSession>;
  methods["sessions.verifySession"] = typed<&clerk::BackendApi::sessions, &clerk::SessionAPI::verifySession>;
  methods["sessions.getToken"] = typed<&clerk::BackendApi::sessions, &clerk::SessionAPI::getToken>;
  methods["sessions.refreshSession"] = typed<&clerk::BackendApi::sessions, &clerk::SessionAPI::refreshSession>;
  methods["organizations.getOrganizationList"] = typed<&clerk::BackendApi::organizations, &clerk::OrganizationAPI::getOrganizationList>;
  methods["organizations.createOrganization"] = typed<&clerk::BackendApi::organizations, &clerk::OrganizationAPI::createOrganization>;
  methods["organizations.getOrganization"] = typed<&clerk::BackendApi::organizations, &clerk::OrganizationAPI::getOrganization>;
  methods["organizations.updateOrganization"] = typed<&clerk::BackendApi::organizations, &clerk::OrganizationAPI::updateOrganization>;
  methods["organizations.updateOrganizationLogo"] = typed<&clerk::BackendApi::organizations, &clerk::OrganizationAPI::updateOrganizationLogo>;
  methods["organizations.deleteOrganizationLogo"] = typed<&clerk::BackendApi::organizations, &clerk::OrganizationAPI::deleteOrganizationLogo>;
  methods["organizations.updateOrganizationMetadata"] = typed<&clerk::BackendApi::organizations, &clerk::OrganizationAPI::updateOrganizationMetadata>;
  methods["organizations.replaceOrganizationMetadata"] = typed<&clerk::BackendApi::organizations, &clerk::OrganizationAPI::replaceOrganizationMetadata>;
  methods["organizations.deleteOrganization"] = typed<&clerk::BackendApi::organizations, &clerk::OrganizationAPI::deleteOrganization>;
  methods["organizations.getOrganizationMembershipList"] = typed<&clerk::BackendApi::organizations, &clerk::OrganizationAPI::getOrganizationMembershipList>;
  methods["organizations.getInstanceOrganizationMembershipList"] = typed<&clerk::BackendApi::organizations, &clerk::OrganizationAPI::getInstanceOrganizationMembershipList>;
  methods["organizations.createOrganizationMembership"] = typed<&clerk::BackendApi::organizations, &clerk::OrganizationAPI::createOrganizationMembership>;
  methods["organizations.updateOrganizationMembership"] = typed<&clerk::BackendApi::organizations, &clerk::OrganizationAPI::updateOrganizationMembership>;
  methods["organizations.updateOrganizationMembershipMetadata"] = typed<&clerk::BackendApi::organizations, &clerk::OrganizationAPI::updateOrganizationMembershipMetadata>;
  methods["organizations.deleteOrganizationMembership"] = typed<&clerk::BackendApi::organizations, &clerk::OrganizationAPI::deleteOrganizationMembership>;
  methods["organizations.getOrganizationInvitationList"] = typed<&clerk::BackendApi::organizations, &clerk::OrganizationAPI::getOrganizationInvitationList>;
  methods["organizations.createOrganizationInvitation"] = typed<&clerk::BackendApi::organizations, &clerk::OrganizationAPI::createOrganizationInvitation>;
  methods["organizations.createOrganizationInvitationBulk"] = typed<&clerk::BackendApi::organizations, &clerk::OrganizationAPI::createOrganizationInvitationBulk>;
  methods["organizations.getOrganizationInvitation"] = typed<&clerk::BackendApi::organizations, &clerk::OrganizationAPI::getOrganizationInvitation>;
  methods["organizations.revokeOrganizationInvitation"] = typed<&clerk::BackendApi::organizations, &clerk::OrganizationAPI::revokeOrganizationInvitation>;
  methods["organizations.getOrganizationDomainList"] = typed<&clerk::BackendApi::organizations, &clerk::OrganizationAPI::getOrganizationDomainList>;
  methods["organizations.createOrganizationDomain"] = typed<&clerk::BackendApi::organizations, &clerk::OrganizationAPI::createOrganizationDomain>;
  methods["organizations.updateOrganizationDomain"] = typed<&clerk::BackendApi::organizations, &clerk::OrganizationAPI::updateOrganizationDomain>;
  methods["organizations.deleteOrganizationDomain"] = typed<&clerk::BackendApi::organizations, &clerk::OrganizationAPI::deleteOrganizationDomain>;
}

}  // namespace conformance
