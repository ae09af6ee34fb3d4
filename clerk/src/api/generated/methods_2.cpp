// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off

#include "api/typed_call.hpp"

#include <clerk/api/described_parameters.hpp>

namespace clerk {

// --- client.invitations

async::Task<PaginatedResourceResponse<Invitation>> InvitationAPI::getInvitationList(
      GetInvitationListParams params, CallOptions call) const {
  return api::call<PaginatedResourceResponse<Invitation>>(context_, "invitations.getInvitationList", std::move(call), params);
}
async::Task<Invitation> InvitationAPI::createInvitation(CreateInvitationParams params, CallOptions call) const {
  return api::call<Invitation>(context_, "invitations.createInvitation", std::move(call), params);
}
async::Task<std::vector<Invitation>> InvitationAPI::createInvitationBulk(
      std::vector<CreateInvitationParams> params, CallOptions call) const {
  return api::call<std::vector<Invitation>>(context_, "invitations.createInvitationBulk", std::move(call), params);
}
async::Task<Invitation> InvitationAPI::revokeInvitation(std::string invitationId, CallOptions call) const {
  return api::call<Invitation>(context_, "invitations.revokeInvitation", std::move(call), invitationId);
}
async::Task<DeletedObject> InvitationAPI::deleteInvitation(std::string invitationId, CallOptions call) const {
  return api::call<DeletedObject>(context_, "invitations.deleteInvitation", std::move(call), invitationId);
}

// --- client.emailAddresses

async::Task<EmailAddress> EmailAddressAPI::getEmailAddress(std::string emailAddressId, CallOptions call) const {
  return api::call<EmailAddress>(context_, "emailAddresses.getEmailAddress", std::move(call), emailAddressId);
}
async::Task<EmailAddress> EmailAddressAPI::createEmailAddress(
      CreateEmailAddressParams params, CallOptions call) const {
  return api::call<EmailAddress>(context_, "emailAddresses.createEmailAddress", std::move(call), params);
}
async::Task<EmailAddress> EmailAddressAPI::updateEmailAddress(
      std::string emailAddressId, UpdateEmailAddressParams params, CallOptions call) const {
  return api::call<EmailAddress>(context_, "emailAddresses.updateEmailAddress", std::move(call), emailAddressId, params);
}
async::Task<DeletedObject> EmailAddressAPI::deleteEmailAddress(std::string emailAddressId, CallOptions call) const {
  return api::call<DeletedObject>(context_, "emailAddresses.deleteEmailAddress", std::move(call), emailAddressId);
}

// --- client.phoneNumbers

async::Task<PhoneNumber> PhoneNumberAPI::getPhoneNumber(std::string phoneNumberId, CallOptions call) const {
  return api::call<PhoneNumber>(context_, "phoneNumbers.getPhoneNumber", std::move(call), phoneNumberId);
}
async::Task<PhoneNumber> PhoneNumberAPI::createPhoneNumber(CreatePhoneNumberParams params, CallOptions call) const {
  return api::call<PhoneNumber>(context_, "phoneNumbers.createPhoneNumber", std::move(call), params);
}
async::Task<PhoneNumber> PhoneNumberAPI::updatePhoneNumber(
      std::string phoneNumberId, UpdatePhoneNumberParams params, CallOptions call) const {
  return api::call<PhoneNumber>(context_, "phoneNumbers.updatePhoneNumber", std::move(call), phoneNumberId, params);
}
async::Task<DeletedObject> PhoneNumberAPI::deletePhoneNumber(std::string phoneNumberId, CallOptions call) const {
  return api::call<DeletedObject>(context_, "phoneNumbers.deletePhoneNumber", std::move(call), phoneNumberId);
}

// --- client.clients

async::Task<PaginatedResourceResponse<Client>> ClientAPI::getClientList(
      GetClientListParams params, CallOptions call) const {
  return api::call<PaginatedResourceResponse<Client>>(context_, "clients.getClientList", std::move(call), params);
}
async::Task<Client> ClientAPI::getClient(std::string clientId, CallOptions call) const {
  return api::call<Client>(context_, "clients.getClient", std::move(call), clientId);
}
async::Task<Client> ClientAPI::verifyClient(std::string token, CallOptions call) const {
  return api::call<Client>(context_, "clients.verifyClient", std::move(call), token);
}
async::Task<HandshakePayload> ClientAPI::getHandshakePayload(
      GetHandshakePayloadParams params, CallOptions call) const {
  return api::call<HandshakePayload>(context_, "clients.getHandshakePayload", std::move(call), params);
}

// --- client.signInTokens

async::Task<SignInToken> SignInTokenAPI::createSignInToken(CreateSignInTokenParams params, CallOptions call) const {
  return api::call<SignInToken>(context_, "signInTokens.createSignInToken", std::move(call), params);
}
async::Task<SignInToken> SignInTokenAPI::revokeSignInToken(std::string signInTokenId, CallOptions call) const {
  return api::call<SignInToken>(context_, "signInTokens.revokeSignInToken", std::move(call), signInTokenId);
}

// --- client.actorTokens

async::Task<ActorToken> ActorTokenAPI::create(CreateActorTokenParams params, CallOptions call) const {
  return api::call<ActorToken>(context_, "actorTokens.create", std::move(call), params);
}
async::Task<ActorToken> ActorTokenAPI::revoke(std::string actorTokenId, CallOptions call) const {
  return api::call<ActorToken>(context_, "actorTokens.revoke", std::move(call), actorTokenId);
}

// --- client.testingTokens

async::Task<TestingToken> TestingTokenAPI::createTestingToken(CallOptions call) const {
  return api::call<TestingToken>(context_, "testingTokens.createTestingToken", std::move(call));
}

// --- client.jwks

async::Task<JwksJSON> JwksAPI::getJwks(CallOptions call) const {
  return api::call<JwksJSON>(context_, "jwks.getJwks", std::move(call));
}

// --- client.jwtTemplates

async::Task<PaginatedResourceResponse<JwtTemplate>> JwtTemplateAPI::list(
      GetJwtTemplateListParams params, CallOptions call) const {
  return api::call<PaginatedResourceResponse<JwtTemplate>>(context_, "jwtTemplates.list", std::move(call), params);
}
async::Task<JwtTemplate> JwtTemplateAPI::get(std::string templateId, CallOptions call) const {
  return api::call<JwtTemplate>(context_, "jwtTemplates.get", std::move(call), templateId);
}
async::Task<JwtTemplate> JwtTemplateAPI::create(CreateJwtTemplateParams params, CallOptions call) const {
  return api::call<JwtTemplate>(context_, "jwtTemplates.create", std::move(call), params);
}
async::Task<JwtTemplate> JwtTemplateAPI::update(UpdateJwtTemplateParams params, CallOptions call) const {
  return api::call<JwtTemplate>(context_, "jwtTemplates.update", std::move(call), params);
}
async::Task<DeletedObject> JwtTemplateAPI::del(std::string templateId, CallOptions call) const {
  return api::call<DeletedObject>(context_, "jwtTemplates.delete", std::move(call), templateId);
}

// --- client.domains

async::Task<PaginatedResourceResponse<Domain>> DomainAPI::list(CallOptions call) const {
  return api::call<PaginatedResourceResponse<Domain>>(context_, "domains.list", std::move(call));
}
async::Task<Domain> DomainAPI::add(AddDomainParams params, CallOptions call) const {
  return api::call<Domain>(context_, "domains.add", std::move(call), params);
}
async::Task<Domain> DomainAPI::update(UpdateDomainParams params, CallOptions call) const {
  return api::call<Domain>(context_, "domains.update", std::move(call), params);
}
async::Task<DeletedObject> DomainAPI::del(std::string domainId, CallOptions call) const {
  return api::call<DeletedObject>(context_, "domains.delete", std::move(call), domainId);
}
async::Task<DeletedObject> DomainAPI::deleteDomain(std::string domainId, CallOptions call) const {
  return api::call<DeletedObject>(context_, "domains.deleteDomain", std::move(call), domainId);
}

// --- client.redirectUrls

async::Task<PaginatedResourceResponse<RedirectUrl>> RedirectUrlAPI::getRedirectUrlList(CallOptions call) const {
  return api::call<PaginatedResourceResponse<RedirectUrl>>(context_, "redirectUrls.getRedirectUrlList", std::move(call));
}
async::Task<RedirectUrl> RedirectUrlAPI::getRedirectUrl(std::string redirectUrlId, CallOptions call) const {
  return api::call<RedirectUrl>(context_, "redirectUrls.getRedirectUrl", std::move(call), redirectUrlId);
}
async::Task<RedirectUrl> RedirectUrlAPI::createRedirectUrl(CreateRedirectUrlParams params, CallOptions call) const {
  return api::call<RedirectUrl>(context_, "redirectUrls.createRedirectUrl", std::move(call), params);
}
async::Task<DeletedObject> RedirectUrlAPI::deleteRedirectUrl(std::string redirectUrlId, CallOptions call) const {
  return api::call<DeletedObject>(context_, "redirectUrls.deleteRedirectUrl", std::move(call), redirectUrlId);
}

}  // namespace clerk
