#pragma once
// The keywords of draft-07 as rules.

#include "schema/node.hpp"
#include "schema/regex/regex.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fastify::schema {

/// Where a rule stands: its keyword, the path that failures show, and how it is used there.
struct Site {
  std::string keyword;
  std::string path;
  Mode mode;
};

using RulePointer = std::unique_ptr<Rule>;
using RegexPointer = std::shared_ptr<const Regex>;

// Any type. Nodes are never null unless the rule says so: null stands for a schema that everything satisfies.

RulePointer typeRule(Site site, const Json& type);
RulePointer falseSchemaRule(Site site);
RulePointer constRule(Site site, const Json& value);
RulePointer enumRule(Site site, const JsonArray& values);
RulePointer notRule(Site site, NodePointer node);                     // null: always fails
RulePointer anyOfRule(Site site, std::vector<NodePointer> branches);  // null: always passes
RulePointer oneOfRule(Site site, std::vector<NodePointer> branches);  // null: always passes
RulePointer allOfRule(Site site, std::vector<NodePointer> parts);
RulePointer ifRule(Site site, NodePointer condition, NodePointer then, NodePointer otherwise);  // each may be null
RulePointer inlineRule(Site site, NodePointer target);
/// For a schema that is compiled on its own; `target` is filled in later, and outlives the rule.
RulePointer callRule(Site site, const Node* target);
/// The same for what resources around it may mean otherwise, by an anchor of this name.
RulePointer dynamicCallRule(Site site, const Node* target, std::string name);
RulePointer ownRule(Site site, std::function<bool(Json&)> check, std::string message);

// Numbers.

enum class Comparison { AtMost, AtLeast, Below, Above };
RulePointer limitRule(Site site, Comparison comparison, const Json& limit);
RulePointer multipleOfRule(Site site, const Json& divisor);
RulePointer numberFormatRule(Site site, std::string name, bool (*check)(double));

// Strings.

enum class Bound { Maximum, Minimum };
RulePointer lengthRule(Site site, Bound bound, const Json& limit);
RulePointer patternRule(Site site, RegexPointer pattern);
RulePointer textFormatRule(Site site, std::string name, std::function<bool(std::string_view)> check);

// Arrays.

RulePointer itemCountRule(Site site, Bound bound, const Json& limit);
RulePointer itemsRule(Site site, NodePointer node);
RulePointer tupleRule(Site site, std::vector<std::pair<std::size_t, NodePointer>> items);
/// No items behind the first `count`.
RulePointer noMoreItemsRule(Site site, std::size_t count);
/// The items behind the first `count`.
RulePointer moreItemsRule(Site site, std::size_t count, NodePointer node);
struct ContainsLimits {
  std::size_t least = 1;
  std::optional<std::size_t> most;
  /// What is contained counts as evaluated.
  bool evaluates = false;
};
RulePointer containsRule(Site site, NodePointer node, ContainsLimits limits = {});  // null: any item will do
/// The first `count` items have been looked at, or all of them.
RulePointer evaluatedItemsRule(Site site, std::size_t count, bool all);
/// The items that nothing has looked at; null: there must be none.
RulePointer unevaluatedItemsRule(Site site, NodePointer node);
/// `itemTypes`: what the items are declared to be; only when none of them is an object or array are two of them looked
/// up in a table, which decides which pair is told of.
RulePointer uniqueItemsRule(Site site, std::vector<Type> itemTypes);

// Objects.

RulePointer memberCountRule(Site site, Bound bound, const Json& limit);
RulePointer requiredRule(Site site, std::vector<std::string> names);
RulePointer propertyNamesRule(Site site, NodePointer node);
RulePointer propertiesRule(Site site, std::vector<std::pair<std::string, NodePointer>> properties);
RulePointer patternPropertiesRule(Site site, std::vector<std::pair<RegexPointer, NodePointer>> patterns);

struct PropertyDependency {
  std::string property;
  std::vector<std::string> needs;
};
RulePointer dependenciesRule(Site site, std::vector<PropertyDependency> properties,
                             std::vector<std::pair<std::string, NodePointer>> schemas);

/// Members with these names, or that match a pattern, or all, have been looked at.
RulePointer evaluatedMembersRule(Site site, std::vector<std::string> names, std::vector<RegexPointer> patterns,
                                 bool all);
/// The members that nothing has looked at; null: there must be none.
RulePointer unevaluatedPropertiesRule(Site site, NodePointer node);

enum class Additional { Remove, Refuse, Check, RemoveFailing };
/// For members that neither `names` nor `patterns` have; `node` only for Check and RemoveFailing.
RulePointer additionalPropertiesRule(Site site, Additional what, std::vector<std::string> names,
                                     std::vector<RegexPointer> patterns, NodePointer node);

/// Deep equality of JavaScript values: 1 and 1.0 are equal, and so are objects whatever the order of their members.
bool deepEqual(const Json& left, const Json& right) noexcept;

}  // namespace fastify::schema
