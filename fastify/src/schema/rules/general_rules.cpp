// Keywords for data of any type.
#include "schema/rules.hpp"

#include <algorithm>
#include <stdexcept>

namespace fastify::schema {
namespace {

class AlwaysFails final : public PlainRule {
 public:
  using PlainRule::PlainRule;
  bool check(Json&, const Place& place, Run& run) const override { return fail(place, run); }
};

std::string typeText(const Json& type) {
  if (type.is_string()) return std::string(std::string_view(type.get_string()));
  std::string text;
  for (const auto& name : type.as_array())
    text += (text.empty() ? "" : ",") + std::string(std::string_view(name.as_string()));
  return text;
}

class ConstRule final : public PlainRule {
 public:
  ConstRule(Site site, const Json& value)
      : PlainRule(site.keyword, std::move(site.path), site.mode, "must be equal to constant",
                  {{"allowedValue", value}}),
        value_(value) {}

  bool check(Json& data, const Place& place, Run& run) const override {
    return deepEqual(data, value_) || fail(place, run);
  }

 private:
  Json value_;
};

class EnumRule final : public PlainRule {
 public:
  EnumRule(Site site, const JsonArray& values)
      : PlainRule(site.keyword, std::move(site.path), site.mode, "must be equal to one of the allowed values",
                  {{"allowedValues", values}}),
        values_(values) {}

  bool check(Json& data, const Place& place, Run& run) const override {
    return std::ranges::any_of(values_, [&](const Json& value) { return deepEqual(data, value); }) || fail(place, run);
  }

 private:
  JsonArray values_;
};

class NotRule final : public PlainRule {
 public:
  NotRule(Site site, NodePointer node)
      : PlainRule(site.keyword, std::move(site.path), site.mode, "must NOT be valid"), node_(std::move(node)) {}

  bool check(Json& data, const Place& place, Run& run) const override {
    return (node_ && !node_->validateBranch(data, place, run)) || fail(place, run);
  }

 private:
  NodePointer node_;
};

class AnyOfRule final : public PlainRule {
 public:
  AnyOfRule(Site site, std::vector<NodePointer> branches)
      : PlainRule(site.keyword, std::move(site.path), site.mode, "must match a schema in anyOf"),
        branches_(std::move(branches)) {}

  bool check(Json& data, const Place& place, Run& run) const override {
    const auto before = run.failures.size();
    const bool askAll = run.evaluatedAt(place) != nullptr;
    bool valid = false;
    for (const auto& branch : branches_) {
      if (branch && !branch->validateBranch(data, place, run)) continue;
      valid = true;
      if (!askAll) break;
    }
    if (!valid) return fail(place, run);
    run.failures.resize(before);
    return true;
  }

 private:
  std::vector<NodePointer> branches_;
};

class OneOfRule final : public Rule {
 public:
  OneOfRule(Site site, std::vector<NodePointer> branches)
      : Rule(site.keyword, std::move(site.path), site.mode), branches_(std::move(branches)) {}

  bool check(Json& data, const Place& place, Run& run) const override {
    const auto before = run.failures.size();
    std::size_t passing = none;
    for (std::size_t i = 0; i < branches_.size(); ++i) {
      if (branches_[i] && !branches_[i]->validateBranch(data, place, run)) continue;
      if (passing != none) return fail(place, run, {{}, passing, i});
      passing = i;
    }
    if (passing == none) return fail(place, run, {{}, none});
    run.failures.resize(before);
    return true;
  }

  void describe(const Failure& failure, ValidationFailure& out) const override {
    const auto [text, first, second] = failure.detail;
    out.params["passingSchemas"] = first == none ? Json() : Json{first, second};
    out.message = "must match exactly one schema in oneOf";
  }

 private:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);
  std::vector<NodePointer> branches_;
};

class AllOfRule final : public Rule {
 public:
  AllOfRule(Site site, std::vector<NodePointer> parts)
      : Rule(site.keyword, std::move(site.path), site.mode), parts_(std::move(parts)) {}

  bool check(Json& data, const Place& place, Run& run) const override {
    bool valid = true;
    for (const auto& part : parts_) {
      if (part->validate(data, place, run)) continue;
      valid = false;
      if (!mode().allErrors) return false;
    }
    return valid;
  }

 private:
  std::vector<NodePointer> parts_;
};

class IfRule final : public Rule {
 public:
  IfRule(Site site, NodePointer condition, NodePointer then, NodePointer otherwise)
      : Rule(site.keyword, std::move(site.path), site.mode),
        condition_(std::move(condition)),
        then_(std::move(then)),
        otherwise_(std::move(otherwise)) {}

