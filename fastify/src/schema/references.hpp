#pragma once
// Which schema a $ref means.

#include "schema/document.hpp"
#include "schema/registry.hpp"

#include <optional>
#include <string_view>

namespace fastify::schema {

/// Looks in the document of the reference, then in the root, the shared schemas, and draft-07. Borrows all of them.
class References {
 public:
  struct Found {
    Target target;
    const Document* document;
  };

  References(const Document& root, const SchemaRegistry& registry) : root_(root), registry_(registry) {}

  /// `base` is the URI from which the reference is seen.
  std::optional<Found> resolve(const Document& own, std::string_view base, std::string_view reference) const;
  /// The document or schema that has this $id.
  std::optional<Found> findId(const Document& own, std::string_view uri) const;

 private:
  std::optional<Found> resolveUri(const Document& own, std::string_view uri) const;

  const Document& root_;
  const SchemaRegistry& registry_;
};

}  // namespace fastify::schema
