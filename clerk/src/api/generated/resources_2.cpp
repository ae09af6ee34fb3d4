// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off
// Resources from and to JSON.

#include "api/generated/described_resources.hpp"

namespace clerk {

JwtTemplate::operator boost::json::value() const { return api::toJson(*this); }
template JwtTemplate api::fromJson<JwtTemplate>(const boost::json::value&);
MachineScope::operator boost::json::value() const { return api::toJson(*this); }
template MachineScope api::fromJson<MachineScope>(const boost::json::value&);
MachineSecretKey::operator boost::json::value() const { return api::toJson(*this); }
template MachineSecretKey api::fromJson<MachineSecretKey>(const boost::json::value&);
OauthAccessToken::operator boost::json::value() const { return api::toJson(*this); }
template OauthAccessToken api::fromJson<OauthAccessToken>(const boost::json::value&);
OAuthApplication::operator boost::json::value() const { return api::toJson(*this); }
template OAuthApplication api::fromJson<OAuthApplication>(const boost::json::value&);
Organization::operator boost::json::value() const { return api::toJson(*this); }
template Organization api::fromJson<Organization>(const boost::json::value&);
OrganizationInvitation::operator boost::json::value() const { return api::toJson(*this); }
template OrganizationInvitation api::fromJson<OrganizationInvitation>(const boost::json::value&);
OrganizationMembershipPublicUserData::operator boost::json::value() const { return api::toJson(*this); }
template OrganizationMembershipPublicUserData api::fromJson<OrganizationMembershipPublicUserData>(const boost::json::value&);
OrganizationMembership::operator boost::json::value() const { return api::toJson(*this); }
template OrganizationMembership api::fromJson<OrganizationMembership>(const boost::json::value&);
OrganizationSettings::operator boost::json::value() const { return api::toJson(*this); }
template OrganizationSettings api::fromJson<OrganizationSettings>(const boost::json::value&);
Permission::operator boost::json::value() const { return api::toJson(*this); }
template Permission api::fromJson<Permission>(const boost::json::value&);
PhoneNumber::operator boost::json::value() const { return api::toJson(*this); }
template PhoneNumber api::fromJson<PhoneNumber>(const boost::json::value&);
ProxyCheck::operator boost::json::value() const { return api::toJson(*this); }
template ProxyCheck api::fromJson<ProxyCheck>(const boost::json::value&);
RedirectUrl::operator boost::json::value() const { return api::toJson(*this); }
template RedirectUrl api::fromJson<RedirectUrl>(const boost::json::value&);
Role::operator boost::json::value() const { return api::toJson(*this); }
template Role api::fromJson<Role>(const boost::json::value&);
RoleSetItem::operator boost::json::value() const { return api::toJson(*this); }
template RoleSetItem api::fromJson<RoleSetItem>(const boost::json::value&);
RoleSetMigration::operator boost::json::value() const { return api::toJson(*this); }
template RoleSetMigration api::fromJson<RoleSetMigration>(const boost::json::value&);
RoleSet::operator boost::json::value() const { return api::toJson(*this); }
template RoleSet api::fromJson<RoleSet>(const boost::json::value&);
AttributeMapping::operator boost::json::value() const { return api::toJson(*this); }
template AttributeMapping api::fromJson<AttributeMapping>(const boost::json::value&);
SamlConnection::operator boost::json::value() const { return api::toJson(*this); }
template SamlConnection api::fromJson<SamlConnection>(const boost::json::value&);
SignInToken::operator boost::json::value() const { return api::toJson(*this); }
template SignInToken api::fromJson<SignInToken>(const boost::json::value&);
SignUpAttemptVerification::operator boost::json::value() const { return api::toJson(*this); }
template SignUpAttemptVerification api::fromJson<SignUpAttemptVerification>(const boost::json::value&);
SignUpAttemptVerifications::operator boost::json::value() const { return api::toJson(*this); }
template SignUpAttemptVerifications api::fromJson<SignUpAttemptVerifications>(const boost::json::value&);
SignUpAttempt::operator boost::json::value() const { return api::toJson(*this); }
template SignUpAttempt api::fromJson<SignUpAttempt>(const boost::json::value&);
SMSMessage::operator boost::json::value() const { return api::toJson(*this); }
template SMSMessage api::fromJson<SMSMessage>(const boost::json::value&);
Token::operator boost::json::value() const { return api::toJson(*this); }
template Token api::fromJson<Token>(const boost::json::value&);
Web3Wallet::operator boost::json::value() const { return api::toJson(*this); }
template Web3Wallet api::fromJson<Web3Wallet>(const boost::json::value&);
User::operator boost::json::value() const { return api::toJson(*this); }
template User api::fromJson<User>(const boost::json::value&);

}  // namespace clerk
