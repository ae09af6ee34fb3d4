#pragma once
// Machines: programs that speak to each other, each with a secret key, and which of them may (Clerk docs: "M2M
// tokens").

#include "flows/registry/registry.hpp"

#include <optional>
#include <string>
#include <vector>

namespace clerk::instance {

/// A machine with those that it may speak to.
struct MachineState {
  RegistryEntry machine;
  std::vector<RegistryEntry> scopedMachines;
  std::string secretKey;  ///< where it is told
};

struct MachineFields {
  std::optional<std::string> name;
  std::optional<std::int64_t> defaultTokenTtl;  ///< seconds, 3600
  std::vector<std::string> scopedMachines{};    ///< at creation
};

/// Errors: `resource_not_found` (a scoped machine), `form_param_value_invalid` (name).
async::Task<Outcome<MachineState>> createMachine(Core& core, MachineFields fields);
async::Task<Outcome<MachineState>> getMachine(Core& core, std::string id);
async::Task<Page<MachineState>> listMachines(Core& core, RegistryFilter filter, PageRequest page);
async::Task<Outcome<MachineState>> updateMachine(Core& core, std::string id, MachineFields fields);
/// Its tokens end with it.
async::Task<Outcome<std::string>> deleteMachine(Core& core, std::string id);

async::Task<Outcome<std::string>> getMachineSecretKey(Core& core, std::string id);
/// The key of before is taken for `previousTtl` seconds more.
async::Task<Outcome<std::string>> rotateMachineSecretKey(Core& core, std::string id, std::int64_t previousTtl);
/// The machine whose secret key this is. Errors: `clerk_key_invalid`.
async::Task<Outcome<RegistryEntry>> authenticateMachine(Core& core, std::string secretKey);

/// Lets `fromId` make tokens that `toId` takes. Errors: `resource_not_found`, 409 `duplicate_record`.
async::Task<Outcome<RegistryEntry>> createMachineScope(Core& core, std::string fromId, std::string toId);
async::Task<Outcome<>> deleteMachineScope(Core& core, std::string fromId, std::string toId);

/// Ids of the machines that this one may speak to; inside a transaction.
std::vector<std::string> scopesOfMachine(const Transaction& tx, std::string_view machineId);

}  // namespace clerk::instance
