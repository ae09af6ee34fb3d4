#include "schema_store.hpp"

#include <fastify/error.hpp>

#include <string>
#include <utility>

namespace fastify {

void SchemaStore::add(Json schema) {
  const auto* object = schema.if_object();
  const auto* id = object ? object->if_contains("$id") : nullptr;
  if (!id || !id->is_string() || id->get_string().empty()) {
    throw FastifyError(500, "FST_ERR_SCH_MISSING_ID", "Missing schema $id property");
  }
  const std::string name(std::string_view(id->get_string()));
  if (schemas_.contains(name)) {
    throw FastifyError(500, "FST_ERR_SCH_ALREADY_PRESENT", "Schema with id '" + name + "' already declared!");
  }
  schemas_.emplace(name, std::move(schema));
}

Json SchemaStore::get(std::string_view id) const {
  const auto* schema = schemas_.if_contains(id);
  return schema ? *schema : Json(nullptr);
}

}  // namespace fastify
