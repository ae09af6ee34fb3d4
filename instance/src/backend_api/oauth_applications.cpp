#include "flows/oauth/application.hpp"

#include "backend_api/backend_api.hpp"
#include "backend_api/registered.hpp"
#include "flows/oauth/tokens.hpp"
#include "wire/error.hpp"
#include "wire/oauth.hpp"

namespace clerk::instance::backend_api {
namespace {

constexpr std::size_t longestText = 1024;
constexpr std::size_t mostRedirectUris = 50;
constexpr std::size_t longestToken = 4096;

wire::JsonObject show(const wire::View& view, const RegistryEntry& entry) {
  return wire::oauthApplication(view, entry);
}

Outcome<wire::Json> shownIssued(const Call& call, const Outcome<IssuedOAuthApplication>& issued) {
  if (!issued) return issued.error();
  return wire::Json(wire::oauthApplication(call.view(), issued->entry, issued->clientSecret));
}

OAuthApplicationFields readFields(JsonFields& body) {
  OAuthApplicationFields fields{.redirectUris = body.listChange("redirect_uris", mostRedirectUris),
                                .scopes = body.textWithin("scopes", longestText),
                                .consentScreenEnabled = body.boolean("consent_screen_enabled"),
                                .pkceRequired = body.boolean("pkce_required"),
                                .isPublic = body.boolean("public")};
  // The older way to say the only one.
  const auto callback = body.textWithin("callback_url", longestText);
  if (callback && !callback->empty() && !fields.redirectUris) fields.redirectUris = std::vector{*callback};
  return fields;
}

async::Task<Outcome<wire::Json>> list(Call& call) {
  auto query = call.query();
  const auto page = readPage(query);
  const auto order = query.text("order_by").value_or("+created_at");
  if (order != "+created_at" && order != "created_at" && order != "-created_at") {
    query.refuse(wire::wrong::paramValue("order_by", "+created_at, -created_at"));
  }
  const auto name = query.text("name_query").value_or("");
  if (auto wrong = query.failure()) co_return *wrong;
  const auto entries = co_await listEntries(call.core, registry::oauthApplication,
                                            RegistryFilter{.query = name, .oldestFirst = order != "-created_at"}, page);
  wire::JsonArray list;
  for (const auto& entry : entries.data) list.push_back(wire::oauthApplication(call.view(), entry));
  co_return wire::Json(wire::page(std::move(list), entries.totalCount));
}

async::Task<Outcome<wire::Json>> create(Call& call) {
  auto body = call.body();
  auto name = body.requiredText("name");
  auto fields = readFields(body);
  fields.name = std::move(name);
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shownIssued(call, co_await createOAuthApplication(call.core, std::move(fields)));
}

async::Task<Outcome<wire::Json>> read(Call& call) {
  co_return shown(call, co_await findEntry(call.core, registered::oauthApplication, call.param("oauth_application_id")),
                  show);
}

async::Task<Outcome<wire::Json>> update(Call& call) {
  auto body = call.body();
  auto name = body.text("name");
  auto fields = readFields(body);
  fields.name = std::move(name);
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shown(
      call, co_await updateOAuthApplication(call.core, call.param("oauth_application_id"), std::move(fields)), show);
}

async::Task<Outcome<wire::Json>> setLogo(Call& call) {
  auto bytes = call.upload();
  if (!bytes) co_return bytes.error();
  co_return shown(
      call, co_await setOAuthApplicationLogo(call.core, call.param("oauth_application_id"), *std::move(bytes)), show);
}

async::Task<Outcome<wire::Json>> remove(Call& call) {
  co_return deleted("oauth_application",
                    co_await deleteOAuthApplication(call.core, call.param("oauth_application_id")));
}

async::Task<Outcome<wire::Json>> rotateSecret(Call& call) {
  co_return shownIssued(call, co_await rotateOAuthApplicationSecret(call.core, call.param("oauth_application_id")));
}

async::Task<Outcome<wire::Json>> revokeToken(Call& call) {
  auto body = call.body();
  auto token = body.requiredText("token", longestToken);
  if (auto wrong = body.failure()) co_return *wrong;
  const auto application =
      co_await findEntry(call.core, registered::oauthApplication, call.param("oauth_application_id"));
  if (!application) co_return application.error();
  co_await revokeOAuthToken(call.core, application->name, std::move(token));
  call.status = 204;
  co_return wire::Json();
}

async::Task<Outcome<wire::Json>> verifyAccessToken(Call& call) {
  auto body = call.body();
  auto token = body.textWithin("access_token", longestToken);
  // The SDK's name of before.
  if (auto secret = body.textWithin("secret", longestToken); !token) token = std::move(secret);
  if (!token) body.refuse(wire::wrong::paramMissing("access_token"));
  if (auto wrong = body.failure()) co_return *wrong;
  const auto access = co_await findAccessToken(call.core, *std::move(token));
  if (!access) co_return wire::wrong::notFound();
  co_return wire::Json(wire::accessToken(call.view(), *access));
}

}  // namespace

void addOAuthApplications(const AddOperation& add) {
  add("GET", "/oauth_applications", list);
  add("POST", "/oauth_applications", create);
  add("GET", "/oauth_applications/:oauth_application_id", read);
  add("PATCH", "/oauth_applications/:oauth_application_id", update);
  add("DELETE", "/oauth_applications/:oauth_application_id", remove);
  add("PUT", "/oauth_applications/:oauth_application_id/logo", setLogo);
  add("POST", "/oauth_applications/:oauth_application_id/rotate_secret", rotateSecret);
  add("POST", "/oauth_applications/:oauth_application_id/revoke_token", revokeToken);
}

void addOAuthTokens(const AddOperation& add) {
  add("POST", "/oauth_applications/access_tokens/verify", verifyAccessToken);
}

}  // namespace clerk::instance::backend_api
