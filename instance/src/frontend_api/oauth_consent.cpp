// What `<OAuthConsent/>` asks and says.

#include "api/web_address.hpp"
#include "frontend_api/form_post.hpp"
#include "frontend_api/oauth_request.hpp"
#include "frontend_api/resources.hpp"
#include "frontend_api/speaker.hpp"
#include "model/registry_errors.hpp"
#include "wire/oauth.hpp"

#include <algorithm>

namespace clerk::instance::frontend_api {
namespace {

Failure applicationNotFound(std::string_view clientId) { return errors::entryNotFound("OAuth application", clientId); }

std::string domainOf(std::string_view redirectUri) {
  const auto address = api::WebAddress::parse(redirectUri);
  return address ? address->host() : std::string();
}

async::Task<Outcome<wire::Json>> read(Call& call) {
  const auto state = co_await speaker(call);
  if (!state) co_return state.error();
  const auto clientId = call.param("client_id");
  auto application = co_await call.core.store().read([&](const Transaction& tx) {
    return tx.registry().findByName(registry::oauthApplication, std::string_view(clientId).substr(0, 128));
  });
  if (!application || !application->flag("consent_screen_enabled")) co_return applicationNotFound(clientId);
  const auto allowed = scopeWords(application->text("scopes"));
  auto asked = scopeWords(call.queryText("scope").value_or(""));
  if (asked.empty()) asked = allowed;
  std::erase_if(asked, [&](const auto& scope) { return std::ranges::find(allowed, scope) == allowed.end(); });
  auto uri = call.queryText("redirect_uri").value_or("");
  const auto uris = redirectUrisOf(*application);
  if (uri.empty() && uris.size() == 1) uri = uris.front();
  co_return wire::Json(
      wire::oauthConsent(*application, asked, hasRedirectUri(*application, uri) ? domainOf(uri) : std::string()));
}

/// Sent by a form of the page, with the application's request beside the answer: it is checked as if it came anew.
async::Task<Outcome<wire::Json>> answerConsent(Call& call) {
  const auto state = co_await speaker(call);
  if (!state) co_return state.error();
  auto form = call.form();
  const auto consented = form.boolean("consented");
  if (!consented) form.refuse(wire::wrong::paramMissing("consented"));
  if (auto wrong = form.failure()) co_return *wrong;
  auto request = readAuthorizationRequest(call.form());
  request.clientId = call.param("client_id");
  const auto checked = co_await checkAuthorization(call.core, request);
  if (const auto* error = std::get_if<OAuthError>(&checked)) {
    if (error->redirectUri.empty()) co_return applicationNotFound(call.param("client_id"));
    co_return departure(errorResponse(call.core, *error, request));
  }
  co_return departure(
      co_await responseAfterConsent(call.core, state->session, std::get<Authorization>(checked), *consented));
}

}  // namespace

void addOAuthConsent(Operations& operations) {
  operations.add("/me/oauth/consent/:client_id", {"GET", Envelope::Bare, read});
  operations.add("/me/oauth/consent/:client_id", {"POST", Envelope::Redirect303, answerConsent});
}

}  // namespace clerk::instance::frontend_api
