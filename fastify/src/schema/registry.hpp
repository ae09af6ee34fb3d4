#pragma once
// The schemas that an instance shares with its routes, by $id.

#include "schema/document.hpp"

#include <fastify/json.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fastify::schema {

/// A child scope starts with a copy of its parent's; copies share the schemas.
class SchemaRegistry {
 public:
  enum class AddOutcome { Added, MissingId, AlreadyPresent };

  /// Throws SchemaError when $ids inside the schema clash.
  AddOutcome add(Json schema);
  /// Under an id that the schema need not have itself.
  AddOutcome add(std::string id, Json schema);
  /// By $id as it was written; nullptr when there is none.
  const Json* find(std::string_view id) const;
  /// All of them by $id, in the order of their addition.
  JsonObject all() const;

  const std::vector<std::pair<std::string, std::shared_ptr<const Document>>>& documents() const noexcept {
    return documents_;
  }

 private:
  std::vector<std::pair<std::string, std::shared_ptr<const Document>>> documents_;
};

}  // namespace fastify::schema
