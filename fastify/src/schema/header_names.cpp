#include "schema/header_names.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace fastify::schema {
namespace {

constexpr std::array<std::string_view, 13> schemaKeywords{"additionalProperties",
                                                          "additionalItems",
                                                          "items",
                                                          "contains",
                                                          "not",
                                                          "if",
                                                          "then",
                                                          "else",
                                                          "propertyNames",
                                                          "allOf",
                                                          "anyOf",
                                                          "oneOf",
                                                          "unevaluatedProperties"};

enum class Inside { Schema, PropertyNames };

std::string lowerCase(std::string_view text) {
  std::string lower(text);
  for (auto& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return lower;
}

Json lowerName(const Json& name) { return name.is_string() ? Json(lowerCase(name.get_string())) : name; }

Json lowerNames(const Json& names) {
  if (!names.is_array()) return names;
  JsonArray lower;
  for (const auto& name : names.get_array()) lower.push_back(lowerName(name));
  return lower;
}

Json lowerSchema(const Json& schema, Inside inside);

// A map from names to schemas, or to lists of names.
Json lowerMap(const Json& map, Inside inside, bool namesAreHeaders) {
  if (!map.is_object()) return map;
  JsonObject lower;
  for (const auto& [name, value] : map.get_object()) {
    const auto key = namesAreHeaders ? lowerCase(name) : std::string(name);
    lower[key] = value.is_array() ? lowerNames(value) : lowerSchema(value, inside);
  }
  return lower;
}

Json lowerSchema(const Json& schema, Inside inside) {
  if (const auto* array = schema.if_array()) {
    JsonArray lower;
    for (const auto& item : *array) lower.push_back(lowerSchema(item, inside));
    return lower;
  }
  const auto* object = schema.if_object();
  if (!object) return schema;
  JsonObject lower;
  for (const auto& [key, value] : *object) {
    const std::string_view keyword = key;
    auto& result = lower[key];
    if (keyword == "properties" || keyword == "dependencies") {
      result = lowerMap(value, inside, true);
    } else if (keyword == "required") {
      result = lowerNames(value);
    } else if (keyword == "definitions" || keyword == "$defs" || keyword == "patternProperties") {
      result = lowerMap(value, inside, false);
    } else if (keyword == "enum" && inside == Inside::PropertyNames) {
      result = lowerNames(value);
    } else if (keyword == "const" && inside == Inside::PropertyNames) {
      result = lowerName(value);
    } else if (std::ranges::find(schemaKeywords, keyword) != schemaKeywords.end()) {
      result = lowerSchema(value, keyword == "propertyNames" ? Inside::PropertyNames : inside);
    } else {
      result = value;
    }
  }
  return lower;
}

}  // namespace

Json withLowerCaseNames(const Json& schema) { return lowerSchema(schema, Inside::Schema); }

}  // namespace fastify::schema
