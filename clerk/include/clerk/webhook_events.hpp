#pragma once
// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off
// The kinds of webhook events, and their data as structs.

#include <clerk/api/resources.hpp>
#include <clerk/webhooks.hpp>

#include <optional>
#include <string_view>

namespace clerk {

/// Values of WebhookEvent::type, each with the struct of its data: see WebhookEvent::as.
namespace WebhookEventType {
inline constexpr std::string_view EmailCreated = "email.created";  // Email
inline constexpr std::string_view OrganizationCreated = "organization.created";  // Organization
inline constexpr std::string_view OrganizationUpdated = "organization.updated";  // Organization
inline constexpr std::string_view OrganizationDeleted = "organization.deleted";  // DeletedObject
inline constexpr std::string_view OrganizationDomainCreated = "organizationDomain.created";  // OrganizationDomain
inline constexpr std::string_view OrganizationDomainUpdated = "organizationDomain.updated";  // OrganizationDomain
inline constexpr std::string_view OrganizationDomainDeleted = "organizationDomain.deleted";  // DeletedObject
inline constexpr std::string_view OrganizationInvitationCreated = "organizationInvitation.created";  // OrganizationInvitation
inline constexpr std::string_view OrganizationInvitationAccepted = "organizationInvitation.accepted";  // OrganizationInvitation
inline constexpr std::string_view OrganizationInvitationRevoked = "organizationInvitation.revoked";  // OrganizationInvitation
inline constexpr std::string_view OrganizationMembershipCreated = "organizationMembership.created";  // OrganizationMembership
inline constexpr std::string_view OrganizationMembershipUpdated = "organizationMembership.updated";  // OrganizationMembership
inline constexpr std::string_view OrganizationMembershipDeleted = "organizationMembership.deleted";  // OrganizationMembership
inline constexpr std::string_view PaymentAttemptCreated = "paymentAttempt.created";  // BillingPaymentAttemptWebhookEventJSON
inline constexpr std::string_view PaymentAttemptUpdated = "paymentAttempt.updated";  // BillingPaymentAttemptWebhookEventJSON
inline constexpr std::string_view PermissionCreated = "permission.created";  // Permission
inline constexpr std::string_view PermissionUpdated = "permission.updated";  // Permission
inline constexpr std::string_view PermissionDeleted = "permission.deleted";  // DeletedObject
inline constexpr std::string_view RoleCreated = "role.created";  // Role
inline constexpr std::string_view RoleUpdated = "role.updated";  // Role
inline constexpr std::string_view RoleDeleted = "role.deleted";  // DeletedObject
inline constexpr std::string_view SessionCreated = "session.created";  // Session
inline constexpr std::string_view SessionPending = "session.pending";  // Session
inline constexpr std::string_view SessionEnded = "session.ended";  // Session
inline constexpr std::string_view SessionRemoved = "session.removed";  // Session
inline constexpr std::string_view SessionRevoked = "session.revoked";  // Session
inline constexpr std::string_view SmsCreated = "sms.created";  // SMSMessage
inline constexpr std::string_view SubscriptionCreated = "subscription.created";  // BillingSubscriptionWebhookEventJSON
inline constexpr std::string_view SubscriptionUpdated = "subscription.updated";  // BillingSubscriptionWebhookEventJSON
inline constexpr std::string_view SubscriptionActive = "subscription.active";  // BillingSubscriptionWebhookEventJSON
inline constexpr std::string_view SubscriptionPastDue = "subscription.pastDue";  // BillingSubscriptionWebhookEventJSON
inline constexpr std::string_view SubscriptionItemAbandoned = "subscriptionItem.abandoned";  // BillingSubscriptionItemWebhookEventJSON
inline constexpr std::string_view SubscriptionItemActive = "subscriptionItem.active";  // BillingSubscriptionItemWebhookEventJSON
inline constexpr std::string_view SubscriptionItemCanceled = "subscriptionItem.canceled";  // BillingSubscriptionItemWebhookEventJSON
inline constexpr std::string_view SubscriptionItemEnded = "subscriptionItem.ended";  // BillingSubscriptionItemWebhookEventJSON
inline constexpr std::string_view SubscriptionItemFreeTrialEnding = "subscriptionItem.freeTrialEnding";  // BillingSubscriptionItemWebhookEventJSON
inline constexpr std::string_view SubscriptionItemIncomplete = "subscriptionItem.incomplete";  // BillingSubscriptionItemWebhookEventJSON
inline constexpr std::string_view SubscriptionItemPastDue = "subscriptionItem.pastDue";  // BillingSubscriptionItemWebhookEventJSON
inline constexpr std::string_view SubscriptionItemUpcoming = "subscriptionItem.upcoming";  // BillingSubscriptionItemWebhookEventJSON
inline constexpr std::string_view SubscriptionItemUpdated = "subscriptionItem.updated";  // BillingSubscriptionItemWebhookEventJSON
inline constexpr std::string_view UserCreated = "user.created";  // User
inline constexpr std::string_view UserUpdated = "user.updated";  // User
inline constexpr std::string_view UserDeleted = "user.deleted";  // DeletedObject
inline constexpr std::string_view WaitlistEntryCreated = "waitlistEntry.created";  // WaitlistEntry
inline constexpr std::string_view WaitlistEntryUpdated = "waitlistEntry.updated";  // WaitlistEntry
}  // namespace WebhookEventType

template <>
std::optional<BillingPaymentAttemptWebhookEventJSON> WebhookEvent::as<BillingPaymentAttemptWebhookEventJSON>() const;
template <>
std::optional<BillingSubscriptionItemWebhookEventJSON> WebhookEvent::as<BillingSubscriptionItemWebhookEventJSON>() const;
template <>
std::optional<BillingSubscriptionWebhookEventJSON> WebhookEvent::as<BillingSubscriptionWebhookEventJSON>() const;
template <>
std::optional<DeletedObject> WebhookEvent::as<DeletedObject>() const;
template <>
std::optional<Email> WebhookEvent::as<Email>() const;
template <>
std::optional<Organization> WebhookEvent::as<Organization>() const;
template <>
std::optional<OrganizationDomain> WebhookEvent::as<OrganizationDomain>() const;
template <>
std::optional<OrganizationInvitation> WebhookEvent::as<OrganizationInvitation>() const;
template <>
std::optional<OrganizationMembership> WebhookEvent::as<OrganizationMembership>() const;
template <>
std::optional<Permission> WebhookEvent::as<Permission>() const;
template <>
std::optional<Role> WebhookEvent::as<Role>() const;
template <>
std::optional<SMSMessage> WebhookEvent::as<SMSMessage>() const;
template <>
std::optional<Session> WebhookEvent::as<Session>() const;
template <>
std::optional<User> WebhookEvent::as<User>() const;
template <>
std::optional<WaitlistEntry> WebhookEvent::as<WaitlistEntry>() const;

}  // namespace clerk
