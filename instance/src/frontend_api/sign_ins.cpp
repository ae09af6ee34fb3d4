#include "flows/sign_in/sign_in.hpp"

#include "flows/passkeys/passkeys.hpp"
#include "flows/sign_in/progress.hpp"
#include "frontend_api/passkey_page.hpp"
#include "frontend_api/redirect.hpp"
#include "frontend_api/resources.hpp"
#include "model/errors.hpp"
#include "wire/sign_in.hpp"

namespace clerk::instance::frontend_api {
namespace {

Outcome<wire::Json> shown(const Call& call, const Outcome<SignInState>& signIn) {
  if (!signIn) return signIn.error();
  return wire::Json(wire::signIn({call.view.settings, call.core.now()}, *signIn));
}

async::Task<Outcome<wire::Json>> create(Call& call) {
  auto form = call.form();
  SignInFields fields{.identifier = form.text("identifier"),
                      .strategy = form.text("strategy"),
                      .password = form.text("password"),
                      .ticket = form.text("ticket"),
                      .transfer = form.boolean("transfer").value_or(false),
                      .redirectUrl = form.text("redirect_url").value_or(""),
                      .completeRedirectUrl = form.text("action_complete_redirect_url").value_or("")};
  if (auto wrong = form.failure()) co_return *wrong;
  for (const auto& url : {fields.redirectUrl, fields.completeRedirectUrl}) {
    if (auto allowed = checkReturnAddress(call, url); !allowed) co_return allowed.error();
  }
  if (fields.strategy == strategy::passkey && !fields.identifier) {
    if (co_await isSignedInAlready(call.core, call.visitor)) co_return Failure(errors::sessionExists());
    co_return shown(call, co_await startPasskeySignIn(call.core, call.visitor, passkeyPage(call)));
  }
  co_return shown(call, co_await createSignIn(call.core, call.visitor, std::move(fields)));
}

async::Task<Outcome<wire::Json>> read(Call& call) {
  co_return shown(call, co_await getSignIn(call.core, call.visitor, call.param("sign_in_id")));
}

async::Task<Outcome<wire::Json>> prepareFirst(Call& call) {
  auto form = call.form();
  PrepareFactorFields fields{.strategy = form.requiredText("strategy"),
                             .emailAddressId = form.text("email_address_id").value_or(""),
                             .phoneNumberId = form.text("phone_number_id").value_or(""),
                             .redirectUrl = form.text("redirect_url").value_or(""),
                             .completeRedirectUrl = form.text("action_complete_redirect_url").value_or("")};
  if (auto wrong = form.failure()) co_return *wrong;
  for (const auto& url : {fields.redirectUrl, fields.completeRedirectUrl}) {
    if (auto allowed = checkReturnAddress(call, url); !allowed) co_return allowed.error();
  }
  if (fields.strategy == strategy::passkey) {
    co_return shown(
        call, co_await preparePasskeyFactor(call.core, call.visitor, call.param("sign_in_id"), passkeyPage(call)));
  }
  co_return shown(call,
                  co_await prepareFirstFactor(call.core, call.visitor, call.param("sign_in_id"), std::move(fields)));
}

async::Task<Outcome<wire::Json>> attemptFirst(Call& call) {
  auto form = call.form();
  AttemptFactorFields fields{.strategy = form.requiredText("strategy"),
                             .password = form.text("password"),
                             .code = form.text("code"),
                             .ticket = form.text("ticket"),
                             .publicKeyCredential = form.text("public_key_credential").value_or("")};
  if (auto wrong = form.failure()) co_return *wrong;
  if (fields.strategy == strategy::passkey) {
    co_return shown(call, co_await attemptPasskeyFactor(call.core, call.visitor, call.param("sign_in_id"),
                                                        std::move(fields.publicKeyCredential), passkeyPage(call)));
  }
  co_return shown(call,
                  co_await attemptFirstFactor(call.core, call.visitor, call.param("sign_in_id"), std::move(fields)));
}

async::Task<Outcome<wire::Json>> prepareSecond(Call& call) {
  auto form = call.form();
  PrepareFactorFields fields{.strategy = form.requiredText("strategy"),
                             .emailAddressId = form.text("email_address_id").value_or(""),
                             .phoneNumberId = form.text("phone_number_id").value_or("")};
  if (auto wrong = form.failure()) co_return *wrong;
  co_return shown(call,
                  co_await prepareSecondFactor(call.core, call.visitor, call.param("sign_in_id"), std::move(fields)));
}

async::Task<Outcome<wire::Json>> attemptSecond(Call& call) {
  auto form = call.form();
  auto strategy = form.requiredText("strategy");
  auto code = form.requiredText("code");
  if (auto wrong = form.failure()) co_return *wrong;
  co_return shown(call, co_await attemptSecondFactor(call.core, call.visitor, call.param("sign_in_id"),
                                                     std::move(strategy), std::move(code)));
}

async::Task<Outcome<wire::Json>> reset(Call& call) {
  auto form = call.form();
  auto password = form.requiredText("password");
  const bool signOutOthers = form.boolean("sign_out_of_other_sessions").value_or(false);
  if (auto wrong = form.failure()) co_return *wrong;
  co_return shown(call, co_await resetPassword(call.core, call.visitor, call.param("sign_in_id"), std::move(password),
                                               signOutOthers));
}

}  // namespace

void addSignIns(Operations& operations) {
  operations.add("/client/sign_ins", {"POST", Envelope::Mutation, create});
  operations.add("/client/sign_ins/:sign_in_id", {"GET", Envelope::Read, read});
  operations.add("/client/sign_ins/:sign_in_id/prepare_first_factor", {"POST", Envelope::Mutation, prepareFirst});
  operations.add("/client/sign_ins/:sign_in_id/attempt_first_factor", {"POST", Envelope::Mutation, attemptFirst});
  operations.add("/client/sign_ins/:sign_in_id/prepare_second_factor", {"POST", Envelope::Mutation, prepareSecond});
  operations.add("/client/sign_ins/:sign_in_id/attempt_second_factor", {"POST", Envelope::Mutation, attemptSecond});
  operations.add("/client/sign_ins/:sign_in_id/reset_password", {"POST", Envelope::Mutation, reset});
}

}  // namespace clerk::instance::frontend_api
