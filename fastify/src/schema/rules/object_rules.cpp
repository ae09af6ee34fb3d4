#include "schema/rules.hpp"

#include <ecmascript/json_text.hpp>

#include <algorithm>
#include <unordered_set>

namespace fastify::schema {
namespace {

class MemberCountRule final : public PlainRule {
 public:
  MemberCountRule(Site site, Bound bound, const Json& limit)
      : PlainRule(site.keyword, std::move(site.path), site.mode,
                  std::string("must NOT have ") + (bound == Bound::Maximum ? "more" : "fewer") + " than " +
                      ecmascript::stringify(limit) + " properties",
                  {{"limit", limit}}),
        bound_(bound),
        limit_(numberOf(limit)) {}

  bool check(Json& data, const Place& place, Run& run) const override {
    const auto count = static_cast<double>(data.get_object().size());
    return (bound_ == Bound::Maximum ? count <= limit_ : count >= limit_) || fail(place, run);
  }

 private:
  Bound bound_;
  double limit_;
};

class RequiredRule final : public Rule {
 public:
  RequiredRule(Site site, std::vector<std::string> names)
      : Rule(site.keyword, std::move(site.path), site.mode), names_(std::move(names)) {}

  bool check(Json& data, const Place& place, Run& run) const override {
    const auto& object = data.get_object();
    bool valid = true;
    for (std::size_t i = 0; i < names_.size(); ++i) {
      if (object.contains(names_[i])) continue;
      valid = fail(place, run, {{}, i});
      if (!mode().allErrors) return false;
    }
    return valid;
  }

  void describe(const Failure& failure, ValidationFailure& out) const override {
    const auto& name = names_[failure.detail.first];
    out.params = {{"missingProperty", name}};
    out.message = "must have required property '" + name + "'";
  }

 private:
  std::vector<std::string> names_;
};

class PropertyNamesRule final : public Rule {
 public:
  PropertyNamesRule(Site site, NodePointer node)
      : Rule(site.keyword, std::move(site.path), site.mode), node_(std::move(node)) {}

  bool check(Json& data, const Place& place, Run& run) const override {
    bool valid = true;
    for (const auto& member : data.get_object()) {
      if (isValidName(member.key(), place, run)) continue;
      valid = fail(place, run, {std::string(member.key())});
      if (!mode().allErrors) return false;
    }
    return valid;
  }

  void describe(const Failure& failure, ValidationFailure& out) const override {
    out.params = {{"propertyName", failure.detail.text}};
    out.message = "property name must be valid";
  }

 private:
  bool isValidName(std::string_view name, const Place& place, Run& run) const {
    const auto* outer = run.propertyName;
    run.propertyName = &name;
    Json text(name);
    const bool valid = node_->validate(text, place, run);
    run.propertyName = outer;
    return valid;
  }

  NodePointer node_;
};

class PropertiesRule final : public Rule {
 public:
  PropertiesRule(Site site, std::vector<std::pair<std::string, NodePointer>> properties)
      : Rule(site.keyword, std::move(site.path), site.mode), properties_(std::move(properties)) {}

  bool check(Json& data, const Place& place, Run& run) const override {
    auto& object = data.get_object();
    bool valid = true;
    for (const auto& [name, node] : properties_) {
      auto* value = object.if_contains(name);
      if (!value || node->validate(*value, {&place, name}, run)) continue;
      valid = false;
      if (!mode().allErrors) return false;
    }
    return valid;
  }

 private:
  std::vector<std::pair<std::string, NodePointer>> properties_;
};

class PatternPropertiesRule final : public Rule {
 public:
  PatternPropertiesRule(Site site, std::vector<std::pair<RegexPointer, NodePointer>> patterns)
      : Rule(site.keyword, std::move(site.path), site.mode), patterns_(std::move(patterns)) {}

  bool check(Json& data, const Place& place, Run& run) const override {
    bool valid = true;
    for (const auto& [pattern, node] : patterns_) {
      for (auto& member : data.get_object()) {
        if (!pattern->matches(member.key()) || node->validate(member.value(), {&place, member.key()}, run)) continue;
        valid = false;
        if (!mode().allErrors) return false;
      }
    }
    return valid;
  }

