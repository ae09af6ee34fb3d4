#include "schema/registry.hpp"

#include <algorithm>

namespace fastify::schema {

SchemaRegistry::AddOutcome SchemaRegistry::add(Json schema) {
  const auto* object = schema.if_object();
  const auto* id = object ? object->if_contains("$id") : nullptr;
  if (!id || !id->is_string() || id->get_string().empty()) return AddOutcome::MissingId;
  return add(std::string(std::string_view(id->get_string())), std::move(schema));
}

SchemaRegistry::AddOutcome SchemaRegistry::add(std::string id, Json schema) {
  if (find(id)) return AddOutcome::AlreadyPresent;
  auto document = std::make_shared<const Document>(std::move(schema), id);
  documents_.emplace_back(std::move(id), std::move(document));
  return AddOutcome::Added;
}

const Json* SchemaRegistry::find(std::string_view id) const {
  const auto found =
      std::ranges::find(documents_, id, [](const auto& entry) -> std::string_view { return entry.first; });
  return found == documents_.end() ? nullptr : &found->second->schema();
}

JsonObject SchemaRegistry::all() const {
  JsonObject schemas;
  for (const auto& [id, document] : documents_) schemas[id] = document->schema();
  return schemas;
}

}  // namespace fastify::schema
