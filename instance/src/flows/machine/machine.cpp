#include "flows/machine/machine.hpp"

#include "model/errors.hpp"
#include "model/registry_errors.hpp"

#include <algorithm>

namespace clerk::instance {
namespace {

constexpr std::int64_t defaultTtl = 3600;
constexpr std::size_t longestName = 255;
/// Clerk allows 25 scopes a machine.
constexpr PageRequest mostScopes{.limit = 150};

std::string secretKeyOf(const Core& core, const RegistryEntry& machine) {
  return "ak_" + derivedSecret(core, registry::machine, machine.id, machine.integer("generation").value_or(1));
}

void setGeneration(const Core& core, RegistryEntry& machine, std::int64_t generation) {
  machine.document["generation"] = generation;
  machine.digest = digestOfSecret(core, registry::machine, secretKeyOf(core, machine));
}

std::string scopeName(std::string_view fromId, std::string_view toId) {
  return std::string(fromId) + "/" + std::string(toId);
}

RegistryEntry newScope(Core& core, const std::string& fromId, const std::string& toId) {
  auto scope = newEntry(core, registry::machineScope);
  scope.owner = fromId;
  scope.name = scopeName(fromId, toId);
  scope.document["to_machine_id"] = toId;
  return scope;
}

/// Names of machines may repeat: theirs is kept in the document, and by the registry with the id, for searches.
Outcome<> apply(RegistryEntry& machine, const MachineFields& fields) {
  if (fields.name) {
    if (fields.name->empty()) return Failure(errors::formParamNil("name"));
    if (fields.name->size() > longestName) return Failure(errors::formParamMaxLengthExceeded("name", longestName));
    machine.document["name"] = *fields.name;
    machine.name = *fields.name + "\n" + machine.id;
  }
  if (fields.defaultTokenTtl || !machine.integer("default_token_ttl")) {
    machine.document["default_token_ttl"] = fields.defaultTokenTtl.value_or(defaultTtl);
  }
  return {};
}

MachineState stateOf(const Transaction& tx, RegistryEntry machine) {
  MachineState state{.machine = std::move(machine), .scopedMachines = {}, .secretKey = ""};
  for (const auto& id : scopesOfMachine(tx, state.machine.id)) {
    if (auto scoped = tx.registry().find(registry::machine, id)) state.scopedMachines.push_back(*std::move(scoped));
  }
  return state;
}

Outcome<MachineState> found(const Transaction& tx, std::string_view id) {
  auto machine = getEntry(tx, registered::machine, id);
  if (!machine) return machine.error();
  return stateOf(tx, *std::move(machine));
}

}  // namespace

std::vector<std::string> scopesOfMachine(const Transaction& tx, std::string_view machineId) {
  std::vector<std::string> ids;
  const RegistryFilter filter{.owner = std::string(machineId), .query = "", .oldestFirst = true};
  for (const auto& scope : tx.registry().list(registry::machineScope, filter, mostScopes).data) {
    ids.push_back(scope.text("to_machine_id"));
  }
  return ids;
}

async::Task<Outcome<MachineState>> createMachine(Core& core, MachineFields fields) {
  auto machine = newEntry(core, registry::machine);
  if (auto applied = apply(machine, fields); !applied) co_return applied.error();
  setGeneration(core, machine, 1);
  std::vector<RegistryEntry> scopes;
  for (const auto& id : fields.scopedMachines) scopes.push_back(newScope(core, machine.id, id));
  auto state = co_await core.store().transact([&](Transaction& tx) -> Outcome<MachineState> {
    for (const auto& id : fields.scopedMachines) {
      if (auto scoped = getEntry(tx, registered::machine, id); !scoped) return scoped.error();
    }
    bool written = tx.registry().insert(machine);
    // A machine that is named twice is scoped once.
    for (const auto& scope : scopes) static_cast<void>(tx.registry().insert(scope));
    if (!written) {
      tx.abandon();
      return Failure(errors::duplicateRecord("machine", "name"));
    }
    return stateOf(tx, machine);
  });
  if (state) state->secretKey = secretKeyOf(core, machine);
  co_return state;
}

async::Task<Outcome<MachineState>> getMachine(Core& core, std::string id) {
  co_return co_await core.store().read([&](const Transaction& tx) { return found(tx, id); });
}

async::Task<Page<MachineState>> listMachines(Core& core, RegistryFilter filter, PageRequest page) {
  co_return co_await core.store().scan([&](const Transaction& tx) {
    auto machines = tx.registry().list(registry::machine, filter, page);
    Page<MachineState> states{.data = {}, .totalCount = machines.totalCount};
    for (auto& machine : machines.data) states.data.push_back(stateOf(tx, std::move(machine)));
    return states;
  });
}

async::Task<Outcome<MachineState>> updateMachine(Core& core, std::string id, MachineFields fields) {
  auto changed = co_await changeEntry(core, registered::machine, id, errors::duplicateRecord("machine", "name"),
                                      [&](Transaction&, RegistryEntry& machine) { return apply(machine, fields); });
  if (!changed) co_return changed.error();
  co_return co_await getMachine(core, std::move(id));
}

async::Task<Outcome<std::string>> deleteMachine(Core& core, std::string id) {
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<std::string> {
    auto registry = tx.registry();
    if (!registry.erase(registry::machine, id)) return Failure(errors::entryNotFound("machine", id));
    registry.eraseOwned(registry::machineSecret, id);
    registry.eraseOwned(registry::machineScope, id);
    registry.eraseOwned(registry::machineToken, id);
    return id;
  });
}

