#include <clerk/webhook_events.hpp>

#include "api/classes.hpp"

#include <boost/json/parse.hpp>

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>

namespace clerk {
namespace {

/// The events of Clerk's document, by their kinds.
const boost::json::object& documented() {
  static const auto events = [] {
    std::ifstream file(CLERK_WEBHOOK_EVENTS);
    const std::string text(std::istreambuf_iterator<char>(file), {});
    return boost::json::parse(text).at("events").as_object();
  }();
  return events;
}

WebhookEvent eventOf(const boost::json::object& json) {
  return {.type = std::string(json.at("type").as_string()), .data = json.at("data"), .json = json};
}

/// The id of an event's data, read through its struct; the class's name when the struct is not that of the kind.
template <class T>
std::string idThroughStruct(const WebhookEvent& event) {
  const auto data = event.as<T>();
  if (!data) return "no such data";
  EXPECT_FALSE(data->unexpectedMembers) << event.type << ": " << *data->unexpectedMembers;
  if constexpr (std::is_same_v<T, DeletedObject>) {
    EXPECT_TRUE(data->deleted);
    return data->id.value_or("");
  } else {
    return data->id;
  }
}

const std::map<std::string_view, std::string (*)(const WebhookEvent&)> kReaders{
    {"BillingPaymentAttemptWebhookEventJSON", idThroughStruct<BillingPaymentAttemptWebhookEventJSON>},
    {"BillingSubscriptionItemWebhookEventJSON", idThroughStruct<BillingSubscriptionItemWebhookEventJSON>},
    {"BillingSubscriptionWebhookEventJSON", idThroughStruct<BillingSubscriptionWebhookEventJSON>},
    {"DeletedObject", idThroughStruct<DeletedObject>},
    {"Email", idThroughStruct<Email>},
    {"Organization", idThroughStruct<Organization>},
    {"OrganizationDomain", idThroughStruct<OrganizationDomain>},
    {"OrganizationInvitation", idThroughStruct<OrganizationInvitation>},
    {"OrganizationMembership", idThroughStruct<OrganizationMembership>},
    {"Permission", idThroughStruct<Permission>},
    {"Role", idThroughStruct<Role>},
    {"SMSMessage", idThroughStruct<SMSMessage>},
    {"Session", idThroughStruct<Session>},
    {"User", idThroughStruct<User>},
    {"WaitlistEntry", idThroughStruct<WaitlistEntry>},
};

TEST(WebhookEvents, knows_the_kinds_of_the_document_and_no_others) {
  std::set<std::string> known, wanted;
  for (const auto& kind : api::webhookKinds()) known.emplace(kind.type);
  for (const auto& [kind, event] : documented()) wanted.emplace(kind);
  EXPECT_EQ(known, wanted);
  EXPECT_EQ(known.size(), 45U);
}

TEST(WebhookEvents, each_kind_has_its_data_as_a_struct) {
  for (const auto& kind : api::webhookKinds()) {
    const auto event = eventOf(documented().at(kind.type).as_object());
    EXPECT_EQ(event.type, kind.type);
    ASSERT_TRUE(kReaders.contains(kind.className)) << kind.className;
    EXPECT_EQ(kReaders.at(kind.className)(event), event.data.at("id").as_string()) << kind.type;
  }
}

TEST(WebhookEvents, data_of_another_class_is_none) {
  const auto event = eventOf(documented().at("user.created").as_object());
  EXPECT_TRUE(event.as<User>());
  EXPECT_FALSE(event.as<Session>());
  EXPECT_FALSE(event.as<DeletedObject>());
  auto unknown = event;
  unknown.type = "user.promoted";
  EXPECT_FALSE(unknown.as<User>());
}

TEST(WebhookEvents, types_have_names) {
  EXPECT_EQ(WebhookEventType::UserCreated, "user.created");
  EXPECT_EQ(WebhookEventType::SubscriptionItemFreeTrialEnding, "subscriptionItem.freeTrialEnding");
}

TEST(WebhookEvents, wire_structs_keep_what_they_do_not_know) {
  const auto event = eventOf(documented().at("organizationDomain.created").as_object());
  const auto domain = event.as<OrganizationDomain>();
  ASSERT_TRUE(domain);
  EXPECT_EQ(boost::json::value(*domain), event.data);
  EXPECT_EQ(domain->organization_id, event.data.at("organization_id").as_string());
}

TEST(WebhookEvents, data_that_lacks_its_lists_is_an_error) {
  auto event = eventOf(documented().at("user.created").as_object());
  event.data.as_object()["email_addresses"] = {{{"id", "idn_1"}, {"linked_to", nullptr}}};
  EXPECT_THROW(event.as<User>(), Error);
}

}  // namespace
}  // namespace clerk
