// Sessions, organizations and API keys of the whole instance, newest first. The Backend API's lists count all they
// find; these do not, so that a page costs the same whatever there is.

#include "dashboard/keyset_page.hpp"
#include "dashboard/operations.hpp"
#include "flows/api_key/api_key.hpp"
#include "wire/machine.hpp"
#include "wire/organization.hpp"
#include "wire/session.hpp"
#include "wire/user.hpp"

namespace clerk::instance::dashboard {
namespace {

using backend_api::Call;
using Shown = std::optional<wire::JsonObject>;

/// Whose session it is, in a word.
wire::Json userIn(const wire::View& view, const Transaction& tx, const std::string& id) {
  const auto user = tx.users().find(id);
  return user ? wire::Json(wire::publicUserData(view, *user)) : wire::Json();
}

async::Task<Outcome<wire::Json>> listSessions(Call& call) {
  auto query = call.query();
  auto request = readListing(query, ListedTable::Sessions, {{"user_id", "user_id"}, {"status", "status"}});
  if (auto wrong = query.failure()) co_return *wrong;
  const auto view = call.view();
  co_return co_await listed(call.core, std::move(request), [&](const Transaction& tx, const std::string& id) -> Shown {
    const auto session = tx.sessions().find(id);
    if (!session) return std::nullopt;
    auto json = wire::backendSession(view, *session);
    json["user"] = userIn(view, tx, session->userId);
    return json;
  });
}

async::Task<Outcome<wire::Json>> listOrganizations(Call& call) {
  auto query = call.query();
  auto request = readListing(query, ListedTable::Organizations);
  request.query = query.text("query").value_or("");
  if (auto wrong = query.failure()) co_return *wrong;
  const auto view = call.view();
  co_return co_await listed(call.core, std::move(request), [&](const Transaction& tx, const std::string& id) -> Shown {
    const auto organization = tx.organizations().find(id, view.now);
    if (!organization) return std::nullopt;
    auto json = wire::backendOrganization(view, *organization);
    json["members_count"] = organization->membersCount;
    return json;
  });
}

async::Task<Outcome<wire::Json>> listApiKeys(Call& call) {
  auto query = call.query();
  auto request = readListing(query, ListedTable::Registry, {{"subject", "owner"}});
  request.equals.emplace_back("kind", registry::apiKey.name);
  if (auto wrong = query.failure()) co_return *wrong;
  const auto view = call.view();
  co_return co_await listed(call.core, std::move(request), [&](const Transaction& tx, const std::string& id) -> Shown {
    const auto key = tx.registry().find(registry::apiKey, id);
    if (!key) return std::nullopt;
    return wire::apiKey(view, *key);
  });
}

async::Task<Outcome<wire::Json>> revokeKey(Call& call) {
  const auto key = co_await revokeApiKey(call.core, call.param("api_key_id"), std::nullopt);
  if (!key) co_return key.error();
  co_return wire::Json(wire::apiKey(call.view(), *key));
}

}  // namespace

void addLists(const backend_api::AddOperation& add) {
  add("GET", "/lists/sessions", listSessions);
  add("GET", "/lists/organizations", listOrganizations);
  add("GET", "/lists/api_keys", listApiKeys);
  add("POST", "/api_keys/:api_key_id/revoke", revokeKey);
}

}  // namespace clerk::instance::dashboard
