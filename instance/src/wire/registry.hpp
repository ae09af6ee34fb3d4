#pragma once
// What operators register, as the Backend API shows it.

#include "model/registry_entry.hpp"
#include "wire/json.hpp"

namespace clerk::instance::wire {

JsonObject jwtTemplate(const View& view, const RegistryEntry& entry);
JsonObject redirectUrl(const View& view, const RegistryEntry& entry);
/// `token` and `url` are shown once, where the entry's document still holds them.
JsonObject actorToken(const View& view, const RegistryEntry& entry);
JsonObject satelliteDomain(const View& view, const RegistryEntry& entry);
/// The domain of the instance itself; its id follows from the instance's.
JsonObject primaryDomain(const View& view);
std::string primaryDomainId(const Settings& settings);
JsonObject proxyCheck(const View& view, const RegistryEntry& entry);

}  // namespace clerk::instance::wire
