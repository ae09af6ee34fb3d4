#include "schema/merge.hpp"

#include "schema/error.hpp"
#include "schema/node.hpp"
#include "schema/regex/regex.hpp"
#include "schema/rules.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace fastify::schema {
namespace {

/// The values of one keyword in those schemas that have it, and all the schemas.
struct Merging {
  std::string_view keyword;
  std::vector<Json> values;
  const std::vector<Json>& schemas;
  JsonObject& merged;

  [[noreturn]] void conflict() const {
    throw SchemaError("Failed to merge \"" + std::string(keyword) + "\" keyword schemas.");
  }
};
using Merge = void (*)(Merging&);

const Json* memberOf(const Json& schema, std::string_view key) {
  const auto* object = schema.if_object();
  return object ? object->if_contains(key) : nullptr;
}

bool includes(const JsonArray& array, const Json& value) {
  return std::ranges::any_of(array, [&](const Json& item) { return deepEqual(item, value); });
}

void skip(Merging&) {}

void mergeOne(Merging& at) { at.merged[at.keyword] = mergeSchemas(at.values); }

void keepCommon(Merging& at) {
  std::vector<JsonArray> lists;
  for (const auto& value : at.values) lists.push_back(value.is_array() ? value.get_array() : JsonArray{value});
  JsonArray common;
  for (const auto& item : lists.front()) {
    if (std::ranges::all_of(lists, [&](const JsonArray& list) { return includes(list, item); })) common.push_back(item);
  }
  if (common.empty()) at.conflict();
  at.merged[at.keyword] = common.size() == 1 && at.keyword == "type" ? common.front() : Json(common);
}

void keepAll(Merging& at) {
  JsonArray all;
  for (const auto& value : at.values) {
    if (!value.is_array()) continue;
    for (const auto& item : value.get_array()) {
      if (!includes(all, item)) all.push_back(item);
    }
  }
  at.merged[at.keyword] = std::move(all);
}

void keepLargest(Merging& at) {
  at.merged[at.keyword] = *std::ranges::max_element(at.values, {}, [](const Json& value) { return numberOf(value); });
}
void keepSmallest(Merging& at) {
  at.merged[at.keyword] = *std::ranges::min_element(at.values, {}, [](const Json& value) { return numberOf(value); });
}

void mustBeEqual(Merging& at) {
  if (!std::ranges::all_of(at.values, [&](const Json& value) { return deepEqual(value, at.values.front()); }))
    at.conflict();
  at.merged[at.keyword] = at.values.front();
}

void allTrue(Merging& at) {
  at.merged[at.keyword] = std::ranges::none_of(at.values, [](const Json& value) { return value == Json(false); });
}
void anyTrue(Merging& at) {
  at.merged[at.keyword] = std::ranges::any_of(at.values, [](const Json& value) { return value == Json(true); });
}

void onlyIfEqual(Merging& at) {
  const bool same =
      std::ranges::all_of(at.values, [&](const Json& value) { return deepEqual(value, at.values.front()); });
  if (same) at.merged[at.keyword] = at.values.front();
}

// What a schema says of a property: under its name, a pattern, or as an additional one.
const Json* schemaOfProperty(const Json& schema, std::string_view name) {
  if (const auto* properties = memberOf(schema, "properties")) {
    if (const auto* own = memberOf(*properties, name)) return own;
  }
  const auto* patterns = memberOf(schema, "patternProperties");
  if (patterns && patterns->is_object()) {
    for (const auto& [pattern, part] : patterns->get_object()) {
      if (Regex(pattern, regex::Dialect::Web).matches(name)) return &part;
    }
  }
  return memberOf(schema, "additionalProperties");
}

void mergeProperties(Merging& at) {
  JsonObject merged;
  for (const auto& current : at.schemas) {
    const auto* properties = memberOf(current, "properties");
    if (!properties || !properties->is_object()) continue;
    for (const auto& [name, part] : properties->get_object()) {
      if (merged.contains(name)) continue;
      std::vector<Json> parts{part};
      for (const auto& other : at.schemas) {
        if (&other == &current) continue;
        if (const auto* same = schemaOfProperty(other, name)) parts.push_back(*same);
      }
      merged[name] = mergeSchemas(parts);
    }
  }
  at.merged[at.keyword] = std::move(merged);
}

void mergeByName(Merging& at) {
  JsonObject merged;
  std::map<std::string_view, std::vector<Json>> byName;
  for (const auto& value : at.values) {
    if (!value.is_object()) continue;
    for (const auto& [name, part] : value.get_object()) {
      byName[name].push_back(part);
      merged[name] = nullptr;
    }
  }
  for (auto& [name, part] : merged) part = mergeSchemas(byName[name]);
  at.merged[at.keyword] = std::move(merged);
}

const Json* schemaOfItem(const Json& schema, std::size_t index) {
  const auto* items = memberOf(schema, "items");
  if (items && items->is_array()) {
    return index < items->get_array().size() ? &items->get_array()[index] : memberOf(schema, "additionalItems");
  }
  return items ? items : memberOf(schema, "additionalItems");
}

void mergeItems(Merging& at) {
  std::size_t length = 0;
  for (const auto& value : at.values) {
    if (value.is_array()) length = std::max(length, value.get_array().size());
  }
  if (length == 0) return mergeOne(at);
  JsonArray merged;
  for (std::size_t i = 0; i < length; ++i) {
    std::vector<Json> parts;
    for (const auto& schema : at.schemas) {
      if (const auto* item = schemaOfItem(schema, i)) parts.push_back(*item);
    }
    merged.push_back(mergeSchemas(parts));
  }
  at.merged[at.keyword] = std::move(merged);
}

void mergeAdditionalItems(Merging& at) {
  const auto isTuple = [](const Json& schema) {
    const auto* items = memberOf(schema, "items");
    return items && items->is_array();
  };
  if (std::ranges::none_of(at.schemas, isTuple)) return mergeOne(at);
  std::vector<Json> parts;
  for (const auto& schema : at.schemas) {
    const auto* part = memberOf(schema, "additionalItems");
    if (!part && !isTuple(schema)) part = memberOf(schema, "items");
    if (part) parts.push_back(*part);
  }
  at.merged[at.keyword] = mergeSchemas(parts);
}

// Every branch of one with every branch of the other; those that contradict each other fall out.
void mergeBranches(Merging& at) {
  if (at.values.size() == 1) {
    at.merged[at.keyword] = at.values.front();
    return;
  }
  constexpr std::size_t maxCombinations = 1000;
  std::vector<std::vector<Json>> combinations{{}};
  for (const auto& value : at.values) {
    std::vector<std::vector<Json>> longer;
    for (const auto& combination : combinations) {
      for (const auto& branch : value.as_array()) {
        longer.push_back(combination);
        longer.back().push_back(branch);
      }
    }
    if (longer.size() > maxCombinations) at.conflict();
    combinations = std::move(longer);
  }
  JsonArray merged;
  for (const auto& combination : combinations) {
    try {
      merged.push_back(mergeSchemas(combination));
    } catch (const SchemaError&) {
      continue;
    }
  }
  at.merged[at.keyword] = std::move(merged);
}

void mergeConditions(Merging& at) {
  for (const auto& schema : at.schemas) {
    const auto* condition = memberOf(schema, "if");
    if (!condition) continue;
    JsonObject clause{{"if", *condition}};
    for (const auto* keyword : {"then", "else"}) {
      if (const auto* part = memberOf(schema, keyword)) clause[keyword] = *part;
    }
    if (!at.merged.contains("if")) {
      for (const auto& [keyword, part] : clause) at.merged[keyword] = part;
      continue;
    }
    for (const auto* keyword : {"then", "else"}) {
      if (auto* part = at.merged.if_contains(keyword)) *part = mergeSchemas({*part, clause});
    }
  }
}

void mergeDependencies(Merging& at) {
  JsonObject merged;
  for (const auto& value : at.values) {
    if (!value.is_object()) continue;
    for (const auto& [name, needs] : value.get_object()) {
      if (!needs.is_array()) continue;
      auto& all = merged.emplace(name, JsonArray()).first->value().get_array();
      for (const auto& need : needs.get_array()) {
        if (!includes(all, need)) all.push_back(need);
      }
    }
  }
  at.merged[at.keyword] = std::move(merged);
}

const std::map<std::string_view, Merge> merges{
    {"$id", skip},
    {"type", keepCommon},
    {"enum", keepCommon},
    {"minLength", keepLargest},
    {"maxLength", keepSmallest},
    {"minimum", keepLargest},
    {"maximum", keepSmallest},
    {"exclusiveMinimum", keepLargest},
    {"exclusiveMaximum", keepSmallest},
    {"minItems", keepLargest},
    {"maxItems", keepSmallest},
    {"minProperties", keepLargest},
    {"maxProperties", keepSmallest},
    {"const", mustBeEqual},
    {"default", mustBeEqual},
    {"format", mustBeEqual},
    {"required", keepAll},
    {"properties", mergeProperties},
    {"patternProperties", mergeByName},
    {"additionalProperties", mergeOne},
    {"items", mergeItems},
    {"additionalItems", mergeAdditionalItems},
    {"definitions", mergeByName},
    {"$defs", mergeByName},
    {"nullable", allTrue},
    {"oneOf", mergeBranches},
    {"anyOf", mergeBranches},
    {"allOf", keepAll},
    {"not", mergeOne},
    {"if", mergeConditions},
    {"then", skip},
    {"else", skip},
    {"dependencies", mergeDependencies},
    {"propertyNames", mergeOne},
    {"uniqueItems", anyTrue},
    {"contains", mergeOne},
};

}  // namespace

Json mergeSchemas(const std::vector<Json>& schemas) {
  if (schemas.empty()) return JsonObject();
  if (schemas.size() == 1) return schemas.front();
  if (std::ranges::any_of(schemas, [](const Json& schema) { return schema == Json(false); })) return false;
  if (std::ranges::all_of(schemas, [](const Json& schema) { return schema == Json(true); })) return true;

  std::vector<std::string_view> order;
  std::map<std::string_view, std::vector<Json>> values;
  for (const auto& schema : schemas) {
    const auto* object = schema.if_object();
    if (!object) continue;
    for (const auto& [keyword, value] : *object) {
      auto& known = values[keyword];
      if (known.empty()) order.push_back(keyword);
      known.push_back(value);
    }
  }
  JsonObject merged;
  for (const auto keyword : order) {
    Merging merging{keyword, std::move(values[keyword]), schemas, merged};
    const auto merge = merges.find(keyword);
    (merge == merges.end() ? onlyIfEqual : merge->second)(merging);
  }
  return merged;
}

}  // namespace fastify::schema
