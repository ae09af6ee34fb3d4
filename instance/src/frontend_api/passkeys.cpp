#include "flows/passkeys/passkeys.hpp"

#include "api/web_address.hpp"
#include "frontend_api/passkey_page.hpp"
#include "frontend_api/resources.hpp"
#include "frontend_api/speaker.hpp"
#include "wire/identifiers.hpp"

#include <algorithm>

namespace clerk::instance::frontend_api {
namespace {

Outcome<wire::Json> shown(const Call& call, const Outcome<Passkey>& passkey) {
  if (!passkey) return passkey.error();
  const wire::View view{call.view.settings, call.core.now()};
  return wire::Json(wire::passkey(view, *passkey, wire::Side::Frontend));
}

async::Task<Outcome<wire::Json>> start(Call& call) {
  const auto state = co_await freshSpeaker(call);
  if (!state) co_return state.error();
  co_return shown(call, co_await startPasskey(call.core, state->user.id, passkeyPage(call)));
}

async::Task<Outcome<wire::Json>> attempt(Call& call) {
  const auto state = co_await speaker(call);
  if (!state) co_return state.error();
  auto form = call.form();
  auto credential = form.requiredText("public_key_credential");
  if (auto wrong = form.failure()) co_return *wrong;
  co_return shown(call, co_await attemptPasskey(call.core, state->user.id, call.param("passkey_id"),
                                                std::move(credential), passkeyPage(call)));
}

async::Task<Outcome<wire::Json>> read(Call& call) {
  const auto state = co_await speaker(call);
  if (!state) co_return state.error();
  co_return shown(call, co_await getPasskey(call.core, state->user.id, call.param("passkey_id")));
}

async::Task<Outcome<wire::Json>> rename(Call& call) {
  const auto state = co_await speaker(call);
  if (!state) co_return state.error();
  auto form = call.form();
  auto name = form.requiredText("name");
  if (auto wrong = form.failure()) co_return *wrong;
  co_return shown(call, co_await renamePasskey(call.core, state->user.id, call.param("passkey_id"), std::move(name)));
}

async::Task<Outcome<wire::Json>> remove(Call& call) {
  const auto state = co_await freshSpeaker(call);
  if (!state) co_return state.error();
  const auto id = co_await deletePasskey(call.core, state->user.id, call.param("passkey_id"));
  if (!id) co_return id.error();
  co_return wire::Json(wire::deletedObject("passkey", *id));
}

}  // namespace

PasskeyPage passkeyPage(const Call& call) {
  const auto address = api::WebAddress::parse(call.visitor.origin);
  const bool ours = address && (address->isLoopback() ||
                                std::ranges::find(call.allowedOrigins, address->origin()) != call.allowedOrigins.end());
  return ours ? PasskeyPage{address->origin(), address->host()} : PasskeyPage{};
}

void addPasskeys(Operations& operations) {
  operations.add("/me/passkeys", {"POST", Envelope::Mutation, start});
  operations.add("/me/passkeys/:passkey_id", {"GET", Envelope::Read, read});
  operations.add("/me/passkeys/:passkey_id", {"PATCH", Envelope::Mutation, rename});
  operations.add("/me/passkeys/:passkey_id", {"DELETE", Envelope::Mutation, remove});
  operations.add("/me/passkeys/:passkey_id/attempt_verification", {"POST", Envelope::Mutation, attempt});
}

}  // namespace clerk::instance::frontend_api
