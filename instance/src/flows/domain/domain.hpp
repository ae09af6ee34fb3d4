#pragma once
// The domains of an instance: its own and those of its satellites.

#include "flows/registry/registry.hpp"

namespace clerk::instance {

/// `name` is a host, `proxyUrl` the address under which the satellite serves the Frontend API itself, if it does.
/// Errors: `form_param_format_invalid`, `duplicate_record` (name).
async::Task<Outcome<RegistryEntry>> createSatelliteDomain(Core& core, std::string name,
                                                          std::optional<std::string> proxyUrl);

struct SatelliteDomainChanges {
  std::optional<std::string> name;
  std::optional<std::string> proxyUrl;  ///< empty: none any more
};
/// Errors: `resource_not_found`, as above.
async::Task<Outcome<RegistryEntry>> updateSatelliteDomain(Core& core, std::string id, SatelliteDomainChanges changes);

/// Remembers that somebody asked whether a proxy works; `successful` is what came out.
async::Task<Outcome<RegistryEntry>> recordProxyCheck(Core& core, std::string domainId, std::string proxyUrl,
                                                     bool successful);

}  // namespace clerk::instance
