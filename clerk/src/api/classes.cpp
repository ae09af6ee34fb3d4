#include "api/classes.hpp"

namespace clerk::api {
namespace {

// clang-format off
constexpr ClassRow kClasses[] = {
    {"Email", "email",
     "id fromEmailName emailAddressId|null toEmailAddress subject body bodyPlain|null status slug|null "
     "data:object|null deliveredByClerk:bool userId|null suppressionReason|null"},
    {"IdPOAuthAccessToken", "clerk_idp_oauth_access_token",
     "id clientId type subject scopes:text[] revoked:bool revocationReason|null expired:bool "
     "expiration:time|null createdAt:time updatedAt:time aud:any act:OAuthActor|null"},
    {"M2MToken", "machine_to_machine_token",
     "id subject scopes:text[] claims:any revoked:bool revocationReason|null expired:bool expiration:time|null "
     "createdAt:time updatedAt:time token|null"},
    {"AccountlessApplication", "accountless_application",
     "publishableKey secretKey claimUrl apiKeysUrl"},
    {"AgentTask", "agent_task",
     "agentId taskId<agent_task_id/task_id~\"\" agentTaskId<agent_task_id/task_id~\"\" url|null"},
    {"ActorToken", "actor_token",
     "id status userId actor:object token|null url|null createdAt:time updatedAt:time"},
    {"AllowlistIdentifier", "allowlist_identifier",
     "id identifier identifierType createdAt:time updatedAt:time instanceId|null invitationId|null"},
    {"APIKey", "api_key",
     "id type name subject scopes:text[] claims:any revoked:bool revocationReason|null expired:bool "
     "expiration:time|null createdBy|null description|null lastUsedAt:time|null createdAt:time updatedAt:time "
     "secret|null"},
    {"BlocklistIdentifier", "blocklist_identifier",
     "id identifier identifierType createdAt:time updatedAt:time instanceId"},
    {"SessionActivity", "",
     "id isMobile:bool ipAddress|null city|null country|null browserVersion|null browserName|null "
     "deviceType|null"},
    {"Session", "session",
     "id clientId userId status lastActiveAt:time expireAt:time abandonAt:time createdAt:time updatedAt:time "
     "lastActiveOrganizationId|null latestActivity:SessionActivity|null actor:any=null"},
    {"Client", "client",
     "id sessionIds:text[] sessions:Session[]! signInId|null signUpId|null lastActiveSessionId|null "
     "lastAuthenticationStrategy|null createdAt:time updatedAt:time"},
    {"CnameTarget", "",
     "host value required:bool"},
    {"Cookies", "cookies",
     "cookies:text[]"},
    {"DeletedObject", "",
     "object id|null~null slug|null~null deleted:bool"},
    {"Domain", "domain",
     "id name isSatellite:bool frontendApiUrl developmentOrigin|null cnameTargets:CnameTarget[] "
     "accountsPortalUrl|null proxyUrl|null"},
    {"IdentificationLink", "",
     "id type"},
    {"Verification", "",
     "status|null strategy|null externalVerificationRedirectURL|null^ attempts:int|null=null "
     "expireAt:time|null=null nonce|null=null message|null#null"},
    {"EmailAddress", "email_address",
     "id emailAddress verification:Verification|null linkedTo:IdentificationLink[]!"},
    {"Feature", "feature",
     "id name description|null?null slug avatarUrl|null?null"},
    {"BillingPlan", "commerce_plan",
     "id name slug description|null?null isDefault:bool isRecurring:bool hasBaseFee:bool publiclyVisible:bool "
     "fee:Money|null annualFee:Money|null annualMonthlyFee:Money|null forPayerType features:Feature[]~[] "
     "avatarUrl|null freeTrialDays:int|null freeTrialEnabled:bool"},
    {"BillingSubscriptionItem", "commerce_subscription_item",
     "id instanceId status planPeriod periodStart:time nextPayment:NextItemPayment|null amount:Money|null "
     "plan:BillingPlan|null~null planId|null?null priceId|null?null createdAt:time updatedAt:time "
     "periodEnd:time|null canceledAt:time|null pastDueAt:time|null endedAt:time|null payerId isFreeTrial:bool "
     "lifetimePaid:Money|null seats:Seats|null"},
    {"BillingSubscription", "commerce_subscription",
     "id instanceId status payerId createdAt:time updatedAt:time activeAt:time|null?null "
     "pastDueAt:time|null?null subscriptionItems:BillingSubscriptionItem[]~[] "
     "nextPayment:NextPayment|null~null eligibleForFreeTrial:bool?false"},
    {"EnterpriseAccountConnection", "",
     "id active:bool allowIdpInitiated:bool allowSubdomains:bool disableAdditionalIdentifications:bool domain "
     "logoPublicUrl|null name protocol provider syncUserAttributes:bool createdAt:time updatedAt:time"},
    {"EnterpriseAccount", "enterprise_account",
     "id active:bool emailAddress enterpriseConnection:EnterpriseAccountConnection|null firstName|null "
     "lastName|null protocol provider providerUserId|null publicMetadata:any verification:Verification|null "
     "lastAuthenticatedAt:time|null enterpriseConnectionId|null"},
    {"SamlConnectionIdpCertificate", "",
     "certificate issuedAt:time|null expiresAt:time|null"},
    {"EnterpriseConnectionSamlConnectionLoginHint", "",
     "mode source|null"},
    {"EnterpriseConnectionCustomAttribute", "",
     "name key ssoPath|null scimPath|null multiValued:bool|null"},
    {"EnterpriseConnectionSamlConnection", "",
     "id name idpEntityId|null idpSsoUrl|null idpCertificate|null idpCertificateIssuedAt:time|null "
     "idpCertificateExpiresAt:time|null idpMetadataUrl|null idpMetadata|null acsUrl|null spEntityId|null "
     "spMetadataUrl|null syncUserAttributes:bool allowSubdomains:bool allowIdpInitiated:bool active:bool "
     "forceAuthn:bool loginHint:EnterpriseConnectionSamlConnectionLoginHint|null "
     "idpCertificates:SamlConnectionIdpCertificate[]~[]"},
    {"EnterpriseConnectionOauthConfig", "",
     "id name clientId|null discoveryUrl|null logoPublicUrl|null createdAt:time updatedAt:time "
     "providerKey|null authUrl|null tokenUrl|null userInfoUrl|null requiresPkce:bool"},
    {"EnterpriseConnection", "enterprise_connection",
     "id name domains:text[] organizationId|null?null active:bool syncUserAttributes:bool allowSubdomains:bool "
     "disableAdditionalIdentifications:bool createdAt:time updatedAt:time "
     "samlConnection:EnterpriseConnectionSamlConnection|null~null "
     "oauthConfig:EnterpriseConnectionOauthConfig|null~null provider logoPublicUrl|null "
     "allowOrganizationAccountLinking:bool authenticatable:bool disableJitProvisioning:bool "
     "customAttributes:EnterpriseConnectionCustomAttribute[]"},
    {"ExternalAccount", "",
     "id provider providerUserId identificationId externalId<provider_user_id approvedScopes emailAddress "
     "firstName|null lastName|null imageUrl~\"\" username|null phoneNumber|null publicMetadata:object={} "
     "label|null verification:Verification|null externalAccountId|null"},
    {"Instance", "instance",
     "id environmentType allowedOrigins:text[]|null"},
    {"InstanceRestrictions", "instance_restrictions",
     "allowlist:bool blocklist:bool blockEmailSubaddresses:bool blockDisposableEmailDomains:bool "
     "ignoreDotsForGmailAddresses:bool"},
    {"InstanceSettings", "instance_settings",
     "id restrictedToAllowlist:bool fromEmailAddress|null progressiveSignUp:bool "
     "enhancedEmailDeliverability:bool"},
    {"Invitation", "invitation",
     "id emailAddress publicMetadata:object|null createdAt:time updatedAt:time status url|null "
     "revoked:bool|null _raw:object"},
    {"JwtTemplate", "jwt_template",
     "id name claims:object lifetime:int allowedClockSkew:int customSigningKey:bool signingAlgorithm "
     "createdAt:time updatedAt:time"},
    {"Machine", "machine",
     "id name instanceId createdAt:time updatedAt:time scopedMachines:ScopedMachine[]! defaultTokenTtl:int "
     "secretKey|null"},
    {"MachineScope", "machine_scope",
     "fromMachineId toMachineId createdAt:time|null deleted:bool|null"},
    {"MachineSecretKey", "machine_secret_key",
     "secret"},
    {"OauthAccessToken", "oauth_access_token",
     "externalAccountId provider token publicMetadata:object={} label~\"\" scopes:text[] tokenSecret|null "
     "expiresAt:int|null idToken|null"},
    {"OAuthApplication", "oauth_application",
     "id instanceId name clientId clientUri|null clientImageUrl|null dynamicallyRegistered:bool "
     "consentScreenEnabled:bool pkceRequired:bool isPublic<public:bool scopes redirectUris:text[] authorizeUrl "
     "tokenFetchUrl userInfoUrl discoveryUrl tokenIntrospectionUrl createdAt:time updatedAt:time "
     "clientSecret|null"},
    {"Organization", "organization",
     "id name slug|null imageUrl~\"\" hasImage:bool createdAt:time updatedAt:time publicMetadata:object={} "
     "privateMetadata:object={} maxAllowedMemberships:int adminDeleteEnabled:bool membersCount:int|null "
     "createdBy|null _raw:object"},
    {"OrganizationInvitation", "organization_invitation",
     "id emailAddress role roleName organizationId createdAt:time updatedAt:time expiresAt:time url|null "
     "status|null publicMetadata:object={} privateMetadata:object={} publicOrganizationData:any _raw:object"},
    {"OrganizationMembership", "organization_membership",
     "id role permissions:text[] publicMetadata:object={} privateMetadata:object={} createdAt:time "
     "updatedAt:time organization:Organization|null publicUserData:OrganizationMembershipPublicUserData|null "
     "_raw:object"},
    {"OrganizationMembershipPublicUserData", "",
     "identifier firstName|null lastName|null imageUrl hasImage:bool userId"},
    {"OrganizationSettings", "organization_settings",
     "enabled:bool maxAllowedMemberships:int maxAllowedRoles:int maxAllowedPermissions:int creatorRole "
     "adminDeleteEnabled:bool domainsEnabled:bool slugDisabled:bool domainsEnrollmentModes:text[] "
     "domainsDefaultRole|null"},
    {"Permission", "permission",
     "id name key description|null createdAt:time updatedAt:time"},
    {"PhoneNumber", "phone_number",
     "id phoneNumber reservedForSecondFactor:bool defaultSecondFactor:bool verification:Verification|null "
     "linkedTo:IdentificationLink[]!"},
    {"ProxyCheck", "proxy_check",
     "id domainId lastRunAt:time|null proxyUrl successful:bool createdAt:time updatedAt:time"},
    {"RedirectUrl", "redirect_url",
     "id url createdAt:time updatedAt:time"},
    {"Role", "role",
     "id name key description|null permissions:Permission[]~[] isCreatorEligible:bool createdAt:time "
     "updatedAt:time"},
    {"RoleSetItem", "",
     "id name key description|null createdAt:time updatedAt:time membersCount:int|null hasMembers:bool|null"},
    {"RoleSetMigration", "",
     "id organizationId|null instanceId sourceRoleSetId destRoleSetId|null triggerType status "
     "migratedMembers:int mappings:object|null createdAt:time updatedAt:time startedAt:time|null "
     "completedAt:time|null"},
    {"RoleSet", "role_set",
     "id name key description|null roles:RoleSetItem[]~[] defaultRole:RoleSetItem|null~null "
     "creatorRole:RoleSetItem|null~null type roleSetMigration:RoleSetMigration|null~null createdAt:time "
     "updatedAt:time"},
    {"SamlConnection", "saml_connection",
     "id name domain organizationId|null idpEntityId|null idpSsoUrl|null idpCertificate|null "
     "idpCertificateIssuedAt:time|null idpCertificateExpiresAt:time|null idpMetadataUrl|null idpMetadata|null "
     "acsUrl spEntityId spMetadataUrl active:bool provider userCount:int syncUserAttributes:bool "
     "allowSubdomains:bool allowIdpInitiated:bool createdAt:time updatedAt:time "
     "attributeMapping:AttributeMapping|null idpCertificates:SamlConnectionIdpCertificate[]~[]"},
    {"AttributeMapping", "",
     "userId emailAddress firstName lastName"},
    {"SignInToken", "sign_in_token",
     "id userId token status url createdAt:time updatedAt:time"},
    {"SignUpAttemptVerification", "",
     "nextAction supportedStrategies:text[]"},
    {"SignUpAttemptVerifications", "",
     "emailAddress:SignUpAttemptVerification|null phoneNumber:SignUpAttemptVerification|null "
     "web3Wallet:SignUpAttemptVerification|null externalAccount:object|null"},
    {"SignUpAttempt", "sign_up_attempt",
     "id status requiredFields:text[] optionalFields:text[] missingFields:text[] unverifiedFields:text[] "
     "verifications:SignUpAttemptVerifications|null~null username|null emailAddress|null phoneNumber|null "
     "web3Wallet|null passwordEnabled:bool firstName|null lastName|null customAction:bool externalId|null "
     "createdSessionId|null createdUserId|null abandonAt:time legalAcceptedAt:time|null "
     "publicMetadata:object|null unsafeMetadata:object|null"},
    {"SMSMessage", "sms_message",
     "id fromPhoneNumber toPhoneNumber message status phoneNumberId|null data:object|null"},
    {"Token", "token",
     "jwt"},
    {"Web3Wallet", "",
     "id web3Wallet verification:Verification|null"},
    {"User", "user",
     "id passwordEnabled:bool totpEnabled:bool backupCodeEnabled:bool twoFactorEnabled:bool banned:bool "
     "locked:bool createdAt:time updatedAt:time imageUrl hasImage:bool primaryEmailAddressId|null "
     "primaryPhoneNumberId|null primaryWeb3WalletId|null lastSignInAt:time|null externalId|null username|null "
     "firstName|null lastName|null publicMetadata:object={} privateMetadata:object={} unsafeMetadata:object={} "
     "emailAddresses:EmailAddress[]~[] phoneNumbers:PhoneNumber[]~[] web3Wallets:Web3Wallet[]~[] "
     "externalAccounts:ExternalAccount[]~[] enterpriseAccounts:EnterpriseAccount[]~[] lastActiveAt:time|null "
     "createOrganizationEnabled:bool createOrganizationsLimit:int|null=null deleteSelfEnabled:bool "
     "legalAcceptedAt:time|null locale|null timezone|null=null deprovisioned:bool=false _raw:object"},
    {"WaitlistEntry", "waitlist_entry",
     "id emailAddress status invitation:Invitation|null createdAt:time updatedAt:time isLocked:bool"},
    {"Money", "",
     "amount:int amountFormatted currency currencySymbol"},
    {"OAuthActor", "",
     "iss|null sub act:OAuthActorOfActor|null"},
    {"OAuthActorOfActor", "",
     "iss|null sub"},
    {"ScopedMachine", "",
     "id name instanceId createdAt:time updatedAt:time scopedMachines:any[]#[] defaultTokenTtl:int"},
    {"NextItemPayment", "",
     "amount:Money|null date:time perUnitTotals:any totals:BillingTotals|null"},
    {"NextPayment", "",
     "date:time amount:Money|null perUnitTotals:any totals:BillingTotals|null"},
    {"BillingTotals", "",
     "subtotal:Money|null baseFee:Money|null~null taxTotal:Money|null grandTotal:Money|null "
     "totalDueAfterFreeTrial:Money|null credit:Money|null credits:any~null discounts:any~null "
     "pastDue:Money|null totalDueNow:Money|null perUnitTotals:any totalsDuePerPeriod:any "
     "totalDuePerPeriod:Money|null"},
    {"Seats", "",
     "quantity:int|null tiers:SeatTier[]"},
    {"SeatTier", "",
     "quantity:int|null feePerBlock:Money|null total:Money|null"},
    {"BatchEmailResult", "",
     "index:int email:Email|null errors:any% statusCode:int retryAfterSeconds:int|null"},
    {"RefreshedSession", "", "jwt|null cookies:text[]"},
    // What Clerk's SDK hands on as it came.
    {"UserId", "", "user_id", Names::Wire},
    {"PasswordVerification", "", "verified:bool", Names::Wire},
    {"TOTPVerification", "", "verified:bool code_type", Names::Wire},
    {"APIKeySecret", "", "secret", Names::Wire},
    {"JwksJSON", "", "keys:any[]", Names::Wire},
    {"WebhooksSvixJSON", "", "svix_url", Names::Wire},
    {"HandshakePayload", "", "directives:text[]", Names::Wire},
    {"TestingToken", "", "object token expires_at:int", Names::Wire},
    {"OrganizationDomainVerification", "", "status strategy attempts:int|null expire_at:time|null verified_at:time|null",
     Names::Wire},
    {"OrganizationDomain", "",
     "object id organization_id name enrollment_mode affiliation_email_address|null "
     "affiliation_verification:OrganizationDomainVerification|null "
     "ownership_verification:OrganizationDomainVerification|null verification:OrganizationDomainVerification|null "
     "total_pending_invitations:int total_pending_suggestions:int public_organization_data:object|null created_at:time "
     "updated_at:time",
     Names::Wire},
    // Data of webhooks about billing.
    {"BillingMoneyWebhookEventJSON", "", "amount:int amount_formatted currency currency_symbol", Names::Wire},
    {"BillingPayerWebhookEventJSON", "",
     "object id instance_id user_id|null first_name|null last_name|null email|null organization_id|null "
     "organization_name|null image_url created_at:time updated_at:time",
     Names::Wire},
    {"BillingPlanWebhookEventJSON", "",
     "id slug name is_default:bool is_recurring:bool amount:int currency unit_prices:any[]", Names::Wire},
    {"BillingSubscriptionItemWebhookEventJSON", "",
     "object id status is_free_trial:bool created_at:time updated_at:time period_start:time period_end:time|null interval "
     "plan_id|null plan:BillingPlanWebhookEventJSON|null payer:BillingPayerWebhookEventJSON|null subscription_id|null "
     "seats:object|null",
     Names::Wire},
    {"BillingSubscriptionWebhookEventJSON", "",
     "object id status active_at:time|null canceled_at:time|null created_at:time ended_at:time|null past_due_at:time|null "
     "updated_at:time latest_payment_id|null payer_id payer:BillingPayerWebhookEventJSON|null payment_source_id|null "
     "items:BillingSubscriptionItemWebhookEventJSON[]",
     Names::Wire},
    {"BillingPaymentAttemptTotalsWebhookEventJSON", "",
     "subtotal:BillingMoneyWebhookEventJSON|null tax_total:BillingMoneyWebhookEventJSON|null "
     "grand_total:BillingMoneyWebhookEventJSON|null per_unit_totals:any[]",
     Names::Wire},
    {"BillingPaymentAttemptWebhookEventJSON", "",
     "object id instance_id payment_id invoice_id statement_id gateway_external_id status created_at:time updated_at:time "
     "paid_at:time|null failed_at:time|null failed_reason:object|null billing_date:time charge_type payee:object "
     "payer:BillingPayerWebhookEventJSON|null totals:BillingPaymentAttemptTotalsWebhookEventJSON|null "
     "payment_source:object subscription_items:any[]",
     Names::Wire},
};

// Webhooks of 2025-04-15.
constexpr WebhookKind kWebhookKinds[] = {
    {"email.created", "Email"},
    {"organization.created", "Organization"},
    {"organization.updated", "Organization"},
    {"organization.deleted", "DeletedObject"},
    {"organizationDomain.created", "OrganizationDomain"},
    {"organizationDomain.updated", "OrganizationDomain"},
    {"organizationDomain.deleted", "DeletedObject"},
    {"organizationInvitation.created", "OrganizationInvitation"},
    {"organizationInvitation.accepted", "OrganizationInvitation"},
    {"organizationInvitation.revoked", "OrganizationInvitation"},
    {"organizationMembership.created", "OrganizationMembership"},
    {"organizationMembership.updated", "OrganizationMembership"},
    {"organizationMembership.deleted", "OrganizationMembership"},
    {"paymentAttempt.created", "BillingPaymentAttemptWebhookEventJSON"},
    {"paymentAttempt.updated", "BillingPaymentAttemptWebhookEventJSON"},
    {"permission.created", "Permission"},
    {"permission.updated", "Permission"},
    {"permission.deleted", "DeletedObject"},
    {"role.created", "Role"},
    {"role.updated", "Role"},
    {"role.deleted", "DeletedObject"},
    {"session.created", "Session"},
    {"session.pending", "Session"},
    {"session.ended", "Session"},
    {"session.removed", "Session"},
    {"session.revoked", "Session"},
    {"sms.created", "SMSMessage"},
    {"subscription.created", "BillingSubscriptionWebhookEventJSON"},
    {"subscription.updated", "BillingSubscriptionWebhookEventJSON"},
    {"subscription.active", "BillingSubscriptionWebhookEventJSON"},
    {"subscription.pastDue", "BillingSubscriptionWebhookEventJSON"},
    {"subscriptionItem.abandoned", "BillingSubscriptionItemWebhookEventJSON"},
    {"subscriptionItem.active", "BillingSubscriptionItemWebhookEventJSON"},
    {"subscriptionItem.canceled", "BillingSubscriptionItemWebhookEventJSON"},
    {"subscriptionItem.ended", "BillingSubscriptionItemWebhookEventJSON"},
    {"subscriptionItem.freeTrialEnding", "BillingSubscriptionItemWebhookEventJSON"},
    {"subscriptionItem.incomplete", "BillingSubscriptionItemWebhookEventJSON"},
    {"subscriptionItem.pastDue", "BillingSubscriptionItemWebhookEventJSON"},
    {"subscriptionItem.upcoming", "BillingSubscriptionItemWebhookEventJSON"},
    {"subscriptionItem.updated", "BillingSubscriptionItemWebhookEventJSON"},
    {"user.created", "User"},
    {"user.updated", "User"},
    {"user.deleted", "DeletedObject"},
    {"waitlistEntry.created", "WaitlistEntry"},
    {"waitlistEntry.updated", "WaitlistEntry"},
};
// clang-format on

bool isNameCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Takes the name at the beginning.
std::string_view takeName(std::string_view& text, bool slashes = false) {
  std::size_t end = 0;
  while (end < text.size() && (isNameCharacter(text[end]) || (slashes && text[end] == '/'))) ++end;
  const auto name = text.substr(0, end);
  text.remove_prefix(end);
  return name;
}

bool take(std::string_view& text, std::string_view mark) {
  if (!text.starts_with(mark)) return false;
  text.remove_prefix(mark.size());
  return true;
}

}  // namespace

std::span<const ClassRow> classes() { return kClasses; }
std::span<const WebhookKind> webhookKinds() { return kWebhookKinds; }

FieldText fieldText(std::string_view text) {
  FieldText field;
  field.name = takeName(text);
  if (take(text, "<")) field.wireNames = takeName(text, true);
  if (take(text, ":")) field.type = takeName(text);
  field.isList = take(text, "[]");
  field.isOptional = take(text, "|null");
  field.mustBeList = take(text, "!");
  if (!text.empty()) {
    field.mark = text.front();
    field.fallback = text.substr(1);
  }
  return field;
}

}  // namespace clerk::api
