#pragma once
// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off
// What the Backend API gives, with the SDK's names. Each resource converts to boost::json::value and is then exactly
// what JSON.stringify gives of Clerk's object: same members, same order; what the API left out stays out.

#include <clerk/api/resource.hpp>

#include <boost/json/value.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace clerk {

struct Email : Resource {
  std::string id;
  std::string fromEmailName;
  std::optional<std::string> emailAddressId;
  std::string toEmailAddress;
  std::string subject;
  std::string body;
  std::optional<std::string> bodyPlain;
  std::string status;
  std::optional<std::string> slug;
  std::optional<boost::json::object> data;
  bool deliveredByClerk = false;
  std::optional<std::string> userId;
  std::optional<std::string> suppressionReason;
  operator boost::json::value() const;
};

struct M2MToken : Resource {
  std::string id;
  std::string subject;
  std::vector<std::string> scopes;
  boost::json::value claims;
  bool revoked = false;
  std::optional<std::string> revocationReason;
  bool expired = false;
  std::optional<Timestamp> expiration;
  Timestamp createdAt = 0;
  Timestamp updatedAt = 0;
  std::optional<std::string> token;
  operator boost::json::value() const;
};

struct AccountlessApplication : Resource {
  std::string publishableKey;
  std::string secretKey;
  std::string claimUrl;
  std::string apiKeysUrl;
  operator boost::json::value() const;
};

struct AgentTask : Resource {
  std::string agentId;
  std::string taskId;
  std::string agentTaskId;
  std::optional<std::string> url;
  operator boost::json::value() const;
};

struct ActorToken : Resource {
  std::string id;
  std::string status;
  std::string userId;
  boost::json::object actor;
  std::optional<std::string> token;
  std::optional<std::string> url;
  Timestamp createdAt = 0;
  Timestamp updatedAt = 0;
  operator boost::json::value() const;
};

struct AllowlistIdentifier : Resource {
  std::string id;
  std::string identifier;
  std::string identifierType;
  Timestamp createdAt = 0;
  Timestamp updatedAt = 0;
  std::optional<std::string> instanceId;
  std::optional<std::string> invitationId;
  operator boost::json::value() const;
};

struct APIKey : Resource {
  std::string id;
  std::string type;
  std::string name;
  std::string subject;
  std::vector<std::string> scopes;
  boost::json::value claims;
  bool revoked = false;
  std::optional<std::string> revocationReason;
  bool expired = false;
  std::optional<Timestamp> expiration;
  std::optional<std::string> createdBy;
  std::optional<std::string> description;
  std::optional<Timestamp> lastUsedAt;
  Timestamp createdAt = 0;
  Timestamp updatedAt = 0;
  std::optional<std::string> secret;
  operator boost::json::value() const;
};

struct BlocklistIdentifier : Resource {
  std::string id;
  std::string identifier;
  std::string identifierType;
  Timestamp createdAt = 0;
  Timestamp updatedAt = 0;
  std::string instanceId;
  operator boost::json::value() const;
};

struct SessionActivity : Resource {
  std::string id;
  bool isMobile = false;
  std::optional<std::string> ipAddress;
  std::optional<std::string> city;
  std::optional<std::string> country;
  std::optional<std::string> browserVersion;
  std::optional<std::string> browserName;
  std::optional<std::string> deviceType;
  operator boost::json::value() const;
};

struct Session : Resource {
  std::string id;
  std::string clientId;
  std::string userId;
  std::string status;
  Timestamp lastActiveAt = 0;
  Timestamp expireAt = 0;
  Timestamp abandonAt = 0;
  Timestamp createdAt = 0;
  Timestamp updatedAt = 0;
  std::optional<std::string> lastActiveOrganizationId;
  std::optional<SessionActivity> latestActivity;
  boost::json::value actor;
  operator boost::json::value() const;
};

struct Client : Resource {
  std::string id;
  std::vector<std::string> sessionIds;
  std::vector<Session> sessions;
  std::optional<std::string> signInId;
  std::optional<std::string> signUpId;
  std::optional<std::string> lastActiveSessionId;
  std::optional<std::string> lastAuthenticationStrategy;
  Timestamp createdAt = 0;
  Timestamp updatedAt = 0;
  operator boost::json::value() const;
};

struct CnameTarget : Resource {
  std::string host;
  std::string value;
  bool required = false;
  operator boost::json::value() const;
};

struct Cookies : Resource {
  std::vector<std::string> cookies;
  operator boost::json::value() const;
};

