#pragma once
// What the operations of registered things share: lists, single ones, and what is left of them.

#include "backend_api/operation.hpp"
#include "flows/registry/registry.hpp"

namespace clerk::instance::backend_api {

using ShowEntry = wire::JsonObject (*)(const wire::View& view, const RegistryEntry& entry);

/// Answers a list that takes `limit`, `offset` and `paginated`.
async::Task<Outcome<wire::Json>> listRegistered(Call& call, RegistryKind kind, RegistryFilter filter, ShowEntry show);
Outcome<wire::Json> shown(const Call& call, const Outcome<RegistryEntry>& entry, ShowEntry show);
/// `{"object": …, "id": …, "deleted": true}`.
Outcome<wire::Json> deleted(std::string_view object, const Outcome<std::string>& id);

}  // namespace clerk::instance::backend_api
