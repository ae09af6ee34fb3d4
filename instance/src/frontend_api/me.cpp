#include "flows/session/session.hpp"
#include "flows/user/user.hpp"
#include "frontend_api/resources.hpp"
#include "frontend_api/speaker.hpp"
#include "wire/user.hpp"

namespace clerk::instance::frontend_api {
namespace {

Outcome<wire::Json> shown(const Call& call, const SessionState& state, const Outcome<User>& user) {
  if (!user) return user.error();
  return wire::Json(wire::user({call.view.settings, call.core.now()}, *user, state.memberships));
}

async::Task<Outcome<wire::Json>> read(Call& call) {
  const auto state = co_await speaker(call);
  if (!state) co_return state.error();
  co_return shown(call, *state, state->user);
}

async::Task<Outcome<wire::Json>> update(Call& call) {
  const auto state = co_await speaker(call);
  if (!state) co_return state.error();
  auto form = call.form();
  ProfileChanges changes{.firstName = form.text("first_name"),
                         .lastName = form.text("last_name"),
                         .username = form.text("username"),
                         .primaryEmailAddressId = form.text("primary_email_address_id"),
                         .primaryPhoneNumberId = form.text("primary_phone_number_id")};
  if (auto wrong = form.failure()) co_return *wrong;
  co_return shown(call, *state, co_await updateProfile(call.core, state->user.id, std::move(changes)));
}

async::Task<Outcome<wire::Json>> updateMetadata(Call& call) {
  const auto state = co_await speaker(call);
  if (!state) co_return state.error();
  auto form = call.form();
  auto metadata = form.jsonText("unsafe_metadata");
  if (!metadata) form.refuse(wire::wrong::paramMissing("unsafe_metadata"));
  if (auto wrong = form.failure()) co_return *wrong;
  co_return shown(call, *state, co_await updateUnsafeMetadata(call.core, state->user.id, *std::move(metadata)));
}

async::Task<Outcome<wire::Json>> changeMyPassword(Call& call) {
  const auto state = co_await freshSpeaker(call);
  if (!state) co_return state.error();
  auto form = call.form();
  ChangePasswordFields fields{.currentPassword = form.text("current_password"),
                              .newPassword = form.requiredText("new_password"),
                              .signOutOfOtherSessions = form.boolean("sign_out_of_other_sessions").value_or(false)};
  if (auto wrong = form.failure()) co_return *wrong;
  co_return shown(call, *state, co_await changePassword(call.core, state->session, std::move(fields)));
}

async::Task<Outcome<wire::Json>> removeMyPassword(Call& call) {
  const auto state = co_await freshSpeaker(call);
  if (!state) co_return state.error();
  auto form = call.form();
  auto current = form.text("current_password");
  if (auto wrong = form.failure()) co_return *wrong;
  co_return shown(call, *state, co_await removeOwnPassword(call.core, state->user.id, std::move(current)));
}

async::Task<Outcome<wire::Json>> remove(Call& call) {
  const auto state = co_await freshSpeaker(call);
  if (!state) co_return state.error();
  const auto id = co_await deleteSelf(call.core, call.visitor, state->user.id);
  if (!id) co_return id.error();
  co_return wire::Json(wire::deletedObject("user", *id));
}

}  // namespace

void addMe(Operations& operations) {
  operations.add("/me", {"GET", Envelope::Read, read});
  operations.add("/me", {"PATCH", Envelope::Mutation, update});
  operations.add("/me", {"DELETE", Envelope::Mutation, remove});
  operations.add("/me/metadata", {"PATCH", Envelope::Mutation, updateMetadata});
  operations.add("/me/remove_password", {"POST", Envelope::Mutation, removeMyPassword});
  operations.add("/me/change_password", {"POST", Envelope::Mutation, changeMyPassword});
}

}  // namespace clerk::instance::frontend_api