struct DeletedObject : Resource {
  std::string object;
  std::optional<std::string> id;
  std::optional<std::string> slug;
  bool deleted = false;
  operator boost::json::value() const;
};

struct Domain : Resource {
  std::string id;
  std::string name;
  bool isSatellite = false;
  std::string frontendApiUrl;
  std::optional<std::string> developmentOrigin;
  std::vector<CnameTarget> cnameTargets;
  std::optional<std::string> accountsPortalUrl;
  std::optional<std::string> proxyUrl;
  operator boost::json::value() const;
};

struct IdentificationLink : Resource {
  std::string id;
  std::string type;
  operator boost::json::value() const;
};

struct Verification : Resource {
  std::optional<std::string> status;
  std::optional<std::string> strategy;
  std::optional<std::string> externalVerificationRedirectURL;
  std::optional<std::int64_t> attempts;
  std::optional<Timestamp> expireAt;
  std::optional<std::string> nonce;
  std::optional<std::string> message;
  operator boost::json::value() const;
};

struct EmailAddress : Resource {
  std::string id;
  std::string emailAddress;
  std::optional<Verification> verification;
  std::vector<IdentificationLink> linkedTo;
  operator boost::json::value() const;
};

struct Feature : Resource {
  std::string id;
  std::string name;
  std::optional<std::string> description;
  std::string slug;
  std::optional<std::string> avatarUrl;
  operator boost::json::value() const;
};

struct EnterpriseAccountConnection : Resource {
  std::string id;
  bool active = false;
  bool allowIdpInitiated = false;
  bool allowSubdomains = false;
  bool disableAdditionalIdentifications = false;
  std::string domain;
  std::optional<std::string> logoPublicUrl;
  std::string name;
  std::string protocol;
  std::string provider;
  bool syncUserAttributes = false;
  Timestamp createdAt = 0;
  Timestamp updatedAt = 0;
  operator boost::json::value() const;
};

struct EnterpriseAccount : Resource {
  std::string id;
  bool active = false;
  std::string emailAddress;
  std::optional<EnterpriseAccountConnection> enterpriseConnection;
  std::optional<std::string> firstName;
  std::optional<std::string> lastName;
  std::string protocol;
  std::string provider;
  std::optional<std::string> providerUserId;
  boost::json::value publicMetadata;
  std::optional<Verification> verification;
  std::optional<Timestamp> lastAuthenticatedAt;
  std::optional<std::string> enterpriseConnectionId;
  operator boost::json::value() const;
};

struct SamlConnectionIdpCertificate : Resource {
  std::string certificate;
  std::optional<Timestamp> issuedAt;
  std::optional<Timestamp> expiresAt;
  operator boost::json::value() const;
};

struct EnterpriseConnectionSamlConnectionLoginHint : Resource {
  std::string mode;
  std::optional<std::string> source;
  operator boost::json::value() const;
};

struct EnterpriseConnectionCustomAttribute : Resource {
  std::string name;
  std::string key;
  std::optional<std::string> ssoPath;
  std::optional<std::string> scimPath;
  std::optional<bool> multiValued;
  operator boost::json::value() const;
};

struct EnterpriseConnectionSamlConnection : Resource {
  std::string id;
  std::string name;
  std::optional<std::string> idpEntityId;
  std::optional<std::string> idpSsoUrl;
  std::optional<std::string> idpCertificate;
  std::optional<Timestamp> idpCertificateIssuedAt;
  std::optional<Timestamp> idpCertificateExpiresAt;
  std::optional<std::string> idpMetadataUrl;
  std::optional<std::string> idpMetadata;
  std::optional<std::string> acsUrl;
  std::optional<std::string> spEntityId;
  std::optional<std::string> spMetadataUrl;
  bool syncUserAttributes = false;
  bool allowSubdomains = false;
  bool allowIdpInitiated = false;
  bool active = false;
  bool forceAuthn = false;
  std::optional<EnterpriseConnectionSamlConnectionLoginHint> loginHint;
  std::vector<SamlConnectionIdpCertificate> idpCertificates;
  operator boost::json::value() const;
};

struct EnterpriseConnectionOauthConfig : Resource {
  std::string id;
  std::string name;
  std::optional<std::string> clientId;
  std::optional<std::string> discoveryUrl;
  std::optional<std::string> logoPublicUrl;
  Timestamp createdAt = 0;
  Timestamp updatedAt = 0;
  std::optional<std::string> providerKey;
  std::optional<std::string> authUrl;
  std::optional<std::string> tokenUrl;
  std::optional<std::string> userInfoUrl;
  bool requiresPkce = false;
  operator boost::json::value() const;
};

