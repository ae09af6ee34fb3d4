#include "flows/user/identifiers.hpp"
#include "flows/user/profile_image.hpp"
#include "frontend_api/redirect.hpp"
#include "frontend_api/resources.hpp"
#include "frontend_api/speaker.hpp"
#include "wire/identifiers.hpp"
#include "wire/user.hpp"

namespace clerk::instance::frontend_api {
namespace {

using wire::Side;

wire::View viewOf(const Call& call) { return {call.view.settings, call.core.now()}; }

Outcome<wire::Json> shown(const Call& call, const User& user, const Outcome<EmailAddress>& email) {
  if (!email) return email.error();
  return wire::Json(wire::emailAddress(viewOf(call), *email, user.externalAccounts, Side::Frontend));
}
Outcome<wire::Json> shown(const Call& call, const User&, const Outcome<PhoneNumber>& phone) {
  if (!phone) return phone.error();
  return wire::Json(wire::phoneNumber(viewOf(call), *phone, Side::Frontend));
}

Outcome<wire::Json> deleted(std::string_view object, const Outcome<std::string>& id) {
  if (!id) return id.error();
  return wire::Json(wire::deletedObject(object, *id));
}

std::string clientId(const Call& call) { return call.visitor.client ? call.visitor.client->id : std::string(); }

// ---- email addresses

async::Task<Outcome<wire::Json>> listEmailAddresses(Call& call) {
  const auto state = co_await speaker(call);
  if (!state) co_return state.error();
  co_return wire::Json(wire::emailAddresses(viewOf(call), state->user, Side::Frontend));
}

async::Task<Outcome<wire::Json>> createEmail(Call& call) {
  const auto state = co_await freshSpeaker(call);
  if (!state) co_return state.error();
  auto form = call.form();
  auto address = form.requiredText("email_address");
  if (auto wrong = form.failure()) co_return *wrong;
  co_return shown(call, state->user, co_await addEmailAddress(call.core, state->user.id, std::move(address)));
}

async::Task<Outcome<wire::Json>> readEmail(Call& call) {
  const auto state = co_await speaker(call);
  if (!state) co_return state.error();
  co_return shown(call, state->user, co_await getEmailAddress(call.core, state->user.id, call.param("email_id")));
}

async::Task<Outcome<wire::Json>> prepareEmail(Call& call) {
  const auto state = co_await speaker(call);
  if (!state) co_return state.error();
  auto form = call.form();
  PrepareIdentifierFields fields{.strategy = form.requiredText("strategy"),
                                 .redirectUrl = form.text("redirect_url").value_or(""),
                                 .clientId = clientId(call)};
  if (auto wrong = form.failure()) co_return *wrong;
  if (auto allowed = checkReturnAddress(call, fields.redirectUrl); !allowed) co_return allowed.error();
  co_return shown(call, state->user,
                  co_await prepareEmailAddress(call.core, state->user.id, call.param("email_id"), std::move(fields)));
}

async::Task<Outcome<wire::Json>> attemptEmail(Call& call) {
  const auto state = co_await speaker(call);
  if (!state) co_return state.error();
  auto form = call.form();
  auto code = form.requiredText("code");
  if (auto wrong = form.failure()) co_return *wrong;
  co_return shown(
      call, state->user,
      co_await attemptEmailAddress(call.core, state->user.id, call.param("email_id"), std::move(code), clientId(call)));
}

async::Task<Outcome<wire::Json>> deleteEmail(Call& call) {
  const auto state = co_await freshSpeaker(call);
  if (!state) co_return state.error();
  co_return deleted("email_address", co_await deleteEmailAddress(call.core, state->user.id, call.param("email_id")));
}

// ---- phone numbers

async::Task<Outcome<wire::Json>> listPhoneNumbers(Call& call) {
  const auto state = co_await speaker(call);
  if (!state) co_return state.error();
  co_return wire::Json(wire::phoneNumbers(viewOf(call), state->user, Side::Frontend));
}

async::Task<Outcome<wire::Json>> createPhone(Call& call) {
  const auto state = co_await freshSpeaker(call);
  if (!state) co_return state.error();
  auto form = call.form();
  auto number = form.requiredText("phone_number");
  const bool second = form.boolean("reserved_for_second_factor").value_or(false);
  if (auto wrong = form.failure()) co_return *wrong;
  co_return shown(call, state->user, co_await addPhoneNumber(call.core, state->user.id, std::move(number), second));
}

async::Task<Outcome<wire::Json>> readPhone(Call& call) {
  const auto state = co_await speaker(call);
  if (!state) co_return state.error();
  co_return shown(call, state->user, co_await getPhoneNumber(call.core, state->user.id, call.param("phone_number_id")));
}

async::Task<Outcome<wire::Json>> updatePhone(Call& call) {
  const auto state = co_await freshSpeaker(call);
  if (!state) co_return state.error();
  auto form = call.form();
  const PhoneNumberChanges changes{.reservedForSecondFactor = form.boolean("reserved_for_second_factor"),
                                   .defaultSecondFactor = form.boolean("default_second_factor")};
  if (auto wrong = form.failure()) co_return *wrong;
  co_return shown(call, state->user,
                  co_await updatePhoneNumber(call.core, state->user.id, call.param("phone_number_id"), changes));
}

async::Task<Outcome<wire::Json>> preparePhone(Call& call) {
  const auto state = co_await speaker(call);
  if (!state) co_return state.error();
  auto form = call.form();
  PrepareIdentifierFields fields{.strategy = form.text("strategy").value_or(std::string(strategy::phoneCode)),
                                 .redirectUrl = {},
                                 .clientId = clientId(call)};
  if (auto wrong = form.failure()) co_return *wrong;
  co_return shown(
      call, state->user,
      co_await preparePhoneNumber(call.core, state->user.id, call.param("phone_number_id"), std::move(fields)));
}

async::Task<Outcome<wire::Json>> attemptPhone(Call& call) {
  const auto state = co_await speaker(call);
  if (!state) co_return state.error();
  auto form = call.form();
  auto code = form.requiredText("code");
  if (auto wrong = form.failure()) co_return *wrong;
  co_return shown(call, state->user,
                  co_await attemptPhoneNumber(call.core, state->user.id, call.param("phone_number_id"), std::move(code),
                                              clientId(call)));
}

async::Task<Outcome<wire::Json>> deletePhone(Call& call) {
  const auto state = co_await freshSpeaker(call);
  if (!state) co_return state.error();
  co_return deleted("phone_number",
                    co_await deletePhoneNumber(call.core, state->user.id, call.param("phone_number_id")));
}

// ---- the picture

async::Task<Outcome<wire::Json>> setPicture(Call& call) {
  const auto state = co_await speaker(call);
  if (!state) co_return state.error();
  auto bytes = call.upload();
  if (!bytes) co_return bytes.error();
  const auto image = co_await setProfileImage(call.core, state->user.id, *std::move(bytes));
  if (!image) co_return image.error();
  co_return wire::Json(wire::image(*image));
}

async::Task<Outcome<wire::Json>> deletePicture(Call& call) {
  const auto state = co_await speaker(call);
  if (!state) co_return state.error();
  const auto user = co_await deleteProfileImage(call.core, state->user.id);
  if (!user) co_return user.error();
  co_return wire::Json(wire::deletedObject("image", user->id));
}

}  // namespace

void addMyIdentifiers(Operations& operations) {
  operations.add("/me/email_addresses", {"GET", Envelope::Bare, listEmailAddresses});
  operations.add("/me/email_addresses", {"POST", Envelope::Mutation, createEmail});
  operations.add("/me/email_addresses/:email_id", {"GET", Envelope::Read, readEmail});
  operations.add("/me/email_addresses/:email_id", {"DELETE", Envelope::Mutation, deleteEmail});
  operations.add("/me/email_addresses/:email_id/prepare_verification", {"POST", Envelope::Mutation, prepareEmail});
  operations.add("/me/email_addresses/:email_id/attempt_verification", {"POST", Envelope::Mutation, attemptEmail});
  operations.add("/me/phone_numbers", {"GET", Envelope::Bare, listPhoneNumbers});
  operations.add("/me/phone_numbers", {"POST", Envelope::Mutation, createPhone});
  operations.add("/me/phone_numbers/:phone_number_id", {"GET", Envelope::Read, readPhone});
  operations.add("/me/phone_numbers/:phone_number_id", {"PATCH", Envelope::Mutation, updatePhone});
  operations.add("/me/phone_numbers/:phone_number_id", {"DELETE", Envelope::Mutation, deletePhone});
  operations.add("/me/phone_numbers/:phone_number_id/prepare_verification", {"POST", Envelope::Mutation, preparePhone});
  operations.add("/me/phone_numbers/:phone_number_id/attempt_verification", {"POST", Envelope::Mutation, attemptPhone});
  operations.add("/me/profile_image", {"POST", Envelope::Mutation, setPicture, Asker::Known, true});
  operations.add("/me/profile_image", {"DELETE", Envelope::Mutation, deletePicture});
}

}  // namespace clerk::instance::frontend_api
