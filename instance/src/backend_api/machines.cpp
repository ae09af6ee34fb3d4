#include "flows/machine/machine.hpp"

#include "backend_api/backend_api.hpp"
#include "backend_api/registered.hpp"
#include "model/errors.hpp"
#include "wire/error.hpp"
#include "wire/machine.hpp"

namespace clerk::instance::backend_api {
namespace {

constexpr std::int64_t longestTtl = 315360000;
constexpr std::int64_t longestPreviousTtl = 28800;
constexpr std::size_t mostScopes = 150;

Outcome<wire::Json> shown(const Call& call, const Outcome<MachineState>& state) {
  if (!state) return state.error();
  return wire::Json(wire::machine(call.view(), *state));
}

Outcome<wire::Json> shownSecret(const Outcome<std::string>& secret) {
  if (!secret) return secret.error();
  return wire::Json(wire::machineSecretKey(*secret));
}

/// `+name`, `-name`; the registry sorts by creation alone.
bool readOldestFirst(api::TextFields& query) {
  const auto order = query.text("order_by").value_or("-created_at");
  if (order == "-created_at" || order.empty()) return false;
  if (order == "created_at" || order == "+created_at") return true;
  query.refuse(wire::wrong::paramValue("order_by", "created_at, -created_at"));
  return false;
}

async::Task<Outcome<wire::Json>> list(Call& call) {
  auto query = call.query();
  const auto page = readPage(query);
  RegistryFilter filter{.query = query.text("query").value_or(""), .oldestFirst = readOldestFirst(query)};
  if (auto wrong = query.failure()) co_return *wrong;
  const auto machines = co_await listMachines(call.core, std::move(filter), page);
  wire::JsonArray list;
  for (const auto& machine : machines.data) list.push_back(wire::machine(call.view(), machine));
  co_return wire::Json(wire::page(std::move(list), machines.totalCount));
}

async::Task<Outcome<wire::Json>> create(Call& call) {
  auto body = call.body();
  MachineFields fields{.name = body.requiredText("name"),
                       .defaultTokenTtl = body.integerWithin("default_token_ttl", 1, longestTtl)};
  if (auto scoped = body.listChange("scoped_machines", mostScopes)) fields.scopedMachines = *std::move(scoped);
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shown(call, co_await createMachine(call.core, std::move(fields)));
}

async::Task<Outcome<wire::Json>> read(Call& call) {
  co_return shown(call, co_await getMachine(call.core, call.param("machine_id")));
}

async::Task<Outcome<wire::Json>> update(Call& call) {
  auto body = call.body();
  MachineFields fields{.name = body.text("name"),
                       .defaultTokenTtl = body.integerWithin("default_token_ttl", 1, longestTtl)};
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shown(call, co_await updateMachine(call.core, call.param("machine_id"), std::move(fields)));
}

async::Task<Outcome<wire::Json>> remove(Call& call) {
  co_return deleted("machine", co_await deleteMachine(call.core, call.param("machine_id")));
}

async::Task<Outcome<wire::Json>> readSecretKey(Call& call) {
  co_return shownSecret(co_await getMachineSecretKey(call.core, call.param("machine_id")));
}

async::Task<Outcome<wire::Json>> rotateSecretKey(Call& call) {
  auto body = call.body();
  const auto ttl = body.integerWithin("previous_token_ttl", 0, longestPreviousTtl);
  auto wrong = body.failure();
  if (!ttl && !wrong) wrong = wire::wrong::paramMissing("previous_token_ttl");
  if (wrong) co_return *wrong;
  co_return shownSecret(co_await rotateMachineSecretKey(call.core, call.param("machine_id"), *ttl));
}

async::Task<Outcome<wire::Json>> createScope(Call& call) {
  auto body = call.body();
  auto to = body.requiredText("to_machine_id");
  if (auto wrong = body.failure()) co_return *wrong;
  const auto scope = co_await createMachineScope(call.core, call.param("machine_id"), std::move(to));
  if (!scope) co_return scope.error();
  co_return wire::Json(wire::machineScope(*scope));
}

async::Task<Outcome<wire::Json>> deleteScope(Call& call) {
  const auto from = call.param("machine_id");
  const auto to = call.param("other_machine_id");
  const auto erased = co_await deleteMachineScope(call.core, from, to);
  if (!erased) co_return erased.error();
  co_return wire::JsonObject{
      {"object", "machine_scope"}, {"from_machine_id", from}, {"to_machine_id", to}, {"deleted", true}};
}

}  // namespace

void addMachines(const AddOperation& add) {
  add("GET", "/machines", list);
  add("POST", "/machines", create);
  add("GET", "/machines/:machine_id", read);
  add("PATCH", "/machines/:machine_id", update);
  add("DELETE", "/machines/:machine_id", remove);
  add("GET", "/machines/:machine_id/secret_key", readSecretKey);
  add("POST", "/machines/:machine_id/secret_key/rotate", rotateSecretKey);
  add("POST", "/machines/:machine_id/scopes", createScope);
  add("DELETE", "/machines/:machine_id/scopes/:other_machine_id", deleteScope);
}

}  // namespace clerk::instance::backend_api
