// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off

#include <clerk/webhook_events.hpp>

#include "webhooks/event_data.hpp"

namespace clerk {

template <>
std::optional<BillingPaymentAttemptWebhookEventJSON> WebhookEvent::as<BillingPaymentAttemptWebhookEventJSON>() const {
  return webhooks::dataOf<BillingPaymentAttemptWebhookEventJSON>(*this, "BillingPaymentAttemptWebhookEventJSON");
}
template <>
std::optional<BillingSubscriptionItemWebhookEventJSON> WebhookEvent::as<BillingSubscriptionItemWebhookEventJSON>() const {
  return webhooks::dataOf<BillingSubscriptionItemWebhookEventJSON>(*this, "BillingSubscriptionItemWebhookEventJSON");
}
template <>
std::optional<BillingSubscriptionWebhookEventJSON> WebhookEvent::as<BillingSubscriptionWebhookEventJSON>() const {
  return webhooks::dataOf<BillingSubscriptionWebhookEventJSON>(*this, "BillingSubscriptionWebhookEventJSON");
}
template <>
std::optional<DeletedObject> WebhookEvent::as<DeletedObject>() const {
  return webhooks::dataOf<DeletedObject>(*this, "DeletedObject");
}
template <>
std::optional<Email> WebhookEvent::as<Email>() const {
  return webhooks::dataOf<Email>(*this, "Email");
}
template <>
std::optional<Organization> WebhookEvent::as<Organization>() const {
  return webhooks::dataOf<Organization>(*this, "Organization");
}
template <>
std::optional<OrganizationDomain> WebhookEvent::as<OrganizationDomain>() const {
  return webhooks::dataOf<OrganizationDomain>(*this, "OrganizationDomain");
}
template <>
std::optional<OrganizationInvitation> WebhookEvent::as<OrganizationInvitation>() const {
  return webhooks::dataOf<OrganizationInvitation>(*this, "OrganizationInvitation");
}
template <>
std::optional<OrganizationMembership> WebhookEvent::as<OrganizationMembership>() const {
  return webhooks::dataOf<OrganizationMembership>(*this, "OrganizationMembership");
}
template <>
std::optional<Permission> WebhookEvent::as<Permission>() const {
  return webhooks::dataOf<Permission>(*this, "Permission");
}
template <>
std::optional<Role> WebhookEvent::as<Role>() const {
  return webhooks::dataOf<Role>(*this, "Role");
}
template <>
std::optional<SMSMessage> WebhookEvent::as<SMSMessage>() const {
  return webhooks::dataOf<SMSMessage>(*this, "SMSMessage");
}
template <>
std::optional<Session> WebhookEvent::as<Session>() const {
  return webhooks::dataOf<Session>(*this, "Session");
}
template <>
std::optional<User> WebhookEvent::as<User>() const {
  return webhooks::dataOf<User>(*this, "User");
}
template <>
std::optional<WaitlistEntry> WebhookEvent::as<WaitlistEntry>() const {
  return webhooks::dataOf<WaitlistEntry>(*this, "WaitlistEntry");
}

}  // namespace clerk
