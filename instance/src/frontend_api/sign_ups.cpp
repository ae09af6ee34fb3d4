#include "flows/sign_up/sign_up.hpp"

#include "frontend_api/redirect.hpp"
#include "frontend_api/resources.hpp"
#include "wire/sign_up.hpp"

namespace clerk::instance::frontend_api {
namespace {

SignUpFields readFields(api::TextFields& form) {
  return {.emailAddress = form.text("email_address"),
          .password = form.text("password"),
          .firstName = form.text("first_name"),
          .lastName = form.text("last_name"),
          .username = form.text("username"),
          .locale = form.text("locale"),
          .unsafeMetadata = form.jsonText("unsafe_metadata"),
          .legalAccepted = form.boolean("legal_accepted"),
          .phoneNumber = form.text("phone_number"),
          .strategy = form.text("strategy"),
          .ticket = form.text("ticket"),
          .transfer = form.boolean("transfer").value_or(false),
          .redirectUrl = form.text("redirect_url").value_or(""),
          .completeRedirectUrl = form.text("action_complete_redirect_url").value_or("")};
}

Outcome<> checkReturns(const Call& call, const SignUpFields& fields) {
  if (auto allowed = checkReturnAddress(call, fields.redirectUrl); !allowed) return allowed;
  return checkReturnAddress(call, fields.completeRedirectUrl);
}

Outcome<wire::Json> shown(const Call& call, const Outcome<SignUp>& signUp) {
  if (!signUp) return signUp.error();
  return wire::Json(wire::signUp({call.view.settings, call.core.now()}, *signUp));
}

async::Task<Outcome<wire::Json>> create(Call& call) {
  auto form = call.form();
  auto fields = readFields(form);
  if (auto wrong = form.failure()) co_return *wrong;
  if (auto allowed = checkReturns(call, fields); !allowed) co_return allowed.error();
  co_return shown(call, co_await createSignUp(call.core, call.visitor, std::move(fields)));
}

async::Task<Outcome<wire::Json>> read(Call& call) {
  co_return shown(call, co_await getSignUp(call.core, call.visitor, call.param("sign_up_id")));
}

async::Task<Outcome<wire::Json>> update(Call& call) {
  auto form = call.form();
  auto fields = readFields(form);
  if (auto wrong = form.failure()) co_return *wrong;
  co_return shown(call, co_await updateSignUp(call.core, call.visitor, call.param("sign_up_id"), std::move(fields)));
}

async::Task<Outcome<wire::Json>> prepare(Call& call) {
  auto form = call.form();
  auto strategy = form.requiredText("strategy");
  auto redirectUrl = form.text("redirect_url").value_or("");
  if (auto wrong = form.failure()) co_return *wrong;
  if (auto allowed = checkReturnAddress(call, redirectUrl); !allowed) co_return allowed.error();
  co_return shown(call, co_await prepareSignUpVerification(call.core, call.visitor, call.param("sign_up_id"),
                                                           std::move(strategy), std::move(redirectUrl)));
}

async::Task<Outcome<wire::Json>> attempt(Call& call) {
  auto form = call.form();
  auto strategy = form.requiredText("strategy");
  auto code = form.requiredText("code");
  if (auto wrong = form.failure()) co_return *wrong;
  co_return shown(call, co_await attemptSignUpVerification(call.core, call.visitor, call.param("sign_up_id"),
                                                           std::move(strategy), std::move(code)));
}

}  // namespace

void addSignUps(Operations& operations) {
  operations.add("/client/sign_ups", {"POST", Envelope::Mutation, create});
  operations.add("/client/sign_ups/:sign_up_id", {"GET", Envelope::Read, read});
  operations.add("/client/sign_ups/:sign_up_id", {"PATCH", Envelope::Mutation, update});
  operations.add("/client/sign_ups/:sign_up_id/prepare_verification", {"POST", Envelope::Mutation, prepare});
  operations.add("/client/sign_ups/:sign_up_id/attempt_verification", {"POST", Envelope::Mutation, attempt});
}

}  // namespace clerk::instance::frontend_api
