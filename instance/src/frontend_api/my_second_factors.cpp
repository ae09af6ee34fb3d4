#include "flows/user/second_factors.hpp"
#include "frontend_api/resources.hpp"
#include "frontend_api/speaker.hpp"
#include "wire/identifiers.hpp"

namespace clerk::instance::frontend_api {
namespace {

async::Task<Outcome<wire::Json>> startApp(Call& call) {
  const auto state = co_await freshSpeaker(call);
  if (!state) co_return state.error();
  const auto totp = co_await startTotp(call.core, state->user.id);
  if (!totp) co_return totp.error();
  co_return wire::Json(wire::totp(*totp));
}

async::Task<Outcome<wire::Json>> attemptApp(Call& call) {
  const auto state = co_await speaker(call);
  if (!state) co_return state.error();
  auto form = call.form();
  auto code = form.requiredText("code");
  if (auto wrong = form.failure()) co_return *wrong;
  const auto totp = co_await attemptTotp(call.core, state->user.id, std::move(code));
  if (!totp) co_return totp.error();
  co_return wire::Json(wire::totp(*totp));
}

async::Task<Outcome<wire::Json>> deleteApp(Call& call) {
  const auto state = co_await freshSpeaker(call);
  if (!state) co_return state.error();
  const auto id = co_await deleteTotp(call.core, state->user.id);
  if (!id) co_return id.error();
  co_return wire::Json(wire::deletedObject("totp", *id));
}

async::Task<Outcome<wire::Json>> newBackupCodes(Call& call) {
  const auto state = co_await freshSpeaker(call);
  if (!state) co_return state.error();
  const auto codes = co_await createBackupCodes(call.core, state->user.id);
  if (!codes) co_return codes.error();
  co_return wire::Json(wire::backupCodes(*codes));
}

}  // namespace

void addMySecondFactors(Operations& operations) {
  operations.add("/me/totp", {"POST", Envelope::Mutation, startApp});
  operations.add("/me/totp", {"DELETE", Envelope::Mutation, deleteApp});
  operations.add("/me/totp/attempt_verification", {"POST", Envelope::Mutation, attemptApp});
  operations.add("/me/backup_codes", {"POST", Envelope::Mutation, newBackupCodes});
}

}  // namespace clerk::instance::frontend_api
