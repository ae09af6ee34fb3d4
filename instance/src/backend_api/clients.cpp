#include "wire/client.hpp"

#include "backend_api/backend_api.hpp"
#include "flows/handshake/handshake.hpp"
#include "wire/error.hpp"

namespace clerk::instance::backend_api {
namespace {

Outcome<wire::Json> shown(const Call& call, const Outcome<ClientSummary>& client) {
  if (!client) return client.error();
  return wire::Json(wire::backendClient(call.view(), *client));
}

async::Task<Outcome<wire::Json>> list(Call& call) {
  auto query = call.query();
  const auto page = readPage(query);
  query.boolean("paginated");
  if (auto wrong = query.failure()) co_return *wrong;
  const auto clients = co_await listClients(call.core, page);
  wire::JsonArray list;
  const auto view = call.view();
  for (const auto& client : clients.data) list.push_back(wire::backendClient(view, client));
  co_return listOrPage(query, std::move(list), clients.totalCount);
}

async::Task<Outcome<wire::Json>> read(Call& call) {
  co_return shown(call, co_await getClient(call.core, call.param("client_id")));
}

async::Task<Outcome<wire::Json>> verify(Call& call) {
  auto body = call.body();
  auto token = body.requiredText("token");
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shown(call, co_await verifyClient(call.core, std::move(token)));
}

/// What a backend fetches after a handshake by nonce; not in Clerk's document, but asked for by its SDK.
async::Task<Outcome<wire::Json>> handshakePayload(Call& call) {
  auto query = call.query();
  auto nonce = query.text("nonce").value_or("");
  if (auto wrong = query.failure()) co_return *wrong;
  if (nonce.empty()) co_return wire::wrong::queryMissing("nonce");
  const auto directives = co_await takeDirectives(call.core, std::move(nonce));
  if (!directives) co_return directives.error();
  co_return wire::JsonObject{{"directives", wire::texts(*directives)}};
}

}  // namespace

void addClients(const AddOperation& add) {
  add("GET", "/clients", list);
  add("POST", "/clients/verify", verify);
  add("GET", "/clients/handshake_payload", handshakePayload);
  add("GET", "/clients/:client_id", read);
}

}  // namespace clerk::instance::backend_api
