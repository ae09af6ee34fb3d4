#pragma once
// M2M tokens: what one machine shows another, opaque (`mt_…`) or as a JWT.

#include "flows/machine/machine.hpp"

#include <boost/json/value.hpp>

#include <optional>
#include <string>

namespace clerk::instance {

struct NewMachineToken {
  bool jwt = false;
  std::optional<std::int64_t> secondsUntilExpiration;  ///< absent: the machine's default
  boost::json::value claims;                           ///< an object, or null
  /// An earlier token of the same kind that is good for so long is given again; absent: always a new one.
  std::optional<std::int64_t> minRemainingTtl;
};

struct IssuedMachineToken {
  RegistryEntry entry;
  std::string token;
};

/// Errors: `form_param_…` (claims).
async::Task<Outcome<IssuedMachineToken>> createMachineToken(Core& core, RegistryEntry machine, NewMachineToken fields);
/// Whose token it is. `verifierId` is the machine that asks, which must be in its scopes; empty: the backend itself.
/// Errors: `resource_not_found`, also for tokens that are over or meant for others.
async::Task<Outcome<RegistryEntry>> verifyMachineToken(Core& core, std::string token, std::string verifierId);
/// `machineId`: whose it must be; empty: anybody's.
async::Task<Outcome<RegistryEntry>> revokeMachineToken(Core& core, std::string id, std::optional<std::string> reason,
                                                       std::string machineId);

/// An id of Clerk's second form: the prefix and 32 hexadecimal digits.
std::string newHexId(Core& core, std::string_view prefix);

}  // namespace clerk::instance
