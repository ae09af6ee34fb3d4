#include "schema/vocabulary.hpp"

#include "schema/error.hpp"

#include <algorithm>
#include <string>

namespace fastify::schema {
namespace {

using enum Dialect;

constexpr Keyword table[] = {
    {"$schema"},
    {"$id"},
    {"$defs"},
    {"$vocabulary"},
    {"$comment", Scope::Any},
    {"$anchor", Scope::None, Draft201909},
    {"$recursiveAnchor", Scope::None, Draft201909, Draft201909},
    {"$dynamicAnchor", Scope::None, Draft202012},
    {"definitions"},
    {"$async"},
    {"id", Scope::Any},
    {"$ref", Scope::Any},
    {"$recursiveRef", Scope::Any, Draft201909, Draft201909},
    {"$dynamicRef", Scope::Any, Draft202012},
    {"maximum", Scope::Number, Draft07, Draft202012, true},
    {"minimum", Scope::Number, Draft07, Draft202012, true},
    {"exclusiveMaximum", Scope::Number, Draft07, Draft202012, true},
    {"exclusiveMinimum", Scope::Number, Draft07, Draft202012, true},
    {"multipleOf", Scope::Number, Draft07, Draft202012, true},
    {"maxLength", Scope::String, Draft07, Draft202012, true},
    {"minLength", Scope::String, Draft07, Draft202012, true},
    {"pattern", Scope::String, Draft07, Draft202012, true},
    {"maxProperties", Scope::Object, Draft07, Draft202012, true},
    {"minProperties", Scope::Object, Draft07, Draft202012, true},
    {"required", Scope::Object, Draft07, Draft202012, true},
    {"dependentRequired", Scope::Object, Draft201909, Draft202012, true},
    {"maxItems", Scope::Array, Draft07, Draft202012, true},
    {"minItems", Scope::Array, Draft07, Draft202012, true},
    {"uniqueItems", Scope::Array, Draft07, Draft202012, true},
    {"maxContains", Scope::Array, Draft201909, Draft202012, true},
    {"minContains", Scope::Array, Draft201909, Draft202012, true},
    {"type", Scope::Any, Draft07, Draft202012, true},
    {"nullable", Scope::Any},
    {"const", Scope::Any, Draft07, Draft202012, true},
    {"enum", Scope::Any, Draft07, Draft202012, true},
    {"not", Scope::Any},
    {"anyOf", Scope::Any},
    {"oneOf", Scope::Any},
    {"allOf", Scope::Any},
    {"if", Scope::Any},
    {"then", Scope::Any},
    {"else", Scope::Any},
    {"propertyNames", Scope::Object},
    {"additionalProperties", Scope::Object},
    {"dependencies", Scope::Object},
    {"dependentSchemas", Scope::Object, Draft201909},
    {"properties", Scope::Object},
    {"patternProperties", Scope::Object},
    {"unevaluatedProperties", Scope::Object, Draft201909},
    {"additionalItems", Scope::Array, Draft07, Draft201909},
    {"prefixItems", Scope::Array, Draft202012},
    {"items", Scope::Array},
    {"contains", Scope::Array},
    {"unevaluatedItems", Scope::Array, Draft201909},
    {"format", Scope::Text},
    {"title"},
    {"description"},
    {"default"},
    {"deprecated"},
    {"readOnly"},
    {"writeOnly"},
    {"examples"},
    {"contentMediaType"},
    {"contentEncoding"},
    {"contentSchema"},
};

Scope scopeOf(const AjvKeyword& keyword) {
  if (!keyword.compile) return Scope::None;
  if (keyword.type.empty()) return Scope::Any;
  if (keyword.type == "number") return Scope::Number;
  if (keyword.type == "string") return Scope::String;
  if (keyword.type == "array") return Scope::Array;
  if (keyword.type == "object") return Scope::Object;
  throw SchemaError("type of keyword " + keyword.name + " must be number, string, array or object");
}

}  // namespace

Vocabulary::Vocabulary(Dialect dialect, const std::vector<AjvKeyword>& own, bool validates) : dialect_(dialect) {
  for (auto keyword : table) {
    if (dialect < keyword.first || dialect > keyword.last) continue;
    if (keyword.validates && !validates) keyword.scope = Scope::None;
    keywords_.push_back(keyword);
  }
  for (const auto& keyword : own) {
    if (has(keyword.name)) throw SchemaError("Keyword " + keyword.name + " is already defined");
    keywords_.push_back({keyword.name, scopeOf(keyword)});
  }
}

const Keyword* Vocabulary::find(std::string_view name) const noexcept {
  const auto found = std::ranges::find(keywords_, name, &Keyword::name);
  return found == keywords_.end() ? nullptr : &*found;
}

bool Vocabulary::isRule(std::string_view name) const noexcept {
  const auto* keyword = find(name);
  return keyword && keyword->scope != Scope::None;
}

bool Vocabulary::hasRules(const JsonObject& schema, std::string_view except) const noexcept {
  return std::ranges::any_of(
      schema, [&](const auto& member) { return std::string_view(member.key()) != except && isRule(member.key()); });
}

bool Vocabulary::hasRulesFor(const JsonObject& schema, Scope scope) const noexcept {
  return std::ranges::any_of(schema, [&](const auto& member) {
    const auto* keyword = find(member.key());
    if (!keyword) return false;
    if (keyword->scope == Scope::Text) return scope == Scope::Number || scope == Scope::String;
    return keyword->scope == scope;
  });
}

}  // namespace fastify::schema
