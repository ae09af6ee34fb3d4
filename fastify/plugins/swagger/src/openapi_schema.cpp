#include "openapi_schema.hpp"

namespace fastify::detail {
namespace {

constexpr int deepest = 64;  // a schema that names itself goes on for ever

bool isSchemaMap(std::string_view key) {
  return key == "properties" || key == "$defs" || key == "definitions" || key == "patternProperties";
}
/// Values are data here, not schemas.
bool isData(std::string_view key) {
  return key == "enum" || key == "default" || key == "example" || key == "examples" || key == "x-examples" ||
         key == "required";
}

/// OpenAPI 3.1 has a type "null" instead of `nullable`.
void replaceNullable(JsonObject& schema) {
  const auto* nullable = schema.if_contains("nullable");
  if (!nullable) return;
  const bool wanted = nullable->is_bool() && nullable->get_bool();
  schema.stable_erase("nullable");
  auto* type = schema.if_contains("type");
  if (!wanted || !type) return;
  if (!type->is_array()) *type = JsonArray{*type};
  auto& types = type->get_array();
  for (const auto& each : types) {
    if (each == "null") return;
  }
  types.emplace_back("null");
}

void replaceContentEncoding(JsonObject& schema) {
  const auto* encoding = schema.if_contains("contentEncoding");
  if (!encoding) return;
  if (*encoding == "binary")
    schema["format"] = "binary";
  else if (*encoding == "base64")
    schema["format"] = "byte";
  schema.stable_erase("contentEncoding");
}

}  // namespace

Json SchemaConverter::convert(const Json& schema) const { return convertAt(schema, {.root = &schema, .prefix = {}}); }

Json SchemaConverter::convertShared(const Json& schema, std::string_view name) const {
  return convertAt(schema, {.prefix = "#/components/schemas/" + std::string(name)});
}

Json SchemaConverter::reference(std::string_view target, const Place& place) const {
  const auto hash = target.find('#');
  const auto id = target.substr(0, hash);
  const auto fragment = hash == target.npos ? std::string_view() : target.substr(hash + 1);
  if (!id.empty()) {
    const auto known = names_.find(id);
    const auto base = known == names_.end() ? std::string(id) : "#/components/schemas/" + known->second;
    return JsonObject{{"$ref", base + std::string(fragment)}};
  }
  if (!place.prefix.empty()) return JsonObject{{"$ref", place.prefix + std::string(fragment)}};
  if (place.depth > deepest) return JsonObject();
  boost::system::error_code failed;
  const auto* found = place.root->find_pointer(fragment, failed);
  if (!found) return JsonObject();
  auto inner = place;
  ++inner.depth;
  return convertAt(*found, inner);
}

Json SchemaConverter::convertAt(const Json& schema, const Place& place) const {
  if (const auto* list = schema.if_array()) {
    JsonArray converted;
    for (const auto& each : *list) converted.push_back(convertAt(each, place));
    return converted;
  }
  const auto* members = schema.if_object();
  if (!members) return schema;
  if (const auto* target = members->if_contains("$ref"); target && target->is_string())
    return reference(target->get_string(), place);
  const bool shared = !place.prefix.empty();
  JsonObject converted;
  for (const auto& [key, value] : *members) {
    if (key == "$id" || key == "$schema" || (key == "definitions" && !shared)) continue;
    if (key == "const" && convertConst_) {
      converted["enum"] = JsonArray{value};
    } else if (key == "patternProperties" && value.is_object() && !value.get_object().empty()) {
      converted["additionalProperties"] = convertAt(value.get_object().begin()->value(), place);
    } else if (isSchemaMap(key) && value.is_object()) {
      JsonObject schemas;
      for (const auto& [name, each] : value.get_object()) schemas[name] = convertAt(each, place);
      converted[key] = std::move(schemas);
    } else {
      converted[key] = isData(key) ? value : convertAt(value, place);
    }
  }
  replaceContentEncoding(converted);
  replaceNullable(converted);
  return converted;
}

}  // namespace fastify::detail