struct EnterpriseConnection : Resource {
  std::string id;
  std::string name;
  std::vector<std::string> domains;
  std::optional<std::string> organizationId;
  bool active = false;
  bool syncUserAttributes = false;
  bool allowSubdomains = false;
  bool disableAdditionalIdentifications = false;
  Timestamp createdAt = 0;
  Timestamp updatedAt = 0;
  std::optional<EnterpriseConnectionSamlConnection> samlConnection;
  std::optional<EnterpriseConnectionOauthConfig> oauthConfig;
  std::string provider;
  std::optional<std::string> logoPublicUrl;
  bool allowOrganizationAccountLinking = false;
  bool authenticatable = false;
  bool disableJitProvisioning = false;
  std::vector<EnterpriseConnectionCustomAttribute> customAttributes;
  operator boost::json::value() const;
};

struct ExternalAccount : Resource {
  std::string id;
  std::string provider;
  std::string providerUserId;
  std::string identificationId;
  std::string externalId;
  std::string approvedScopes;
  std::string emailAddress;
  std::optional<std::string> firstName;
  std::optional<std::string> lastName;
  std::string imageUrl;
  std::optional<std::string> username;
  std::optional<std::string> phoneNumber;
  boost::json::object publicMetadata;
  std::optional<std::string> label;
  std::optional<Verification> verification;
  std::optional<std::string> externalAccountId;
  operator boost::json::value() const;
};

struct Instance : Resource {
  std::string id;
  std::string environmentType;
  std::optional<std::vector<std::string>> allowedOrigins;
  operator boost::json::value() const;
};

struct InstanceRestrictions : Resource {
  bool allowlist = false;
  bool blocklist = false;
  bool blockEmailSubaddresses = false;
  bool blockDisposableEmailDomains = false;
  bool ignoreDotsForGmailAddresses = false;
  operator boost::json::value() const;
};

struct InstanceSettings : Resource {
  std::string id;
  bool restrictedToAllowlist = false;
  std::optional<std::string> fromEmailAddress;
  bool progressiveSignUp = false;
  bool enhancedEmailDeliverability = false;
  operator boost::json::value() const;
};

struct Invitation : Resource {
  std::string id;
  std::string emailAddress;
  std::optional<boost::json::object> publicMetadata;
  Timestamp createdAt = 0;
  Timestamp updatedAt = 0;
  std::string status;
  std::optional<std::string> url;
  std::optional<bool> revoked;
  /// The API's object as it came, with its names.
  boost::json::object _raw;

  const boost::json::object& raw() const noexcept { return _raw; }
  operator boost::json::value() const;
};

struct JwtTemplate : Resource {
  std::string id;
  std::string name;
  boost::json::object claims;
  std::int64_t lifetime = 0;
  std::int64_t allowedClockSkew = 0;
  bool customSigningKey = false;
  std::string signingAlgorithm;
  Timestamp createdAt = 0;
  Timestamp updatedAt = 0;
  operator boost::json::value() const;
};

struct MachineScope : Resource {
  std::string fromMachineId;
  std::string toMachineId;
  std::optional<Timestamp> createdAt;
  std::optional<bool> deleted;
  operator boost::json::value() const;
};

struct MachineSecretKey : Resource {
  std::string secret;
  operator boost::json::value() const;
};

struct OauthAccessToken : Resource {
  std::string externalAccountId;
  std::string provider;
  std::string token;
  boost::json::object publicMetadata;
  std::string label;
  std::vector<std::string> scopes;
  std::optional<std::string> tokenSecret;
  std::optional<std::int64_t> expiresAt;
  std::optional<std::string> idToken;
  operator boost::json::value() const;
};

struct OAuthApplication : Resource {
  std::string id;
  std::string instanceId;
  std::string name;
  std::string clientId;
  std::optional<std::string> clientUri;
  std::optional<std::string> clientImageUrl;
  bool dynamicallyRegistered = false;
  bool consentScreenEnabled = false;
  bool pkceRequired = false;
  bool isPublic = false;
  std::string scopes;
  std::vector<std::string> redirectUris;
  std::string authorizeUrl;
  std::string tokenFetchUrl;
  std::string userInfoUrl;
  std::string discoveryUrl;
  std::string tokenIntrospectionUrl;
  Timestamp createdAt = 0;
  Timestamp updatedAt = 0;
  std::optional<std::string> clientSecret;
  operator boost::json::value() const;
};