async::Task<Outcome<std::string>> getMachineSecretKey(Core& core, std::string id) {
  const auto machine = co_await findEntry(core, registered::machine, std::move(id));
  if (!machine) co_return machine.error();
  co_return secretKeyOf(core, *machine);
}

async::Task<Outcome<std::string>> rotateMachineSecretKey(Core& core, std::string id, std::int64_t previousTtl) {
  auto previous = newEntry(core, registry::machineSecret);
  previous.owner = id;
  previous.expiresAt = core.now() + std::chrono::seconds(previousTtl);
  const auto rotated =
      co_await changeEntry(core, registered::machine, id, errors::duplicateRecord("machine", "name"),
                           [&](Transaction& tx, RegistryEntry& machine) -> Outcome<> {
                             previous.digest = machine.digest;
                             setGeneration(core, machine, machine.integer("generation").value_or(1) + 1);
                             if (previousTtl > 0) static_cast<void>(tx.registry().insert(previous));
                             return {};
                           });
  if (!rotated) co_return rotated.error();
  co_return secretKeyOf(core, *rotated);
}

async::Task<Outcome<RegistryEntry>> authenticateMachine(Core& core, std::string secretKey) {
  // What is looked up is a keyed digest: how long it takes tells nothing about the key.
  const auto digest = digestOfSecret(core, registry::machine, secretKey);
  const Time now = core.now();
  auto machine = co_await core.store().read([&](const Transaction& tx) -> std::optional<RegistryEntry> {
    if (auto current = tx.registry().findByDigest(registry::machine, digest)) return current;
    const auto previous = tx.registry().findByDigest(registry::machineSecret, digest);
    if (!previous || previous->isExpired(now)) return std::nullopt;
    return tx.registry().find(registry::machine, previous->owner);
  });
  if (!machine) co_return Failure(errors::secretKeyInvalid("Machine Secret Key"));
  co_return *std::move(machine);
}

async::Task<Outcome<RegistryEntry>> createMachineScope(Core& core, std::string fromId, std::string toId) {
  auto scope = newScope(core, fromId, toId);
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<RegistryEntry> {
    for (const auto& id : {fromId, toId}) {
      if (auto machine = getEntry(tx, registered::machine, id); !machine) return machine.error();
    }
    if (fromId == toId) return Failure(errors::formParamValueInvalid("to_machine_id", toId));
    if (!tx.registry().insert(scope)) {
      auto taken = errors::duplicateRecord("machine scope", "to_machine_id");
      taken.trouble = Trouble::Conflict;
      return Failure(std::move(taken));
    }
    return scope;
  });
}

async::Task<Outcome<>> deleteMachineScope(Core& core, std::string fromId, std::string toId) {
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<> {
    const auto scope = tx.registry().findByName(registry::machineScope, scopeName(fromId, toId));
    if (!scope || !tx.registry().erase(registry::machineScope, scope->id)) {
      return Failure(errors::entryNotFound("machine scope", toId));
    }
    return {};
  });
}

}  // namespace clerk::instance
