#include "flows/api_key/api_key.hpp"

#include "backend_api/backend_api.hpp"
#include "backend_api/registered.hpp"
#include "wire/error.hpp"
#include "wire/machine.hpp"

namespace clerk::instance::backend_api {
namespace {

constexpr std::int64_t longestTtl = 315360000;
constexpr std::size_t longestReason = 1024;
constexpr std::size_t mostScopes = 100;

Outcome<wire::Json> shownKey(const Call& call, const Outcome<RegistryEntry>& entry) {
  if (!entry) return entry.error();
  return wire::Json(wire::apiKey(call.view(), *entry));
}

/// Keys of other types belong to features that are not here.
template <class Fields>
void readType(Fields& fields) {
  const auto type = fields.text("type").value_or("api_key");
  if (type != "api_key" && !type.empty()) fields.refuse(wire::wrong::paramValue("type", "api_key"));
}

async::Task<Outcome<wire::Json>> create(Call& call) {
  auto body = call.body();
  readType(body);
  NewApiKey fields{.name = body.requiredText("name"),
                   .description = body.text("description"),
                   .subject = body.requiredText("subject"),
                   .claims = body.json("claims")};
  if (auto scopes = body.listChange("scopes", mostScopes)) fields.scopes = *std::move(scopes);
  fields.createdBy = body.text("created_by");
  fields.secondsUntilExpiration = body.integerWithin("seconds_until_expiration", 0, longestTtl);
  if (auto wrong = body.failure()) co_return *wrong;
  const auto issued = co_await createApiKey(call.core, std::move(fields));
  if (!issued) co_return issued.error();
  co_return wire::Json(wire::apiKey(call.view(), issued->entry, issued->secret));
}

async::Task<Outcome<wire::Json>> list(Call& call) {
  auto query = call.query();
  readType(query);
  ApiKeyFilter filter{.subject = query.requiredText("subject"),
                      .query = query.text("query").value_or(""),
                      .includeInvalid = query.boolean("include_invalid").value_or(false)};
  const auto page = readPage(query);
  if (auto wrong = query.failure()) co_return *wrong;
  const auto keys = co_await listApiKeys(call.core, std::move(filter), page);
  wire::JsonArray list;
  for (const auto& key : keys.data) list.push_back(wire::apiKey(call.view(), key));
  co_return wire::Json(wire::page(std::move(list), keys.totalCount));
}

async::Task<Outcome<wire::Json>> read(Call& call) {
  co_return shownKey(call, co_await getApiKey(call.core, call.param("api_key_id")));
}

async::Task<Outcome<wire::Json>> update(Call& call) {
  auto body = call.body();
  ApiKeyChanges changes{.claims = body.jsonChange("claims"),
                        .scopes = body.listChange("scopes", mostScopes),
                        .description = body.textChange("description"),
                        .subject = body.text("subject")};
  if (const auto seconds = body.integerWithin("seconds_until_expiration", 0, longestTtl)) {
    changes.secondsUntilExpiration = seconds;
  } else if (body.isGiven("seconds_until_expiration")) {
    changes.secondsUntilExpiration.emplace();
  }
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shownKey(call, co_await updateApiKey(call.core, call.param("api_key_id"), std::move(changes)));
}

/// Forgotten altogether, in contrast to revoked.
async::Task<Outcome<wire::Json>> remove(Call& call) {
  co_return deleted("api_key", co_await eraseEntry(call.core, registered::apiKey, call.param("api_key_id")));
}

async::Task<Outcome<wire::Json>> readSecret(Call& call) {
  const auto secret = co_await getApiKeySecret(call.core, call.param("api_key_id"));
  if (!secret) co_return secret.error();
  co_return wire::JsonObject{{"secret", *secret}};
}

async::Task<Outcome<wire::Json>> revoke(Call& call) {
  auto body = call.body();
  auto reason = body.textWithin("revocation_reason", longestReason);
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shownKey(call, co_await revokeApiKey(call.core, call.param("api_key_id"), std::move(reason)));
}

async::Task<Outcome<wire::Json>> verify(Call& call) {
  auto body = call.body();
  auto secret = body.requiredText("secret", 1024);
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shownKey(call, co_await verifyApiKey(call.core, std::move(secret)));
}

}  // namespace

void addApiKeys(const AddOperation& add) {
  add("GET", "/api_keys", list);
  add("POST", "/api_keys", create);
  add("POST", "/api_keys/verify", verify);
  add("GET", "/api_keys/:api_key_id", read);
  add("PATCH", "/api_keys/:api_key_id", update);
  add("DELETE", "/api_keys/:api_key_id", remove);
  add("GET", "/api_keys/:api_key_id/secret", readSecret);
  add("POST", "/api_keys/:api_key_id/revoke", revoke);
}

}  // namespace clerk::instance::backend_api
