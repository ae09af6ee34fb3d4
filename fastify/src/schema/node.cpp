#include "schema/node.hpp"

#include "schema/coercion.hpp"
#include "schema/uri.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace fastify::schema {
namespace {

constexpr std::array<std::string_view, 7> typeNames{"string", "number", "integer", "boolean",
                                                    "null",   "object", "array"};

bool isFiniteNumber(const Json& data) noexcept {
  return data.is_int64() || data.is_uint64() || (data.is_double() && std::isfinite(data.get_double()));
}

bool isInteger(const Json& data) noexcept {
  if (data.is_int64() || data.is_uint64()) return true;
  return data.is_double() && std::isfinite(data.get_double()) && std::trunc(data.get_double()) == data.get_double();
}

void fillDefaults(const Node::Group& group, Json& data) {
  if (!group.memberDefaults.empty()) {
    auto& object = data.get_object();
    for (const auto& [key, value] : group.memberDefaults) {
      if (!object.contains(key)) object.emplace(key, value);
    }
  }
  if (!group.itemDefaults.empty()) {
    auto& array = data.get_array();
    for (const auto& [index, value] : group.itemDefaults) {
      if (index < array.size()) continue;
      array.resize(index + 1);
      array[index] = value;
    }
  }
}

}  // namespace

std::string_view nameOf(Type type) noexcept { return typeNames[static_cast<std::size_t>(type)]; }

std::optional<Type> findType(std::string_view name) noexcept {
  const auto found = std::ranges::find(typeNames, name);
  if (found == typeNames.end()) return std::nullopt;
  return static_cast<Type>(found - typeNames.begin());
}

bool isOfType(const Json& data, Type type) noexcept {
  switch (type) {
    case Type::String: return data.is_string();
    case Type::Number: return isFiniteNumber(data);
    case Type::Integer: return isInteger(data);
    case Type::Boolean: return data.is_bool();
    case Type::Null: return data.is_null();
    case Type::Object: return data.is_object();
    case Type::Array: return data.is_array();
  }
  return false;
}

bool isOfAny(const Json& data, const std::vector<Type>& types) noexcept {
  return std::ranges::any_of(types, [&](Type type) { return isOfType(data, type); });
}

double numberOf(const Json& number) noexcept {
  if (number.is_int64()) return static_cast<double>(number.get_int64());
  if (number.is_uint64()) return static_cast<double>(number.get_uint64());
  return number.get_double();
}

Json jsonNumber(double number) {
  constexpr double exact = 9007199254740992.0;  // 2^53
  if (std::trunc(number) == number && std::abs(number) <= exact) return static_cast<std::int64_t>(number);
  return number;
}

std::string Place::path() const {
  if (!parent) return {};
  return parent->path() + '/' + (index == noIndex ? escapePointer(key) : std::to_string(index));
}

bool Rule::fail(const Place& place, Run& run, Detail detail) const {
  if (!mode_.composite && !mode_.allErrors) run.ended = true;
  if (mode_.silent) return false;
  auto& failure = run.failures.emplace_back();
  failure.rule = this;
  failure.instancePath = place.path();
  if (run.propertyName) failure.propertyName = *run.propertyName;
  failure.detail = std::move(detail);
  return false;
}

void Rule::describe(const Failure&, ValidationFailure&) const {}

void PlainRule::describe(const Failure&, ValidationFailure& out) const {
  out.params = params_;
  out.message = message_;
}

void Evaluated::merge(const Evaluated& other) {
  allMembers |= other.allMembers;
  allItems |= other.allItems;
  firstItems = std::max(firstItems, other.firstItems);
  members.insert(other.members.begin(), other.members.end());
  items.insert(other.items.begin(), other.items.end());
}

namespace {
bool isEntered(const DynamicScope* scope, const Resource* resource) noexcept {
  while (scope && scope->resource != resource) scope = scope->outer;
  return scope;
}
}  // namespace

bool Node::validate(Json& data, const Place& place, Run& run) const {
  if (!resource_ && !asksForEvaluated_) return validateHere(data, place, run);
  const auto* outerScope = run.scope;
  const DynamicScope entered{outerScope, resource_};
  // The outermost is asked for: to enter a resource again says nothing new, and a schema that refers to itself would
  // make the list as long as the data is deep.
  if (resource_ && !isEntered(outerScope, resource_)) run.scope = &entered;
  auto* outerEvaluated = run.evaluated;
  Evaluated own;
  own.place = &place;
  if (asksForEvaluated_) run.evaluated = &own;
  const bool valid = validateHere(data, place, run);
  run.evaluated = outerEvaluated;
  run.scope = outerScope;
  if (valid && asksForEvaluated_) {
    if (auto* outer = run.evaluatedAt(place)) outer->merge(own);
  }
  return valid;
}

bool Node::validateBranch(Json& data, const Place& place, Run& run) const {
  auto* outer = run.evaluatedAt(place);
  if (!outer) return validate(data, place, run);
  Evaluated own;
  own.place = &place;
  run.evaluated = &own;
  const bool valid = validate(data, place, run);
  run.evaluated = outer;
  if (valid) outer->merge(own);
  return valid;
}

bool Node::validateHere(Json& data, const Place& place, Run& run) const {
  if (alwaysInvalid_) return typeRule_->check(data, place, run);
  bool valid = true;
  if (checksTypesFirst_ && !isOfAny(data, types_)) valid = coerceOrFail(data, place, run);
  if (!valid && !mode_.composite && !mode_.allErrors) return false;
  for (const auto& group : groups_) {
    valid &= applyGroup(group, data, place, run);
    // In a branch, the keywords for all types are still applied to data of the wrong type (Ajv's order of checks).
    if (!valid && !mode_.allErrors) return false;
  }
  return valid;
}

bool Node::coerceOrFail(Json& data, const Place& place, Run& run) const {
  if (!coerceTo_.empty() && coerce(data, types_, coerceTo_, coerceArrays_)) return true;
  return typeRule_->check(data, place, run);
}

bool Node::applyGroup(const Group& group, Json& data, const Place& place, Run& run) const {
  if (group.type && !isOfType(data, *group.type)) {
    // A type that only this group's keywords would need was not looked at before.
    const bool ownType = !checksTypesFirst_ && types_.size() == 1 && types_.front() == *group.type;
    return !ownType || typeRule_->check(data, place, run);
  }
  fillDefaults(group, data);
  bool valid = true;
  for (const auto& rule : group.rules) {
    if (rule->check(data, place, run)) continue;
    valid = false;
    if (!mode_.allErrors) return false;
  }
  return valid;
}

}  // namespace fastify::schema
