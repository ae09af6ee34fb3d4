// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off
// Resources from and to JSON.

#include "api/generated/described_resources.hpp"

namespace clerk {

Email::operator boost::json::value() const { return api::toJson(*this); }
template Email api::fromJson<Email>(const boost::json::value&);
M2MToken::operator boost::json::value() const { return api::toJson(*this); }
template M2MToken api::fromJson<M2MToken>(const boost::json::value&);
AccountlessApplication::operator boost::json::value() const { return api::toJson(*this); }
template AccountlessApplication api::fromJson<AccountlessApplication>(const boost::json::value&);
AgentTask::operator boost::json::value() const { return api::toJson(*this); }
template AgentTask api::fromJson<AgentTask>(const boost::json::value&);
ActorToken::operator boost::json::value() const { return api::toJson(*this); }
template ActorToken api::fromJson<ActorToken>(const boost::json::value&);
AllowlistIdentifier::operator boost::json::value() const { return api::toJson(*this); }
template AllowlistIdentifier api::fromJson<AllowlistIdentifier>(const boost::json::value&);
APIKey::operator boost::json::value() const { return api::toJson(*this); }
template APIKey api::fromJson<APIKey>(const boost::json::value&);
BlocklistIdentifier::operator boost::json::value() const { return api::toJson(*this); }
template BlocklistIdentifier api::fromJson<BlocklistIdentifier>(const boost::json::value&);
SessionActivity::operator boost::json::value() const { return api::toJson(*this); }
template SessionActivity api::fromJson<SessionActivity>(const boost::json::value&);
Session::operator boost::json::value() const { return api::toJson(*this); }
template Session api::fromJson<Session>(const boost::json::value&);
Client::operator boost::json::value() const { return api::toJson(*this); }
template Client api::fromJson<Client>(const boost::json::value&);
CnameTarget::operator boost::json::value() const { return api::toJson(*this); }
template CnameTarget api::fromJson<CnameTarget>(const boost::json::value&);
Cookies::operator boost::json::value() const { return api::toJson(*this); }
template Cookies api::fromJson<Cookies>(const boost::json::value&);
DeletedObject::operator boost::json::value() const { return api::toJson(*this); }
template DeletedObject api::fromJson<DeletedObject>(const boost::json::value&);
Domain::operator boost::json::value() const { return api::toJson(*this); }
template Domain api::fromJson<Domain>(const boost::json::value&);
IdentificationLink::operator boost::json::value() const { return api::toJson(*this); }
template IdentificationLink api::fromJson<IdentificationLink>(const boost::json::value&);
Verification::operator boost::json::value() const { return api::toJson(*this); }
template Verification api::fromJson<Verification>(const boost::json::value&);
EmailAddress::operator boost::json::value() const { return api::toJson(*this); }
template EmailAddress api::fromJson<EmailAddress>(const boost::json::value&);
Feature::operator boost::json::value() const { return api::toJson(*this); }
template Feature api::fromJson<Feature>(const boost::json::value&);
EnterpriseAccountConnection::operator boost::json::value() const { return api::toJson(*this); }
template EnterpriseAccountConnection api::fromJson<EnterpriseAccountConnection>(const boost::json::value&);
EnterpriseAccount::operator boost::json::value() const { return api::toJson(*this); }
template EnterpriseAccount api::fromJson<EnterpriseAccount>(const boost::json::value&);
SamlConnectionIdpCertificate::operator boost::json::value() const { return api::toJson(*this); }
template SamlConnectionIdpCertificate api::fromJson<SamlConnectionIdpCertificate>(const boost::json::value&);
EnterpriseConnectionSamlConnectionLoginHint::operator boost::json::value() const { return api::toJson(*this); }
template EnterpriseConnectionSamlConnectionLoginHint api::fromJson<EnterpriseConnectionSamlConnectionLoginHint>(const boost::json::value&);
EnterpriseConnectionCustomAttribute::operator boost::json::value() const { return api::toJson(*this); }
template EnterpriseConnectionCustomAttribute api::fromJson<EnterpriseConnectionCustomAttribute>(const boost::json::value&);
EnterpriseConnectionSamlConnection::operator boost::json::value() const { return api::toJson(*this); }
template EnterpriseConnectionSamlConnection api::fromJson<EnterpriseConnectionSamlConnection>(const boost::json::value&);
EnterpriseConnectionOauthConfig::operator boost::json::value() const { return api::toJson(*this); }
template EnterpriseConnectionOauthConfig api::fromJson<EnterpriseConnectionOauthConfig>(const boost::json::value&);
EnterpriseConnection::operator boost::json::value() const { return api::toJson(*this); }
template EnterpriseConnection api::fromJson<EnterpriseConnection>(const boost::json::value&);
ExternalAccount::operator boost::json::value() const { return api::toJson(*this); }
template ExternalAccount api::fromJson<ExternalAccount>(const boost::json::value&);
Instance::operator boost::json::value() const { return api::toJson(*this); }
template Instance api::fromJson<Instance>(const boost::json::value&);
InstanceRestrictions::operator boost::json::value() const { return api::toJson(*this); }
template InstanceRestrictions api::fromJson<InstanceRestrictions>(const boost::json::value&);
InstanceSettings::operator boost::json::value() const { return api::toJson(*this); }
template InstanceSettings api::fromJson<InstanceSettings>(const boost::json::value&);
Invitation::operator boost::json::value() const { return api::toJson(*this); }
template Invitation api::fromJson<Invitation>(const boost::json::value&);

}  // namespace clerk
