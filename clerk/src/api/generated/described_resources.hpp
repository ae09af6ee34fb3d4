#pragma once
// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off
// The members of the resources, in JSON order.

#include "api/typed.hpp"

#include <clerk/api/resources.hpp>

#include <boost/describe/class.hpp>

namespace clerk {

BOOST_DESCRIBE_STRUCT(Email, (), (id, fromEmailName, emailAddressId, toEmailAddress, subject, body, bodyPlain,
    status, slug, data, deliveredByClerk, userId, suppressionReason))
BOOST_DESCRIBE_STRUCT(M2MToken, (), (id, subject, scopes, claims, revoked, revocationReason, expired, expiration,
    createdAt, updatedAt, token))
BOOST_DESCRIBE_STRUCT(AccountlessApplication, (), (publishableKey, secretKey, claimUrl, apiKeysUrl))
BOOST_DESCRIBE_STRUCT(AgentTask, (), (agentId, taskId, agentTaskId, url))
BOOST_DESCRIBE_STRUCT(ActorToken, (), (id, status, userId, actor, token, url, createdAt, updatedAt))
BOOST_DESCRIBE_STRUCT(AllowlistIdentifier, (), (id, identifier, identifierType, createdAt, updatedAt, instanceId,
    invitationId))
BOOST_DESCRIBE_STRUCT(APIKey, (), (id, type, name, subject, scopes, claims, revoked, revocationReason, expired,
    expiration, createdBy, description, lastUsedAt, createdAt, updatedAt, secret))
BOOST_DESCRIBE_STRUCT(BlocklistIdentifier, (), (id, identifier, identifierType, createdAt, updatedAt, instanceId))
BOOST_DESCRIBE_STRUCT(SessionActivity, (), (id, isMobile, ipAddress, city, country, browserVersion, browserName,
    deviceType))
BOOST_DESCRIBE_STRUCT(Session, (), (id, clientId, userId, status, lastActiveAt, expireAt, abandonAt, createdAt,
    updatedAt, lastActiveOrganizationId, latestActivity, actor))
BOOST_DESCRIBE_STRUCT(Client, (), (id, sessionIds, sessions, signInId, signUpId, lastActiveSessionId,
    lastAuthenticationStrategy, createdAt, updatedAt))
BOOST_DESCRIBE_STRUCT(CnameTarget, (), (host, value, required))
BOOST_DESCRIBE_STRUCT(Cookies, (), (cookies))
BOOST_DESCRIBE_STRUCT(DeletedObject, (), (object, id, slug, deleted))
BOOST_DESCRIBE_STRUCT(Domain, (), (id, name, isSatellite, frontendApiUrl, developmentOrigin, cnameTargets,
    accountsPortalUrl, proxyUrl))
BOOST_DESCRIBE_STRUCT(IdentificationLink, (), (id, type))
BOOST_DESCRIBE_STRUCT(Verification, (), (status, strategy, externalVerificationRedirectURL, attempts, expireAt,
    nonce, message))
BOOST_DESCRIBE_STRUCT(EmailAddress, (), (id, emailAddress, verification, linkedTo))
BOOST_DESCRIBE_STRUCT(Feature, (), (id, name, description, slug, avatarUrl))
BOOST_DESCRIBE_STRUCT(EnterpriseAccountConnection, (), (id, active, allowIdpInitiated, allowSubdomains,
    disableAdditionalIdentifications, domain, logoPublicUrl, name, protocol, provider, syncUserAttributes, createdAt,
    updatedAt))
BOOST_DESCRIBE_STRUCT(EnterpriseAccount, (), (id, active, emailAddress, enterpriseConnection, firstName, lastName,
    protocol, provider, providerUserId, publicMetadata, verification, lastAuthenticatedAt, enterpriseConnectionId))
BOOST_DESCRIBE_STRUCT(SamlConnectionIdpCertificate, (), (certificate, issuedAt, expiresAt))
BOOST_DESCRIBE_STRUCT(EnterpriseConnectionSamlConnectionLoginHint, (), (mode, source))
BOOST_DESCRIBE_STRUCT(EnterpriseConnectionCustomAttribute, (), (name, key, ssoPath, scimPath, multiValued))
BOOST_DESCRIBE_STRUCT(EnterpriseConnectionSamlConnection, (), (id, name, idpEntityId, idpSsoUrl, idpCertificate,
    idpCertificateIssuedAt, idpCertificateExpiresAt, idpMetadataUrl, idpMetadata, acsUrl, spEntityId, spMetadataUrl,
    syncUserAttributes, allowSubdomains, allowIdpInitiated, active, forceAuthn, loginHint, idpCertificates))
BOOST_DESCRIBE_STRUCT(EnterpriseConnectionOauthConfig, (), (id, name, clientId, discoveryUrl, logoPublicUrl,
    createdAt, updatedAt, providerKey, authUrl, tokenUrl, userInfoUrl, requiresPkce))
BOOST_DESCRIBE_STRUCT(EnterpriseConnection, (), (id, name, domains, organizationId, active, syncUserAttributes,
    allowSubdomains, disableAdditionalIdentifications, createdAt, updatedAt, samlConnection, oauthConfig, provider,
    logoPublicUrl, allowOrganizationAccountLinking, authenticatable, disableJitProvisioning, customAttributes))
BOOST_DESCRIBE_STRUCT(ExternalAccount, (), (id, provider, providerUserId, identificationId, externalId,
    approvedScopes, emailAddress, firstName, lastName, imageUrl, username, phoneNumber, publicMetadata, label,
    verification, externalAccountId))
BOOST_DESCRIBE_STRUCT(Instance, (), (id, environmentType, allowedOrigins))
BOOST_DESCRIBE_STRUCT(InstanceRestrictions, (), (allowlist, blocklist, blockEmailSubaddresses,
    blockDisposableEmailDomains, ignoreDotsForGmailAddresses))
BOOST_DESCRIBE_STRUCT(InstanceSettings, (), (id, restrictedToAllowlist, fromEmailAddress, progressiveSignUp,
    enhancedEmailDeliverability))
BOOST_DESCRIBE_STRUCT(Invitation, (), (id, emailAddress, publicMetadata, createdAt, updatedAt, status, url, revoked,
    _raw))
BOOST_DESCRIBE_STRUCT(JwtTemplate, (), (id, name, claims, lifetime, allowedClockSkew, customSigningKey,
    signingAlgorithm, createdAt, updatedAt))
BOOST_DESCRIBE_STRUCT(MachineScope, (), (fromMachineId, toMachineId, createdAt, deleted))
BOOST_DESCRIBE_STRUCT(MachineSecretKey, (), (secret))
BOOST_DESCRIBE_STRUCT(OauthAccessToken, (), (externalAccountId, provider, token, publicMetadata, label, scopes,
    tokenSecret, expiresAt, idToken))
BOOST_DESCRIBE_STRUCT(OAuthApplication, (), (id, instanceId, name, clientId, clientUri, clientImageUrl,
    dynamicallyRegistered, consentScreenEnabled, pkceRequired, isPublic, scopes, redirectUris, authorizeUrl,
    tokenFetchUrl, userInfoUrl, discoveryUrl, tokenIntrospectionUrl, createdAt, updatedAt, clientSecret))
BOOST_DESCRIBE_STRUCT(Organization, (), (id, name, slug, imageUrl, hasImage, createdAt, updatedAt, publicMetadata,
    privateMetadata, maxAllowedMemberships, adminDeleteEnabled, membersCount, createdBy, _raw))
BOOST_DESCRIBE_STRUCT(OrganizationInvitation, (), (id, emailAddress, role, roleName, organizationId, createdAt,
    updatedAt, expiresAt, url, status, publicMetadata, privateMetadata, publicOrganizationData, _raw))
BOOST_DESCRIBE_STRUCT(OrganizationMembershipPublicUserData, (), (identifier, firstName, lastName, imageUrl, hasImage,
    userId))
BOOST_DESCRIBE_STRUCT(OrganizationMembership, (), (id, role, permissions, publicMetadata, privateMetadata, createdAt,
    updatedAt, organization, publicUserData, _raw))
BOOST_DESCRIBE_STRUCT(OrganizationSettings, (), (enabled, maxAllowedMemberships, maxAllowedRoles,
    maxAllowedPermissions, creatorRole, adminDeleteEnabled, domainsEnabled, slugDisabled, domainsEnrollmentModes,
    domainsDefaultRole))
BOOST_DESCRIBE_STRUCT(Permission, (), (id, name, key, description, createdAt, updatedAt))
BOOST_DESCRIBE_STRUCT(PhoneNumber, (), (id, phoneNumber, reservedForSecondFactor, defaultSecondFactor, verification,
    linkedTo))
BOOST_DESCRIBE_STRUCT(ProxyCheck, (), (id, domainId, lastRunAt, proxyUrl, successful, createdAt, updatedAt))
BOOST_DESCRIBE_STRUCT(RedirectUrl, (), (id, url, createdAt, updatedAt))
BOOST_DESCRIBE_STRUCT(Role, (), (id, name, key, description, permissions, isCreatorEligible, createdAt, updatedAt))
BOOST_DESCRIBE_STRUCT(RoleSetItem, (), (id, name, key, description, createdAt, updatedAt, membersCount, hasMembers))
BOOST_DESCRIBE_STRUCT(RoleSetMigration, (), (id, organizationId, instanceId, sourceRoleSetId, destRoleSetId,
    triggerType, status, migratedMembers, mappings, createdAt, updatedAt, startedAt, completedAt))
BOOST_DESCRIBE_STRUCT(RoleSet, (), (id, name, key, description, roles, defaultRole, creatorRole, type,
    roleSetMigration, createdAt, updatedAt))
BOOST_DESCRIBE_STRUCT(AttributeMapping, (), (userId, emailAddress, firstName, lastName))
BOOST_DESCRIBE_STRUCT(SamlConnection, (), (id, name, domain, organizationId, idpEntityId, idpSsoUrl, idpCertificate,
    idpCertificateIssuedAt, idpCertificateExpiresAt, idpMetadataUrl, idpMetadata, acsUrl, spEntityId, spMetadataUrl,
    active, provider, userCount, syncUserAttributes, allowSubdomains, allowIdpInitiated, createdAt, updatedAt,
    attributeMapping, idpCertificates))
BOOST_DESCRIBE_STRUCT(SignInToken, (), (id, userId, token, status, url, createdAt, updatedAt))
BOOST_DESCRIBE_STRUCT(SignUpAttemptVerification, (), (nextAction, supportedStrategies))
BOOST_DESCRIBE_STRUCT(SignUpAttemptVerifications, (), (emailAddress, phoneNumber, web3Wallet, externalAccount))
BOOST_DESCRIBE_STRUCT(SignUpAttempt, (), (id, status, requiredFields, optionalFields, missingFields,
    unverifiedFields, verifications, username, emailAddress, phoneNumber, web3Wallet, passwordEnabled, firstName,
    lastName, customAction, externalId, createdSessionId, createdUserId, abandonAt, legalAcceptedAt, publicMetadata,
    unsafeMetadata))
BOOST_DESCRIBE_STRUCT(SMSMessage, (), (id, fromPhoneNumber, toPhoneNumber, message, status, phoneNumberId, data))
BOOST_DESCRIBE_STRUCT(Token, (), (jwt))
BOOST_DESCRIBE_STRUCT(Web3Wallet, (), (id, web3Wallet, verification))
BOOST_DESCRIBE_STRUCT(User, (), (id, passwordEnabled, totpEnabled, backupCodeEnabled, twoFactorEnabled, banned,
    locked, createdAt, updatedAt, imageUrl, hasImage, primaryEmailAddressId, primaryPhoneNumberId,
    primaryWeb3WalletId, lastSignInAt, externalId, username, firstName, lastName, publicMetadata, privateMetadata,
    unsafeMetadata, emailAddresses, phoneNumbers, web3Wallets, externalAccounts, enterpriseAccounts, lastActiveAt,
    createOrganizationEnabled, createOrganizationsLimit, deleteSelfEnabled, legalAcceptedAt, locale, timezone,
    deprovisioned, _raw))
BOOST_DESCRIBE_STRUCT(WaitlistEntry, (), (id, emailAddress, status, invitation, createdAt, updatedAt, isLocked))
BOOST_DESCRIBE_STRUCT(Money, (), (amount, amountFormatted, currency, currencySymbol))
BOOST_DESCRIBE_STRUCT(BillingPlan, (), (id, name, slug, description, isDefault, isRecurring, hasBaseFee,
    publiclyVisible, fee, annualFee, annualMonthlyFee, forPayerType, features, avatarUrl, freeTrialDays,
    freeTrialEnabled))
BOOST_DESCRIBE_STRUCT(OAuthActorOfActor, (), (iss, sub))
BOOST_DESCRIBE_STRUCT(OAuthActor, (), (iss, sub, act))
BOOST_DESCRIBE_STRUCT(IdPOAuthAccessToken, (), (id, clientId, type, subject, scopes, revoked, revocationReason,
    expired, expiration, createdAt, updatedAt, aud, act))
BOOST_DESCRIBE_STRUCT(ScopedMachine, (), (id, name, instanceId, createdAt, updatedAt, scopedMachines,
    defaultTokenTtl))
BOOST_DESCRIBE_STRUCT(Machine, (), (id, name, instanceId, createdAt, updatedAt, scopedMachines, defaultTokenTtl,
    secretKey))
BOOST_DESCRIBE_STRUCT(BillingTotals, (), (subtotal, baseFee, taxTotal, grandTotal, totalDueAfterFreeTrial, credit,
    credits, discounts, pastDue, totalDueNow, perUnitTotals, totalsDuePerPeriod, totalDuePerPeriod))
BOOST_DESCRIBE_STRUCT(NextItemPayment, (), (amount, date, perUnitTotals, totals))
BOOST_DESCRIBE_STRUCT(NextPayment, (), (date, amount, perUnitTotals, totals))
BOOST_DESCRIBE_STRUCT(SeatTier, (), (quantity, feePerBlock, total))
BOOST_DESCRIBE_STRUCT(Seats, (), (quantity, tiers))
BOOST_DESCRIBE_STRUCT(BillingSubscriptionItem, (), (id, instanceId, status, planPeriod, periodStart, nextPayment,
    amount, plan, planId, priceId, createdAt, updatedAt, periodEnd, canceledAt, pastDueAt, endedAt, payerId,
    isFreeTrial, lifetimePaid, seats))
BOOST_DESCRIBE_STRUCT(BillingSubscription, (), (id, instanceId, status, payerId, createdAt, updatedAt, activeAt,
    pastDueAt, subscriptionItems, nextPayment, eligibleForFreeTrial))
BOOST_DESCRIBE_STRUCT(BatchEmailResult, (), (index, email, errors, statusCode, retryAfterSeconds))
BOOST_DESCRIBE_STRUCT(RefreshedSession, (), (jwt, cookies))
BOOST_DESCRIBE_STRUCT(UserId, (), (user_id))
BOOST_DESCRIBE_STRUCT(PasswordVerification, (), (verified))
BOOST_DESCRIBE_STRUCT(TOTPVerification, (), (verified, code_type))
BOOST_DESCRIBE_STRUCT(APIKeySecret, (), (secret))
BOOST_DESCRIBE_STRUCT(JwksJSON, (), (keys))
BOOST_DESCRIBE_STRUCT(WebhooksSvixJSON, (), (svix_url))
BOOST_DESCRIBE_STRUCT(HandshakePayload, (), (directives))
BOOST_DESCRIBE_STRUCT(TestingToken, (), (object, token, expires_at))
BOOST_DESCRIBE_STRUCT(OrganizationDomainVerification, (), (status, strategy, attempts, expire_at, verified_at))
BOOST_DESCRIBE_STRUCT(OrganizationDomain, (), (object, id, organization_id, name, enrollment_mode,
    affiliation_email_address, affiliation_verification, ownership_verification, verification,
    total_pending_invitations, total_pending_suggestions, public_organization_data, created_at, updated_at))
BOOST_DESCRIBE_STRUCT(BillingMoneyWebhookEventJSON, (), (amount, amount_formatted, currency, currency_symbol))
BOOST_DESCRIBE_STRUCT(BillingPayerWebhookEventJSON, (), (object, id, instance_id, user_id, first_name, last_name,
    email, organization_id, organization_name, image_url, created_at, updated_at))
BOOST_DESCRIBE_STRUCT(BillingPlanWebhookEventJSON, (), (id, slug, name, is_default, is_recurring, amount, currency,
    unit_prices))
BOOST_DESCRIBE_STRUCT(BillingSubscriptionItemWebhookEventJSON, (), (object, id, status, is_free_trial, created_at,
    updated_at, period_start, period_end, interval, plan_id, plan, payer, subscription_id, seats))
BOOST_DESCRIBE_STRUCT(BillingSubscriptionWebhookEventJSON, (), (object, id, status, active_at, canceled_at,
    created_at, ended_at, past_due_at, updated_at, latest_payment_id, payer_id, payer, payment_source_id, items))
BOOST_DESCRIBE_STRUCT(BillingPaymentAttemptTotalsWebhookEventJSON, (), (subtotal, tax_total, grand_total,
    per_unit_totals))
BOOST_DESCRIBE_STRUCT(BillingPaymentAttemptWebhookEventJSON, (), (object, id, instance_id, payment_id, invoice_id,
    statement_id, gateway_external_id, status, created_at, updated_at, paid_at, failed_at, failed_reason,
    billing_date, charge_type, payee, payer, totals, payment_source, subscription_items))

// Each is compiled once.
extern template Email api::fromJson<Email>(const boost::json::value&);
extern template M2MToken api::fromJson<M2MToken>(const boost::json::value&);
extern template AccountlessApplication api::fromJson<AccountlessApplication>(const boost::json::value&);
extern template AgentTask api::fromJson<AgentTask>(const boost::json::value&);
extern template ActorToken api::fromJson<ActorToken>(const boost::json::value&);
extern template AllowlistIdentifier api::fromJson<AllowlistIdentifier>(const boost::json::value&);
extern template APIKey api::fromJson<APIKey>(const boost::json::value&);
extern template BlocklistIdentifier api::fromJson<BlocklistIdentifier>(const boost::json::value&);
extern template SessionActivity api::fromJson<SessionActivity>(const boost::json::value&);
extern template Session api::fromJson<Session>(const boost::json::value&);
extern template Client api::fromJson<Client>(const boost::json::value&);
extern template CnameTarget api::fromJson<CnameTarget>(const boost::json::value&);
extern template Cookies api::fromJson<Cookies>(const boost::json::value&);
extern template DeletedObject api::fromJson<DeletedObject>(const boost::json::value&);
extern template Domain api::fromJson<Domain>(const boost::json::value&);
extern template IdentificationLink api::fromJson<IdentificationLink>(const boost::json::value&);
extern template Verification api::fromJson<Verification>(const boost::json::value&);
extern template EmailAddress api::fromJson<EmailAddress>(const boost::json::value&);
extern template Feature api::fromJson<Feature>(const boost::json::value&);
extern template EnterpriseAccountConnection api::fromJson<EnterpriseAccountConnection>(const boost::json::value&);
extern template EnterpriseAccount api::fromJson<EnterpriseAccount>(const boost::json::value&);
extern template SamlConnectionIdpCertificate api::fromJson<SamlConnectionIdpCertificate>(const boost::json::value&);
extern template EnterpriseConnectionSamlConnectionLoginHint api::fromJson<EnterpriseConnectionSamlConnectionLoginHint>(const boost::json::value&);
extern template EnterpriseConnectionCustomAttribute api::fromJson<EnterpriseConnectionCustomAttribute>(const boost::json::value&);
extern template EnterpriseConnectionSamlConnection api::fromJson<EnterpriseConnectionSamlConnection>(const boost::json::value&);
extern template EnterpriseConnectionOauthConfig api::fromJson<EnterpriseConnectionOauthConfig>(const boost::json::value&);
extern template EnterpriseConnection api::fromJson<EnterpriseConnection>(const boost::json::value&);
extern template ExternalAccount api::fromJson<ExternalAccount>(const boost::json::value&);
extern template Instance api::fromJson<Instance>(const boost::json::value&);
extern template InstanceRestrictions api::fromJson<InstanceRestrictions>(const boost::json::value&);
extern template InstanceSettings api::fromJson<InstanceSettings>(const boost::json::value&);
extern template Invitation api::fromJson<Invitation>(const boost::json::value&);
extern template JwtTemplate api::fromJson<JwtTemplate>(const boost::json::value&);
extern template MachineScope api::fromJson<MachineScope>(const boost::json::value&);
extern template MachineSecretKey api::fromJson<MachineSecretKey>(const boost::json::value&);
extern template OauthAccessToken api::fromJson<OauthAccessToken>(const boost::json::value&);
extern template OAuthApplication api::fromJson<OAuthApplication>(const boost::json::value&);
extern template Organization api::fromJson<Organization>(const boost::json::value&);
extern template OrganizationInvitation api::fromJson<OrganizationInvitation>(const boost::json::value&);
extern template OrganizationMembershipPublicUserData api::fromJson<OrganizationMembershipPublicUserData>(const boost::json::value&);
extern template OrganizationMembership api::fromJson<OrganizationMembership>(const boost::json::value&);
extern template OrganizationSettings api::fromJson<OrganizationSettings>(const boost::json::value&);
extern template Permission api::fromJson<Permission>(const boost::json::value&);
extern template PhoneNumber api::fromJson<PhoneNumber>(const boost::json::value&);
extern template ProxyCheck api::fromJson<ProxyCheck>(const boost::json::value&);
extern template RedirectUrl api::fromJson<RedirectUrl>(const boost::json::value&);
extern template Role api::fromJson<Role>(const boost::json::value&);
extern template RoleSetItem api::fromJson<RoleSetItem>(const boost::json::value&);
extern template RoleSetMigration api::fromJson<RoleSetMigration>(const boost::json::value&);
extern template RoleSet api::fromJson<RoleSet>(const boost::json::value&);
extern template AttributeMapping api::fromJson<AttributeMapping>(const boost::json::value&);
extern template SamlConnection api::fromJson<SamlConnection>(const boost::json::value&);
extern template SignInToken api::fromJson<SignInToken>(const boost::json::value&);
extern template SignUpAttemptVerification api::fromJson<SignUpAttemptVerification>(const boost::json::value&);
extern template SignUpAttemptVerifications api::fromJson<SignUpAttemptVerifications>(const boost::json::value&);
extern template SignUpAttempt api::fromJson<SignUpAttempt>(const boost::json::value&);
extern template SMSMessage api::fromJson<SMSMessage>(const boost::json::value&);
extern template Token api::fromJson<Token>(const boost::json::value&);
extern template Web3Wallet api::fromJson<Web3Wallet>(const boost::json::value&);
extern template User api::fromJson<User>(const boost::json::value&);
extern template WaitlistEntry api::fromJson<WaitlistEntry>(const boost::json::value&);
extern template Money api::fromJson<Money>(const boost::json::value&);
extern template BillingPlan api::fromJson<BillingPlan>(const boost::json::value&);
extern template OAuthActorOfActor api::fromJson<OAuthActorOfActor>(const boost::json::value&);
extern template OAuthActor api::fromJson<OAuthActor>(const boost::json::value&);
extern template IdPOAuthAccessToken api::fromJson<IdPOAuthAccessToken>(const boost::json::value&);
extern template ScopedMachine api::fromJson<ScopedMachine>(const boost::json::value&);
extern template Machine api::fromJson<Machine>(const boost::json::value&);
extern template BillingTotals api::fromJson<BillingTotals>(const boost::json::value&);
extern template NextItemPayment api::fromJson<NextItemPayment>(const boost::json::value&);
extern template NextPayment api::fromJson<NextPayment>(const boost::json::value&);
extern template SeatTier api::fromJson<SeatTier>(const boost::json::value&);
extern template Seats api::fromJson<Seats>(const boost::json::value&);
extern template BillingSubscriptionItem api::fromJson<BillingSubscriptionItem>(const boost::json::value&);
extern template BillingSubscription api::fromJson<BillingSubscription>(const boost::json::value&);
extern template BatchEmailResult api::fromJson<BatchEmailResult>(const boost::json::value&);
extern template RefreshedSession api::fromJson<RefreshedSession>(const boost::json::value&);
extern template UserId api::fromJson<UserId>(const boost::json::value&);
extern template PasswordVerification api::fromJson<PasswordVerification>(const boost::json::value&);
extern template TOTPVerification api::fromJson<TOTPVerification>(const boost::json::value&);
extern template APIKeySecret api::fromJson<APIKeySecret>(const boost::json::value&);
extern template JwksJSON api::fromJson<JwksJSON>(const boost::json::value&);
extern template WebhooksSvixJSON api::fromJson<WebhooksSvixJSON>(const boost::json::value&);
extern template HandshakePayload api::fromJson<HandshakePayload>(const boost::json::value&);
extern template TestingToken api::fromJson<TestingToken>(const boost::json::value&);
extern template OrganizationDomainVerification api::fromJson<OrganizationDomainVerification>(const boost::json::value&);
extern template OrganizationDomain api::fromJson<OrganizationDomain>(const boost::json::value&);
extern template BillingMoneyWebhookEventJSON api::fromJson<BillingMoneyWebhookEventJSON>(const boost::json::value&);
extern template BillingPayerWebhookEventJSON api::fromJson<BillingPayerWebhookEventJSON>(const boost::json::value&);
extern template BillingPlanWebhookEventJSON api::fromJson<BillingPlanWebhookEventJSON>(const boost::json::value&);
extern template BillingSubscriptionItemWebhookEventJSON api::fromJson<BillingSubscriptionItemWebhookEventJSON>(const boost::json::value&);
extern template BillingSubscriptionWebhookEventJSON api::fromJson<BillingSubscriptionWebhookEventJSON>(const boost::json::value&);
extern template BillingPaymentAttemptTotalsWebhookEventJSON api::fromJson<BillingPaymentAttemptTotalsWebhookEventJSON>(const boost::json::value&);
extern template BillingPaymentAttemptWebhookEventJSON api::fromJson<BillingPaymentAttemptWebhookEventJSON>(const boost::json::value&);

}  // namespace clerk
