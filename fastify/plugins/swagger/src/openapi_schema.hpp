#pragma once
// JSON Schemas of draft-07 as OpenAPI 3.1 has them (JSON Schema 2020-12).

#include <fastify/json.hpp>

#include <map>
#include <string>
#include <string_view>

namespace fastify::detail {

/// Shared schemas: $id to name in the document.
using SchemaNames = std::map<std::string, std::string, std::less<>>;

class SchemaConverter {
 public:
  SchemaConverter(const SchemaNames& names, bool convertConstToEnum)
      : names_(names), convertConst_(convertConstToEnum) {}

  /// A route's schema: `$ref` to shared ones point into the document, those within the schema are replaced by what they
  /// name.
  Json convert(const Json& schema) const;
  /// A shared schema, which is `#/components/schemas/name` in the document: its own references point there.
  Json convertShared(const Json& schema, std::string_view name) const;

 private:
  struct Place {
    const Json* root = nullptr;  // where `#…` points
    std::string prefix;          // or what stands for `#`
    int depth = 0;
  };
  Json convertAt(const Json& schema, const Place& place) const;
  Json reference(std::string_view target, const Place& place) const;

  const SchemaNames& names_;
  bool convertConst_;
};

}  // namespace fastify::detail