  bool check(Json& data, const Place& place, Run& run) const override {
    const bool holds = !condition_ || condition_->validateBranch(data, place, run);
    const auto& clause = holds ? then_ : otherwise_;
    if (!clause || clause->validate(data, place, run)) return true;
    // Where the first error ends it all, the clause's own has done so: unless it came from a schema referred to, which
    // has ended for itself only.
    if (run.ended) return false;
    return fail(place, run, {holds ? "then" : "else"});
  }

  void describe(const Failure& failure, ValidationFailure& out) const override {
    out.params = {{"failingKeyword", failure.detail.text}};
    out.message = "must match \"" + failure.detail.text + "\" schema";
  }

 private:
  NodePointer condition_;
  NodePointer then_;
  NodePointer otherwise_;
};

class InlineRule final : public Rule {
 public:
  InlineRule(Site site, NodePointer target)
      : Rule(site.keyword, std::move(site.path), site.mode), target_(std::move(target)) {}
  bool check(Json& data, const Place& place, Run& run) const override { return target_->validate(data, place, run); }

 private:
  NodePointer target_;
};

class CallRule : public Rule {
 public:
  CallRule(Site site, const Node* target) : Rule(site.keyword, std::move(site.path), site.mode), target_(target) {}

  bool check(Json& data, const Place& place, Run& run) const override {
    // Data is not nested deeper than this many references can be: a schema refers to itself without going down.
    constexpr int maxCalls = 4000;
    if (++run.calls > maxCalls) throw std::runtime_error("Maximum depth of schema references exceeded");
    const auto before = run.failures.size();
    const bool valid = target(run).validate(data, place, run);
    --run.calls;
    run.ended = false;
    if (mode().silent) run.failures.resize(before);
    return valid;
  }

 protected:
  virtual const Node& target(const Run&) const { return *target_; }

 private:
  const Node* target_;
};

/// The outermost of the resources entered so far that has an anchor of this name says what is meant.
class DynamicCallRule final : public CallRule {
 public:
  DynamicCallRule(Site site, const Node* target, std::string name)
      : CallRule(std::move(site), target), name_(std::move(name)) {}

 private:
  const Node& target(const Run& run) const override {
    const Node* found = nullptr;
    for (const auto* scope = run.scope; scope; scope = scope->outer) {
      const auto anchor = scope->resource->anchors.find(name_);
      if (anchor != scope->resource->anchors.end()) found = anchor->second;
    }
    return found ? *found : CallRule::target(run);
  }

  std::string name_;
};

/// A keyword of the program's own.
class OwnRule final : public PlainRule {
 public:
  OwnRule(Site site, std::function<bool(Json&)> check, std::string message)
      : PlainRule(site.keyword, std::move(site.path), site.mode, std::move(message)), check_(std::move(check)) {}
  bool check(Json& data, const Place& place, Run& run) const override { return check_(data) || fail(place, run); }

 private:
  std::function<bool(Json&)> check_;
};

}  // namespace

RulePointer typeRule(Site site, const Json& type) {
  return std::make_unique<AlwaysFails>(site.keyword, std::move(site.path), site.mode, "must be " + typeText(type),
                                       JsonObject{{"type", type}});
}
RulePointer falseSchemaRule(Site site) {
  return std::make_unique<AlwaysFails>(site.keyword, std::move(site.path), site.mode, "boolean schema is false");
}
RulePointer constRule(Site site, const Json& value) { return std::make_unique<ConstRule>(std::move(site), value); }
RulePointer enumRule(Site site, const JsonArray& values) { return std::make_unique<EnumRule>(std::move(site), values); }
RulePointer notRule(Site site, NodePointer node) { return std::make_unique<NotRule>(std::move(site), std::move(node)); }
RulePointer anyOfRule(Site site, std::vector<NodePointer> branches) {
  return std::make_unique<AnyOfRule>(std::move(site), std::move(branches));
}
RulePointer oneOfRule(Site site, std::vector<NodePointer> branches) {
  return std::make_unique<OneOfRule>(std::move(site), std::move(branches));
}
RulePointer allOfRule(Site site, std::vector<NodePointer> parts) {
  return std::make_unique<AllOfRule>(std::move(site), std::move(parts));
}
RulePointer ifRule(Site site, NodePointer condition, NodePointer then, NodePointer otherwise) {
  return std::make_unique<IfRule>(std::move(site), std::move(condition), std::move(then), std::move(otherwise));
}
RulePointer inlineRule(Site site, NodePointer target) {
  return std::make_unique<InlineRule>(std::move(site), std::move(target));
}
RulePointer callRule(Site site, const Node* target) { return std::make_unique<CallRule>(std::move(site), target); }
RulePointer dynamicCallRule(Site site, const Node* target, std::string name) {
  return std::make_unique<DynamicCallRule>(std::move(site), target, std::move(name));
}
RulePointer ownRule(Site site, std::function<bool(Json&)> check, std::string message) {
  return std::make_unique<OwnRule>(std::move(site), std::move(check), std::move(message));
}

}  // namespace fastify::schema
