#include "wire/sign_in_token.hpp"

#include "backend_api/backend_api.hpp"
#include "wire/error.hpp"

namespace clerk::instance::backend_api {
namespace {

async::Task<Outcome<wire::Json>> create(Call& call) {
  auto body = call.body();
  auto userId = body.requiredText("user_id");
  const auto lifetime = body.integerWithin("expires_in_seconds", 1, std::int64_t{315360000});
  const auto organizationId = body.text("org_id");
  if (organizationId && !organizationId->empty()) body.refuse(wire::wrong::paramValue("org_id"));
  if (auto wrong = body.failure()) co_return *wrong;
  const auto issued = co_await createSignInToken(
      call.core, std::move(userId), lifetime ? std::optional(std::chrono::seconds(*lifetime)) : std::nullopt);
  if (!issued) co_return issued.error();
  co_return wire::Json(wire::issuedSignInToken(*issued));
}

async::Task<Outcome<wire::Json>> revoke(Call& call) {
  const auto token = co_await revokeSignInToken(call.core, call.param("sign_in_token_id"));
  if (!token) co_return token.error();
  co_return wire::Json(wire::signInToken(*token));
}

}  // namespace

void addSignInTokens(const AddOperation& add) {
  add("POST", "/sign_in_tokens", create);
  add("POST", "/sign_in_tokens/:sign_in_token_id/revoke", revoke);
}

}  // namespace clerk::instance::backend_api
