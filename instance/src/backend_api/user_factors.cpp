#include "backend_api/backend_api.hpp"
#include "flows/oauth/oauth.hpp"
#include "flows/oauth/provider_tokens.hpp"
#include "flows/passkeys/passkeys.hpp"
#include "flows/user/profile_image.hpp"
#include "flows/user/second_factors.hpp"
#include "flows/user/user.hpp"
#include "wire/oauth.hpp"
#include "wire/user.hpp"

#include <ranges>

namespace clerk::instance::backend_api {
namespace {

Outcome<wire::Json> shown(const Call& call, const Outcome<User>& user) {
  if (!user) return user.error();
  return wire::Json(wire::backendUser(call.view(), *user));
}

Outcome<wire::Json> idOf(const Outcome<User>& user) {
  if (!user) return user.error();
  return wire::Json(wire::JsonObject{{"user_id", user->id}});
}

async::Task<Outcome<wire::Json>> verifyCode(Call& call) {
  auto body = call.body();
  auto code = body.requiredText("code");
  if (auto wrong = body.failure()) co_return *wrong;
  const auto verified = co_await verifySecondFactor(call.core, call.param("user_id"), std::move(code));
  if (!verified) co_return verified.error();
  co_return wire::Json(wire::JsonObject{{"verified", true}, {"code_type", verified->codeType}});
}

async::Task<Outcome<wire::Json>> disableAll(Call& call) {
  co_return idOf(co_await disableSecondFactors(call.core, call.param("user_id")));
}

async::Task<Outcome<wire::Json>> deleteApp(Call& call) {
  co_return idOf(co_await removeTotp(call.core, call.param("user_id")));
}

async::Task<Outcome<wire::Json>> deleteBackupCodes(Call& call) {
  co_return idOf(co_await removeBackupCodes(call.core, call.param("user_id")));
}

async::Task<Outcome<wire::Json>> setPicture(Call& call) {
  auto bytes = call.upload();
  if (!bytes) co_return bytes.error();
  const auto userId = call.param("user_id");
  const auto image = co_await setProfileImage(call.core, userId, *std::move(bytes));
  if (!image) co_return image.error();
  co_return shown(call, co_await getUser(call.core, userId));
}

async::Task<Outcome<wire::Json>> deletePicture(Call& call) {
  co_return shown(call, co_await deleteProfileImage(call.core, call.param("user_id")));
}

async::Task<Outcome<wire::Json>> deletePasskeyOf(Call& call) {
  const auto id = co_await deletePasskey(call.core, call.param("user_id"), call.param("passkey_id"));
  if (!id) co_return id.error();
  co_return wire::Json(wire::deletedObject("passkey", *id));
}

async::Task<Outcome<wire::Json>> deleteAccountOf(Call& call) {
  const auto id = co_await disconnectAccount(call.core, call.param("user_id"), call.param("external_account_id"));
  if (!id) co_return id.error();
  co_return wire::Json(wire::deletedObject("external_account", *id));
}

async::Task<Outcome<wire::Json>> setCompromised(Call& call) {
  auto body = call.body();
  const bool revokeAll = body.flag("revoke_all_sessions");
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shown(call, co_await markPasswordCompromised(call.core, call.param("user_id"), revokeAll));
}

async::Task<Outcome<wire::Json>> unsetCompromised(Call& call) {
  co_return shown(call, co_await unmarkPasswordCompromised(call.core, call.param("user_id")));
}

async::Task<Outcome<wire::Json>> listAccess(Call& call) {
  auto query = call.query();
  const auto page = readPage(query);
  query.boolean("paginated");
  if (auto wrong = query.failure()) co_return *wrong;
  const auto access = co_await listProviderAccess(call.core, call.param("user_id"), call.param("provider"));
  if (!access) co_return access.error();
  wire::JsonArray list;
  for (const auto& each : *access | std::views::drop(page.offset) | std::views::take(page.limit)) {
    list.push_back(wire::providerAccess(each));
  }
  co_return listOrPage(query, std::move(list), static_cast<std::int64_t>(access->size()));
}

}  // namespace

void addUserFactors(const AddOperation& add) {
  add("POST", "/users/:user_id/verify_totp", verifyCode);
  add("POST", "/users/:user_id/password/set_compromised", setCompromised);
  add("POST", "/users/:user_id/password/unset_compromised", unsetCompromised);
  add("GET", "/users/:user_id/oauth_access_tokens/:provider", listAccess);
  add("DELETE", "/users/:user_id/mfa", disableAll);
  add("DELETE", "/users/:user_id/totp", deleteApp);
  add("DELETE", "/users/:user_id/backup_code", deleteBackupCodes);
  add("DELETE", "/users/:user_id/passkeys/:passkey_id", deletePasskeyOf);
  add("DELETE", "/users/:user_id/external_accounts/:external_account_id", deleteAccountOf);
  add("POST", "/users/:user_id/profile_image", setPicture);
  add("DELETE", "/users/:user_id/profile_image", deletePicture);
}

}  // namespace clerk::instance::backend_api