struct Organization : Resource {
  std::string id;
  std::string name;
  std::optional<std::string> slug;
  std::string imageUrl;
  bool hasImage = false;
  Timestamp createdAt = 0;
  Timestamp updatedAt = 0;
  boost::json::object publicMetadata;
  boost::json::object privateMetadata;
  std::int64_t maxAllowedMemberships = 0;
  bool adminDeleteEnabled = false;
  std::optional<std::int64_t> membersCount;
  std::optional<std::string> createdBy;
  /// The API's object as it came, with its names.
  boost::json::object _raw;

  const boost::json::object& raw() const noexcept { return _raw; }
  operator boost::json::value() const;
};

struct OrganizationInvitation : Resource {
  std::string id;
  std::string emailAddress;
  std::string role;
  std::string roleName;
  std::string organizationId;
  Timestamp createdAt = 0;
  Timestamp updatedAt = 0;
  Timestamp expiresAt = 0;
  std::optional<std::string> url;
  std::optional<std::string> status;
  boost::json::object publicMetadata;
  boost::json::object privateMetadata;
  boost::json::value publicOrganizationData;
  /// The API's object as it came, with its names.
  boost::json::object _raw;

  const boost::json::object& raw() const noexcept { return _raw; }
  operator boost::json::value() const;
};

struct OrganizationMembershipPublicUserData : Resource {
  std::string identifier;
  std::optional<std::string> firstName;
  std::optional<std::string> lastName;
  std::string imageUrl;
  bool hasImage = false;
  std::string userId;
  operator boost::json::value() const;
};

struct OrganizationMembership : Resource {
  std::string id;
  std::string role;
  std::vector<std::string> permissions;
  boost::json::object publicMetadata;
  boost::json::object privateMetadata;
  Timestamp createdAt = 0;
  Timestamp updatedAt = 0;
  std::optional<Organization> organization;
  std::optional<OrganizationMembershipPublicUserData> publicUserData;
  /// The API's object as it came, with its names.
  boost::json::object _raw;

  const boost::json::object& raw() const noexcept { return _raw; }
  operator boost::json::value() const;
};

struct OrganizationSettings : Resource {
  bool enabled = false;
  std::int64_t maxAllowedMemberships = 0;
  std::int64_t maxAllowedRoles = 0;
  std::int64_t maxAllowedPermissions = 0;
  std::string creatorRole;
  bool adminDeleteEnabled = false;
  bool domainsEnabled = false;
  bool slugDisabled = false;
  std::vector<std::string> domainsEnrollmentModes;
  std::optional<std::string> domainsDefaultRole;
  operator boost::json::value() const;
};

struct Permission : Resource {
  std::string id;
  std::string name;
  std::string key;
  std::optional<std::string> description;
  Timestamp createdAt = 0;
  Timestamp updatedAt = 0;
  operator boost::json::value() const;
};

struct PhoneNumber : Resource {
  std::string id;
  std::string phoneNumber;
  bool reservedForSecondFactor = false;
  bool defaultSecondFactor = false;
  std::optional<Verification> verification;
  std::vector<IdentificationLink> linkedTo;
  operator boost::json::value() const;
};

struct ProxyCheck : Resource {
  std::string id;
  std::string domainId;
  std::optional<Timestamp> lastRunAt;
  std::string proxyUrl;
  bool successful = false;
  Timestamp createdAt = 0;
  Timestamp updatedAt = 0;
  operator boost::json::value() const;
};

struct RedirectUrl : Resource {
  std::string id;
  std::string url;
  Timestamp createdAt = 0;
  Timestamp updatedAt = 0;
  operator boost::json::value() const;
};

struct Role : Resource {
  std::string id;
  std::string name;
  std::string key;
  std::optional<std::string> description;
  std::vector<Permission> permissions;
  bool isCreatorEligible = false;
  Timestamp createdAt = 0;
  Timestamp updatedAt = 0;
  operator boost::json::value() const;
};

struct RoleSetItem : Resource {
  std::string id;
  std::string name;
  std::string key;
  std::optional<std::string> description;
  Timestamp createdAt = 0;
  Timestamp updatedAt = 0;
  std::optional<std::int64_t> membersCount;
  std::optional<bool> hasMembers;
  operator boost::json::value() const;
};

