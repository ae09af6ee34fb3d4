// A person's own API keys, and those of an organization that one may manage: paths without `/v1`.

#include "flows/api_key/api_key.hpp"
#include "frontend_api/resources.hpp"
#include "frontend_api/speaker.hpp"
#include "wire/error.hpp"
#include "wire/machine.hpp"

namespace clerk::instance::frontend_api {
namespace {

constexpr std::int64_t longestTtl = 315360000;
constexpr std::size_t longestReason = 1024;
constexpr std::string_view readPermission = "org:sys_api_keys:read";
constexpr std::string_view managePermission = "org:sys_api_keys:manage";

/// Whose keys a person may see or change: one's own, and with the permission an organization's. Others' are not found.
async::Task<Outcome<>> checkSubject(Call& call, const SessionState& state, std::string subject,
                                    std::string_view permission) {
  if (subject == state.user.id) co_return Outcome<>();
  const auto membership = co_await call.core.store().read(
      [&](const Transaction& tx) { return tx.memberships().find(subject, state.user.id, call.core.now()); });
  if (!membership || !membership->has(permission)) co_return wire::wrong::notFound();
  co_return Outcome<>();
}

/// The key, if the person may change it.
async::Task<Outcome<RegistryEntry>> findOwn(Call& call, const SessionState& state) {
  auto key = co_await getApiKey(call.core, call.param("api_key_id"));
  if (!key) co_return key;
  const auto allowed = co_await checkSubject(call, state, key->owner, managePermission);
  if (!allowed) co_return wire::wrong::notFound();
  co_return key;
}

wire::View viewNow(const Call& call) { return {call.view.settings, call.core.now()}; }

async::Task<Outcome<wire::Json>> list(Call& call) {
  const auto state = co_await speaker(call);
  if (!state) co_return state.error();
  auto query = call.query();
  ApiKeyFilter filter{.subject = query.text("subject").value_or(state->user.id),
                      .query = query.text("query").value_or(""),
                      .includeInvalid = query.boolean("include_invalid").value_or(false)};
  PageRequest page{.limit = query.integerWithin("limit", 1, 100).value_or(10),
                   .offset = query.integerWithin("offset", 0, 1'000'000'000).value_or(0)};
  if (auto wrong = query.failure()) co_return *wrong;
  if (auto allowed = co_await checkSubject(call, *state, filter.subject, readPermission); !allowed) {
    co_return allowed.error();
  }
  const auto keys = co_await listApiKeys(call.core, std::move(filter), page);
  wire::JsonArray shown;
  for (const auto& key : keys.data) shown.push_back(wire::apiKey(viewNow(call), key));
  co_return wire::Json(wire::page(std::move(shown), keys.totalCount));
}

async::Task<Outcome<wire::Json>> create(Call& call) {
  const auto state = co_await speaker(call);
  if (!state) co_return state.error();
  auto form = call.form();
  NewApiKey fields{.name = form.requiredText("name"),
                   .description = form.text("description"),
                   .subject = form.text("subject").value_or(state->user.id),
                   .claims = nullptr,
                   .createdBy = state->user.id,
                   .secondsUntilExpiration = form.integerWithin("seconds_until_expiration", 0, longestTtl)};
  if (auto wrong = form.failure()) co_return *wrong;
  if (auto allowed = co_await checkSubject(call, *state, fields.subject, managePermission); !allowed) {
    co_return allowed.error();
  }
  const auto issued = co_await createApiKey(call.core, std::move(fields));
  if (!issued) co_return issued.error();
  call.status = 201;
  co_return wire::Json(wire::apiKey(viewNow(call), issued->entry, issued->secret));
}

async::Task<Outcome<wire::Json>> update(Call& call) {
  const auto state = co_await speaker(call);
  if (!state) co_return state.error();
  auto form = call.form();
  auto description = form.text("description");
  if (auto wrong = form.failure()) co_return *wrong;
  const auto own = co_await findOwn(call, *state);
  if (!own) co_return own.error();
  ApiKeyChanges changes;
  if (description) changes.description = std::move(description);
  const auto changed = co_await updateApiKey(call.core, own->id, std::move(changes), own->owner);
  if (!changed) co_return changed.error();
  co_return wire::Json(wire::apiKey(viewNow(call), *changed));
}

async::Task<Outcome<wire::Json>> revoke(Call& call) {
  const auto state = co_await speaker(call);
  if (!state) co_return state.error();
  auto form = call.form();
  auto reason = form.textWithin("revocation_reason", longestReason);
  if (auto wrong = form.failure()) co_return *wrong;
  const auto own = co_await findOwn(call, *state);
  if (!own) co_return own.error();
  const auto revoked = co_await revokeApiKey(call.core, own->id, std::move(reason), own->owner);
  if (!revoked) co_return revoked.error();
  co_return wire::Json(wire::apiKey(viewNow(call), *revoked));
}

}  // namespace

void addMyApiKeys(Operations& operations) {
  operations.add("/api_keys", {"GET", Envelope::Bare, list});
  operations.add("/api_keys", {"POST", Envelope::Bare, create});
  operations.add("/api_keys/:api_key_id", {"PATCH", Envelope::Bare, update});
  operations.add("/api_keys/:api_key_id/revoke", {"POST", Envelope::Bare, revoke});
}

}  // namespace clerk::instance::frontend_api
