#include "schema/rules.hpp"

#include <ecmascript/json_text.hpp>

#include <algorithm>
#include <functional>
#include <unordered_map>

namespace fastify::schema {
namespace {

class ItemCountRule final : public PlainRule {
 public:
  ItemCountRule(Site site, Bound bound, const Json& limit)
      : PlainRule(site.keyword, std::move(site.path), site.mode,
                  std::string("must NOT have ") + (bound == Bound::Maximum ? "more" : "fewer") + " than " +
                      ecmascript::stringify(limit) + " items",
                  {{"limit", limit}}),
        bound_(bound),
        limit_(numberOf(limit)) {}

  bool check(Json& data, const Place& place, Run& run) const override {
    const auto count = static_cast<double>(data.get_array().size());
    return (bound_ == Bound::Maximum ? count <= limit_ : count >= limit_) || fail(place, run);
  }

 private:
  Bound bound_;
  double limit_;
};

// The items from some index on, by one schema.
class ItemsRule final : public Rule {
 public:
  ItemsRule(Site site, std::size_t first, NodePointer node)
      : Rule(site.keyword, std::move(site.path), site.mode), first_(first), node_(std::move(node)) {}

  bool check(Json& data, const Place& place, Run& run) const override {
    auto& array = data.get_array();
    bool valid = true;
    for (std::size_t i = first_; i < array.size(); ++i) {
      if (node_->validate(array[i], {&place, {}, i}, run)) continue;
      valid = false;
      if (!mode().allErrors) return false;
    }
    return valid;
  }

 private:
  std::size_t first_;
  NodePointer node_;
};

class TupleRule final : public Rule {
 public:
  TupleRule(Site site, std::vector<std::pair<std::size_t, NodePointer>> items)
      : Rule(site.keyword, std::move(site.path), site.mode), items_(std::move(items)) {}

  bool check(Json& data, const Place& place, Run& run) const override {
    auto& array = data.get_array();
    bool valid = true;
    for (const auto& [index, node] : items_) {
      if (index >= array.size() || node->validate(array[index], {&place, {}, index}, run)) continue;
      valid = false;
      if (!mode().allErrors) return false;
    }
    return valid;
  }

 private:
  std::vector<std::pair<std::size_t, NodePointer>> items_;
};

class NoMoreItemsRule final : public PlainRule {
 public:
  NoMoreItemsRule(Site site, std::size_t count)
      : PlainRule(site.keyword, std::move(site.path), site.mode,
                  "must NOT have more than " + std::to_string(count) + " items", {{"limit", count}}),
        count_(count) {}

  bool check(Json& data, const Place& place, Run& run) const override {
    return data.get_array().size() <= count_ || fail(place, run);
  }

 private:
  std::size_t count_;
};

class ContainsRule final : public PlainRule {
 public:
  ContainsRule(Site site, NodePointer node, ContainsLimits limits)
      : PlainRule(site.keyword, std::move(site.path), site.mode, text(limits), params(limits)),
        node_(std::move(node)),
        limits_(limits) {}

  bool check(Json& data, const Place& place, Run& run) const override {
    const auto before = run.failures.size();
    const auto count = countMatches(data.get_array(), place, run);
    if (count >= limits_.least && (!limits_.most || count <= *limits_.most)) {
      run.failures.resize(before);
      return true;
    }
    // What is wrong with the items is told only where all errors are.
    if (!mode().composite && !mode().allErrors) run.failures.resize(before);
    return fail(place, run);
  }

 private:
  static std::string text(const ContainsLimits& limits) {
    const auto least = "must contain at least " + std::to_string(limits.least);
    return least + (limits.most ? " and no more than " + std::to_string(*limits.most) : "") + " valid item(s)";
  }
  static JsonObject params(const ContainsLimits& limits) {
    JsonObject params{{"minContains", limits.least}};
    if (limits.most) params["maxContains"] = *limits.most;
    return params;
  }

  // Stops when the verdict is sure, unless somebody wants to know all of them.
  std::size_t countMatches(JsonArray& array, const Place& place, Run& run) const {
    auto* evaluated = limits_.evaluates ? run.evaluatedAt(place) : nullptr;
    const auto enough = limits_.most ? *limits_.most + 1 : limits_.least;
    std::size_t count = 0;
    for (std::size_t i = 0; i < array.size() && (evaluated || count < enough); ++i) {
      if (node_ && !node_->validate(array[i], {&place, {}, i}, run)) continue;
      ++count;
      if (evaluated) evaluated->items.insert(i);
    }
    return count;
  }

  NodePointer node_;
  ContainsLimits limits_;
};

class EvaluatedItemsRule final : public Rule {
 public:
  EvaluatedItemsRule(Site site, std::size_t count, bool all)
      : Rule(site.keyword, std::move(site.path), site.mode), count_(count), all_(all) {}
  bool check(Json&, const Place& place, Run& run) const override {
    if (auto* evaluated = run.evaluatedAt(place)) {
      evaluated->firstItems = std::max(evaluated->firstItems, count_);
      evaluated->allItems |= all_;
    }
    return true;
  }

 private:
  std::size_t count_;
  bool all_;
};

class UnevaluatedItemsRule final : public Rule {
 public:
  UnevaluatedItemsRule(Site site, NodePointer node)
      : Rule(site.keyword, std::move(site.path), site.mode), node_(std::move(node)) {}

