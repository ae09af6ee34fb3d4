// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off

#include "typed_calls.hpp"

namespace conformance {

void addTypedMethods2(TypedMethods& methods);

void addTypedMethods2(TypedMethods& methods) {
  methods["invitations.getInvitationList"] = typed<&clerk::BackendApi::invitations, &clerk::InvitationAPI::getInvitationList>;
  methods["invitations.createInvitation"] = typed<&clerk::BackendApi::invitations, &clerk::InvitationAPI::createInvitation>;
  methods["invitations.createInvitationBulk"] = typed<&clerk::BackendApi::invitations, &clerk::InvitationAPI::createInvitationBulk>;
  methods["invitations.revokeInvitation"] = typed<&clerk::BackendApi::invitations, &clerk::InvitationAPI::revokeInvitation>;
  methods["invitations.deleteInvitation"] = typed<&clerk::BackendApi::invitations, &clerk::InvitationAPI::deleteInvitation>;
  methods["emailAddresses.getEmailAddress"] = typed<&clerk::BackendApi::emailAddresses, &clerk::EmailAddressAPI::getEmailAddress>;
  methods["emailAddresses.createEmailAddress"] = typed<&clerk::BackendApi::emailAddresses, &clerk::EmailAddressAPI::createEmailAddress>;
  methods["emailAddresses.updateEmailAddress"] = typed<&clerk::BackendApi::emailAddresses, &clerk::EmailAddressAPI::updateEmailAddress>;
  methods["emailAddresses.deleteEmailAddress"] = typed<&clerk::BackendApi::emailAddresses, &clerk::EmailAddressAPI::deleteEmailAddress>;
  methods["phoneNumbers.getPhoneNumber"] = typed<&clerk::BackendApi::phoneNumbers, &clerk::PhoneNumberAPI::getPhoneNumber>;
  methods["phoneNumbers.createPhoneNumber"] = typed<&clerk::BackendApi::phoneNumbers, &clerk::PhoneNumberAPI::createPhoneNumber>;
  methods["phoneNumbers.updatePhoneNumber"] = typed<&clerk::BackendApi::phoneNumbers, &clerk::PhoneNumberAPI::updatePhoneNumber>;
  methods["phoneNumbers.deletePhoneNumber"] = typed<&clerk::BackendApi::phoneNumbers, &clerk::PhoneNumberAPI::deletePhoneNumber>;
  methods["clients.getClientList"] = typed<&clerk::BackendApi::clients, &clerk::ClientAPI::getClientList>;
  methods["clients.getClient"] = typed<&clerk::BackendApi::clients, &clerk::ClientAPI::getClient>;
  methods["clients.verifyClient"] = typed<&clerk::BackendApi::clients, &clerk::ClientAPI::verifyClient>;
  methods["clients.getHandshakePayload"] = typed<&clerk::BackendApi::clients, &clerk::ClientAPI::getHandshakePayload>;
  methods["signInTokens.createSignInToken"] = typed<&clerk::BackendApi::signInTokens, &clerk::SignInTokenAPI::createSignInToken>;
  methods["signInTokens.revokeSignInToken"] = typed<&clerk::BackendApi::signInTokens, &clerk::SignInTokenAPI::revokeSignInToken>;
  methods["actorTokens.create"] = typed<&clerk::BackendApi::actorTokens, &clerk::ActorTokenAPI::create>;
  methods["actorTokens.revoke"] = typed<&clerk::BackendApi::actorTokens, &clerk::ActorTokenAPI::revoke>;
  methods["testingTokens.createTestingToken"] = typed<&clerk::BackendApi::testingTokens, &clerk::TestingTokenAPI::createTestingToken>;
  methods["jwks.getJwks"] = typed<&clerk::BackendApi::jwks, &clerk::JwksAPI::getJwks>;
  methods["jwtTemplates.list"] = typed<&clerk::BackendApi::jwtTemplates, &clerk::JwtTemplateAPI::list>;
  methods["jwtTemplates.get"] = typed<&clerk::BackendApi::jwtTemplates, &clerk::JwtTemplateAPI::get>;
  methods["jwtTemplates.create"] = typed<&clerk::BackendApi::jwtTemplates, &clerk::JwtTemplateAPI::create>;
  methods["jwtTemplates.update"] = typed<&clerk::BackendApi::jwtTemplates, &clerk::JwtTemplateAPI::update>;
  methods["jwtTemplates.delete"] = typed<&clerk::BackendApi::jwtTemplates, &clerk::JwtTemplateAPI::del>;
  methods["domains.list"] = typed<&clerk::BackendApi::domains, &clerk::DomainAPI::list>;
  methods["domains.add"] = typed<&clerk::BackendApi::domains, &clerk::DomainAPI::add>;
  methods["domains.update"] = typed<&clerk::BackendApi::domains, &clerk::DomainAPI::update>;
  methods["domains.delete"] = typed<&clerk::BackendApi::domains, &clerk::DomainAPI::del>;
  methods["domains.deleteDomain"] = typed<&clerk::BackendApi::domains, &clerk::DomainAPI::deleteDomain>;
  methods["redirectUrls.getRedirectUrlList"] = typed<&clerk::BackendApi::redirectUrls, &clerk::RedirectUrlAPI::getRedirectUrlList>;
  methods["redirectUrls.getRedirectUrl"] = typed<&clerk::BackendApi::redirectUrls, &clerk::RedirectUrlAPI::getRedirectUrl>;
  methods["redirectUrls.createRedirectUrl"] = typed<&clerk::BackendApi::redirectUrls, &clerk::RedirectUrlAPI::createRedirectUrl>;
  methods["redirectUrls.deleteRedirectUrl"] = typed<&clerk::BackendApi::redirectUrls, &clerk::RedirectUrlAPI::deleteRedirectUrl>;
}

}  // namespace conformance
