#include "flows/user/identifiers.hpp"

#include "backend_api/backend_api.hpp"
#include "flows/user/user.hpp"
#include "wire/identifiers.hpp"

namespace clerk::instance::backend_api {
namespace {

using wire::Side;

Outcome<wire::Json> shown(const Call& call, const Outcome<EmailAddress>& email) {
  if (!email) return email.error();
  return wire::Json(wire::emailAddress(call.view(), *email, {}, Side::Backend));
}
Outcome<wire::Json> shown(const Call& call, const Outcome<PhoneNumber>& phone) {
  if (!phone) return phone.error();
  return wire::Json(wire::phoneNumber(call.view(), *phone, Side::Backend));
}
Outcome<wire::Json> deleted(std::string_view object, const Outcome<std::string>& id) {
  if (!id) return id.error();
  return wire::Json(wire::deletedObject(object, *id));
}

IdentifierFields readEmailFields(JsonFields& body) {
  IdentifierFields fields{
      .verified = body.boolean("verified"), .primary = body.boolean("primary"), .reservedForSecondFactor = {}};
  body.flag("notify_primary_email_address_changed");
  return fields;
}

IdentifierFields readPhoneFields(JsonFields& body) {
  return {.verified = body.boolean("verified"),
          .primary = body.boolean("primary"),
          .reservedForSecondFactor = body.boolean("reserved_for_second_factor")};
}

async::Task<Outcome<wire::Json>> createEmail(Call& call) {
  auto body = call.body();
  auto userId = body.requiredText("user_id");
  auto address = body.requiredText("email_address");
  const auto fields = readEmailFields(body);
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shown(call, co_await createEmailAddress(call.core, std::move(userId), std::move(address), fields));
}

async::Task<Outcome<wire::Json>> readEmail(Call& call) {
  co_return shown(call, co_await findEmailAddress(call.core, call.param("email_address_id")));
}

async::Task<Outcome<wire::Json>> updateEmail(Call& call) {
  auto body = call.body();
  const auto fields = readEmailFields(body);
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shown(call, co_await changeEmailAddress(call.core, call.param("email_address_id"), fields));
}

async::Task<Outcome<wire::Json>> deleteEmail(Call& call) {
  co_return deleted("email_address", co_await removeEmailAddress(call.core, call.param("email_address_id")));
}

async::Task<Outcome<wire::Json>> createPhone(Call& call) {
  auto body = call.body();
  auto userId = body.requiredText("user_id");
  auto number = body.requiredText("phone_number");
  const auto fields = readPhoneFields(body);
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shown(call, co_await createPhoneNumber(call.core, std::move(userId), std::move(number), fields));
}

async::Task<Outcome<wire::Json>> readPhone(Call& call) {
  co_return shown(call, co_await findPhoneNumber(call.core, call.param("phone_number_id")));
}

async::Task<Outcome<wire::Json>> updatePhone(Call& call) {
  auto body = call.body();
  const auto fields = readPhoneFields(body);
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shown(call, co_await changePhoneNumber(call.core, call.param("phone_number_id"), fields));
}

async::Task<Outcome<wire::Json>> deletePhone(Call& call) {
  co_return deleted("phone_number", co_await removePhoneNumber(call.core, call.param("phone_number_id")));
}

}  // namespace

void addIdentifiers(const AddOperation& add) {
  add("POST", "/email_addresses", createEmail);
  add("GET", "/email_addresses/:email_address_id", readEmail);
  add("PATCH", "/email_addresses/:email_address_id", updateEmail);
  add("DELETE", "/email_addresses/:email_address_id", deleteEmail);
  add("POST", "/phone_numbers", createPhone);
  add("GET", "/phone_numbers/:phone_number_id", readPhone);
  add("PATCH", "/phone_numbers/:phone_number_id", updatePhone);
  add("DELETE", "/phone_numbers/:phone_number_id", deletePhone);
}

}  // namespace clerk::instance::backend_api
