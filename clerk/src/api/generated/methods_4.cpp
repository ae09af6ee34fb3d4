// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off

#include "api/typed_call.hpp"

#include <clerk/api/described_parameters.hpp>

namespace clerk {

// --- client.m2m

async::Task<PaginatedResourceResponse<M2MToken>> M2MTokenAPI::list(
      GetM2MTokenListParams params, CallOptions call) const {
  return api::call<PaginatedResourceResponse<M2MToken>>(context_, "m2m.list", std::move(call), params);
}
async::Task<M2MToken> M2MTokenAPI::createToken(CreateM2MTokenParams params, CallOptions call) const {
  return api::call<M2MToken>(context_, "m2m.createToken", std::move(call), params);
}
async::Task<M2MToken> M2MTokenAPI::revokeToken(RevokeM2MTokenParams params, CallOptions call) const {
  return api::call<M2MToken>(context_, "m2m.revokeToken", std::move(call), params);
}
async::Task<M2MToken> M2MTokenAPI::verify(VerifyM2MTokenParams params, CallOptions call) const {
  return api::call<M2MToken>(context_, "m2m.verify", std::move(call), params);
}

// --- client.machines

async::Task<Machine> MachineAPI::get(std::string machineId, CallOptions call) const {
  return api::call<Machine>(context_, "machines.get", std::move(call), machineId);
}
async::Task<PaginatedResourceResponse<Machine>> MachineAPI::list(
      GetMachineListParams params, CallOptions call) const {
  return api::call<PaginatedResourceResponse<Machine>>(context_, "machines.list", std::move(call), params);
}
async::Task<Machine> MachineAPI::create(CreateMachineParams params, CallOptions call) const {
  return api::call<Machine>(context_, "machines.create", std::move(call), params);
}
async::Task<Machine> MachineAPI::update(UpdateMachineParams params, CallOptions call) const {
  return api::call<Machine>(context_, "machines.update", std::move(call), params);
}
async::Task<DeletedObject> MachineAPI::del(std::string machineId, CallOptions call) const {
  return api::call<DeletedObject>(context_, "machines.delete", std::move(call), machineId);
}
async::Task<MachineSecretKey> MachineAPI::getSecretKey(std::string machineId, CallOptions call) const {
  return api::call<MachineSecretKey>(context_, "machines.getSecretKey", std::move(call), machineId);
}
async::Task<MachineSecretKey> MachineAPI::rotateSecretKey(
      RotateMachineSecretKeyParams params, CallOptions call) const {
  return api::call<MachineSecretKey>(context_, "machines.rotateSecretKey", std::move(call), params);
}
async::Task<MachineScope> MachineAPI::createScope(
      std::string machineId, std::string toMachineId, CallOptions call) const {
  return api::call<MachineScope>(context_, "machines.createScope", std::move(call), machineId, toMachineId);
}
async::Task<MachineScope> MachineAPI::deleteScope(
      std::string machineId, std::string otherMachineId, CallOptions call) const {
  return api::call<MachineScope>(context_, "machines.deleteScope", std::move(call), machineId, otherMachineId);
}

// --- client.idPOAuthAccessToken

async::Task<IdPOAuthAccessToken> IdPOAuthAccessTokenAPI::verify(
      std::string accessToken, VerifyIdPOAuthAccessTokenOptions options, CallOptions call) const {
  return api::call<IdPOAuthAccessToken>(context_, "idPOAuthAccessToken.verify", std::move(call), accessToken, options);
}

// --- client.oauthApplications

async::Task<PaginatedResourceResponse<OAuthApplication>> OAuthApplicationAPI::list(
      GetOAuthApplicationListParams params, CallOptions call) const {
  return api::call<PaginatedResourceResponse<OAuthApplication>>(context_, "oauthApplications.list", std::move(call), params);
}
async::Task<OAuthApplication> OAuthApplicationAPI::get(std::string oauthApplicationId, CallOptions call) const {
  return api::call<OAuthApplication>(context_, "oauthApplications.get", std::move(call), oauthApplicationId);
}
async::Task<OAuthApplication> OAuthApplicationAPI::create(
      CreateOAuthApplicationParams params, CallOptions call) const {
  return api::call<OAuthApplication>(context_, "oauthApplications.create", std::move(call), params);
}
async::Task<OAuthApplication> OAuthApplicationAPI::update(
      UpdateOAuthApplicationParams params, CallOptions call) const {
  return api::call<OAuthApplication>(context_, "oauthApplications.update", std::move(call), params);
}
async::Task<DeletedObject> OAuthApplicationAPI::del(std::string oauthApplicationId, CallOptions call) const {
  return api::call<DeletedObject>(context_, "oauthApplications.delete", std::move(call), oauthApplicationId);
}
async::Task<OAuthApplication> OAuthApplicationAPI::rotateSecret(
      std::string oauthApplicationId, CallOptions call) const {
  return api::call<OAuthApplication>(context_, "oauthApplications.rotateSecret", std::move(call), oauthApplicationId);
}
async::Task<void> OAuthApplicationAPI::revokeToken(RevokeOAuthTokenParams params, CallOptions call) const {
  return api::call<void>(context_, "oauthApplications.revokeToken", std::move(call), params);
}

// --- client.enterpriseConnections

async::Task<EnterpriseConnection> EnterpriseConnectionAPI::createEnterpriseConnection(
      CreateEnterpriseConnectionParams params, CallOptions call) const {
  return api::call<EnterpriseConnection>(context_, "enterpriseConnections.createEnterpriseConnection", std::move(call), params);
}
async::Task<EnterpriseConnection> EnterpriseConnectionAPI::updateEnterpriseConnection(
      std::string enterpriseConnectionId, UpdateEnterpriseConnectionParams params, CallOptions call) const {
  return api::call<EnterpriseConnection>(context_, "enterpriseConnections.updateEnterpriseConnection", std::move(call), enterpriseConnectionId, params);
}
async::Task<PaginatedResourceResponse<EnterpriseConnection>> EnterpriseConnectionAPI::getEnterpriseConnectionList(
      GetEnterpriseConnectionListParams params, CallOptions call) const {
  return api::call<PaginatedResourceResponse<EnterpriseConnection>>(context_, "enterpriseConnections.getEnterpriseConnectionList", std::move(call), params);
}
async::Task<EnterpriseConnection> EnterpriseConnectionAPI::getEnterpriseConnection(
      std::string enterpriseConnectionId, CallOptions call) const {
  return api::call<EnterpriseConnection>(context_, "enterpriseConnections.getEnterpriseConnection", std::move(call), enterpriseConnectionId);
}
async::Task<DeletedObject> EnterpriseConnectionAPI::deleteEnterpriseConnection(
      std::string enterpriseConnectionId, CallOptions call) const {
  return api::call<DeletedObject>(context_, "enterpriseConnections.deleteEnterpriseConnection", std::move(call), enterpriseConnectionId);
}

// --- client.samlConnections

async::Task<PaginatedResourceResponse<SamlConnection>> SamlConnectionAPI::getSamlConnectionList(
      GetSamlConnectionListParams params, CallOptions call) const {
  return api::call<PaginatedResourceResponse<SamlConnection>>(context_, "samlConnections.getSamlConnectionList", std::move(call), params);
}
async::Task<SamlConnection> SamlConnectionAPI::createSamlConnection(
      CreateSamlConnectionParams params, CallOptions call) const {
  return api::call<SamlConnection>(context_, "samlConnections.createSamlConnection", std::move(call), params);
}
async::Task<SamlConnection> SamlConnectionAPI::getSamlConnection(
      std::string samlConnectionId, CallOptions call) const {
  return api::call<SamlConnection>(context_, "samlConnections.getSamlConnection", std::move(call), samlConnectionId);
}
async::Task<SamlConnection> SamlConnectionAPI::updateSamlConnection(
      std::string samlConnectionId, UpdateSamlConnectionParams params, CallOptions call) const {
  return api::call<SamlConnection>(context_, "samlConnections.updateSamlConnection", std::move(call), samlConnectionId, params);
}
async::Task<DeletedObject> SamlConnectionAPI::deleteSamlConnection(
      std::string samlConnectionId, CallOptions call) const {
  return api::call<DeletedObject>(context_, "samlConnections.deleteSamlConnection", std::move(call), samlConnectionId);
}

// --- client.signUps

async::Task<SignUpAttempt> SignUpAPI::get(std::string signUpAttemptId, CallOptions call) const {
  return api::call<SignUpAttempt>(context_, "signUps.get", std::move(call), signUpAttemptId);
}
async::Task<SignUpAttempt> SignUpAPI::update(UpdateSignUpAttemptParams params, CallOptions call) const {
  return api::call<SignUpAttempt>(context_, "signUps.update", std::move(call), params);
}

// --- client.billing

async::Task<PaginatedResourceResponse<BillingPlan>> BillingAPI::getPlanList(
      GetPlanListParams params, CallOptions call) const {
  return api::call<PaginatedResourceResponse<BillingPlan>>(context_, "billing.getPlanList", std::move(call), params);
}
async::Task<BillingSubscriptionItem> BillingAPI::cancelSubscriptionItem(
      std::string subscriptionItemId, CancelSubscriptionItemParams params, CallOptions call) const {
  return api::call<BillingSubscriptionItem>(context_, "billing.cancelSubscriptionItem", std::move(call), subscriptionItemId, params);
}
async::Task<BillingSubscriptionItem> BillingAPI::extendSubscriptionItemFreeTrial(
      std::string subscriptionItemId, ExtendSubscriptionItemFreeTrialParams params, CallOptions call) const {
  return api::call<BillingSubscriptionItem>(context_, "billing.extendSubscriptionItemFreeTrial", std::move(call), subscriptionItemId, params);
}
async::Task<BillingSubscription> BillingAPI::getOrganizationBillingSubscription(
      std::string organizationId, CallOptions call) const {
  return api::call<BillingSubscription>(context_, "billing.getOrganizationBillingSubscription", std::move(call), organizationId);
}
async::Task<BillingSubscription> BillingAPI::getUserBillingSubscription(std::string userId, CallOptions call) const {
  return api::call<BillingSubscription>(context_, "billing.getUserBillingSubscription", std::move(call), userId);
}

// --- client.agentTasks

async::Task<AgentTask> AgentTaskAPI::create(CreateAgentTaskParams params, CallOptions call) const {
  return api::call<AgentTask>(context_, "agentTasks.create", std::move(call), params);
}
async::Task<AgentTask> AgentTaskAPI::revoke(std::string agentTaskId, CallOptions call) const {
  return api::call<AgentTask>(context_, "agentTasks.revoke", std::move(call), agentTaskId);
}

// --- client.emails

async::Task<Email> EmailAPI::create(CreateEmailParams params, CreateEmailOptions options, CallOptions call) const {
  return api::call<Email>(context_, "emails.create", std::move(call), params, options);
}
async::Task<std::vector<BatchEmailResult>> EmailAPI::createBatch(
      std::vector<CreateEmailBatchParams> params, CallOptions call) const {
  return api::call<std::vector<BatchEmailResult>>(context_, "emails.createBatch", std::move(call), params);
}
async::Task<Email> EmailAPI::get(std::string emailId, CallOptions call) const {
  return api::call<Email>(context_, "emails.get", std::move(call), emailId);
}

// --- client.betaFeatures

async::Task<void> BetaFeaturesAPI::changeDomain(ChangeDomainParams params, CallOptions call) const {
  return api::call<void>(context_, "betaFeatures.changeDomain", std::move(call), params);
}

// --- client.proxyChecks

async::Task<ProxyCheck> ProxyCheckAPI::verify(VerifyProxyParams params, CallOptions call) const {
  return api::call<ProxyCheck>(context_, "proxyChecks.verify", std::move(call), params);
}

// --- client.accountlessApplications

async::Task<AccountlessApplication> AccountlessApplicationAPI::createAccountlessApplication(
      AccountlessApplicationParams params, CallOptions call) const {
  return api::call<AccountlessApplication>(context_, "__experimental_accountlessApplications.createAccountlessApplication", std::move(call), params);
}
async::Task<AccountlessApplication> AccountlessApplicationAPI::completeAccountlessApplicationOnboarding(
      AccountlessApplicationParams params, CallOptions call) const {
  return api::call<AccountlessApplication>(context_, "__experimental_accountlessApplications.completeAccountlessApplicationOnboarding", std::move(call), params);
}

}  // namespace clerk