 private:
  std::vector<std::pair<RegexPointer, NodePointer>> patterns_;
};

class DependenciesRule final : public Rule {
 public:
  DependenciesRule(Site site, std::vector<PropertyDependency> properties,
                   std::vector<std::pair<std::string, NodePointer>> schemas)
      : Rule(site.keyword, std::move(site.path), site.mode),
        properties_(std::move(properties)),
        schemas_(std::move(schemas)) {}

  bool check(Json& data, const Place& place, Run& run) const override {
    const bool complete = checkProperties(data.get_object(), place, run);
    if (!complete && !mode().allErrors) return false;
    return checkSchemas(data, place, run) && complete;
  }

  void describe(const Failure& failure, ValidationFailure& out) const override {
    const auto& [property, needs] = properties_[failure.detail.first];
    std::string all;
    for (const auto& need : needs) all += (all.empty() ? "" : ", ") + need;
    out.params = {{"property", property},
                  {"missingProperty", needs[failure.detail.second]},
                  {"depsCount", needs.size()},
                  {"deps", all}};
    out.message = std::string("must have ") + (needs.size() == 1 ? "property " : "properties ") + all +
                  " when property " + property + " is present";
  }

 private:
  bool checkProperties(const JsonObject& object, const Place& place, Run& run) const {
    bool valid = true;
    for (std::size_t i = 0; i < properties_.size(); ++i) {
      const auto& [property, needs] = properties_[i];
      if (!object.contains(property)) continue;
      for (std::size_t k = 0; k < needs.size(); ++k) {
        if (object.contains(needs[k])) continue;
        valid = fail(place, run, {{}, i, k});
        if (!mode().allErrors) return false;
      }
    }
    return valid;
  }

  bool checkSchemas(Json& data, const Place& place, Run& run) const {
    bool valid = true;
    for (const auto& [property, node] : schemas_) {
      if (!data.get_object().contains(property) || node->validate(data, place, run)) continue;
      valid = false;
      if (!mode().allErrors) return false;
    }
    return valid;
  }

  std::vector<PropertyDependency> properties_;
  std::vector<std::pair<std::string, NodePointer>> schemas_;
};

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>()(text); }
};

class AdditionalPropertiesRule final : public Rule {
 public:
  AdditionalPropertiesRule(Site site, Additional what, std::vector<std::string> names,
                           std::vector<RegexPointer> patterns, NodePointer node)
      : Rule(site.keyword, std::move(site.path), site.mode),
        what_(what),
        names_(std::make_move_iterator(names.begin()), std::make_move_iterator(names.end())),
        patterns_(std::move(patterns)),
        node_(std::move(node)) {}

  bool check(Json& data, const Place& place, Run& run) const override {
    auto& object = data.get_object();
    if (what_ == Additional::Remove || what_ == Additional::RemoveFailing) {
      removeAdditional(object, place, run);
      return true;
    }
    bool valid = true;
    for (auto& member : object) {
      const std::string_view key = member.key();
      if (!isAdditional(key)) continue;
      if (what_ == Additional::Refuse ? fail(place, run, {std::string(key)})
                                      : node_->validate(member.value(), {&place, key}, run)) {
        continue;
      }
      valid = false;
      if (!mode().allErrors) return false;
    }
    return valid;
  }

  void describe(const Failure& failure, ValidationFailure& out) const override {
    out.params = {{"additionalProperty", failure.detail.text}};
    out.message = "must NOT have additional properties";
  }

 private:
  bool isAdditional(std::string_view key) const {
    if (names_.contains(key)) return false;
    return std::ranges::none_of(patterns_, [&](const RegexPointer& pattern) { return pattern->matches(key); });
  }

  // All at once: one by one, each removal would move all members behind it.
  void removeAdditional(JsonObject& object, const Place& place, Run& run) const {
    const auto before = run.failures.size();
    const auto isMarked = [&](JsonObject::value_type& member) {
      if (!isAdditional(member.key())) return false;
      return what_ == Additional::Remove || !node_->validate(member.value(), {&place, member.key()}, run);
    };
    std::vector<bool> marked;
    for (auto& member : object) marked.push_back(isMarked(member));
    run.failures.resize(before);
    if (std::ranges::find(marked, true) == marked.end()) return;
    run.ended = false;
    JsonObject kept(object.storage());
    std::size_t index = 0;
    for (auto& member : object) {
      if (!marked[index++]) kept.emplace(member.key(), std::move(member.value()));
    }
    object = std::move(kept);
  }