  bool check(Json& data, const Place& place, Run& run) const override {
    auto* evaluated = run.evaluatedAt(place);
    if (!evaluated || evaluated->allItems) return true;
    auto& array = data.get_array();
    bool valid = true;
    for (std::size_t i = evaluated->firstItems; i < array.size(); ++i) {
      if (evaluated->items.contains(i)) continue;
      if (node_ ? node_->validate(array[i], {&place, {}, i}, run) : fail(place, run, {{}, i})) continue;
      valid = false;
      if (!mode().allErrors) return false;
    }
    evaluated->allItems = true;
    return valid;
  }

  void describe(const Failure& failure, ValidationFailure& out) const override {
    out.params = {{"limit", failure.detail.first}};
    out.message = "must NOT have more than " + std::to_string(failure.detail.first) + " items";
  }

 private:
  NodePointer node_;
};

// Equal values have equal hashes, whatever the order of members and the kind of number.
std::size_t deepHash(const Json& value) noexcept {
  const auto mix = [](std::size_t seed, std::size_t hash) { return seed * 1099511628211U ^ hash; };
  if (value.is_number()) return std::hash<double>()(numberOf(value));
  if (const auto* text = value.if_string()) return std::hash<std::string_view>()(*text);
  if (const auto* array = value.if_array()) {
    std::size_t hash = array->size() + 17;
    for (const auto& item : *array) hash = mix(hash, deepHash(item));
    return hash;
  }
  if (const auto* object = value.if_object()) {
    std::size_t hash = object->size() + 31;
    for (const auto& member : *object) {
      hash += mix(std::hash<std::string_view>()(member.key()), deepHash(member.value()));
    }
    return hash;
  }
  return value.is_null() ? 3 : value.get_bool() ? 5 : 7;
}

struct ByValue {
  std::size_t operator()(const Json* value) const noexcept { return deepHash(*value); }
  bool operator()(const Json* left, const Json* right) const noexcept { return deepEqual(*left, *right); }
};
using IndexByValue = std::unordered_map<const Json*, std::size_t, ByValue, ByValue>;

class UniqueItemsRule final : public Rule {
 public:
  UniqueItemsRule(Site site, std::vector<Type> itemTypes)
      : Rule(site.keyword, std::move(site.path), site.mode), itemTypes_(std::move(itemTypes)) {
    const auto isNested = [](Type type) { return type == Type::Object || type == Type::Array; };
    scalars_ = !itemTypes_.empty() && std::ranges::none_of(itemTypes_, isNested);
  }

  bool check(Json& data, const Place& place, Run& run) const override {
    const auto& array = data.get_array();
    if (array.size() < 2) return true;
    Detail pair;
    if (!(scalars_ ? findScalarPair(array, pair) : findPair(array, pair))) return true;
    return fail(place, run, std::move(pair));
  }

  void describe(const Failure& failure, ValidationFailure& out) const override {
    const auto [text, i, j] = failure.detail;
    out.params = {{"i", i}, {"j", j}};
    out.message = "must NOT have duplicate items (items ## " + std::to_string(j) + " and " + std::to_string(i) +
                  " are identical)";
  }

 private:
  // From the end to the start, until an item was seen before; items of other types are not looked at.
  bool findScalarPair(const JsonArray& array, Detail& pair) const {
    IndexByValue seen;
    for (std::size_t i = array.size(); i-- > 0;) {
      if (!isOfAny(array[i], itemTypes_)) continue;
      const auto [known, added] = seen.emplace(&array[i], i);
      if (added) continue;
      pair.first = i;
      pair.second = known->second;
      return true;
    }
    return false;
  }

  // The last item that has an equal one before it, and the nearest of those.
  static bool findPair(const JsonArray& array, Detail& pair) {
    IndexByValue last;
    bool found = false;
    for (std::size_t i = 0; i < array.size(); ++i) {
      const auto [known, added] = last.emplace(&array[i], i);
      if (added) continue;
      found = true;
      pair.first = i;
      pair.second = known->second;
      known->second = i;
    }
    return found;
  }

  std::vector<Type> itemTypes_;
  bool scalars_ = false;
};

}  // namespace

RulePointer itemCountRule(Site site, Bound bound, const Json& limit) {
  return std::make_unique<ItemCountRule>(std::move(site), bound, limit);
}
RulePointer itemsRule(Site site, NodePointer node) { return moreItemsRule(std::move(site), 0, std::move(node)); }
RulePointer tupleRule(Site site, std::vector<std::pair<std::size_t, NodePointer>> items) {
  return std::make_unique<TupleRule>(std::move(site), std::move(items));
}
RulePointer noMoreItemsRule(Site site, std::size_t count) {
  return std::make_unique<NoMoreItemsRule>(std::move(site), count);
}
RulePointer moreItemsRule(Site site, std::size_t count, NodePointer node) {
  return std::make_unique<ItemsRule>(std::move(site), count, std::move(node));
}
RulePointer containsRule(Site site, NodePointer node, ContainsLimits limits) {
  return std::make_unique<ContainsRule>(std::move(site), std::move(node), limits);
}
RulePointer evaluatedItemsRule(Site site, std::size_t count, bool all) {
  return std::make_unique<EvaluatedItemsRule>(std::move(site), count, all);
}
RulePointer unevaluatedItemsRule(Site site, NodePointer node) {
  return std::make_unique<UnevaluatedItemsRule>(std::move(site), std::move(node));
}
RulePointer uniqueItemsRule(Site site, std::vector<Type> itemTypes) {
  return std::make_unique<UniqueItemsRule>(std::move(site), std::move(itemTypes));
}

}  // namespace fastify::schema
