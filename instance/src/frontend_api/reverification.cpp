#include "wire/reverification.hpp"

#include "frontend_api/passkey_page.hpp"
#include "frontend_api/resources.hpp"

namespace clerk::instance::frontend_api {
namespace {

Outcome<wire::Json> shown(const Call& call, const Outcome<ReverificationState>& state) {
  if (!state) return state.error();
  return wire::Json(wire::reverification({call.view.settings, call.core.now()}, *state));
}

PrepareFactorFields readPrepare(api::TextFields& form) {
  return {.strategy = form.requiredText("strategy"),
          .emailAddressId = form.text("email_address_id").value_or(""),
          .phoneNumberId = form.text("phone_number_id").value_or("")};
}

async::Task<Outcome<wire::Json>> start(Call& call) {
  auto form = call.form();
  const auto level = reverificationLevelOf(form.requiredText("level"));
  if (!level && !form.failure()) form.refuse(wire::wrong::paramValue("level"));
  if (auto wrong = form.failure()) co_return *wrong;
  co_return shown(call, co_await startReverification(call.core, call.visitor, call.param("session_id"), *level));
}

async::Task<Outcome<wire::Json>> prepareFirst(Call& call) {
  auto form = call.form();
  auto fields = readPrepare(form);
  if (auto wrong = form.failure()) co_return *wrong;
  co_return shown(call, co_await prepareReverificationFirstFactor(call.core, call.visitor, call.param("session_id"),
                                                                  std::move(fields), passkeyPage(call)));
}

async::Task<Outcome<wire::Json>> attemptFirst(Call& call) {
  auto form = call.form();
  AttemptFactorFields fields{.strategy = form.requiredText("strategy"),
                             .password = form.text("password"),
                             .code = form.text("code"),
                             .ticket = {},
                             .publicKeyCredential = form.text("public_key_credential").value_or("")};
  if (auto wrong = form.failure()) co_return *wrong;
  co_return shown(call, co_await attemptReverificationFirstFactor(call.core, call.visitor, call.param("session_id"),
                                                                  std::move(fields), passkeyPage(call)));
}

async::Task<Outcome<wire::Json>> prepareSecond(Call& call) {
  auto form = call.form();
  auto fields = readPrepare(form);
  if (auto wrong = form.failure()) co_return *wrong;
  co_return shown(call, co_await prepareReverificationSecondFactor(call.core, call.visitor, call.param("session_id"),
                                                                   std::move(fields)));
}

async::Task<Outcome<wire::Json>> attemptSecond(Call& call) {
  auto form = call.form();
  auto strategy = form.requiredText("strategy");
  auto code = form.requiredText("code");
  if (auto wrong = form.failure()) co_return *wrong;
  co_return shown(call, co_await attemptReverificationSecondFactor(call.core, call.visitor, call.param("session_id"),
                                                                   std::move(strategy), std::move(code)));
}

}  // namespace

void addReverification(Operations& operations) {
  const std::string verify = "/client/sessions/:session_id/verify";
  operations.add(verify, {"POST", Envelope::Mutation, start});
  operations.add(verify + "/prepare_first_factor", {"POST", Envelope::Mutation, prepareFirst});
  operations.add(verify + "/attempt_first_factor", {"POST", Envelope::Mutation, attemptFirst});
  operations.add(verify + "/prepare_second_factor", {"POST", Envelope::Mutation, prepareSecond});
  operations.add(verify + "/attempt_second_factor", {"POST", Envelope::Mutation, attemptSecond});
}

}  // namespace clerk::instance::frontend_api
