#include "api/endpoints.hpp"

#include <unordered_map>

namespace clerk::api {
namespace {

// clang-format off
// Types of fields: text (when nothing is said), bool, int, number, time (milliseconds), date, object, any, file, a
// Shape; `[]` behind it makes a list.
constexpr Endpoint kEndpoints[] = {
    {"users.getUserList", "query?",
     "GetUserListParams: limit?:int offset?:int emailAddress?:text[] phoneNumber?:text[] username?:text[] "
     "web3Wallet?:text[] query? userId?:text[] externalId?:text[] orderBy? last_active_at_since?:time "
     "lastActiveAtBefore?:time lastActiveAtAfter?:time createdAtBefore?:time createdAtAfter?:time "
     "lastSignInAtAfter?:time lastSignInAtBefore?:time organizationId?:text[]",
     "Page<User>", "GET", "/users", 0},
    {"users.getUser", "userId", "", "User", "GET", "/users/{userId}", 0},
    {"users.createUser", "body",
     "CreateUserParams: externalId? emailAddress?:text[] emailAddressIdentificationStatus? phoneNumber?:text[] "
     "phoneNumberIdentificationStatus? username? password? firstName? lastName? locale? timezone? "
     "skipPasswordChecks?:bool skipPasswordRequirement?:bool skipLegalChecks?:bool legalAcceptedAt?:date "
     "totpSecret? backupCodes?:text[] createdAt?:date banned?:bool locked?:bool publicMetadata?:object "
     "privateMetadata?:object unsafeMetadata?:object passwordDigest? passwordHasher?",
     "User", "POST", "/users", 0},
    {"users.updateUser", "userId,body?",
     "UpdateUserParams: firstName? lastName? username? password? skipPasswordChecks?:bool "
     "signOutOfOtherSessions?:bool primaryEmailAddressID? notifyPrimaryEmailAddressChanged?:bool "
     "primaryPhoneNumberID? primaryWeb3WalletID? profileImageID? totpSecret? backupCodes?:text[] externalId? "
     "createdAt?:date skipLegalChecks?:bool legalAcceptedAt?:date locale? timezone? deleteSelfEnabled?:bool "
     "createOrganizationEnabled?:bool createOrganizationsLimit?:int publicMetadata?:object "
     "privateMetadata?:object unsafeMetadata?:object passwordDigest? passwordHasher?",
     "User", "PATCH", "/users/{userId}", 0},
    {"users.replaceUserEmailAddress", "userId,body", "ReplaceUserEmailAddressParams: emailAddress", "EmailAddress", "PUT", "/users/{userId}/email_address", 0},
    {"users.replaceUserPhoneNumber", "userId,body", "ReplaceUserPhoneNumberParams: phoneNumber", "PhoneNumber", "PUT", "/users/{userId}/phone_number", 0},
    {"users.updateUserProfileImage", "userId,multipart", "UpdateUserProfileImageParams: file:file", "User", "POST", "/users/{userId}/profile_image", 0},
    {"users.updateUserMetadata", "userId,body", "UserMetadataParams: publicMetadata?:object privateMetadata?:object unsafeMetadata?:object", "User", "PATCH", "/users/{userId}/metadata", 0},
    {"users.replaceUserMetadata", "userId,body", "UserMetadataParams", "User", "PUT", "/users/{userId}/metadata", 0},
    {"users.deleteUser", "userId", "", "DeletedObject", "DELETE", "/users/{userId}", 0},
    {"users.getCount", "query?",
     "GetUserCountParams: emailAddress?:text[] phoneNumber?:text[] username?:text[] web3Wallet?:text[] query? "
     "userId?:text[] externalId?:text[]",
     "int", "GET", "/users/count", 0},
    {"users.getUserOauthAccessToken", "userId,provider", "", "Page<OauthAccessToken>", "GET", "/users/{userId}/oauth_access_tokens/oauth_{provider}", kPaginated},
    {"users.disableUserMFA", "userId", "", "UserId", "DELETE", "/users/{userId}/mfa", 0},
    {"users.getOrganizationMembershipList", "query", "GetUserOrganizationMembershipListParams: limit?:int offset?:int userId", "Page<OrganizationMembership>", "GET", "/users/{userId}/organization_memberships", 0},
    {"users.getOrganizationInvitationList", "query", "GetUserOrganizationInvitationListParams: limit?:int offset?:int userId status?:text[]", "Page<OrganizationInvitation>", "GET", "/users/{userId}/organization_invitations", 0},
    {"users.removePassword", "userId,body?", "RemovePasswordParams: signOutOfOtherSessions?:bool", "User", "POST", "/users/{userId}/remove_password", 0},
    {"users.verifyPassword", "body", "VerifyPasswordParams: userId password", "PasswordVerification", "POST", "/users/{userId}/verify_password", 0},
    {"users.verifyTOTP", "body", "VerifyTOTPParams: userId code", "TOTPVerification", "POST", "/users/{userId}/verify_totp", 0},
    {"users.banUser", "userId", "", "User", "POST", "/users/{userId}/ban", 0},
    {"users.unbanUser", "userId", "", "User", "POST", "/users/{userId}/unban", 0},
    {"users.lockUser", "userId", "", "User", "POST", "/users/{userId}/lock", 0},
    {"users.unlockUser", "userId", "", "User", "POST", "/users/{userId}/unlock", 0},
    {"users.deleteUserProfileImage", "userId", "", "User", "DELETE", "/users/{userId}/profile_image", 0},
    {"users.deleteUserPasskey", "path", "DeleteUserPasskeyParams: userId passkeyIdentificationId", "DeletedObject", "DELETE", "/users/{userId}/passkeys/{passkeyIdentificationId}", 0},
    {"users.deleteUserWeb3Wallet", "path", "DeleteUserWeb3WalletParams: userId web3WalletIdentificationId", "DeletedObject", "DELETE", "/users/{userId}/web3_wallets/{web3WalletIdentificationId}", 0},
    {"users.deleteUserExternalAccount", "path", "DeleteUserExternalAccountParams: userId externalAccountId", "DeletedObject", "DELETE", "/users/{userId}/external_accounts/{externalAccountId}", 0},
    {"users.deleteUserBackupCodes", "userId", "", "UserId", "DELETE", "/users/{userId}/backup_code", 0},
    {"users.deleteUserTOTP", "userId", "", "UserId", "DELETE", "/users/{userId}/totp", 0},
    {"users.setPasswordCompromised", "userId,body?", "SetPasswordCompromisedParams: revokeAllSessions?:bool", "User", "POST", "/users/{userId}/password/set_compromised", 0},
    {"users.unsetPasswordCompromised", "userId", "", "User", "POST", "/users/{userId}/password/unset_compromised", 0},
    {"sessions.getSessionList", "query?", "GetSessionListParams: limit?:int offset?:int clientId? userId? status?", "Page<Session>", "GET", "/sessions", kPaginated},
    {"sessions.getSession", "sessionId", "", "Session", "GET", "/sessions/{sessionId}", 0},
    {"sessions.createSession", "body", "CreateSessionParams: userId", "Session", "POST", "/sessions", 0},
    {"sessions.revokeSession", "sessionId", "", "Session", "POST", "/sessions/{sessionId}/revoke", 0},
    {"sessions.verifySession", "sessionId,=token", "", "Session", "POST", "/sessions/{sessionId}/verify", 0},
    {"sessions.getToken", "sessionId,template?,=expiresInSeconds?:number", "", "Token", "POST", "/sessions/{sessionId}/tokens/{template}", 0},
    {"sessions.refreshSession", "sessionId,body",
     "RefreshSessionParams: expired_token refresh_token request_origin request_originating_ip? "
     "request_headers?:object suffixed_cookies?:bool format?",
     "RefreshedSession", "POST", "/sessions/{sessionId}/refresh", 0},
    {"organizations.getOrganizationList", "query?",
     "GetOrganizationListParams: limit?:int offset?:int includeMembersCount?:bool query? orderBy? "
     "organizationId?:text[]",
     "Page<Organization>", "GET", "/organizations", 0},
    {"organizations.createOrganization", "body",
     "CreateOrganizationParams: name slug? createdBy? maxAllowedMemberships?:int publicMetadata?:object "
     "privateMetadata?:object",
     "Organization", "POST", "/organizations", 0},
    {"organizations.getOrganization", "query", "GetOrganizationParams: organizationId? includeMembersCount?:bool slug?", "Organization", "GET", "/organizations/{organizationId}", 0},
    {"organizations.updateOrganization", "organizationId,body",
     "UpdateOrganizationParams: name? slug? adminDeleteEnabled?:bool maxAllowedMemberships?:int "
     "publicMetadata?:object privateMetadata?:object",
     "Organization", "PATCH", "/organizations/{organizationId}", 0},
    {"organizations.updateOrganizationLogo", "organizationId,multipart", "UpdateOrganizationLogoParams: file:file uploaderUserId?", "Organization", "PUT", "/organizations/{organizationId}/logo", 0},
    {"organizations.deleteOrganizationLogo", "organizationId", "", "Organization", "DELETE", "/organizations/{organizationId}/logo", 0},
    {"organizations.updateOrganizationMetadata", "organizationId,body", "OrganizationMetadataParams: publicMetadata?:object privateMetadata?:object", "Organization", "PATCH", "/organizations/{organizationId}/metadata", 0},
    {"organizations.replaceOrganizationMetadata", "organizationId,body", "OrganizationMetadataParams", "Organization", "PUT", "/organizations/{organizationId}/metadata", 0},
    {"organizations.deleteOrganization", "organizationId", "", "DeletedObject", "DELETE", "/organizations/{organizationId}", 0},
    {"organizations.getOrganizationMembershipList", "query",
     "GetOrganizationMembershipListParams: limit?:int offset?:int organizationId orderBy? userId?:text[] "
     "emailAddress?:text[] phoneNumber?:text[] username?:text[] web3Wallet?:text[] role?:text[] query? "
     "emailAddressQuery? phoneNumberQuery? usernameQuery? nameQuery? lastActiveAtBefore?:time "
     "lastActiveAtAfter?:time createdAtBefore?:time createdAtAfter?:time",
     "Page<OrganizationMembership>", "GET", "/organizations/{organizationId}/memberships", 0},
    {"organizations.getInstanceOrganizationMembershipList", "query", "GetInstanceOrganizationMembershipListParams: limit?:int offset?:int orderBy?", "Page<OrganizationMembership>", "GET", "/organization_memberships", 0},
    {"organizations.createOrganizationMembership", "body", "CreateOrganizationMembershipParams: organizationId userId role", "OrganizationMembership", "POST", "/organizations/{organizationId}/memberships", 0},
    {"organizations.updateOrganizationMembership", "body", "UpdateOrganizationMembershipParams: organizationId userId role", "OrganizationMembership", "PATCH", "/organizations/{organizationId}/memberships/{userId}", 0},
    {"organizations.updateOrganizationMembershipMetadata", "body",
     "UpdateOrganizationMembershipMetadataParams: organizationId userId publicMetadata?:object "
     "privateMetadata?:object",
     "OrganizationMembership", "PATCH", "/organizations/{organizationId}/memberships/{userId}/metadata", 0},
    {"organizations.deleteOrganizationMembership", "path", "DeleteOrganizationMembershipParams: organizationId userId", "OrganizationMembership", "DELETE", "/organizations/{organizationId}/memberships/{userId}", 0},
    {"organizations.getOrganizationInvitationList", "query", "GetOrganizationInvitationListParams: limit?:int offset?:int organizationId status?:text[]", "Page<OrganizationInvitation>", "GET", "/organizations/{organizationId}/invitations", 0},
    {"organizations.createOrganizationInvitation", "body",
     "CreateOrganizationInvitationParams: organizationId emailAddress role expiresInDays?:int inviterUserId? "
     "privateMetadata?:object publicMetadata?:object redirectUrl?",
     "OrganizationInvitation", "POST", "/organizations/{organizationId}/invitations", 0},
    {"organizations.createOrganizationInvitationBulk", "organizationId,body[]",
     "OrganizationInvitationParams: emailAddress role expiresInDays?:int inviterUserId? "
     "privateMetadata?:object publicMetadata?:object redirectUrl?",
     "Page<OrganizationInvitation>", "POST", "/organizations/{organizationId}/invitations/bulk", 0},
    {"organizations.getOrganizationInvitation", "path", "GetOrganizationInvitationParams: organizationId invitationId", "OrganizationInvitation", "GET", "/organizations/{organizationId}/invitations/{invitationId}", 0},
    {"organizations.revokeOrganizationInvitation", "body", "RevokeOrganizationInvitationParams: organizationId invitationId requestingUserId?", "OrganizationInvitation", "POST", "/organizations/{organizationId}/invitations/{invitationId}/revoke", 0},
    {"organizations.getOrganizationDomainList", "query", "GetOrganizationDomainListParams: organizationId limit?:int offset?:int", "Page<OrganizationDomain>", "GET", "/organizations/{organizationId}/domains", 0},
    {"organizations.createOrganizationDomain", "body", "CreateOrganizationDomainParams: organizationId name enrollmentMode verified?:bool", "OrganizationDomain", "POST", "/organizations/{organizationId}/domains", 0},
    {"organizations.updateOrganizationDomain", "body", "UpdateOrganizationDomainParams: organizationId domainId name? enrollmentMode? verified?:bool", "OrganizationDomain", "PATCH", "/organizations/{organizationId}/domains/{domainId}", 0},
    {"organizations.deleteOrganizationDomain", "path", "DeleteOrganizationDomainParams: organizationId domainId", "DeletedObject", "DELETE", "/organizations/{organizationId}/domains/{domainId}", 0},
    {"invitations.getInvitationList", "query?", "GetInvitationListParams: limit?:int offset?:int orderBy? status? query?", "Page<Invitation>", "GET", "/invitations", kPaginated},
    {"invitations.createInvitation", "body",
     "CreateInvitationParams: emailAddress expiresInDays?:int ignoreExisting?:bool notify?:bool "
     "publicMetadata?:object redirectUrl? templateSlug?",
     "Invitation", "POST", "/invitations", 0},
    {"invitations.createInvitationBulk", "body[]", "CreateInvitationParams", "Invitation[]", "POST", "/invitations/bulk", 0},
    {"invitations.revokeInvitation", "invitationId", "", "Invitation", "POST", "/invitations/{invitationId}/revoke", 0},
    {"invitations.deleteInvitation", "invitationId", "", "DeletedObject", "DELETE", "/invitations/{invitationId}", 0},
    {"emailAddresses.getEmailAddress", "emailAddressId", "", "EmailAddress", "GET", "/email_addresses/{emailAddressId}", 0},
    {"emailAddresses.createEmailAddress", "body", "CreateEmailAddressParams: userId emailAddress verified?:bool primary?:bool", "EmailAddress", "POST", "/email_addresses", 0},
    {"emailAddresses.updateEmailAddress", "emailAddressId,body?", "UpdateEmailAddressParams: verified?:bool primary?:bool", "EmailAddress", "PATCH", "/email_addresses/{emailAddressId}", 0},
    {"emailAddresses.deleteEmailAddress", "emailAddressId", "", "DeletedObject", "DELETE", "/email_addresses/{emailAddressId}", 0},
    {"phoneNumbers.getPhoneNumber", "phoneNumberId", "", "PhoneNumber", "GET", "/phone_numbers/{phoneNumberId}", 0},
    {"phoneNumbers.createPhoneNumber", "body", "CreatePhoneNumberParams: userId phoneNumber verified?:bool primary?:bool reservedForSecondFactor?:bool", "PhoneNumber", "POST", "/phone_numbers", 0},
    {"phoneNumbers.updatePhoneNumber", "phoneNumberId,body?", "UpdatePhoneNumberParams: verified?:bool primary?:bool reservedForSecondFactor?:bool", "PhoneNumber", "PATCH", "/phone_numbers/{phoneNumberId}", 0},
    {"phoneNumbers.deletePhoneNumber", "phoneNumberId", "", "DeletedObject", "DELETE", "/phone_numbers/{phoneNumberId}", 0},
    {"clients.getClientList", "query?", "GetClientListParams: limit?:int offset?:int", "Page<Client>", "GET", "/clients", kPaginated},
    {"clients.getClient", "clientId", "", "Client", "GET", "/clients/{clientId}", 0},
    {"clients.verifyClient", "=token", "", "Client", "POST", "/clients/verify", 0},
    {"clients.getHandshakePayload", "query", "GetHandshakePayloadParams: nonce", "HandshakePayload", "GET", "/clients/handshake_payload", 0},
    {"signInTokens.createSignInToken", "body", "CreateSignInTokenParams: userId orgId? expiresInSeconds:int", "SignInToken", "POST", "/sign_in_tokens", 0},
    {"signInTokens.revokeSignInToken", "signInTokenId", "", "SignInToken", "POST", "/sign_in_tokens/{signInTokenId}/revoke", 0},
    {"actorTokens.create", "body", "CreateActorTokenParams: userId actor:object expiresInSeconds?:int sessionMaxDurationInSeconds?:int", "ActorToken", "POST", "/actor_tokens", 0},
    {"actorTokens.revoke", "actorTokenId", "", "ActorToken", "POST", "/actor_tokens/{actorTokenId}/revoke", 0},
    {"testingTokens.createTestingToken", "", "", "TestingToken", "POST", "/testing_tokens", 0},
    {"jwks.getJwks", "", "", "JwksJSON", "GET", "/jwks", 0},
    {"jwtTemplates.list", "query?", "GetJwtTemplateListParams: limit?:int offset?:int", "Page<JwtTemplate>", "GET", "/jwt_templates", kPaginated},
    {"jwtTemplates.get", "templateId", "", "JwtTemplate", "GET", "/jwt_templates/{templateId}", 0},
    {"jwtTemplates.create", "body",
     "CreateJwtTemplateParams: name claims:object lifetime?:int allowedClockSkew?:int customSigningKey?:bool "
     "signingAlgorithm? signingKey?",
     "JwtTemplate", "POST", "/jwt_templates", 0},
    {"jwtTemplates.update", "body",
     "UpdateJwtTemplateParams: name claims:object lifetime?:int allowedClockSkew?:int customSigningKey?:bool "
     "signingAlgorithm? signingKey? templateId",
     "JwtTemplate", "PATCH", "/jwt_templates/{templateId}", 0},
    {"jwtTemplates.delete", "templateId", "", "DeletedObject", "DELETE", "/jwt_templates/{templateId}", 0},
    {"domains.list", "", "", "Page<Domain>", "GET", "/domains", 0},
    {"domains.add", "body", "AddDomainParams: name is_satellite:bool proxy_url?", "Domain", "POST", "/domains", 0},
    {"domains.update", "body", "UpdateDomainParams: name? proxy_url? domainId is_secondary?:bool", "Domain", "PATCH", "/domains/{domainId}", 0},
    {"domains.delete", "domainId", "", "DeletedObject", "DELETE", "/domains/{domainId}", 0},
    {"domains.deleteDomain", "domainId", "", "DeletedObject", "DELETE", "/domains/{domainId}", 0},
    {"redirectUrls.getRedirectUrlList", "", "", "Page<RedirectUrl>", "GET", "/redirect_urls", kPaginated},
    {"redirectUrls.getRedirectUrl", "redirectUrlId", "", "RedirectUrl", "GET", "/redirect_urls/{redirectUrlId}", 0},
    {"redirectUrls.createRedirectUrl", "body", "CreateRedirectUrlParams: url", "RedirectUrl", "POST", "/redirect_urls", 0},
    {"redirectUrls.deleteRedirectUrl", "redirectUrlId", "", "DeletedObject", "DELETE", "/redirect_urls/{redirectUrlId}", 0},
    {"allowlistIdentifiers.getAllowlistIdentifierList", "query?", "GetAllowlistIdentifierListParams: limit?:int offset?:int", "Page<AllowlistIdentifier>", "GET", "/allowlist_identifiers", kPaginated},
    {"allowlistIdentifiers.createAllowlistIdentifier", "body", "CreateAllowlistIdentifierParams: identifier notify:bool", "AllowlistIdentifier", "POST", "/allowlist_identifiers", 0},
    {"allowlistIdentifiers.deleteAllowlistIdentifier", "allowlistIdentifierId", "", "DeletedObject", "DELETE", "/allowlist_identifiers/{allowlistIdentifierId}", 0},
    {"blocklistIdentifiers.getBlocklistIdentifierList", "query?", "GetBlocklistIdentifierListParams: limit?:int offset?:int", "Page<BlocklistIdentifier>", "GET", "/blocklist_identifiers", 0},
    {"blocklistIdentifiers.createBlocklistIdentifier", "body", "CreateBlocklistIdentifierParams: identifier", "BlocklistIdentifier", "POST", "/blocklist_identifiers", 0},
    {"blocklistIdentifiers.deleteBlocklistIdentifier", "blocklistIdentifierId", "", "DeletedObject", "DELETE", "/blocklist_identifiers/{blocklistIdentifierId}", 0},
    {"instance.get", "", "", "Instance", "GET", "/instance", 0},
    {"instance.update", "body",
     "UpdateInstanceParams: testMode?:bool hibp?:bool enhancedEmailDeliverability?:bool supportEmail? "
     "clerkJsVersion? developmentOrigin? allowedOrigins?:text[] urlBasedSessionSyncing?:bool "
     "preferredSignInStrategyWhenPasswordRequired?",
     "void", "PATCH", "/instance", 0},
    {"instance.updateRestrictions", "body",
     "UpdateRestrictionsParams: allowlist?:bool blocklist?:bool blockEmailSubaddresses?:bool "
     "blockDisposableEmailDomains?:bool ignoreDotsForGmailAddresses?:bool",
     "InstanceRestrictions", "PATCH", "/instance/restrictions", 0},
    {"instance.getOrganizationSettings", "", "", "OrganizationSettings", "GET", "/instance/organization_settings", 0},
    {"instance.updateOrganizationSettings", "body",
     "UpdateOrganizationSettingsParams: enabled?:bool maxAllowedMemberships?:int adminDeleteEnabled?:bool "
     "domainsEnabled?:bool domainsEnrollmentModes?:text[] creatorRoleId? domainsDefaultRoleId?",
     "OrganizationSettings", "PATCH", "/instance/organization_settings", 0},
    {"webhooks.createSvixApp", "", "", "WebhooksSvixJSON", "POST", "/webhooks/svix", 0},
    {"webhooks.generateSvixAuthURL", "", "", "WebhooksSvixJSON", "POST", "/webhooks/svix_url", 0},
    {"webhooks.deleteSvixApp", "", "", "void", "DELETE", "/webhooks/svix", 0},
    {"waitlistEntries.list", "query?", "GetWaitlistEntryListParams: limit?:int offset?:int query? status? orderBy?", "Page<WaitlistEntry>", "GET", "/waitlist_entries", 0},
    {"waitlistEntries.create", "body", "CreateWaitlistEntryParams: emailAddress notify?:bool", "WaitlistEntry", "POST", "/waitlist_entries", 0},
    {"waitlistEntries.createBulk", "body[]", "CreateWaitlistEntryParams", "WaitlistEntry[]", "POST", "/waitlist_entries/bulk", 0},
    {"waitlistEntries.invite", "id,body?", "InviteWaitlistEntryParams: ignoreExisting?:bool", "WaitlistEntry", "POST", "/waitlist_entries/{id}/invite", 0},
    {"waitlistEntries.reject", "id", "", "WaitlistEntry", "POST", "/waitlist_entries/{id}/reject", 0},
    {"waitlistEntries.delete", "id", "", "DeletedObject", "DELETE", "/waitlist_entries/{id}", 0},
    {"organizationRoles.getOrganizationRoleList", "query?", "GetOrganizationRoleListParams: limit?:int offset?:int query? orderBy?", "Page<Role>", "GET", "/organization_roles", 0},
    {"organizationRoles.getOrganizationRole", "organizationRoleId", "", "Role", "GET", "/organization_roles/{organizationRoleId}", 0},
    {"organizationRoles.createOrganizationRole", "body", "CreateOrganizationRoleParams: name key description? permissions?:text[] includeInInitialRoleSet?:bool", "Role", "POST", "/organization_roles", 0},
    {"organizationRoles.updateOrganizationRole", "body", "UpdateOrganizationRoleParams: organizationRoleId name? key? description? permissions?:text[]", "Role", "PATCH", "/organization_roles/{organizationRoleId}", 0},
    {"organizationRoles.deleteOrganizationRole", "organizationRoleId", "", "DeletedObject", "DELETE", "/organization_roles/{organizationRoleId}", 0},
    {"organizationRoles.assignPermissionToOrganizationRole", "path", "AssignPermissionToOrganizationRoleParams: organizationRoleId permissionId", "Role", "POST", "/organization_roles/{organizationRoleId}/permissions/{permissionId}", 0},
    {"organizationRoles.removePermissionFromOrganizationRole", "path", "RemovePermissionFromOrganizationRoleParams: organizationRoleId permissionId", "Role", "DELETE", "/organization_roles/{organizationRoleId}/permissions/{permissionId}", 0},
    {"organizationPermissions.getOrganizationPermissionList", "query?", "GetOrganizationPermissionListParams: limit?:int offset?:int query? orderBy?", "Page<Permission>", "GET", "/organization_permissions", 0},
    {"organizationPermissions.getOrganizationPermission", "permissionId", "", "Permission", "GET", "/organization_permissions/{permissionId}", 0},
    {"organizationPermissions.createOrganizationPermission", "body", "CreateOrganizationPermissionParams: name key description?", "Permission", "POST", "/organization_permissions", 0},
    {"organizationPermissions.updateOrganizationPermission", "body", "UpdateOrganizationPermissionParams: permissionId name? key? description?", "Permission", "PATCH", "/organization_permissions/{permissionId}", 0},
    {"organizationPermissions.deleteOrganizationPermission", "permissionId", "", "DeletedObject", "DELETE", "/organization_permissions/{permissionId}", 0},
    {"roleSets.getRoleSetList", "query?", "GetRoleSetListParams: limit?:int offset?:int query? orderBy?", "Page<RoleSet>", "GET", "/role_sets", 0},
    {"roleSets.getRoleSet", "roleSetKeyOrId", "", "RoleSet", "GET", "/role_sets/{roleSetKeyOrId}", 0},
    {"roleSets.createRoleSet", "body", "CreateRoleSetParams: name key? description? defaultRoleKey creatorRoleKey type? roles:text[]", "RoleSet", "POST", "/role_sets", 0},
    {"roleSets.updateRoleSet", "body", "UpdateRoleSetParams: roleSetKeyOrId name? key? description? type? defaultRoleKey? creatorRoleKey?", "RoleSet", "PATCH", "/role_sets/{roleSetKeyOrId}", 0},
    {"roleSets.addRolesToRoleSet", "body", "AddRolesToRoleSetParams: roleSetKeyOrId roleKeys:text[] defaultRoleKey? creatorRoleKey?", "RoleSet", "POST", "/role_sets/{roleSetKeyOrId}/roles", 0},
    {"roleSets.replaceRoleInRoleSet", "body", "ReplaceRoleInRoleSetParams: roleSetKeyOrId roleKey toRoleKey", "RoleSet", "POST", "/role_sets/{roleSetKeyOrId}/roles/replace", 0},
    {"roleSets.replaceRoleSet", "body", "ReplaceRoleSetParams: roleSetKeyOrId destRoleSetKey reassignmentMappings?:object", "DeletedObject", "POST", "/role_sets/{roleSetKeyOrId}/replace", 0},
    {"apiKeys.list", "query", "GetAPIKeyListParams: limit?:int offset?:int subject includeInvalid?:bool", "Page<APIKey>", "GET", "/api_keys", kUnversioned},
    {"apiKeys.create", "body",
     "CreateAPIKeyParams: name subject description? claims?:any scopes?:text[] createdBy? "
     "secondsUntilExpiration?:int",
     "APIKey", "POST", "/api_keys", kUnversioned},
    {"apiKeys.get", "apiKeyId", "", "APIKey", "GET", "/api_keys/{apiKeyId}", kUnversioned},
    {"apiKeys.update", "body",
     "UpdateAPIKeyParams: apiKeyId subject? description? claims?:any scopes?:text[] "
     "secondsUntilExpiration?:int",
     "APIKey", "PATCH", "/api_keys/{apiKeyId}", kUnversioned},
    {"apiKeys.delete", "apiKeyId", "", "DeletedObject", "DELETE", "/api_keys/{apiKeyId}", kUnversioned},
    {"apiKeys.revoke", "body", "RevokeAPIKeyParams: apiKeyId revocationReason?", "APIKey", "POST", "/api_keys/{apiKeyId}/revoke", kUnversioned},
    {"apiKeys.getSecret", "apiKeyId", "", "APIKeySecret", "GET", "/api_keys/{apiKeyId}/secret", kUnversioned},
    {"apiKeys.verify", "=secret", "", "APIKey", "POST", "/api_keys/verify", kUnversioned},
    {"m2m.list", "query", "GetM2MTokenListParams: limit?:int offset?:int machineSecretKey? subject revoked?:bool expired?:bool", "Page<M2MToken>", "GET", "/m2m_tokens", kUnversioned | kMachine},
    {"m2m.createToken", "body?",
     "CreateM2MTokenParams: machineSecretKey? secondsUntilExpiration?:int claims?:any "
     "minRemainingTtlSeconds?:int tokenFormat?",
     "M2MToken", "POST", "/m2m_tokens", kUnversioned | kMachine},
    {"m2m.revokeToken", "body", "RevokeM2MTokenParams: machineSecretKey? m2mTokenId revocationReason?", "M2MToken", "POST", "/m2m_tokens/{m2mTokenId}/revoke", kUnversioned | kMachine},
    {"m2m.verify", "body", "VerifyM2MTokenParams: machineSecretKey? token", "M2MToken", "POST", "/m2m_tokens/verify", kUnversioned | kMachine},
    {"machines.get", "machineId", "", "Machine", "GET", "/machines/{machineId}", 0},
    {"machines.list", "query?", "GetMachineListParams: limit?:int offset?:int orderBy? query?", "Page<Machine>", "GET", "/machines", 0},
    {"machines.create", "body", "CreateMachineParams: name scopedMachines?:text[] defaultTokenTtl?:int", "Machine", "POST", "/machines", 0},
    {"machines.update", "body", "UpdateMachineParams: machineId name? defaultTokenTtl?:int", "Machine", "PATCH", "/machines/{machineId}", 0},
    {"machines.delete", "machineId", "", "DeletedObject", "DELETE", "/machines/{machineId}", 0},
    {"machines.getSecretKey", "machineId", "", "MachineSecretKey", "GET", "/machines/{machineId}/secret_key", 0},
    {"machines.rotateSecretKey", "body", "RotateMachineSecretKeyParams: machineId previousTokenTtl:int", "MachineSecretKey", "POST", "/machines/{machineId}/secret_key/rotate", 0},
    {"machines.createScope", "machineId,=toMachineId", "", "MachineScope", "POST", "/machines/{machineId}/scopes", 0},
    {"machines.deleteScope", "machineId,otherMachineId", "", "MachineScope", "DELETE", "/machines/{machineId}/scopes/{otherMachineId}", 0},
    {"idPOAuthAccessToken.verify", "=accessToken,options?", "VerifyIdPOAuthAccessTokenOptions: audience?:text[]", "IdPOAuthAccessToken", "POST", "/oauth_applications/access_tokens/verify", kUnversioned},
    {"oauthApplications.list", "query?", "GetOAuthApplicationListParams: limit?:int offset?:int nameQuery? orderBy?", "Page<OAuthApplication>", "GET", "/oauth_applications", 0},
    {"oauthApplications.get", "oauthApplicationId", "", "OAuthApplication", "GET", "/oauth_applications/{oauthApplicationId}", 0},
    {"oauthApplications.create", "body", "CreateOAuthApplicationParams: name redirectUris?:text[] scopes? public?:bool", "OAuthApplication", "POST", "/oauth_applications", 0},
    {"oauthApplications.update", "body", "UpdateOAuthApplicationParams: name? redirectUris?:text[] scopes? public?:bool oauthApplicationId", "OAuthApplication", "PATCH", "/oauth_applications/{oauthApplicationId}", 0},
    {"oauthApplications.delete", "oauthApplicationId", "", "DeletedObject", "DELETE", "/oauth_applications/{oauthApplicationId}", 0},
    {"oauthApplications.rotateSecret", "oauthApplicationId", "", "OAuthApplication", "POST", "/oauth_applications/{oauthApplicationId}/rotate_secret", 0},
    {"oauthApplications.revokeToken", "body", "RevokeOAuthTokenParams: oauthApplicationId token", "void", "POST", "/oauth_applications/{oauthApplicationId}/revoke_token", 0},
    {"enterpriseConnections.createEnterpriseConnection", "body",
     "CreateEnterpriseConnectionParams: name domains:text[] organizationId? active?:bool "
     "syncUserAttributes?:bool provider allowOrganizationAccountLinking?:bool "
     "customAttributes?:EnterpriseConnectionCustomAttributeParams[] authenticatable?:bool "
     "disableJitProvisioning?:bool oidc?:EnterpriseConnectionOidcParams saml?:EnterpriseConnectionSamlParams",
     "EnterpriseConnection", "POST", "/enterprise_connections", kAllLevels},
    {"enterpriseConnections.updateEnterpriseConnection", "enterpriseConnectionId,body",
     "UpdateEnterpriseConnectionParams: name? domains?:text[] organizationId? active?:bool "
     "syncUserAttributes?:bool disableAdditionalIdentifications?:bool allowOrganizationAccountLinking?:bool "
     "customAttributes?:EnterpriseConnectionCustomAttributeParams[] authenticatable?:bool "
     "disableJitProvisioning?:bool provider? oidc?:EnterpriseConnectionOidcParams "
     "saml?:EnterpriseConnectionSamlParams",
     "EnterpriseConnection", "PATCH", "/enterprise_connections/{enterpriseConnectionId}", kAllLevels},
    {"enterpriseConnections.getEnterpriseConnectionList", "query?", "GetEnterpriseConnectionListParams: limit?:int offset?:int organizationId? active?:bool", "Page<EnterpriseConnection>", "GET", "/enterprise_connections", 0},
    {"enterpriseConnections.getEnterpriseConnection", "enterpriseConnectionId", "", "EnterpriseConnection", "GET", "/enterprise_connections/{enterpriseConnectionId}", 0},
    {"enterpriseConnections.deleteEnterpriseConnection", "enterpriseConnectionId", "", "DeletedObject", "DELETE", "/enterprise_connections/{enterpriseConnectionId}", 0},
    {"samlConnections.getSamlConnectionList", "query?", "GetSamlConnectionListParams: limit?:int offset?:int query? orderBy? organizationId?:text[]", "Page<SamlConnection>", "GET", "/saml_connections", 0},
    {"samlConnections.createSamlConnection", "body",
     "CreateSamlConnectionParams: name provider domain organizationId? idpEntityId? idpSsoUrl? idpCertificate? "
     "idpCertificates?:any[] idpMetadataUrl? idpMetadata? attributeMapping?:AttributeMappingParams",
     "SamlConnection", "POST", "/saml_connections", kAllLevels},
    {"samlConnections.getSamlConnection", "samlConnectionId", "", "SamlConnection", "GET", "/saml_connections/{samlConnectionId}", 0},
    {"samlConnections.updateSamlConnection", "samlConnectionId,body?",
     "UpdateSamlConnectionParams: name? provider? domain? organizationId? idpEntityId? idpSsoUrl? "
     "idpCertificate? idpCertificates?:any[] idpMetadataUrl? idpMetadata? "
     "attributeMapping?:AttributeMappingParams active?:bool syncUserAttributes?:bool allowSubdomains?:bool "
     "allowIdpInitiated?:bool",
     "SamlConnection", "PATCH", "/saml_connections/{samlConnectionId}", kAllLevels},
    {"samlConnections.deleteSamlConnection", "samlConnectionId", "", "DeletedObject", "DELETE", "/saml_connections/{samlConnectionId}", 0},
    {"signUps.get", "signUpAttemptId", "", "SignUpAttempt", "GET", "/sign_ups/{signUpAttemptId}", 0},
    {"signUps.update", "body", "UpdateSignUpAttemptParams: signUpAttemptId externalId? customAction?:bool", "SignUpAttempt", "PATCH", "/sign_ups/{signUpAttemptId}", 0},
    {"billing.getPlanList", "query?", "GetPlanListParams: payerType? limit?:int offset?:int", "Page<BillingPlan>", "GET", "/billing/plans", 0},
    {"billing.cancelSubscriptionItem", "subscriptionItemId,query?", "CancelSubscriptionItemParams: endNow?:bool", "BillingSubscriptionItem", "DELETE", "/billing/subscription_items/{subscriptionItemId}", 0},
    {"billing.extendSubscriptionItemFreeTrial", "subscriptionItemId,body", "ExtendSubscriptionItemFreeTrialParams: extendTo:date", "BillingSubscriptionItem", "POST", "/billing/subscription_items/{subscriptionItemId}/extend_free_trial", 0},
    {"billing.getOrganizationBillingSubscription", "organizationId", "", "BillingSubscription", "GET", "/organizations/{organizationId}/billing/subscription", 0},
    {"billing.getUserBillingSubscription", "userId", "", "BillingSubscription", "GET", "/users/{userId}/billing/subscription", 0},
    {"agentTasks.create", "body",
     "CreateAgentTaskParams: onBehalfOf:AgentTaskUser permissions agentName taskDescription redirectUrl "
     "sessionMaxDurationInSeconds?:int",
     "AgentTask", "POST", "/agents/tasks", kAllLevels},
    {"agentTasks.revoke", "agentTaskId", "", "AgentTask", "POST", "/agents/tasks/{agentTaskId}/revoke", 0},
    {"emails.create", "body,options?",
     "CreateEmailParams: to:any from?:any replyTo?:any subject cc?:any bcc?:any headers?:object "
     "attachments?:any html? text? ; CreateEmailOptions: idempotencyKey?",
     "Email", "POST", "/email", 0},
    {"emails.createBatch", "body[]",
     "CreateEmailBatchParams: to:any from?:any replyTo?:any subject cc?:any bcc?:any headers?:object "
     "attachments?:any html? text? idempotencyKey?",
     "BatchEmailResult[]", "POST", "/email/batch", 0},
    {"emails.get", "emailId", "", "Email", "GET", "/email/{emailId}", 0},
    {"betaFeatures.changeDomain", "body", "ChangeDomainParams: homeUrl? isSecondary?:bool", "void", "POST", "/beta_features/change_domain", 0},
    {"proxyChecks.verify", "body", "VerifyProxyParams: domainId proxyUrl", "ProxyCheck", "POST", "/proxy_checks", 0},
    {"__experimental_accountlessApplications.createAccountlessApplication", "query?", "AccountlessApplicationParams: requestHeaders?:object source?", "AccountlessApplication", "POST", "/accountless_applications", kNoKey},
    {"__experimental_accountlessApplications.completeAccountlessApplicationOnboarding", "query?", "AccountlessApplicationParams", "AccountlessApplication", "POST", "/accountless_applications/complete", kNoKey},
};

constexpr Shape kShapes[] = {
    {"EnterpriseConnectionLoginHintParams", "mode source?"},
    {"AttributeMappingParams", "userId? emailAddress? firstName? lastName?"},
    {"EnterpriseConnectionSamlParams",
     "name? idpEntityId? idpSsoUrl? idpCertificate? idpMetadataUrl? idpMetadata? attributeMapping?:AttributeMappingParams "
     "allowSubdomains?:bool allowIdpInitiated?:bool forceAuthn?:bool loginHint?:EnterpriseConnectionLoginHintParams"},
    {"EnterpriseConnectionOidcParams",
     "clientId? clientSecret? discoveryUrl? authUrl? tokenUrl? userInfoUrl? requiresPkce?:bool"},
    {"EnterpriseConnectionCustomAttributeParams", "name key ssoPath? scimPath? directoryPath? multiValued?:bool"},
    {"AgentTaskUser", "userId? identifier?"},
};

constexpr ResourceRow kResources[] = {
    {"users", "UserAPI", "User operations"},
    {"sessions", "SessionAPI", "Session operations"},
    {"organizations", "OrganizationAPI", "Organization operations"},
    {"invitations", "InvitationAPI", "Invitation operations"},
    {"emailAddresses", "EmailAddressAPI", "Email address operations"},
    {"phoneNumbers", "PhoneNumberAPI", "Phone number operations"},
    {"clients", "ClientAPI", "Client operations"},
    {"signInTokens", "SignInTokenAPI", "Sign-in token operations"},
    {"actorTokens", "ActorTokenAPI", "Actor token operations"},
    {"testingTokens", "TestingTokenAPI", "Testing token operations"},
    {"jwks", "JwksAPI", "The instance's key set"},
    {"jwtTemplates", "JwtTemplateAPI", "JWT template operations"},
    {"domains", "DomainAPI", "Domain operations"},
    {"redirectUrls", "RedirectUrlAPI", "Redirect URL operations"},
    {"allowlistIdentifiers", "AllowlistIdentifierAPI", "Allowlist operations"},
    {"blocklistIdentifiers", "BlocklistIdentifierAPI", "Blocklist operations"},
    {"instance", "InstanceAPI", "The instance's settings"},
    {"webhooks", "WebhookAPI", "The instance's Svix app"},
    {"waitlistEntries", "WaitlistEntryAPI", "Waitlist operations"},
    {"organizationRoles", "OrganizationRoleAPI", "Role operations"},
    {"organizationPermissions", "OrganizationPermissionAPI", "Permission operations"},
    {"roleSets", "RoleSetAPI", "Role set operations"},
    {"apiKeys", "APIKeysAPI", "API key operations"},
    {"m2m", "M2MTokenAPI", "M2M token operations"},
    {"machines", "MachineAPI", "Machine operations"},
    {"idPOAuthAccessToken", "IdPOAuthAccessTokenAPI", "Access tokens of the instance's OAuth applications"},
    {"oauthApplications", "OAuthApplicationAPI", "OAuth application operations"},
    {"enterpriseConnections", "EnterpriseConnectionAPI", "Enterprise connection operations"},
    {"samlConnections", "SamlConnectionAPI", "SAML connection operations"},
    {"signUps", "SignUpAPI", "Sign-up operations"},
    {"billing", "BillingAPI", "Billing operations"},
    {"agentTasks", "AgentTaskAPI", "Agent task operations"},
    {"emails", "EmailAPI", "Mail that an app sends"},
    {"betaFeatures", "BetaFeaturesAPI", "What is in beta"},
    {"proxyChecks", "ProxyCheckAPI", "Proxy checks"},
    {"__experimental_accountlessApplications", "AccountlessApplicationAPI", "Keyless applications; experimental",
     "accountlessApplications"},  // two underscores are reserved in C++
};

constexpr Note kNotes[] = {
    {"users.getUserList", "Two requests: the list and, with the same filters, the count."},
    {"users.updateUser", "Metadata that is given here replaces all of it: better use updateUserMetadata."},
    {"users.updateUserMetadata", "Merges: members that are null are removed."},
    {"users.verifyPassword", "A wrong password is an error of the API."},
    {"users.verifyTOTP", "A wrong code is an error of the API."},
    {"users.getUserOauthAccessToken", "`provider` without `oauth_`, such as `google`."},
    {"sessions.getToken", "A new token of the session, from a JWT template when one is named."},
    {"sessions.refreshSession", "With `.format = \"cookie\"` it gives Set-Cookie directives instead of a token."},
    {"organizations.getOrganization", "By `organizationId` or by `slug`."},
    {"organizations.updateOrganization",
     "Metadata that is given here replaces all of it: better use updateOrganizationMetadata."},
    {"organizations.updateOrganizationMetadata", "Merges: members that are null are removed."},
    {"organizations.createOrganizationDomain", "Verified unless `.verified = false`."},
    {"clients.getHandshakePayload", "A nonce works once."},
    {"m2m.verify", "A JWT is verified here, an opaque token by the API."},
    {"idPOAuthAccessToken.verify", "Throws MachineTokenVerificationError when the token is for another audience."},
    {"emails.createBatch", "1 to 100 messages; each has a result of its own."},
};
// clang-format on

}  // namespace

std::span<const Endpoint> endpoints() { return kEndpoints; }
std::span<const Shape> shapes() { return kShapes; }
std::span<const ResourceRow> resources() { return kResources; }
std::span<const Note> notes() { return kNotes; }

const Endpoint* findEndpoint(std::string_view name) {
  static const auto byName = [] {
    std::unordered_map<std::string_view, const Endpoint*> map;
    for (const auto& endpoint : kEndpoints) map[endpoint.name] = &endpoint;
    return map;
  }();
  const auto found = byName.find(name);
  return found == byName.end() ? nullptr : found->second;
}

}  // namespace clerk::api