struct RoleSetMigration : Resource {
  std::string id;
  std::optional<std::string> organizationId;
  std::string instanceId;
  std::string sourceRoleSetId;
  std::optional<std::string> destRoleSetId;
  std::string triggerType;
  std::string status;
  std::int64_t migratedMembers = 0;
  std::optional<boost::json::object> mappings;
  Timestamp createdAt = 0;
  Timestamp updatedAt = 0;
  std::optional<Timestamp> startedAt;
  std::optional<Timestamp> completedAt;
  operator boost::json::value() const;
};

struct RoleSet : Resource {
  std::string id;
  std::string name;
  std::string key;
  std::optional<std::string> description;
  std::vector<RoleSetItem> roles;
  std::optional<RoleSetItem> defaultRole;
  std::optional<RoleSetItem> creatorRole;
  std::string type;
  std::optional<RoleSetMigration> roleSetMigration;
  Timestamp createdAt = 0;
  Timestamp updatedAt = 0;
  operator boost::json::value() const;
};

struct AttributeMapping : Resource {
  std::string userId;
  std::string emailAddress;
  std::string firstName;
  std::string lastName;
  operator boost::json::value() const;
};

struct SamlConnection : Resource {
  std::string id;
  std::string name;
  std::string domain;
  std::optional<std::string> organizationId;
  std::optional<std::string> idpEntityId;
  std::optional<std::string> idpSsoUrl;
  std::optional<std::string> idpCertificate;
  std::optional<Timestamp> idpCertificateIssuedAt;
  std::optional<Timestamp> idpCertificateExpiresAt;
  std::optional<std::string> idpMetadataUrl;
  std::optional<std::string> idpMetadata;
  std::string acsUrl;
  std::string spEntityId;
  std::string spMetadataUrl;
  bool active = false;
  std::string provider;
  std::int64_t userCount = 0;
  bool syncUserAttributes = false;
  bool allowSubdomains = false;
  bool allowIdpInitiated = false;
  Timestamp createdAt = 0;
  Timestamp updatedAt = 0;
  std::optional<AttributeMapping> attributeMapping;
  std::vector<SamlConnectionIdpCertificate> idpCertificates;
  operator boost::json::value() const;
};

struct SignInToken : Resource {
  std::string id;
  std::string userId;
  std::string token;
  std::string status;
  std::string url;
  Timestamp createdAt = 0;
  Timestamp updatedAt = 0;
  operator boost::json::value() const;
};

struct SignUpAttemptVerification : Resource {
  std::string nextAction;
  std::vector<std::string> supportedStrategies;
  operator boost::json::value() const;
};

struct SignUpAttemptVerifications : Resource {
  std::optional<SignUpAttemptVerification> emailAddress;
  std::optional<SignUpAttemptVerification> phoneNumber;
  std::optional<SignUpAttemptVerification> web3Wallet;
  std::optional<boost::json::object> externalAccount;
  operator boost::json::value() const;
};

struct SignUpAttempt : Resource {
  std::string id;
  std::string status;
  std::vector<std::string> requiredFields;
  std::vector<std::string> optionalFields;
  std::vector<std::string> missingFields;
  std::vector<std::string> unverifiedFields;
  std::optional<SignUpAttemptVerifications> verifications;
  std::optional<std::string> username;
  std::optional<std::string> emailAddress;
  std::optional<std::string> phoneNumber;
  std::optional<std::string> web3Wallet;
  bool passwordEnabled = false;
  std::optional<std::string> firstName;
  std::optional<std::string> lastName;
  bool customAction = false;
  std::optional<std::string> externalId;
  std::optional<std::string> createdSessionId;
  std::optional<std::string> createdUserId;
  Timestamp abandonAt = 0;
  std::optional<Timestamp> legalAcceptedAt;
  std::optional<boost::json::object> publicMetadata;
  std::optional<boost::json::object> unsafeMetadata;
  operator boost::json::value() const;
};

struct SMSMessage : Resource {
  std::string id;
  std::string fromPhoneNumber;
  std::string toPhoneNumber;
  std::string message;
  std::string status;
  std::optional<std::string> phoneNumberId;
  std::optional<boost::json::object> data;
  operator boost::json::value() const;
};

struct Token : Resource {
  std::string jwt;
  operator boost::json::value() const;
};

struct Web3Wallet : Resource {
  std::string id;
  std::string web3Wallet;
  std::optional<Verification> verification;
  operator boost::json::value() const;
};

