#pragma once
// The members of the resources, in JSON order.

#include <clerk/api/resources.hpp>

#include <boost/describe/class.hpp>

namespace clerk {

BOOST_DESCRIBE_STRUCT(IdentificationLink, (), (id, type))
BOOST_DESCRIBE_STRUCT(Verification, (),
                      (status, strategy, externalVerificationRedirectURL, attempts, expireAt, nonce, message))
BOOST_DESCRIBE_STRUCT(EmailAddress, (), (id, emailAddress, verification, linkedTo))
BOOST_DESCRIBE_STRUCT(PhoneNumber, (),
                      (id, phoneNumber, reservedForSecondFactor, defaultSecondFactor, verification, linkedTo))
BOOST_DESCRIBE_STRUCT(Web3Wallet, (), (id, web3Wallet, verification))
BOOST_DESCRIBE_STRUCT(ExternalAccount, (),
                      (id, provider, providerUserId, identificationId, externalId, approvedScopes, emailAddress,
                       firstName, lastName, imageUrl, username, phoneNumber, publicMetadata, label, verification,
                       externalAccountId))
BOOST_DESCRIBE_STRUCT(EnterpriseAccountConnection, (),
                      (id, active, allowIdpInitiated, allowSubdomains, disableAdditionalIdentifications, domain,
                       logoPublicUrl, name, protocol, provider, syncUserAttributes, createdAt, updatedAt))
BOOST_DESCRIBE_STRUCT(EnterpriseAccount, (),
                      (id, active, emailAddress, enterpriseConnection, firstName, lastName, protocol, provider,
                       providerUserId, publicMetadata, verification, lastAuthenticatedAt, enterpriseConnectionId))
BOOST_DESCRIBE_STRUCT(User, (),
                      (id, passwordEnabled, totpEnabled, backupCodeEnabled, twoFactorEnabled, banned, locked, createdAt,
                       updatedAt, imageUrl, hasImage, primaryEmailAddressId, primaryPhoneNumberId, primaryWeb3WalletId,
                       lastSignInAt, externalId, username, firstName, lastName, publicMetadata, privateMetadata,
                       unsafeMetadata, emailAddresses, phoneNumbers, web3Wallets, externalAccounts, enterpriseAccounts,
                       lastActiveAt, createOrganizationEnabled, createOrganizationsLimit, deleteSelfEnabled,
                       legalAcceptedAt, locale, timezone, deprovisioned, _raw))
BOOST_DESCRIBE_STRUCT(SessionActivity, (),
                      (id, isMobile, ipAddress, city, country, browserVersion, browserName, deviceType))
BOOST_DESCRIBE_STRUCT(Session, (),
                      (id, clientId, userId, status, lastActiveAt, expireAt, abandonAt, createdAt, updatedAt,
                       lastActiveOrganizationId, latestActivity, actor))
BOOST_DESCRIBE_STRUCT(Token, (), (jwt))
BOOST_DESCRIBE_STRUCT(RefreshedSession, (), (jwt, cookies))
BOOST_DESCRIBE_STRUCT(DeletedObject, (), (object, id, slug, deleted))
BOOST_DESCRIBE_STRUCT(SignInToken, (), (id, userId, token, status, url, createdAt, updatedAt))
BOOST_DESCRIBE_STRUCT(TestingToken, (), (object, token, expires_at))
BOOST_DESCRIBE_STRUCT(OauthAccessToken, (),
                      (externalAccountId, provider, token, publicMetadata, label, scopes, tokenSecret, expiresAt,
                       idToken))
BOOST_DESCRIBE_STRUCT(Organization, (),
                      (id, name, slug, imageUrl, hasImage, createdAt, updatedAt, publicMetadata, privateMetadata,
                       maxAllowedMemberships, adminDeleteEnabled, membersCount, createdBy, _raw))
BOOST_DESCRIBE_STRUCT(OrganizationMembershipPublicUserData, (),
                      (identifier, firstName, lastName, imageUrl, hasImage, userId))
BOOST_DESCRIBE_STRUCT(OrganizationMembership, (),
                      (id, role, permissions, publicMetadata, privateMetadata, createdAt, updatedAt, organization,
                       publicUserData, _raw))
BOOST_DESCRIBE_STRUCT(OrganizationInvitation, (),
                      (id, emailAddress, role, roleName, organizationId, createdAt, updatedAt, expiresAt, url, status,
                       publicMetadata, privateMetadata, publicOrganizationData, _raw))

}  // namespace clerk
