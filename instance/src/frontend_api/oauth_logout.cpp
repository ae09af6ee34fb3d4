#include "frontend_api/oauth_logout.hpp"

#include "api/web_address.hpp"
#include "flows/oauth/application.hpp"
#include "flows/session/session.hpp"
#include "wire/json.hpp"

#include <algorithm>

namespace clerk::instance::frontend_api {
namespace {

/// Whose application wants whom signed out, as one of our own id tokens says it.
struct Hint {
  RegistryEntry application;
  std::string userId;
};

std::string textOf(const boost::json::object& claims, std::string_view name) {
  const auto* value = claims.if_contains(name);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

/// Absent for what is no id token of ours. One that expired is as good: it only says who is meant.
async::Task<std::optional<Hint>> readHint(Core& core, std::string token, std::string clientId) {
  const auto claims = core.tokens().verify(token);
  if (!claims) co_return std::nullopt;
  const auto audience = textOf(*claims, "aud");
  if (audience.empty() || (!clientId.empty() && clientId != audience)) co_return std::nullopt;
  auto application = co_await core.store().read(
      [&](const Transaction& tx) { return tx.registry().findByName(registry::oauthApplication, audience); });
  if (!application) co_return std::nullopt;
  co_return Hint{*std::move(application), textOf(*claims, "sub")};
}

async::Task<> signOut(Core& core, Visitor& visitor, std::string userId) {
  if (!visitor.client) co_return;
  const auto sessions = co_await core.store().read(
      [&](const Transaction& tx) { return tx.sessions().liveOfClient(visitor.client->id, core.now()); });
  for (const auto& session : sessions) {
    if (session.userId == userId) co_await endSession(core, visitor, session.id);
  }
}

/// An application goes back where it may be sent with a code, or to another page there.
bool isOfApplication(const RegistryEntry& application, const api::WebAddress& address) {
  return std::ranges::any_of(redirectUrisOf(application), [&](const auto& uri) {
    const auto own = api::WebAddress::parse(uri);
    return own && own->origin() == address.origin();
  });
}

/// Without a hint that is right nobody is signed out: anybody's page could send a browser here. The portal's page is
/// where people sign out themselves.
async::Task<Outcome<wire::Json>> endSessionOf(Call& call) {
  const bool inForm = call.request.method() == "POST";
  auto fields = inForm ? call.form() : call.query();
  const auto text = [&](std::string_view name) { return fields.text(name).value_or(""); };
  const auto& home = call.core.settings().portalUrl;
  const auto hint = co_await readHint(call.core, text("id_token_hint"), text("client_id"));
  if (!hint) co_return wire::Json(home + "/");
  co_await signOut(call.core, call.visitor, hint->userId);
  const auto back = api::WebAddress::parse(text("post_logout_redirect_uri"));
  if (!back || !isOfApplication(hint->application, *back)) co_return wire::Json(home + "/sign-in");
  const auto state = text("state");
  co_return wire::Json(state.empty() ? back->text() : back->withQuery("state", state));
}

}  // namespace

void addOAuthLogout(Operations& operations) {
  for (const auto* method : {"GET", "POST"}) {
    operations.add("/oauth/end_session", {method, Envelope::Document, endSessionOf, Asker::Anybody});
  }
}

}  // namespace clerk::instance::frontend_api