struct User : Resource {
  std::string id;
  bool passwordEnabled = false;
  bool totpEnabled = false;
  bool backupCodeEnabled = false;
  bool twoFactorEnabled = false;
  bool banned = false;
  bool locked = false;
  Timestamp createdAt = 0;
  Timestamp updatedAt = 0;
  std::string imageUrl;
  bool hasImage = false;
  std::optional<std::string> primaryEmailAddressId;
  std::optional<std::string> primaryPhoneNumberId;
  std::optional<std::string> primaryWeb3WalletId;
  std::optional<Timestamp> lastSignInAt;
  std::optional<std::string> externalId;
  std::optional<std::string> username;
  std::optional<std::string> firstName;
  std::optional<std::string> lastName;
  boost::json::object publicMetadata;
  boost::json::object privateMetadata;
  boost::json::object unsafeMetadata;
  std::vector<EmailAddress> emailAddresses;
  std::vector<PhoneNumber> phoneNumbers;
  std::vector<Web3Wallet> web3Wallets;
  std::vector<ExternalAccount> externalAccounts;
  std::vector<EnterpriseAccount> enterpriseAccounts;
  std::optional<Timestamp> lastActiveAt;
  bool createOrganizationEnabled = false;
  std::optional<std::int64_t> createOrganizationsLimit;
  bool deleteSelfEnabled = false;
  std::optional<Timestamp> legalAcceptedAt;
  std::optional<std::string> locale;
  std::optional<std::string> timezone;
  bool deprovisioned = false;
  /// The API's object as it came, with its names.
  boost::json::object _raw;

  const boost::json::object& raw() const noexcept { return _raw; }
  /// nullptr when there is none.
  const EmailAddress* primaryEmailAddress() const noexcept;
  const PhoneNumber* primaryPhoneNumber() const noexcept;
  const Web3Wallet* primaryWeb3Wallet() const noexcept;
  /// First and last name, joined by a blank.
  std::optional<std::string> fullName() const;

  /// Everything, private metadata too: see publicJson.
  operator boost::json::value() const;
};

struct WaitlistEntry : Resource {
  std::string id;
  std::string emailAddress;
  std::string status;
  std::optional<Invitation> invitation;
  Timestamp createdAt = 0;
  Timestamp updatedAt = 0;
  bool isLocked = false;
  operator boost::json::value() const;
};

struct Money : Resource {
  std::int64_t amount = 0;
  std::string amountFormatted;
  std::string currency;
  std::string currencySymbol;
  operator boost::json::value() const;
};

struct BillingPlan : Resource {
  std::string id;
  std::string name;
  std::string slug;
  std::optional<std::string> description;
  bool isDefault = false;
  bool isRecurring = false;
  bool hasBaseFee = false;
  bool publiclyVisible = false;
  std::optional<Money> fee;
  std::optional<Money> annualFee;
  std::optional<Money> annualMonthlyFee;
  std::string forPayerType;
  std::vector<Feature> features;
  std::optional<std::string> avatarUrl;
  std::optional<std::int64_t> freeTrialDays;
  bool freeTrialEnabled = false;
  operator boost::json::value() const;
};

struct OAuthActorOfActor : Resource {
  std::optional<std::string> iss;
  std::string sub;
  operator boost::json::value() const;
};

struct OAuthActor : Resource {
  std::optional<std::string> iss;
  std::string sub;
  std::optional<OAuthActorOfActor> act;
  operator boost::json::value() const;
};

struct IdPOAuthAccessToken : Resource {
  std::string id;
  std::string clientId;
  std::string type;
  std::string subject;
  std::vector<std::string> scopes;
  bool revoked = false;
  std::optional<std::string> revocationReason;
  bool expired = false;
  std::optional<Timestamp> expiration;
  Timestamp createdAt = 0;
  Timestamp updatedAt = 0;
  boost::json::value aud;
  std::optional<OAuthActor> act;
  operator boost::json::value() const;
};

struct ScopedMachine : Resource {
  std::string id;
  std::string name;
  std::string instanceId;
  Timestamp createdAt = 0;
  Timestamp updatedAt = 0;
  std::vector<boost::json::value> scopedMachines;
  std::int64_t defaultTokenTtl = 0;
  operator boost::json::value() const;
};

struct Machine : Resource {
  std::string id;
  std::string name;
  std::string instanceId;
  Timestamp createdAt = 0;
  Timestamp updatedAt = 0;
  std::vector<ScopedMachine> scopedMachines;
  std::int64_t defaultTokenTtl = 0;
  std::optional<std::string> secretKey;
  operator boost::json::value() const;
};

