#include "schema/document.hpp"

#include "schema/error.hpp"
#include "schema/uri.hpp"

#include <ecmascript/uri.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace fastify::schema {
namespace {

// Keywords whose values are no schemas, so that an `$id` in them means nothing.
constexpr std::array<std::string_view, 18> plainKeywords{
    "default",          "enum",        "const",         "required",     "maximum", "minimum", "exclusiveMaximum",
    "exclusiveMinimum", "multipleOf",  "maxLength",     "minLength",    "pattern", "format",  "maxItems",
    "minItems",         "uniqueItems", "maxProperties", "minProperties"};
constexpr std::array<std::string_view, 5> arrayKeywords{"items", "prefixItems", "allOf", "anyOf", "oneOf"};
constexpr std::array<std::string_view, 6> mapKeywords{
    "$defs", "definitions", "properties", "patternProperties", "dependencies", "dependentSchemas"};
// Below these a name may be "$id" without being one.
constexpr std::array<std::string_view, 7> nameMaps{
    "properties", "patternProperties", "enum", "dependencies", "definitions", "$defs", "dependentSchemas"};

template <std::size_t N>
bool isOneOf(std::string_view key, const std::array<std::string_view, N>& keys) noexcept {
  return std::ranges::find(keys, key) != keys.end();
}

const Json* memberOf(const Json& value, std::string_view key) noexcept {
  if (const auto* object = value.if_object()) return object->if_contains(key);
  const auto* array = value.if_array();
  if (!array) return nullptr;
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), index);
  if (error != std::errc() || end != key.data() + key.size()) return nullptr;
  return array->if_contains(index);
}

const boost::json::string* idOf(const Json& schema) noexcept {
  const auto* object = schema.if_object();
  const auto* id = object ? object->if_contains("$id") : nullptr;
  return id ? id->if_string() : nullptr;
}

const boost::json::string* textOf(const JsonObject& schema, std::string_view keyword) noexcept {
  const auto* text = schema.if_contains(keyword);
  return text ? text->if_string() : nullptr;
}

}  // namespace

Document::Document(Json schema, std::string_view id, IdsBesideRefs besideRefs)
    : schema_(std::move(schema)), besideRefs_(besideRefs) {
  const auto* own = idOf(schema_);
  id_ = withoutEmptyFragment(own ? std::string_view(*own) : id);
  targets_.emplace(id_, Target{&schema_, id_});
  if (!id.empty()) targets_.emplace(withoutEmptyFragment(id), Target{&schema_, id_});
  collect(schema_, id_, true);
}

void Document::collect(const Json& schema, const std::string& base, bool isRoot) {
  const auto* object = schema.if_object();
  if (!object) return;
  std::string ownBase = base;
  const bool named = besideRefs_ == IdsBesideRefs::Count || !object->contains("$ref");
  if (const auto* id = idOf(schema); id && named && !isRoot) {
    ownBase = resolveUri(base, withoutEmptyFragment(*id));
    addId(ownBase, schema, ownBase);
  }
  if (const auto* anchor = textOf(*object, "$anchor")) addAnchor(ownBase, *anchor, schema);
  if (const auto* anchor = textOf(*object, "$dynamicAnchor")) {
    addAnchor(ownBase, *anchor, schema);
    dynamicAnchors_[ownBase].emplace(*anchor, &schema);
  }
  const auto* recursive = object->if_contains("$recursiveAnchor");
  if (recursive && *recursive == Json(true)) dynamicAnchors_[ownBase].emplace(std::string(), &schema);
  for (const auto& member : *object) {
    const std::string_view key = member.key();
    const auto& value = member.value();
    if (isOneOf(key, mapKeywords)) {
      if (const auto* map = value.if_object()) {
        for (const auto& entry : *map) collect(entry.value(), ownBase, false);
      }
    } else if (const auto* array = value.if_array(); array && isOneOf(key, arrayKeywords)) {
      for (const auto& item : *array) collect(item, ownBase, false);
    } else if (!isOneOf(key, plainKeywords)) {
      collect(value, ownBase, false);
    }
  }
}

void Document::addAnchor(const std::string& base, std::string_view name, const Json& schema) {
  addId(std::string(withoutFragment(base)).append("#").append(name), schema, base);
}

const Document::DynamicAnchors* Document::dynamicAnchors(std::string_view base) const {
  const auto found = dynamicAnchors_.find(base);
  return found == dynamicAnchors_.end() ? nullptr : &found->second;
}

void Document::addId(const std::string& uri, const Json& schema, const std::string& base) {
  const auto [known, added] = targets_.emplace(uri, Target{&schema, base});
  if (!added && *known->second.schema != schema) {
    throw SchemaError("reference \"" + uri + "\" resolves to more than one schema");
  }
}

std::optional<Target> Document::find(std::string_view uri) const {
  const auto found = targets_.find(uri);
  if (found == targets_.end()) return std::nullopt;
  return found->second;
}

std::optional<Target> followPointer(const Target& start, std::string_view pointer) {
  Target target = start;
  while (!pointer.empty()) {
    pointer.remove_prefix(1);  // the slash
    const auto slash = pointer.find('/');
    const auto decoded = ecmascript::decodeUriComponent(pointer.substr(0, slash));
    if (!decoded) return std::nullopt;
    const auto key = unescapePointer(*decoded);
    target.schema = memberOf(*target.schema, key);
    if (!target.schema) return std::nullopt;
    if (const auto* id = idOf(*target.schema); id && !isOneOf(pointer.substr(0, slash), nameMaps)) {
      target.base = resolveUri(target.base, withoutEmptyFragment(*id));
    }
    pointer = slash == std::string_view::npos ? std::string_view() : pointer.substr(slash);
  }
  return target;
}

}  // namespace fastify::schema
