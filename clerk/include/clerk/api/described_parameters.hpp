#pragma once
// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off
// The members of the methods' parameters for Boost.Describe, in the order in which they are sent.

#include <clerk/api/backend_api.hpp>

#include <boost/describe/class.hpp>

namespace clerk {

BOOST_DESCRIBE_STRUCT(GetUserListParams, (), (limit, offset, emailAddress, phoneNumber, username, web3Wallet, query,
    userId, externalId, orderBy, last_active_at_since, lastActiveAtBefore, lastActiveAtAfter, createdAtBefore,
    createdAtAfter, lastSignInAtAfter, lastSignInAtBefore, organizationId))
BOOST_DESCRIBE_STRUCT(CreateUserParams, (), (externalId, emailAddress, emailAddressIdentificationStatus, phoneNumber,
    phoneNumberIdentificationStatus, username, password, firstName, lastName, locale, timezone, skipPasswordChecks,
    skipPasswordRequirement, skipLegalChecks, legalAcceptedAt, totpSecret, backupCodes, createdAt, banned, locked,
    publicMetadata, privateMetadata, unsafeMetadata, passwordDigest, passwordHasher))
BOOST_DESCRIBE_STRUCT(UpdateUserParams, (), (firstName, lastName, username, password, skipPasswordChecks,
    signOutOfOtherSessions, primaryEmailAddressID, notifyPrimaryEmailAddressChanged, primaryPhoneNumberID,
    primaryWeb3WalletID, profileImageID, totpSecret, backupCodes, externalId, createdAt, skipLegalChecks,
    legalAcceptedAt, locale, timezone, deleteSelfEnabled, createOrganizationEnabled, createOrganizationsLimit,
    publicMetadata, privateMetadata, unsafeMetadata, passwordDigest, passwordHasher))
BOOST_DESCRIBE_STRUCT(ReplaceUserEmailAddressParams, (), (emailAddress))
BOOST_DESCRIBE_STRUCT(ReplaceUserPhoneNumberParams, (), (phoneNumber))
BOOST_DESCRIBE_STRUCT(UpdateUserProfileImageParams, (), (file))
BOOST_DESCRIBE_STRUCT(UserMetadataParams, (), (publicMetadata, privateMetadata, unsafeMetadata))
BOOST_DESCRIBE_STRUCT(GetUserCountParams, (), (emailAddress, phoneNumber, username, web3Wallet, query, userId,
    externalId))
BOOST_DESCRIBE_STRUCT(GetUserOrganizationMembershipListParams, (), (limit, offset, userId))
BOOST_DESCRIBE_STRUCT(GetUserOrganizationInvitationListParams, (), (limit, offset, userId, status))
BOOST_DESCRIBE_STRUCT(RemovePasswordParams, (), (signOutOfOtherSessions))
BOOST_DESCRIBE_STRUCT(VerifyPasswordParams, (), (userId, password))
BOOST_DESCRIBE_STRUCT(VerifyTOTPParams, (), (userId, code))
BOOST_DESCRIBE_STRUCT(DeleteUserPasskeyParams, (), (userId, passkeyIdentificationId))
BOOST_DESCRIBE_STRUCT(DeleteUserWeb3WalletParams, (), (userId, web3WalletIdentificationId))
BOOST_DESCRIBE_STRUCT(DeleteUserExternalAccountParams, (), (userId, externalAccountId))
BOOST_DESCRIBE_STRUCT(SetPasswordCompromisedParams, (), (revokeAllSessions))
BOOST_DESCRIBE_STRUCT(GetSessionListParams, (), (limit, offset, clientId, userId, status))
BOOST_DESCRIBE_STRUCT(CreateSessionParams, (), (userId))
BOOST_DESCRIBE_STRUCT(RefreshSessionParams, (), (expired_token, refresh_token, request_origin,
    request_originating_ip, request_headers, suffixed_cookies, format))
BOOST_DESCRIBE_STRUCT(GetOrganizationListParams, (), (limit, offset, includeMembersCount, query, orderBy,
    organizationId))
BOOST_DESCRIBE_STRUCT(CreateOrganizationParams, (), (name, slug, createdBy, maxAllowedMemberships, publicMetadata,
    privateMetadata))
BOOST_DESCRIBE_STRUCT(GetOrganizationParams, (), (organizationId, includeMembersCount, slug))
BOOST_DESCRIBE_STRUCT(UpdateOrganizationParams, (), (name, slug, adminDeleteEnabled, maxAllowedMemberships,
    publicMetadata, privateMetadata))
BOOST_DESCRIBE_STRUCT(UpdateOrganizationLogoParams, (), (file, uploaderUserId))
BOOST_DESCRIBE_STRUCT(OrganizationMetadataParams, (), (publicMetadata, privateMetadata))
BOOST_DESCRIBE_STRUCT(GetOrganizationMembershipListParams, (), (limit, offset, organizationId, orderBy, userId,
    emailAddress, phoneNumber, username, web3Wallet, role, query, emailAddressQuery, phoneNumberQuery, usernameQuery,
    nameQuery, lastActiveAtBefore, lastActiveAtAfter, createdAtBefore, createdAtAfter))
BOOST_DESCRIBE_STRUCT(GetInstanceOrganizationMembershipListParams, (), (limit, offset, orderBy))
BOOST_DESCRIBE_STRUCT(CreateOrganizationMembershipParams, (), (organizationId, userId, role))
BOOST_DESCRIBE_STRUCT(UpdateOrganizationMembershipParams, (), (organizationId, userId, role))
BOOST_DESCRIBE_STRUCT(UpdateOrganizationMembershipMetadataParams, (), (organizationId, userId, publicMetadata,
    privateMetadata))
BOOST_DESCRIBE_STRUCT(DeleteOrganizationMembershipParams, (), (organizationId, userId))
BOOST_DESCRIBE_STRUCT(GetOrganizationInvitationListParams, (), (limit, offset, organizationId, status))
BOOST_DESCRIBE_STRUCT(CreateOrganizationInvitationParams, (), (organizationId, emailAddress, role, expiresInDays,
    inviterUserId, privateMetadata, publicMetadata, redirectUrl))
BOOST_DESCRIBE_STRUCT(OrganizationInvitationParams, (), (emailAddress, role, expiresInDays, inviterUserId,
    privateMetadata, publicMetadata, redirectUrl))
BOOST_DESCRIBE_STRUCT(GetOrganizationInvitationParams, (), (organizationId, invitationId))
BOOST_DESCRIBE_STRUCT(RevokeOrganizationInvitationParams, (), (organizationId, invitationId, requestingUserId))
BOOST_DESCRIBE_STRUCT(GetOrganizationDomainListParams, (), (organizationId, limit, offset))
BOOST_DESCRIBE_STRUCT(CreateOrganizationDomainParams, (), (organizationId, name, enrollmentMode, verified))
BOOST_DESCRIBE_STRUCT(UpdateOrganizationDomainParams, (), (organizationId, domainId, name, enrollmentMode, verified))
BOOST_DESCRIBE_STRUCT(DeleteOrganizationDomainParams, (), (organizationId, domainId))
BOOST_DESCRIBE_STRUCT(GetInvitationListParams, (), (limit, offset, orderBy, status, query))
BOOST_DESCRIBE_STRUCT(CreateInvitationParams, (), (emailAddress, expiresInDays, ignoreExisting, notify,
    publicMetadata, redirectUrl, templateSlug))
BOOST_DESCRIBE_STRUCT(CreateEmailAddressParams, (), (userId, emailAddress, verified, primary))
BOOST_DESCRIBE_STRUCT(UpdateEmailAddressParams, (), (verified, primary))
BOOST_DESCRIBE_STRUCT(CreatePhoneNumberParams, (), (userId, phoneNumber, verified, primary, reservedForSecondFactor))
BOOST_DESCRIBE_STRUCT(UpdatePhoneNumberParams, (), (verified, primary, reservedForSecondFactor))
BOOST_DESCRIBE_STRUCT(GetClientListParams, (), (limit, offset))
BOOST_DESCRIBE_STRUCT(GetHandshakePayloadParams, (), (nonce))
BOOST_DESCRIBE_STRUCT(CreateSignInTokenParams, (), (userId, orgId, expiresInSeconds))
BOOST_DESCRIBE_STRUCT(CreateActorTokenParams, (), (userId, actor, expiresInSeconds, sessionMaxDurationInSeconds))
BOOST_DESCRIBE_STRUCT(GetJwtTemplateListParams, (), (limit, offset))
BOOST_DESCRIBE_STRUCT(CreateJwtTemplateParams, (), (name, claims, lifetime, allowedClockSkew, customSigningKey,
    signingAlgorithm, signingKey))
BOOST_DESCRIBE_STRUCT(UpdateJwtTemplateParams, (), (name, claims, lifetime, allowedClockSkew, customSigningKey,
    signingAlgorithm, signingKey, templateId))
BOOST_DESCRIBE_STRUCT(AddDomainParams, (), (name, is_satellite, proxy_url))
BOOST_DESCRIBE_STRUCT(UpdateDomainParams, (), (name, proxy_url, domainId, is_secondary))
BOOST_DESCRIBE_STRUCT(CreateRedirectUrlParams, (), (url))
BOOST_DESCRIBE_STRUCT(GetAllowlistIdentifierListParams, (), (limit, offset))
BOOST_DESCRIBE_STRUCT(CreateAllowlistIdentifierParams, (), (identifier, notify))
BOOST_DESCRIBE_STRUCT(GetBlocklistIdentifierListParams, (), (limit, offset))
BOOST_DESCRIBE_STRUCT(CreateBlocklistIdentifierParams, (), (identifier))
BOOST_DESCRIBE_STRUCT(UpdateInstanceParams, (), (testMode, hibp, enhancedEmailDeliverability, supportEmail,
    clerkJsVersion, developmentOrigin, allowedOrigins, urlBasedSessionSyncing,
    preferredSignInStrategyWhenPasswordRequired))
BOOST_DESCRIBE_STRUCT(UpdateRestrictionsParams, (), (allowlist, blocklist, blockEmailSubaddresses,
    blockDisposableEmailDomains, ignoreDotsForGmailAddresses))
BOOST_DESCRIBE_STRUCT(UpdateOrganizationSettingsParams, (), (enabled, maxAllowedMemberships, adminDeleteEnabled,
    domainsEnabled, domainsEnrollmentModes, creatorRoleId, domainsDefaultRoleId))
BOOST_DESCRIBE_STRUCT(GetWaitlistEntryListParams, (), (limit, offset, query, status, orderBy))
BOOST_DESCRIBE_STRUCT(CreateWaitlistEntryParams, (), (emailAddress, notify))
BOOST_DESCRIBE_STRUCT(InviteWaitlistEntryParams, (), (ignoreExisting))
BOOST_DESCRIBE_STRUCT(GetOrganizationRoleListParams, (), (limit, offset, query, orderBy))
BOOST_DESCRIBE_STRUCT(CreateOrganizationRoleParams, (), (name, key, description, permissions,
    includeInInitialRoleSet))
BOOST_DESCRIBE_STRUCT(UpdateOrganizationRoleParams, (), (organizationRoleId, name, key, description, permissions))
BOOST_DESCRIBE_STRUCT(AssignPermissionToOrganizationRoleParams, (), (organizationRoleId, permissionId))
BOOST_DESCRIBE_STRUCT(RemovePermissionFromOrganizationRoleParams, (), (organizationRoleId, permissionId))
BOOST_DESCRIBE_STRUCT(GetOrganizationPermissionListParams, (), (limit, offset, query, orderBy))
BOOST_DESCRIBE_STRUCT(CreateOrganizationPermissionParams, (), (name, key, description))
BOOST_DESCRIBE_STRUCT(UpdateOrganizationPermissionParams, (), (permissionId, name, key, description))
BOOST_DESCRIBE_STRUCT(GetRoleSetListParams, (), (limit, offset, query, orderBy))
BOOST_DESCRIBE_STRUCT(CreateRoleSetParams, (), (name, key, description, defaultRoleKey, creatorRoleKey, type, roles))
BOOST_DESCRIBE_STRUCT(UpdateRoleSetParams, (), (roleSetKeyOrId, name, key, description, type, defaultRoleKey,
    creatorRoleKey))
BOOST_DESCRIBE_STRUCT(AddRolesToRoleSetParams, (), (roleSetKeyOrId, roleKeys, defaultRoleKey, creatorRoleKey))
BOOST_DESCRIBE_STRUCT(ReplaceRoleInRoleSetParams, (), (roleSetKeyOrId, roleKey, toRoleKey))
BOOST_DESCRIBE_STRUCT(ReplaceRoleSetParams, (), (roleSetKeyOrId, destRoleSetKey, reassignmentMappings))
BOOST_DESCRIBE_STRUCT(GetAPIKeyListParams, (), (limit, offset, subject, includeInvalid))
BOOST_DESCRIBE_STRUCT(CreateAPIKeyParams, (), (name, subject, description, claims, scopes, createdBy,
    secondsUntilExpiration))
BOOST_DESCRIBE_STRUCT(UpdateAPIKeyParams, (), (apiKeyId, subject, description, claims, scopes,
    secondsUntilExpiration))
BOOST_DESCRIBE_STRUCT(RevokeAPIKeyParams, (), (apiKeyId, revocationReason))
BOOST_DESCRIBE_STRUCT(GetM2MTokenListParams, (), (limit, offset, machineSecretKey, subject, revoked, expired))
BOOST_DESCRIBE_STRUCT(CreateM2MTokenParams, (), (machineSecretKey, secondsUntilExpiration, claims,
    minRemainingTtlSeconds, tokenFormat))
BOOST_DESCRIBE_STRUCT(RevokeM2MTokenParams, (), (machineSecretKey, m2mTokenId, revocationReason))
BOOST_DESCRIBE_STRUCT(VerifyM2MTokenParams, (), (machineSecretKey, token))
BOOST_DESCRIBE_STRUCT(GetMachineListParams, (), (limit, offset, orderBy, query))
BOOST_DESCRIBE_STRUCT(CreateMachineParams, (), (name, scopedMachines, defaultTokenTtl))
BOOST_DESCRIBE_STRUCT(UpdateMachineParams, (), (machineId, name, defaultTokenTtl))
BOOST_DESCRIBE_STRUCT(RotateMachineSecretKeyParams, (), (machineId, previousTokenTtl))
BOOST_DESCRIBE_STRUCT(VerifyIdPOAuthAccessTokenOptions, (), (audience))
BOOST_DESCRIBE_STRUCT(GetOAuthApplicationListParams, (), (limit, offset, nameQuery, orderBy))
BOOST_DESCRIBE_STRUCT(CreateOAuthApplicationParams, (), (name, redirectUris, scopes, public_))
BOOST_DESCRIBE_STRUCT(UpdateOAuthApplicationParams, (), (name, redirectUris, scopes, public_, oauthApplicationId))
BOOST_DESCRIBE_STRUCT(RevokeOAuthTokenParams, (), (oauthApplicationId, token))
BOOST_DESCRIBE_STRUCT(EnterpriseConnectionCustomAttributeParams, (), (name, key, ssoPath, scimPath, directoryPath,
    multiValued))
BOOST_DESCRIBE_STRUCT(EnterpriseConnectionOidcParams, (), (clientId, clientSecret, discoveryUrl, authUrl, tokenUrl,
    userInfoUrl, requiresPkce))
BOOST_DESCRIBE_STRUCT(AttributeMappingParams, (), (userId, emailAddress, firstName, lastName))
BOOST_DESCRIBE_STRUCT(EnterpriseConnectionLoginHintParams, (), (mode, source))
BOOST_DESCRIBE_STRUCT(EnterpriseConnectionSamlParams, (), (name, idpEntityId, idpSsoUrl, idpCertificate,
    idpMetadataUrl, idpMetadata, attributeMapping, allowSubdomains, allowIdpInitiated, forceAuthn, loginHint))
BOOST_DESCRIBE_STRUCT(CreateEnterpriseConnectionParams, (), (name, domains, organizationId, active,
    syncUserAttributes, provider, allowOrganizationAccountLinking, customAttributes, authenticatable,
    disableJitProvisioning, oidc, saml))
BOOST_DESCRIBE_STRUCT(UpdateEnterpriseConnectionParams, (), (name, domains, organizationId, active,
    syncUserAttributes, disableAdditionalIdentifications, allowOrganizationAccountLinking, customAttributes,
    authenticatable, disableJitProvisioning, provider, oidc, saml))
BOOST_DESCRIBE_STRUCT(GetEnterpriseConnectionListParams, (), (limit, offset, organizationId, active))
BOOST_DESCRIBE_STRUCT(GetSamlConnectionListParams, (), (limit, offset, query, orderBy, organizationId))
BOOST_DESCRIBE_STRUCT(CreateSamlConnectionParams, (), (name, provider, domain, organizationId, idpEntityId,
    idpSsoUrl, idpCertificate, idpCertificates, idpMetadataUrl, idpMetadata, attributeMapping))
BOOST_DESCRIBE_STRUCT(UpdateSamlConnectionParams, (), (name, provider, domain, organizationId, idpEntityId,
    idpSsoUrl, idpCertificate, idpCertificates, idpMetadataUrl, idpMetadata, attributeMapping, active,
    syncUserAttributes, allowSubdomains, allowIdpInitiated))
BOOST_DESCRIBE_STRUCT(UpdateSignUpAttemptParams, (), (signUpAttemptId, externalId, customAction))
BOOST_DESCRIBE_STRUCT(GetPlanListParams, (), (payerType, limit, offset))
BOOST_DESCRIBE_STRUCT(CancelSubscriptionItemParams, (), (endNow))
BOOST_DESCRIBE_STRUCT(ExtendSubscriptionItemFreeTrialParams, (), (extendTo))
BOOST_DESCRIBE_STRUCT(AgentTaskUser, (), (userId, identifier))
BOOST_DESCRIBE_STRUCT(CreateAgentTaskParams, (), (onBehalfOf, permissions, agentName, taskDescription, redirectUrl,
    sessionMaxDurationInSeconds))
BOOST_DESCRIBE_STRUCT(CreateEmailParams, (), (to, from, replyTo, subject, cc, bcc, headers, attachments, html, text))
BOOST_DESCRIBE_STRUCT(CreateEmailOptions, (), (idempotencyKey))
BOOST_DESCRIBE_STRUCT(CreateEmailBatchParams, (), (to, from, replyTo, subject, cc, bcc, headers, attachments, html,
    text, idempotencyKey))
BOOST_DESCRIBE_STRUCT(ChangeDomainParams, (), (homeUrl, isSecondary))
BOOST_DESCRIBE_STRUCT(VerifyProxyParams, (), (domainId, proxyUrl))
BOOST_DESCRIBE_STRUCT(AccountlessApplicationParams, (), (requestHeaders, source))

}  // namespace clerk
