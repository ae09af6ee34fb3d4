// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off

#include "typed_calls.hpp"

namespace conformance {

void addTypedMethods4(TypedMethods& methods);

void addTypedMethods4(TypedMethods& methods) {
  methods["m2m.list"] = typed<&clerk::BackendApi::m2m, &clerk::M2MTokenAPI::list>;
  methods["m2m.createToken"] = typed<&clerk::BackendApi::m2m, &clerk::M2MTokenAPI::createToken>;
  methods["m2m.revokeToken"] = typed<&clerk::BackendApi::m2m, &clerk::M2MTokenAPI::revokeToken>;
  methods["m2m.verify"] = typed<&clerk::BackendApi::m2m, &clerk::M2MTokenAPI::verify>;
  methods["machines.get"] = typed<&clerk::BackendApi::machines, &clerk::MachineAPI::get>;
  methods["machines.list"] = typed<&clerk::BackendApi::machines, &clerk::MachineAPI::list>;
  methods["machines.create"] = typed<&clerk::BackendApi::machines, &clerk::MachineAPI::create>;
  methods["machines.update"] = typed<&clerk::BackendApi::machines, &clerk::MachineAPI::update>;
  methods["machines.delete"] = typed<&clerk::BackendApi::machines, &clerk::MachineAPI::del>;
  methods["machines.getSecretKey"] = typed<&clerk::BackendApi::machines, &clerk::MachineAPI::getSecretKey>;
  methods["machines.rotateSecretKey"] = typed<&clerk::BackendApi::machines, &clerk::MachineAPI::rotateSecretKey>;
  methods["machines.createScope"] = typed<&clerk::BackendApi::machines, &clerk::MachineAPI::createScope>;
  methods["machines.deleteScope"] = typed<&clerk::BackendApi::machines, &clerk::MachineAPI::deleteScope>;
  methods["idPOAuthAccessToken.verify"] = typed<&clerk::BackendApi::idPOAuthAccessToken, &clerk::IdPOAuthAccessTokenAPI::verify>;
  methods["oauthApplications.list"] = typed<&clerk::BackendApi::oauthApplications, &clerk::OAuthApplicationAPI::list>;
  methods["oauthApplications.get"] = typed<&clerk::BackendApi::oauthApplications, &clerk::OAuthApplicationAPI::get>;
  methods["oauthApplications.create"] = typed<&clerk::BackendApi::oauthApplications, &clerk::OAuthApplicationAPI::create>;
  methods["oauthApplications.update"] = typed<&clerk::BackendApi::oauthApplications, &clerk::OAuthApplicationAPI::update>;
  methods["oauthApplications.delete"] = typed<&clerk::BackendApi::oauthApplications, &clerk::OAuthApplicationAPI::del>;
  methods["oauthApplications.rotateSecret"] = typed<&clerk::BackendApi::oauthApplications, &clerk::OAuthApplicationAPI::rotateSecret>;
  methods["oauthApplications.revokeToken"] = typed<&clerk::BackendApi::oauthApplications, &clerk::OAuthApplicationAPI::revokeToken>;
  methods["enterpriseConnections.createEnterpriseConnection"] = typed<&clerk::BackendApi::enterpriseConnections, &clerk::EnterpriseConnectionAPI::createEnterpriseConnection>;
  methods["enterpriseConnections.updateEnterpriseConnection"] = typed<&clerk::BackendApi::enterpriseConnections, &clerk::EnterpriseConnectionAPI::updateEnterpriseConnection>;
  methods["enterpriseConnections.getEnterpriseConnectionList"] = typed<&clerk::BackendApi::enterpriseConnections, &clerk::EnterpriseConnectionAPI::getEnterpriseConnectionList>;
  methods["enterpriseConnections.getEnterpriseConnection"] = typed<&clerk::BackendApi::enterpriseConnections, &clerk::EnterpriseConnectionAPI::getEnterpriseConnection>;
  methods["enterpriseConnections.deleteEnterpriseConnection"] = typed<&clerk::BackendApi::enterpriseConnections, &clerk::EnterpriseConnectionAPI::deleteEnterpriseConnection>;
  methods["samlConnections.getSamlConnectionList"] = typed<&clerk::BackendApi::samlConnections, &clerk::SamlConnectionAPI::getSamlConnectionList>;
  methods["samlConnections.createSamlConnection"] = typed<&clerk::BackendApi::samlConnections, &clerk::SamlConnectionAPI::createSamlConnection>;
  methods["samlConnections.getSamlConnection"] = typed<&clerk::BackendApi::samlConnections, &clerk::SamlConnectionAPI::getSamlConnection>;
  methods["samlConnections.updateSamlConnection"] = typed<&clerk::BackendApi::samlConnections, &clerk::SamlConnectionAPI::updateSamlConnection>;
  methods["samlConnections.deleteSamlConnection"] = typed<&clerk::BackendApi::samlConnections, &clerk::SamlConnectionAPI::deleteSamlConnection>;
  methods["signUps.get"] = typed<&clerk::BackendApi::signUps, &clerk::SignUpAPI::get>;
  methods["signUps.update"] = typed<&clerk::BackendApi::signUps, &clerk::SignUpAPI::update>;
  methods["billing.getPlanList"] = typed<&clerk::BackendApi::billing, &clerk::BillingAPI::getPlanList>;
  methods["billing.cancelSubscriptionItem"] = typed<&clerk::BackendApi::billing, &clerk::BillingAPI::cancelSubscriptionItem>;
  methods["billing.extendSubscriptionItemFreeTrial"] = typed<&clerk::BackendApi::billing, &clerk::BillingAPI::extendSubscriptionItemFreeTrial>;
  methods["billing.getOrganizationBillingSubscription"] = typed<&clerk::BackendApi::billing, &clerk::BillingAPI::getOrganizationBillingSubscription>;
  methods["billing.getUserBillingSubscription"] = typed<&clerk::BackendApi::billing, &clerk::BillingAPI::getUserBillingSubscription>;
  methods["agentTasks.create"] = typed<&clerk::BackendApi::agentTasks, &clerk::AgentTaskAPI::create>;
  methods["agentTasks.revoke"] = typed<&clerk::BackendApi::agentTasks, &clerk::AgentTaskAPI::revoke>;
  methods["emails.create"] = typed<&clerk::BackendApi::emails, &clerk::EmailAPI::create>;
  methods["emails.createBatch"] = typed<&clerk::BackendApi::emails, &clerk::EmailAPI::createBatch>;
  methods["emails.get"] = typed<&clerk::BackendApi::emails, &clerk::EmailAPI::get>;
  methods["betaFeatures.changeDomain"] = typed<&clerk::BackendApi::betaFeatures, &clerk::BetaFeaturesAPI::changeDomain>;
  methods["proxyChecks.verify"] = typed<&clerk::BackendApi::proxyChecks, &clerk::ProxyCheckAPI::verify>;
  methods["__experimental_accountlessApplications.createAccountlessApplication"] = typed<&clerk::BackendApi::accountlessApplications, &clerk::AccountlessApplicationAPI::createAccountlessApplication>;
  methods["__experimental_accountlessApplications.completeAccountlessApplicationOnboarding"] = typed<&clerk::BackendApi::accountlessApplications, &clerk::AccountlessApplicationAPI::completeAccountlessApplicationOnboarding>;
}

}  // namespace conformance