struct BillingTotals : Resource {
  std::optional<Money> subtotal;
  std::optional<Money> baseFee;
  std::optional<Money> taxTotal;
  std::optional<Money> grandTotal;
  std::optional<Money> totalDueAfterFreeTrial;
  std::optional<Money> credit;
  boost::json::value credits;
  boost::json::value discounts;
  std::optional<Money> pastDue;
  std::optional<Money> totalDueNow;
  boost::json::value perUnitTotals;
  boost::json::value totalsDuePerPeriod;
  std::optional<Money> totalDuePerPeriod;
  operator boost::json::value() const;
};

struct NextItemPayment : Resource {
  std::optional<Money> amount;
  Timestamp date = 0;
  boost::json::value perUnitTotals;
  std::optional<BillingTotals> totals;
  operator boost::json::value() const;
};

struct NextPayment : Resource {
  Timestamp date = 0;
  std::optional<Money> amount;
  boost::json::value perUnitTotals;
  std::optional<BillingTotals> totals;
  operator boost::json::value() const;
};

struct SeatTier : Resource {
  std::optional<std::int64_t> quantity;
  std::optional<Money> feePerBlock;
  std::optional<Money> total;
  operator boost::json::value() const;
};

struct Seats : Resource {
  std::optional<std::int64_t> quantity;
  std::vector<SeatTier> tiers;
  operator boost::json::value() const;
};

struct BillingSubscriptionItem : Resource {
  std::string id;
  std::string instanceId;
  std::string status;
  std::string planPeriod;
  Timestamp periodStart = 0;
  std::optional<NextItemPayment> nextPayment;
  std::optional<Money> amount;
  std::optional<BillingPlan> plan;
  std::optional<std::string> planId;
  std::optional<std::string> priceId;
  Timestamp createdAt = 0;
  Timestamp updatedAt = 0;
  std::optional<Timestamp> periodEnd;
  std::optional<Timestamp> canceledAt;
  std::optional<Timestamp> pastDueAt;
  std::optional<Timestamp> endedAt;
  std::string payerId;
  bool isFreeTrial = false;
  std::optional<Money> lifetimePaid;
  std::optional<Seats> seats;
  operator boost::json::value() const;
};

struct BillingSubscription : Resource {
  std::string id;
  std::string instanceId;
  std::string status;
  std::string payerId;
  Timestamp createdAt = 0;
  Timestamp updatedAt = 0;
  std::optional<Timestamp> activeAt;
  std::optional<Timestamp> pastDueAt;
  std::vector<BillingSubscriptionItem> subscriptionItems;
  std::optional<NextPayment> nextPayment;
  bool eligibleForFreeTrial = false;
  operator boost::json::value() const;
};

struct BatchEmailResult : Resource {
  std::int64_t index = 0;
  std::optional<Email> email;
  boost::json::value errors;
  std::int64_t statusCode = 0;
  std::optional<std::int64_t> retryAfterSeconds;
  operator boost::json::value() const;
};

struct RefreshedSession : Resource {
  std::optional<std::string> jwt;
  std::vector<std::string> cookies;
  operator boost::json::value() const;
};

/// With the wire's names.
struct UserId : WireResource {
  std::string user_id;
  operator boost::json::value() const;
};

/// With the wire's names.
struct PasswordVerification : WireResource {
  bool verified = false;
  operator boost::json::value() const;
};

/// With the wire's names.
struct TOTPVerification : WireResource {
  bool verified = false;
  std::string code_type;
  operator boost::json::value() const;
};

/// With the wire's names.
struct APIKeySecret : WireResource {
  std::string secret;
  operator boost::json::value() const;
};

/// With the wire's names.
struct JwksJSON : WireResource {
  std::vector<boost::json::value> keys;
  operator boost::json::value() const;
};

/// With the wire's names.
struct WebhooksSvixJSON : WireResource {
  std::string svix_url;
  operator boost::json::value() const;
};

/// With the wire's names.
struct HandshakePayload : WireResource {
  std::vector<std::string> directives;
  operator boost::json::value() const;
};

/// With the wire's names.
struct TestingToken : WireResource {
  std::string object;
  std::string token;
  std::int64_t expires_at = 0;
  operator boost::json::value() const;
};

/// With the wire's names.
struct OrganizationDomainVerification : WireResource {
  std::string status;
  std::string strategy;
  std::optional<std::int64_t> attempts;
  std::optional<Timestamp> expire_at;
  std::optional<Timestamp> verified_at;
  operator boost::json::value() const;
};

