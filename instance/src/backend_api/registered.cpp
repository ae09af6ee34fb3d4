#include "backend_api/registered.hpp"

namespace clerk::instance::backend_api {

async::Task<Outcome<wire::Json>> listRegistered(Call& call, RegistryKind kind, RegistryFilter filter, ShowEntry show) {
  auto query = call.query();
  const auto page = readPage(query);
  query.boolean("paginated");
  if (auto wrong = query.failure()) co_return *wrong;
  const auto entries = co_await listEntries(call.core, kind, std::move(filter), page);
  wire::JsonArray list;
  for (const auto& entry : entries.data) list.push_back(show(call.view(), entry));
  co_return listOrPage(query, std::move(list), entries.totalCount);
}

Outcome<wire::Json> shown(const Call& call, const Outcome<RegistryEntry>& entry, ShowEntry show) {
  if (!entry) return entry.error();
  return wire::Json(show(call.view(), *entry));
}

Outcome<wire::Json> deleted(std::string_view object, const Outcome<std::string>& id) {
  if (!id) return id.error();
  return wire::Json(wire::deletedObject(object, *id));
}

}  // namespace clerk::instance::backend_api