  Additional what_;
  std::unordered_set<std::string, TextHash, std::equal_to<>> names_;
  std::vector<RegexPointer> patterns_;
  NodePointer node_;
};

class EvaluatedMembersRule final : public Rule {
 public:
  EvaluatedMembersRule(Site site, std::vector<std::string> names, std::vector<RegexPointer> patterns, bool all)
      : Rule(site.keyword, std::move(site.path), site.mode),
        names_(std::move(names)),
        patterns_(std::move(patterns)),
        all_(all) {}

  bool check(Json& data, const Place& place, Run& run) const override {
    auto* evaluated = run.evaluatedAt(place);
    if (!evaluated) return true;
    evaluated->allMembers |= all_;
    evaluated->members.insert(names_.begin(), names_.end());
    for (const auto& member : data.get_object()) {
      const std::string_view key = member.key();
      if (std::ranges::any_of(patterns_, [&](const RegexPointer& pattern) { return pattern->matches(key); })) {
        evaluated->members.emplace(key);
      }
    }
    return true;
  }

 private:
  std::vector<std::string> names_;
  std::vector<RegexPointer> patterns_;
  bool all_;
};

class UnevaluatedPropertiesRule final : public Rule {
 public:
  UnevaluatedPropertiesRule(Site site, NodePointer node)
      : Rule(site.keyword, std::move(site.path), site.mode), node_(std::move(node)) {}

  bool check(Json& data, const Place& place, Run& run) const override {
    auto* evaluated = run.evaluatedAt(place);
    if (!evaluated || evaluated->allMembers) return true;
    bool valid = true;
    for (auto& member : data.get_object()) {
      const std::string_view key = member.key();
      if (evaluated->members.contains(key)) continue;
      if (node_ ? node_->validate(member.value(), {&place, key}, run) : fail(place, run, {std::string(key)})) continue;
      valid = false;
      if (!mode().allErrors) return false;
    }
    evaluated->allMembers = true;
    return valid;
  }

  void describe(const Failure& failure, ValidationFailure& out) const override {
    out.params = {{"unevaluatedProperty", failure.detail.text}};
    out.message = "must NOT have unevaluated properties";
  }

 private:
  NodePointer node_;
};

}  // namespace

RulePointer evaluatedMembersRule(Site site, std::vector<std::string> names, std::vector<RegexPointer> patterns,
                                 bool all) {
  return std::make_unique<EvaluatedMembersRule>(std::move(site), std::move(names), std::move(patterns), all);
}
RulePointer unevaluatedPropertiesRule(Site site, NodePointer node) {
  return std::make_unique<UnevaluatedPropertiesRule>(std::move(site), std::move(node));
}
RulePointer memberCountRule(Site site, Bound bound, const Json& limit) {
  return std::make_unique<MemberCountRule>(std::move(site), bound, limit);
}
RulePointer requiredRule(Site site, std::vector<std::string> names) {
  return std::make_unique<RequiredRule>(std::move(site), std::move(names));
}
RulePointer propertyNamesRule(Site site, NodePointer node) {
  return std::make_unique<PropertyNamesRule>(std::move(site), std::move(node));
}
RulePointer propertiesRule(Site site, std::vector<std::pair<std::string, NodePointer>> properties) {
  return std::make_unique<PropertiesRule>(std::move(site), std::move(properties));
}
RulePointer patternPropertiesRule(Site site, std::vector<std::pair<RegexPointer, NodePointer>> patterns) {
  return std::make_unique<PatternPropertiesRule>(std::move(site), std::move(patterns));
}
RulePointer dependenciesRule(Site site, std::vector<PropertyDependency> properties,
                             std::vector<std::pair<std::string, NodePointer>> schemas) {
  return std::make_unique<DependenciesRule>(std::move(site), std::move(properties), std::move(schemas));
}
RulePointer additionalPropertiesRule(Site site, Additional what, std::vector<std::string> names,
                                     std::vector<RegexPointer> patterns, NodePointer node) {
  return std::make_unique<AdditionalPropertiesRule>(std::move(site), what, std::move(names), std::move(patterns),
                                                    std::move(node));
}

}  // namespace fastify::schema