/// With the wire's names.
struct OrganizationDomain : WireResource {
  std::string object;
  std::string id;
  std::string organization_id;
  std::string name;
  std::string enrollment_mode;
  std::optional<std::string> affiliation_email_address;
  std::optional<OrganizationDomainVerification> affiliation_verification;
  std::optional<OrganizationDomainVerification> ownership_verification;
  std::optional<OrganizationDomainVerification> verification;
  std::int64_t total_pending_invitations = 0;
  std::int64_t total_pending_suggestions = 0;
  std::optional<boost::json::object> public_organization_data;
  Timestamp created_at = 0;
  Timestamp updated_at = 0;
  operator boost::json::value() const;
};

/// With the wire's names.
struct BillingMoneyWebhookEventJSON : WireResource {
  std::int64_t amount = 0;
  std::string amount_formatted;
  std::string currency;
  std::string currency_symbol;
  operator boost::json::value() const;
};

/// With the wire's names.
struct BillingPayerWebhookEventJSON : WireResource {
  std::string object;
  std::string id;
  std::string instance_id;
  std::optional<std::string> user_id;
  std::optional<std::string> first_name;
  std::optional<std::string> last_name;
  std::optional<std::string> email;
  std::optional<std::string> organization_id;
  std::optional<std::string> organization_name;
  std::string image_url;
  Timestamp created_at = 0;
  Timestamp updated_at = 0;
  operator boost::json::value() const;
};

/// With the wire's names.
struct BillingPlanWebhookEventJSON : WireResource {
  std::string id;
  std::string slug;
  std::string name;
  bool is_default = false;
  bool is_recurring = false;
  std::int64_t amount = 0;
  std::string currency;
  std::vector<boost::json::value> unit_prices;
  operator boost::json::value() const;
};

/// With the wire's names.
struct BillingSubscriptionItemWebhookEventJSON : WireResource {
  std::string object;
  std::string id;
  std::string status;
  bool is_free_trial = false;
  Timestamp created_at = 0;
  Timestamp updated_at = 0;
  Timestamp period_start = 0;
  std::optional<Timestamp> period_end;
  std::string interval;
  std::optional<std::string> plan_id;
  std::optional<BillingPlanWebhookEventJSON> plan;
  std::optional<BillingPayerWebhookEventJSON> payer;
  std::optional<std::string> subscription_id;
  std::optional<boost::json::object> seats;
  operator boost::json::value() const;
};

/// With the wire's names.
struct BillingSubscriptionWebhookEventJSON : WireResource {
  std::string object;
  std::string id;
  std::string status;
  std::optional<Timestamp> active_at;
  std::optional<Timestamp> canceled_at;
  Timestamp created_at = 0;
  std::optional<Timestamp> ended_at;
  std::optional<Timestamp> past_due_at;
  Timestamp updated_at = 0;
  std::optional<std::string> latest_payment_id;
  std::string payer_id;
  std::optional<BillingPayerWebhookEventJSON> payer;
  std::optional<std::string> payment_source_id;
  std::vector<BillingSubscriptionItemWebhookEventJSON> items;
  operator boost::json::value() const;
};

/// With the wire's names.
struct BillingPaymentAttemptTotalsWebhookEventJSON : WireResource {
  std::optional<BillingMoneyWebhookEventJSON> subtotal;
  std::optional<BillingMoneyWebhookEventJSON> tax_total;
  std::optional<BillingMoneyWebhookEventJSON> grand_total;
  std::vector<boost::json::value> per_unit_totals;
  operator boost::json::value() const;
};

/// With the wire's names.
struct BillingPaymentAttemptWebhookEventJSON : WireResource {
  std::string object;
  std::string id;
  std::string instance_id;
  std::string payment_id;
  std::string invoice_id;
  std::string statement_id;
  std::string gateway_external_id;
  std::string status;
  Timestamp created_at = 0;
  Timestamp updated_at = 0;
  std::optional<Timestamp> paid_at;
  std::optional<Timestamp> failed_at;
  std::optional<boost::json::object> failed_reason;
  Timestamp billing_date = 0;
  std::string charge_type;
  boost::json::object payee;
  std::optional<BillingPayerWebhookEventJSON> payer;
  std::optional<BillingPaymentAttemptTotalsWebhookEventJSON> totals;
  boost::json::object payment_source;
  std::vector<boost::json::value> subscription_items;
  operator boost::json::value() const;
};

/// What a method gave, without private metadata on any level: what an answer to a browser may contain.
/// `publicJson(user)`, `publicJson(page)`.
boost::json::value publicJson(boost::json::value json);

}  // namespace clerk
