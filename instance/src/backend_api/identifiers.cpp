#include "flows/user/identifiers.hpp"

#include "backend_api/backend_api.hpp"
#include "flows/user/backend_verification.hpp"
#include "flows/user/user.hpp"
#include "wire/error.hpp"
#include "wire/identifiers.hpp"
#include "wire/verification.hpp"

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

// ---- codes that the backend has sent

Outcome<wire::Json> shown(const Call& call, const Outcome<Verification>& verification) {
  if (!verification) return verification.error();
  return wire::Json(wire::backendsOwnVerification(*verification, call.view().now));
}

async::Task<Outcome<wire::Json>> prepareEmail(Call& call) {
  co_return shown(call, co_await prepareEmailAddressForBackend(call.core, call.param("email_address_id")));
}

async::Task<Outcome<wire::Json>> preparePhone(Call& call) {
  co_return shown(call, co_await preparePhoneNumberForBackend(call.core, call.param("phone_number_id")));
}

constexpr std::size_t longestCode = 64;

async::Task<Outcome<wire::Json>> attemptEmail(Call& call) {
  auto body = call.body();
  auto verificationId = body.requiredText("verification_id");
  auto code = body.requiredText("code", longestCode);
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shown(call, co_await attemptEmailAddressForBackend(call.core, call.param("email_address_id"),
                                                               std::move(verificationId), std::move(code)));
}

async::Task<Outcome<wire::Json>> attemptPhone(Call& call) {
  auto body = call.body();
  auto verificationId = body.requiredText("verification_id");
  auto code = body.requiredText("code", longestCode);
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shown(call, co_await attemptPhoneNumberForBackend(call.core, call.param("phone_number_id"),
                                                              std::move(verificationId), std::move(code)));
}

// ---- one in the place of all others

IdentifierStanding readStanding(JsonFields& body) {
  static constexpr std::pair<std::string_view, IdentifierStanding> names[] = {
      {"verified", IdentifierStanding::Verified},
      {"reserved", IdentifierStanding::Reserved},
      {"unverified", IdentifierStanding::Unverified}};
  const auto name = body.text("identification_status").value_or("verified");
  for (const auto& [known, standing] : names) {
    if (name == known) return standing;
  }
  body.refuse(wire::wrong::paramValue("identification_status", "verified, reserved, unverified"));
  return IdentifierStanding::Verified;
}

async::Task<Outcome<wire::Json>> replaceEmail(Call& call) {
  auto body = call.body();
  auto address = body.requiredText("email_address");
  const auto standing = readStanding(body);
  const bool notify = body.flag("notify_primary_email_address_changed");
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shown(
      call, co_await replaceEmailAddresses(call.core, call.param("user_id"), std::move(address), standing, notify));
}

async::Task<Outcome<wire::Json>> replacePhone(Call& call) {
  auto body = call.body();
  auto number = body.requiredText("phone_number");
  const auto standing = readStanding(body);
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shown(call, co_await replacePhoneNumbers(call.core, call.param("user_id"), std::move(number), standing));
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
  add("POST", "/email_addresses/:email_address_id/prepare_verification", prepareEmail);
  add("POST", "/email_addresses/:email_address_id/attempt_verification", attemptEmail);
  add("POST", "/phone_numbers/:phone_number_id/prepare_verification", preparePhone);
  add("POST", "/phone_numbers/:phone_number_id/attempt_verification", attemptPhone);
  add("PUT", "/users/:user_id/email_address", replaceEmail);
  add("PUT", "/users/:user_id/phone_number", replacePhone);
}

}  // namespace clerk::instance::backend_api
