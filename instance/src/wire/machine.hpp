#pragma once
// Machines, their tokens, and API keys, as both APIs show them.

#include "flows/machine/machine.hpp"
#include "wire/json.hpp"

namespace clerk::instance::wire {

JsonObject machine(const View& view, const MachineState& state);
JsonObject machineSecretKey(std::string_view secret);
JsonObject machineScope(const RegistryEntry& scope);
/// `token` is shown once: empty leaves it out.
JsonObject machineToken(const View& view, const RegistryEntry& entry, std::string_view token = {});
/// `secret` likewise.
JsonObject apiKey(const View& view, const RegistryEntry& entry, std::string_view secret = {});

}  // namespace clerk::instance::wire
