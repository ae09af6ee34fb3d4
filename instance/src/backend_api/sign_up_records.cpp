#include "flows/sign_up/sign_up_record.hpp"

#include "backend_api/backend_api.hpp"
#include "model/errors.hpp"
#include "wire/sign_up.hpp"

namespace clerk::instance::backend_api {
namespace {

constexpr std::size_t longestExternalId = 255;

Outcome<wire::Json> shown(const Call& call, const Outcome<SignUp>& signUp) {
  if (!signUp) return signUp.error();
  return wire::Json(wire::backendSignUp(call.view(), *signUp));
}

async::Task<Outcome<wire::Json>> read(Call& call) {
  co_return shown(call, co_await getSignUpRecord(call.core, call.param("id")));
}

async::Task<Outcome<wire::Json>> update(Call& call) {
  auto body = call.body();
  SignUpRecordChanges changes{.externalId = body.textChange("external_id"),
                              .customAction = body.boolean("custom_action")};
  const auto& externalId = changes.externalId;
  if (externalId && *externalId && (*externalId)->size() > longestExternalId) {
    body.refuse(errors::formParamMaxLengthExceeded("external_id", longestExternalId));
  }
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shown(call, co_await updateSignUpRecord(call.core, call.param("id"), std::move(changes)));
}

}  // namespace

void addSignUpRecords(const AddOperation& add) {
  add("GET", "/sign_ups/:id", read);
  add("PATCH", "/sign_ups/:id", update);
}

}  // namespace clerk::instance::backend_api
