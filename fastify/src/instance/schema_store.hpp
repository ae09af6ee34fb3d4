#pragma once
// The shared schemas of a scope, by $id: what `addSchema` adds and `$ref` finds.

#include <fastify/json.hpp>

#include <string_view>

namespace fastify {

/// Copied by each scope from the one around it.
class SchemaStore {
 public:
  /// Throws FST_ERR_SCH_MISSING_ID, FST_ERR_SCH_ALREADY_PRESENT.
  void add(Json schema);
  /// null when there is none.
  Json get(std::string_view id) const;
  const JsonObject& all() const noexcept { return schemas_; }

 private:
  JsonObject schemas_;
};

}  // namespace fastify
