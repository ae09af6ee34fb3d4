// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off
// Resources from and to JSON.

#include "api/generated/described_resources.hpp"

namespace clerk {

WaitlistEntry::operator boost::json::value() const { return api::toJson(*this); }
template WaitlistEntry api::fromJson<WaitlistEntry>(const boost::json::value&);
Money::operator boost::json::value() const { return api::toJson(*this); }
template Money api::fromJson<Money>(const boost::json::value&);
BillingPlan::operator boost::json::value() const { return api::toJson(*this); }
template BillingPlan api::fromJson<BillingPlan>(const boost::json::value&);
OAuthActorOfActor::operator boost::json::value() const { return api::toJson(*this); }
template OAuthActorOfActor api::fromJson<OAuthActorOfActor>(const boost::json::value&);
OAuthActor::operator boost::json::value() const { return api::toJson(*this); }
template OAuthActor api::fromJson<OAuthActor>(const boost::json::value&);
IdPOAuthAccessToken::operator boost::json::value() const { return api::toJson(*this); }
template IdPOAuthAccessToken api::fromJson<IdPOAuthAccessToken>(const boost::json::value&);
ScopedMachine::operator boost::json::value() const { return api::toJson(*this); }
template ScopedMachine api::fromJson<ScopedMachine>(const boost::json::value&);
Machine::operator boost::json::value() const { return api::toJson(*this); }
template Machine api::fromJson<Machine>(const boost::json::value&);
BillingTotals::operator boost::json::value() const { return api::toJson(*this); }
template BillingTotals api::fromJson<BillingTotals>(const boost::json::value&);
NextItemPayment::operator boost::json::value() const { return api::toJson(*this); }
template NextItemPayment api::fromJson<NextItemPayment>(const boost::json::value&);
NextPayment::operator boost::json::value() const { return api::toJson(*this); }
template NextPayment api::fromJson<NextPayment>(const boost::json::value&);
SeatTier::operator boost::json::value() const { return api::toJson(*this); }
template SeatTier api::fromJson<SeatTier>(const boost::json::value&);
Seats::operator boost::json::value() const { return api::toJson(*this); }
template Seats api::fromJson<Seats>(const boost::json::value&);
BillingSubscriptionItem::operator boost::json::value() const { return api::toJson(*this); }
template BillingSubscriptionItem api::fromJson<BillingSubscriptionItem>(const boost::json::value&);
BillingSubscription::operator boost::json::value() const { return api::toJson(*this); }
template BillingSubscription api::fromJson<BillingSubscription>(const boost::json::value&);
BatchEmailResult::operator boost::json::value() const { return api::toJson(*this); }
template BatchEmailResult api::fromJson<BatchEmailResult>(const boost::json::value&);
RefreshedSession::operator boost::json::value() const { return api::toJson(*this); }
template RefreshedSession api::fromJson<RefreshedSession>(const boost::json::value&);
UserId::operator boost::json::value() const { return api::toJson(*this); }
template UserId api::fromJson<UserId>(const boost::json::value&);
PasswordVerification::operator boost::json::value() const { return api::toJson(*this); }
template PasswordVerification api::fromJson<PasswordVerification>(const boost::json::value&);
TOTPVerification::operator boost::json::value() const { return api::toJson(*this); }
template TOTPVerification api::fromJson<TOTPVerification>(const boost::json::value&);
APIKeySecret::operator boost::json::value() const { return api::toJson(*this); }
template APIKeySecret api::fromJson<APIKeySecret>(const boost::json::value&);
JwksJSON::operator boost::json::value() const { return api::toJson(*this); }
template JwksJSON api::fromJson<JwksJSON>(const boost::json::value&);
WebhooksSvixJSON::operator boost::json::value() const { return api::toJson(*this); }
template WebhooksSvixJSON api::fromJson<WebhooksSvixJSON>(const boost::json::value&);
HandshakePayload::operator boost::json::value() const { return api::toJson(*this); }
template HandshakePayload api::fromJson<HandshakePayload>(const boost::json::value&);
TestingToken::operator boost::json::value() const { return api::toJson(*this); }
template TestingToken api::fromJson<TestingToken>(const boost::json::value&);
OrganizationDomainVerification::operator boost::json::value() const { return api::toJson(*this); }
template OrganizationDomainVerification api::fromJson<OrganizationDomainVerification>(const boost::json::value&);
OrganizationDomain::operator boost::json::value() const { return api::toJson(*this); }
template OrganizationDomain api::fromJson<OrganizationDomain>(const boost::json::value&);
BillingMoneyWebhookEventJSON::operator boost::json::value() const { return api::toJson(*this); }
template BillingMoneyWebhookEventJSON api::fromJson<BillingMoneyWebhookEventJSON>(const boost::json::value&);
BillingPayerWebhookEventJSON::operator boost::json::value() const { return api::toJson(*this); }
template BillingPayerWebhookEventJSON api::fromJson<BillingPayerWebhookEventJSON>(const boost::json::value&);
BillingPlanWebhookEventJSON::operator boost::json::value() const { return api::toJson(*this); }
template BillingPlanWebhookEventJSON api::fromJson<BillingPlanWebhookEventJSON>(const boost::json::value&);
BillingSubscriptionItemWebhookEventJSON::operator boost::json::value() const { return api::toJson(*this); }
template BillingSubscriptionItemWebhookEventJSON api::fromJson<BillingSubscriptionItemWebhookEventJSON>(const boost::json::value&);
BillingSubscriptionWebhookEventJSON::operator boost::json::value() const { return api::toJson(*this); }
template BillingSubscriptionWebhookEventJSON api::fromJson<BillingSubscriptionWebhookEventJSON>(const boost::json::value&);
BillingPaymentAttemptTotalsWebhookEventJSON::operator boost::json::value() const { return api::toJson(*this); }
template BillingPaymentAttemptTotalsWebhookEventJSON api::fromJson<BillingPaymentAttemptTotalsWebhookEventJSON>(const boost::json::value&);
BillingPaymentAttemptWebhookEventJSON::operator boost::json::value() const { return api::toJson(*this); }
template BillingPaymentAttemptWebhookEventJSON api::fromJson<BillingPaymentAttemptWebhookEventJSON>(const boost::json::value&);

}  // namespace clerk
