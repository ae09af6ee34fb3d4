#include "flows/oauth/oauth.hpp"

#include "flows/oauth/provider_tokens.hpp"
#include "frontend_api/redirect.hpp"
#include "frontend_api/resources.hpp"
#include "frontend_api/speaker.hpp"
#include "wire/identifiers.hpp"
#include "wire/user.hpp"

namespace clerk::instance::frontend_api {
namespace {

/// Of what a provider sends: it goes on in an address.
constexpr std::size_t longestAnswer = 4096;

async::Task<Outcome<wire::Json>> finish(Call& call, OauthCallback callback) {
  const auto url = co_await finishOauth(call.core, call.visitor, std::move(callback));
  if (!url) co_return url.error();
  co_return wire::Json(*url);
}

async::Task<Outcome<wire::Json>> returnByGet(Call& call) {
  OauthCallback callback{.state = call.queryText("state").value_or(""),
                         .code = call.queryText("code").value_or(""),
                         .error = call.queryText("error").value_or("")};
  return finish(call, std::move(callback));
}

/// Providers with `response_mode=form_post`. Another site posts here: cookies are SameSite=Lax and do not come along,
/// so the browser comes once more by itself.
async::Task<Outcome<wire::Json>> returnByPost(Call& call) {
  auto form = call.form();
  const auto portal = *api::WebAddress::parse(call.core.settings().portalUrl + "/v1/oauth_callback");
  std::string url = portal.text();
  for (const auto* name : {"state", "code", "error"}) {
    const auto value = form.textWithin(name, longestAnswer).value_or("");
    if (!value.empty()) url = api::WebAddress::parse(url)->withQuery(name, value);
  }
  if (auto wrong = form.failure()) co_return *wrong;
  co_return wire::Json(url);
}

ConnectAccountFields readFields(api::TextFields& form) {
  return {.strategy = form.text("strategy").value_or(""),
          .redirectUrl = form.text("redirect_url").value_or(""),
          .completeRedirectUrl = form.text("action_complete_redirect_url").value_or("")};
}

Outcome<> checkReturns(const Call& call, const ConnectAccountFields& fields) {
  if (auto allowed = checkReturnAddress(call, fields.redirectUrl); !allowed) return allowed;
  return checkReturnAddress(call, fields.completeRedirectUrl);
}

Outcome<wire::Json> shown(const Call& call, const Outcome<ExternalAccount>& account) {
  if (!account) return account.error();
  const wire::View view{call.view.settings, call.core.now()};
  return wire::Json(wire::externalAccount(view, *account, wire::Side::Frontend));
}

async::Task<Outcome<wire::Json>> connect(Call& call) {
  const auto state = co_await freshSpeaker(call);
  if (!state) co_return state.error();
  auto form = call.form();
  auto fields = readFields(form);
  if (fields.strategy.empty()) form.refuse(wire::wrong::paramMissing("strategy"));
  if (auto wrong = form.failure()) co_return *wrong;
  if (auto allowed = checkReturns(call, fields); !allowed) co_return allowed.error();
  co_return shown(call, co_await connectAccount(call.core, call.visitor, state->user.id, std::move(fields)));
}

async::Task<Outcome<wire::Json>> reconnect(Call& call) {
  const auto state = co_await freshSpeaker(call);
  if (!state) co_return state.error();
  auto form = call.form();
  auto fields = readFields(form);
  if (auto wrong = form.failure()) co_return *wrong;
  if (auto allowed = checkReturns(call, fields); !allowed) co_return allowed.error();
  co_return shown(call, co_await reconnectAccount(call.core, call.visitor, state->user.id,
                                                  call.param("external_account_id"), std::move(fields)));
}

async::Task<Outcome<wire::Json>> disconnect(Call& call) {
  const auto state = co_await freshSpeaker(call);
  if (!state) co_return state.error();
  const auto id = co_await disconnectAccount(call.core, state->user.id, call.param("external_account_id"));
  if (!id) co_return id.error();
  co_return wire::Json(wire::deletedObject("external_account", *id));
}

async::Task<Outcome<wire::Json>> revokeTokens(Call& call) {
  const auto state = co_await freshSpeaker(call);
  if (!state) co_return state.error();
  const auto user = co_await revokeProviderTokens(call.core, state->user.id, call.param("external_account_id"));
  if (!user) co_return user.error();
  co_return wire::Json(wire::user({call.view.settings, call.core.now()}, *user, state->memberships));
}

}  // namespace

void addOauth(Operations& operations) {
  operations.add("/oauth_callback", {"GET", Envelope::Document, returnByGet, Asker::Anybody});
  operations.add("/oauth_callback", {"POST", Envelope::Redirect303, returnByPost, Asker::Ignored});
  operations.add("/me/external_accounts", {"POST", Envelope::Mutation, connect});
  operations.add("/me/external_accounts/:external_account_id", {"DELETE", Envelope::Mutation, disconnect});
  operations.add("/me/external_accounts/:external_account_id/tokens", {"DELETE", Envelope::Mutation, revokeTokens});
  operations.add("/me/external_accounts/:external_account_id/reauthorize", {"PATCH", Envelope::Mutation, reconnect});
}

}  // namespace clerk::instance::frontend_api
