#pragma once
// What the Backend API gives, with the SDK's names. Each resource converts to boost::json::value and is then exactly
// what JSON.stringify gives of Clerk's object: same members, same order; what the API left out stays out.

#include <boost/json/value.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace clerk {

/// Base of all resources: remembers which members the API left out or sent as null, so that the resource is written as
/// it was read. A member that was changed since is written with its value.
struct Resource {
  std::uint64_t absentMembers = 0;
  std::uint64_t nullMembers = 0;
};

/// Times are milliseconds since 1970.
using Timestamp = std::int64_t;

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

struct PhoneNumber : Resource {
  std::string id;
  std::string phoneNumber;
  bool reservedForSecondFactor = false;
  bool defaultSecondFactor = false;
  std::optional<Verification> verification;
  std::vector<IdentificationLink> linkedTo;
  operator boost::json::value() const;
};

struct Web3Wallet : Resource {
  std::string id;
  std::string web3Wallet;
  std::optional<Verification> verification;
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

/// See Clerk docs: "Backend User object".
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

  /// Everything, private metadata too, as JSON.stringify gives it.
  operator boost::json::value() const;
};

/// A user without private metadata, on all levels: what an answer to a browser may contain.
boost::json::value publicJson(const User& user);

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
  /// Who acts as the user.
  boost::json::value actor;
  operator boost::json::value() const;
};

struct Token : Resource {
  std::string jwt;
  operator boost::json::value() const;
};

/// What refreshSession gives: a token, or with `.format = "cookie"` Set-Cookie directives.
struct RefreshedSession : Resource {
  std::optional<std::string> jwt;
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

struct TestingToken : Resource {
  std::string object;
  std::string token;
  std::int64_t expires_at = 0;  // the wire's name: Clerk's SDK does not convert this one
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
  boost::json::object _raw;
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
  boost::json::object _raw;
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
  boost::json::object _raw;
  operator boost::json::value() const;
};

/// A page of a list. See Clerk docs: "PaginatedResourceResponse".
template <class T>
struct PaginatedResourceResponse {
  std::vector<T> data;
  std::int64_t totalCount = 0;

  operator boost::json::value() const {
    boost::json::array items;
    for (const auto& item : data) items.push_back(boost::json::value(item));
    return boost::json::object{{"data", std::move(items)}, {"totalCount", totalCount}};
  }
};

}  // namespace clerk
