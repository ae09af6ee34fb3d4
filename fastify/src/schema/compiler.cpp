// From a schema to its nodes. What is an error here, and with which words, is Ajv's choice (strict mode).
#include "schema/error.hpp"
#include "schema/format.hpp"
#include "schema/meta_schema.hpp"
#include "schema/node.hpp"
#include "schema/references.hpp"
#include "schema/rules.hpp"
#include "schema/uri.hpp"
#include "schema/vocabulary.hpp"

#include <ecmascript/json_text.hpp>
#include <ecmascript/uri.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <mutex>
#include <set>

namespace fastify::schema {
namespace {

std::optional<Scope> scopeOf(Type type) noexcept {
  switch (type) {
    case Type::Number: return Scope::Number;
    case Type::String: return Scope::String;
    case Type::Array: return Scope::Array;
    case Type::Object: return Scope::Object;
    default: return std::nullopt;
  }
}

bool hasReference(const Json& schema) {
  if (const auto* array = schema.if_array()) return std::ranges::any_of(*array, hasReference);
  const auto* object = schema.if_object();
  return object && std::ranges::any_of(*object, [](const auto& member) {
           const std::string_view key = member.key();
           return key == "$ref" || key == "$dynamicRef" || key == "$recursiveRef" || hasReference(member.value());
         });
}

bool isIdentifier(std::string_view name) noexcept {
  const auto isLetter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$'; };
  return !name.empty() && isLetter(name[0]) &&
         std::ranges::all_of(name, [&](char c) { return isLetter(c) || (c >= '0' && c <= '9'); });
}

std::string textOf(const Json& text) { return std::string(std::string_view(text.as_string())); }

std::vector<std::string> textsOf(const JsonArray& array) {
  std::vector<std::string> texts;
  for (const auto& text : array) texts.push_back(textOf(text));
  return texts;
}

}  // namespace

class Compiler {
 public:
  Compiler(const SchemaRegistry& registry, const ValidatorOptions& options) : registry_(registry), options_(options) {}

  std::shared_ptr<const Validator> compile(const Json& schema);
  /// Throws SchemaError when the schema is not what its meta-schema wants.
  void validateSchema(const Json& schema) const;

 private:
  /// Where in a schema the compiler is.
  struct Position {
    const Json& schema;
    const Document& document;      // that the schema is part of
    const Vocabulary* vocabulary;  // by which it is read
    std::string base;              // the URI from which references are seen
    std::string path;              // what failures show
    Mode mode;
    std::string dataName;         // what Ajv's generated code calls the data: seen in one message
    std::vector<Type> dataTypes;  // what schemas around it say of the same data
    int& names;                   // how many such names the function has
    bool hasOwnBase = false;      // `base` comes from the schema's own $id already
  };
  using Resolved = References::Found;

  const Node* compileFunction(const Resolved& resolved);
  NodePointer compileNode(Position at);
  NodePointer compileRules(Position& at, const JsonObject& schema);

  void addGeneralRules(Node::Group& group, Position& at, const JsonObject& schema);
  void addNumberRules(Node::Group& group, Position& at, const JsonObject& schema);
  void addStringRules(Node::Group& group, Position& at, const JsonObject& schema);
  void addArrayRules(Node::Group& group, Position& at, const JsonObject& schema);
  void addObjectRules(Node::Group& group, Position& at, const JsonObject& schema);

  RulePointer referenceRule(Position& at, std::string_view keyword, const Json& reference);
  RulePointer dynamicReferenceRule(Position& at, std::string_view keyword, const Json& reference);
  Resolved resolve(const Position& at, const std::string& reference) const;
  const Resource* resourceOf(const Document& document, const std::string& base);

  /// What a schema is written in: by its own `$schema`, its resource's, its document's, or the root's.
  const Vocabulary& vocabularyOf(const Document& document, std::string_view base);
  const Vocabulary* vocabularyNamed(const Json& schema);
  const Vocabulary& vocabulary(Dialect dialect, bool validates);
  std::optional<std::pair<Dialect, bool>> findDialect(std::string_view uri) const;

  RulePointer ifThenElse(Position& at, const JsonObject& schema);
  RulePointer additionalProperties(Position& at, const JsonObject& schema);
  RulePointer dependencies(Position& at, const JsonObject& schema, const char* keyword);
  RulePointer patternProperties(Position& at, const JsonObject& schema);
  void addItems(Node::Group& group, Position& at, const JsonObject& schema);
  void addContains(Node::Group& group, Position& at, const JsonObject& schema);
  void addUnevaluatedItems(Node::Group& group, Position& at, const JsonObject& schema);
  void addUnevaluatedProperties(Node::Group& group, Position& at, const JsonObject& schema);
  void addOwnRules(Node::Group& group, Position& at, const JsonObject& schema, Scope scope);
  void addFormat(Node::Group& group, Position& at, const JsonObject& schema, Scope scope);
  void addDefaults(Node::Group& group, const Position& at, const JsonObject& schema);

  // Positions below another one.
  Position below(Position& at, std::string_view keyword, Mode mode, const Json& schema, std::string_view part = {});
  Position childOf(Position& at, std::string_view keyword, const Json& schema, std::string_view part = {});
  std::vector<NodePointer> branches(Position& at, std::string_view keyword, const JsonArray& schemas,
                                    bool dropAlwaysValid);

  bool alwaysValid(const Position& at, const Json& schema) const;
  void checkKnown(const Vocabulary& vocabulary, const JsonObject& schema) const;
  void strict(const std::string& message) const;
  void note(const std::string& message) const;
  void checkTypesAreStrict(Position& at, const JsonObject& schema, const std::vector<Type>& types);
  void checkTupleIsStrict(const Position& at, const JsonObject& schema, std::size_t length);
  std::vector<Type> typesOf(const JsonObject& schema) const;
  RegexPointer regex(std::string_view pattern);

  static Site site(const Position& at, std::string_view keyword) {
    return {std::string(keyword), at.path + "/" + std::string(keyword), at.mode};
  }
  static std::string dataMember(const Position& at, std::string_view key) {
    if (isIdentifier(key)) return at.dataName + "." + std::string(key);
    std::string name = at.dataName + "[";
    ecmascript::appendQuoted(name, key);
    return name + "]";
  }

  const SchemaRegistry& registry_;
  const ValidatorOptions& options_;
  std::optional<References> references_;
  std::unique_ptr<Validator::Program> program_;
  std::map<const Json*, Node*> functions_;
  std::map<std::string, RegexPointer, std::less<>> patterns_;
  std::map<std::pair<Dialect, bool>, Vocabulary> vocabularies_;
  const Json* rootSchema_ = nullptr;
};

std::shared_ptr<const Validator> Compiler::compile(const Json& schema) {
  if (!schema.is_object() && !schema.is_bool()) throw SchemaError("schema must be object or boolean");
  validateSchema(schema);
  const auto* named = vocabularyNamed(schema);
  const bool later = named && named->isAtLeast(Dialect::Draft201909);
  const Document root(schema, {},
                      options_.ajv.ignoreKeywordsWithRef && !later ? IdsBesideRefs::Ignored : IdsBesideRefs::Count);
  references_.emplace(root, registry_);
  rootSchema_ = &root.schema();
  program_ = std::make_unique<Validator::Program>();
  program_->root = compileFunction({{&root.schema(), root.id()}, &root});
  const auto& ajv = options_.ajv;
  const bool changesData =
      ajv.removeAdditional.choice() != RemoveAdditional::No || ajv.useDefaults || ajv.coerceTypes != CoerceTypes::No;
  return std::shared_ptr<const Validator>(new Validator(std::move(program_), changesData));
}

// A schema that is checked as a whole of its own: the root, and what is referred to and refers to something itself.
const Node* Compiler::compileFunction(const Resolved& resolved) {
  const Json& schema = *resolved.target.schema;
  if (const auto known = functions_.find(&schema); known != functions_.end()) return known->second;
  auto* function = program_->functions.emplace_back(std::make_unique<Node>()).get();
  functions_[&schema] = function;

  const auto& vocabulary = vocabularyOf(*resolved.document, resolved.target.base);
  if (const auto* object = schema.if_object()) {
    checkKnown(vocabulary, *object);
    if (object->contains("default") && options_.ajv.useDefaults && vocabulary.hasRules(*object)) {
      strict("default is ignored in the schema root");
    }
  }
  int names = 0;
  const Mode mode{.allErrors = options_.ajv.allErrors};
  const auto* resource = resourceOf(*resolved.document, resolved.target.base);
  auto node =
      compileNode({schema, *resolved.document, &vocabulary, resolved.target.base, "#", mode, "data", {}, names, true});
  if (node) *function = std::move(*node);
  function->resource_ = resource;
  return function;
}

// Null when everything satisfies the schema.
NodePointer Compiler::compileNode(Position at) {
  if (const auto* verdict = at.schema.if_bool()) {
    if (*verdict) return nullptr;
    auto node = std::make_unique<Node>();
    node->mode_ = at.mode;
    node->alwaysInvalid_ = true;
    node->typeRule_ = falseSchemaRule({"false schema", at.path + "/false schema", at.mode});
    return node;
  }
  const auto& schema = at.schema.as_object();
  checkKnown(*at.vocabulary, schema);
  if (!at.vocabulary->hasRules(schema)) return nullptr;
  return compileRules(at, schema);
}

NodePointer Compiler::compileRules(Position& at, const JsonObject& schema) {
  auto node = std::make_unique<Node>();
  node->mode_ = at.mode;
  const auto* reference = schema.if_contains("$ref");
  const bool onlyReference =
      reference && options_.ajv.ignoreKeywordsWithRef && !at.vocabulary->isAtLeast(Dialect::Draft201909);
  const auto* id = schema.if_contains("$id");
  if (id && !at.hasOwnBase && !onlyReference && id->is_string()) {
    at.base = resolveUri(at.base, withoutEmptyFragment(id->get_string()));
    if (const auto* own = vocabularyNamed(at.schema)) at.vocabulary = own;
    node->resource_ = resourceOf(at.document, at.base);
  }
  if (reference && (onlyReference || !at.vocabulary->hasRules(schema, "$ref"))) {
    node->groups_.emplace_back().rules.push_back(referenceRule(at, "$ref", *reference));
    return node;
  }
  const auto isRule = [&](std::string_view keyword) {
    return schema.contains(keyword) && at.vocabulary->isRule(keyword);
  };
  node->asksForEvaluated_ = isRule("unevaluatedItems") || isRule("unevaluatedProperties");

  node->types_ = typesOf(schema);
  const auto& types = node->types_;
  if (!types.empty()) {
    const auto* type = schema.if_contains("type");
    node->typeRule_ = typeRule(site(at, "type"), *type);
    const bool arrays = options_.ajv.coerceTypes == CoerceTypes::Array;
    node->coerceArrays_ = arrays;
    if (options_.ajv.coerceTypes != CoerceTypes::No) {
      std::ranges::copy_if(types, std::back_inserter(node->coerceTo_),
                           [&](Type t) { return t == Type::Array ? arrays : t != Type::Object; });
    }
    const auto scope = scopeOf(types.front());
    const bool leftToGroup =
        node->coerceTo_.empty() && types.size() == 1 && scope && at.vocabulary->hasRulesFor(schema, *scope);
    node->checksTypesFirst_ = !leftToGroup;
  }
  checkTypesAreStrict(at, schema, types);

  const auto addGroup = [&](Scope scope, std::optional<Type> type, auto add) {
    if (!at.vocabulary->hasRulesFor(schema, scope)) return;
    auto& group = node->groups_.emplace_back();
    group.type = type;
    (this->*add)(group, at, schema);
    addOwnRules(group, at, schema, scope);
  };
  addGroup(Scope::Any, std::nullopt, &Compiler::addGeneralRules);
  addGroup(Scope::Number, Type::Number, &Compiler::addNumberRules);
  addGroup(Scope::String, Type::String, &Compiler::addStringRules);
  addGroup(Scope::Array, Type::Array, &Compiler::addArrayRules);
  addGroup(Scope::Object, Type::Object, &Compiler::addObjectRules);
  return node;
}

void Compiler::addGeneralRules(Node::Group& group, Position& at, const JsonObject& schema) {
  auto& rules = group.rules;
  if (schema.contains("id")) throw SchemaError("NOT SUPPORTED: keyword \"id\", use \"$id\" for schema ID");
  if (const auto* reference = schema.if_contains("$ref")) rules.push_back(referenceRule(at, "$ref", *reference));
  for (const auto* keyword : {"$recursiveRef", "$dynamicRef"}) {
    const auto* reference = schema.if_contains(keyword);
    if (reference && at.vocabulary->isRule(keyword)) rules.push_back(dynamicReferenceRule(at, keyword, *reference));
  }
  if (const auto* value = schema.if_contains("const")) rules.push_back(constRule(site(at, "const"), *value));
  if (const auto* values = schema.if_contains("enum")) {
    if (values->as_array().empty()) throw SchemaError("enum must have non-empty array");
    rules.push_back(enumRule(site(at, "enum"), values->get_array()));
  }
  if (const auto* negated = schema.if_contains("not")) {
    const bool everything = alwaysValid(at, *negated);
    const Mode mode{.composite = true, .allErrors = false, .silent = true};
    rules.push_back(notRule(site(at, "not"), everything ? nullptr : compileNode(below(at, "not", mode, *negated))));
  }
  if (const auto* any = schema.if_contains("anyOf")) {
    const auto& schemas = any->as_array();
    const bool later = at.vocabulary->isAtLeast(Dialect::Draft201909);  // which asks what the branches looked at
    if (later || std::ranges::none_of(schemas, [&](const Json& branch) { return alwaysValid(at, branch); })) {
      rules.push_back(anyOfRule(site(at, "anyOf"), branches(at, "anyOf", schemas, false)));
    }
  }
  if (const auto* one = schema.if_contains("oneOf")) {
    rules.push_back(oneOfRule(site(at, "oneOf"), branches(at, "oneOf", one->as_array(), false)));
  }
  if (const auto* all = schema.if_contains("allOf")) {
    rules.push_back(allOfRule(site(at, "allOf"), branches(at, "allOf", all->as_array(), true)));
  }
  if (schema.contains("if")) {
    if (auto rule = ifThenElse(at, schema)) rules.push_back(std::move(rule));
  } else {
    for (const auto* clause : {"then", "else"}) {
      if (schema.contains(clause)) strict('"' + std::string(clause) + "\" without \"if\" is ignored");
    }
  }
}

// The schemas of anyOf, oneOf and allOf. What everything satisfies is null, or left out.
std::vector<NodePointer> Compiler::branches(Position& at, std::string_view keyword, const JsonArray& schemas,
                                            bool dropAlwaysValid) {
  std::vector<NodePointer> nodes;
  for (std::size_t i = 0; i < schemas.size(); ++i) {
    Mode mode = at.mode;
    mode.composite = mode.composite || keyword != "allOf";
    NodePointer node;
    if (!alwaysValid(at, schemas[i])) node = compileNode(below(at, keyword, mode, schemas[i], std::to_string(i)));
    if (node || !dropAlwaysValid) nodes.push_back(std::move(node));
  }
  return nodes;
}

RulePointer Compiler::ifThenElse(Position& at, const JsonObject& schema) {
  const auto* then = schema.if_contains("then");
  const auto* otherwise = schema.if_contains("else");
  if (!then && !otherwise) strict("\"if\" without \"then\" and \"else\" is ignored");
  if (then && alwaysValid(at, *then)) then = nullptr;
  if (otherwise && alwaysValid(at, *otherwise)) otherwise = nullptr;
  if (!then && !otherwise && !at.vocabulary->isAtLeast(Dialect::Draft201909)) return nullptr;
  const Mode silent{.composite = true, .allErrors = false, .silent = true};
  auto condition = compileNode(below(at, "if", silent, schema.at("if")));
  auto thenNode = then ? compileNode(below(at, "then", at.mode, *then)) : nullptr;
  auto elseNode = otherwise ? compileNode(below(at, "else", at.mode, *otherwise)) : nullptr;
  return ifRule(site(at, "if"), std::move(condition), std::move(thenNode), std::move(elseNode));
}

void Compiler::addNumberRules(Node::Group& group, Position& at, const JsonObject& schema) {
  constexpr std::pair<const char*, Comparison> limits[] = {{"maximum", Comparison::AtMost},
                                                           {"minimum", Comparison::AtLeast},
                                                           {"exclusiveMaximum", Comparison::Below},
                                                           {"exclusiveMinimum", Comparison::Above}};
  for (const auto& [keyword, comparison] : limits) {
    if (const auto* limit = schema.if_contains(keyword))
      group.rules.push_back(limitRule(site(at, keyword), comparison, *limit));
  }
  if (const auto* divisor = schema.if_contains("multipleOf")) {
    group.rules.push_back(multipleOfRule(site(at, "multipleOf"), *divisor));
  }
  addFormat(group, at, schema, Scope::Number);
}

void Compiler::addStringRules(Node::Group& group, Position& at, const JsonObject& schema) {
  if (const auto* limit = schema.if_contains("maxLength")) {
    group.rules.push_back(lengthRule(site(at, "maxLength"), Bound::Maximum, *limit));
  }
  if (const auto* limit = schema.if_contains("minLength")) {
    group.rules.push_back(lengthRule(site(at, "minLength"), Bound::Minimum, *limit));
  }
  if (const auto* pattern = schema.if_contains("pattern")) {
    group.rules.push_back(patternRule(site(at, "pattern"), regex(pattern->as_string())));
  }
  addFormat(group, at, schema, Scope::String);
}

void Compiler::addFormat(Node::Group& group, Position& at, const JsonObject& schema, Scope scope) {
  const auto* value = schema.if_contains("format");
  if (!value || !options_.ajv.validateFormats) return;
  const auto name = textOf(*value);
  if (const auto own = options_.ajv.formats.find(name); own != options_.ajv.formats.end()) {
    if (scope == Scope::String) group.rules.push_back(textFormatRule(site(at, "format"), name, own->second));
    return;
  }
  const auto* format = findFormat(name);
  if (!format) {
    const auto message = "unknown format \"" + name + "\" ignored in schema at path \"" + at.path + "\"";
    if (options_.ajv.strictSchema) throw SchemaError(message);
    return note(message);
  }
  if (scope == Scope::String && format->text)
    group.rules.push_back(textFormatRule(site(at, "format"), name, format->text));
  if (scope == Scope::Number && format->number) {
    group.rules.push_back(numberFormatRule(site(at, "format"), name, format->number));
  }
}

void Compiler::addOwnRules(Node::Group& group, Position& at, const JsonObject& schema, Scope scope) {
  for (const auto& keyword : options_.ajv.keywords) {
    const auto* value = schema.if_contains(keyword.name);
    if (!value || !keyword.compile) continue;
    const auto known = std::ranges::find(at.vocabulary->keywords(), std::string_view(keyword.name), &Keyword::name);
    if (known->scope != scope) continue;
    auto message = keyword.message.empty() ? "must pass \"" + keyword.name + "\" keyword validation" : keyword.message;
    group.rules.push_back(ownRule(site(at, keyword.name), keyword.compile(*value), std::move(message)));
  }
}

void Compiler::addArrayRules(Node::Group& group, Position& at, const JsonObject& schema) {
  addDefaults(group, at, schema);
  if (const auto* limit = schema.if_contains("maxItems")) {
    group.rules.push_back(itemCountRule(site(at, "maxItems"), Bound::Maximum, *limit));
  }
  if (const auto* limit = schema.if_contains("minItems")) {
    group.rules.push_back(itemCountRule(site(at, "minItems"), Bound::Minimum, *limit));
  }
  addItems(group, at, schema);
  addContains(group, at, schema);
  const auto* unique = schema.if_contains("uniqueItems");
  if (unique && unique->as_bool()) {
    const auto* items = schema.if_contains("items");
    const auto* itemSchema = items ? items->if_object() : nullptr;
    group.rules.push_back(
        uniqueItemsRule(site(at, "uniqueItems"), itemSchema ? typesOf(*itemSchema) : std::vector<Type>()));
  }
  addUnevaluatedItems(group, at, schema);
}

void Compiler::addContains(Node::Group& group, Position& at, const JsonObject& schema) {
  const auto* contains = schema.if_contains("contains");
  if (!contains) return;
  const auto countOf = [&](const char* keyword) -> std::optional<std::size_t> {
    const auto* count = at.vocabulary->isRule(keyword) ? schema.if_contains(keyword) : nullptr;
    return count ? std::optional(static_cast<std::size_t>(numberOf(*count))) : std::nullopt;
  };
  ContainsLimits limits;
  limits.least = countOf("minContains").value_or(1);
  limits.most = countOf("maxContains");
  limits.evaluates = at.vocabulary->isAtLeast(Dialect::Draft202012);
  NodePointer node;
  if (!alwaysValid(at, *contains)) {
    auto position = childOf(at, "contains", *contains);
    position.mode.composite = true;
    node = compileNode(std::move(position));
  }
  group.rules.push_back(containsRule(site(at, "contains"), std::move(node), limits));
}

void Compiler::addUnevaluatedItems(Node::Group& group, Position& at, const JsonObject& schema) {
  if (!at.vocabulary->isAtLeast(Dialect::Draft201909)) return;
  const auto* items = schema.if_contains("items");
  const auto* prefix = at.vocabulary->isAtLeast(Dialect::Draft202012) ? schema.if_contains("prefixItems") : items;
  const auto* tuple = prefix ? prefix->if_array() : nullptr;
  const bool all = (items && !items->is_array()) ||
                   (tuple && schema.contains("additionalItems") && at.vocabulary->isRule("additionalItems"));
  if (items || tuple) {
    group.rules.push_back(evaluatedItemsRule(site(at, "items"), tuple ? tuple->size() : 0, all));
  }
  const auto* rest = schema.if_contains("unevaluatedItems");
  if (!rest) return;
  if (alwaysValid(at, *rest)) {
    group.rules.push_back(evaluatedItemsRule(site(at, "unevaluatedItems"), 0, true));
  } else {
    auto node = rest->is_bool() ? nullptr : compileNode(childOf(at, "unevaluatedItems", *rest));
    group.rules.push_back(unevaluatedItemsRule(site(at, "unevaluatedItems"), std::move(node)));
  }
}

void Compiler::addUnevaluatedProperties(Node::Group& group, Position& at, const JsonObject& schema) {
  if (!at.vocabulary->isAtLeast(Dialect::Draft201909)) return;
  std::vector<std::string> names;
  if (const auto* properties = schema.if_contains("properties")) {
    for (const auto& property : properties->as_object()) names.emplace_back(property.key());
  }
  std::vector<RegexPointer> patterns;
  if (const auto* properties = schema.if_contains("patternProperties")) {
    for (const auto& property : properties->as_object()) patterns.push_back(regex(property.key()));
  }
  const bool all = schema.contains("additionalProperties");
  if (all || !names.empty() || !patterns.empty()) {
    group.rules.push_back(evaluatedMembersRule(site(at, "properties"), std::move(names), std::move(patterns), all));
  }
  const auto* rest = schema.if_contains("unevaluatedProperties");
  if (!rest) return;
  if (alwaysValid(at, *rest)) {
    group.rules.push_back(evaluatedMembersRule(site(at, "unevaluatedProperties"), {}, {}, true));
  } else {
    auto node = rest->is_bool() ? nullptr : compileNode(childOf(at, "unevaluatedProperties", *rest));
    group.rules.push_back(unevaluatedPropertiesRule(site(at, "unevaluatedProperties"), std::move(node)));
  }
}

void Compiler::addItems(Node::Group& group, Position& at, const JsonObject& schema) {
  const bool prefixed = at.vocabulary->isAtLeast(Dialect::Draft202012);
  const auto* items = schema.if_contains(prefixed ? "prefixItems" : "items");
  const auto* tuple = items ? items->if_array() : nullptr;
  const char* moreKeyword = prefixed ? "items" : "additionalItems";
  if (const auto* more = schema.if_contains(moreKeyword)) {
    if (prefixed && more->is_array()) throw SchemaError("items must be a schema: a list of them is prefixItems");
    if (!tuple && !prefixed) {
      strict("\"additionalItems\" is ignored when \"items\" is not an array of schemas");
    } else if (more->is_bool() && !more->get_bool()) {
      group.rules.push_back(noMoreItemsRule(site(at, moreKeyword), tuple ? tuple->size() : 0));
    } else if (!alwaysValid(at, *more)) {
      auto node = compileNode(childOf(at, moreKeyword, *more));
      group.rules.push_back(moreItemsRule(site(at, moreKeyword), tuple ? tuple->size() : 0, std::move(node)));
    }
  }
  if (!items) return;
  if (!tuple) {
    if (alwaysValid(at, *items)) return;
    group.rules.push_back(itemsRule(site(at, "items"), compileNode(childOf(at, "items", *items))));
    return;
  }
  const char* keyword = prefixed ? "prefixItems" : "items";
  checkTupleIsStrict(at, schema, tuple->size());
  std::vector<std::pair<std::size_t, NodePointer>> nodes;
  for (std::size_t i = 0; i < tuple->size(); ++i) {
    if (alwaysValid(at, (*tuple)[i])) continue;
    nodes.emplace_back(i, compileNode(childOf(at, keyword, (*tuple)[i], std::to_string(i))));
  }
  group.rules.push_back(tupleRule(site(at, keyword), std::move(nodes)));
}

void Compiler::addObjectRules(Node::Group& group, Position& at, const JsonObject& schema) {
  addDefaults(group, at, schema);
  if (const auto* limit = schema.if_contains("maxProperties")) {
    group.rules.push_back(memberCountRule(site(at, "maxProperties"), Bound::Maximum, *limit));
  }
  if (const auto* limit = schema.if_contains("minProperties")) {
    group.rules.push_back(memberCountRule(site(at, "minProperties"), Bound::Minimum, *limit));
  }
  if (const auto* names = schema.if_contains("required"); names && !names->as_array().empty()) {
    group.rules.push_back(requiredRule(site(at, "required"), textsOf(names->get_array())));
  }
  if (const auto* names = schema.if_contains("propertyNames"); names && !alwaysValid(at, *names)) {
    auto position = below(at, "propertyNames", at.mode, *names);
    position.mode.composite = true;
    position.dataTypes = {Type::String};
    group.rules.push_back(propertyNamesRule(site(at, "propertyNames"), compileNode(std::move(position))));
  }
  if (auto rule = additionalProperties(at, schema)) group.rules.push_back(std::move(rule));
  for (const auto* keyword : {"dependencies", "dependentRequired", "dependentSchemas"}) {
    if (schema.contains(keyword) && at.vocabulary->isRule(keyword))
      group.rules.push_back(dependencies(at, schema, keyword));
  }
  if (const auto* properties = schema.if_contains("properties")) {
    std::vector<std::pair<std::string, NodePointer>> nodes;
    for (const auto& property : properties->as_object()) {
      if (alwaysValid(at, property.value())) continue;
      nodes.emplace_back(property.key(), compileNode(childOf(at, "properties", property.value(), property.key())));
    }
    if (!nodes.empty()) group.rules.push_back(propertiesRule(site(at, "properties"), std::move(nodes)));
  }
  if (schema.contains("patternProperties")) {
    if (auto rule = patternProperties(at, schema)) group.rules.push_back(std::move(rule));
  }
  addUnevaluatedProperties(group, at, schema);
}

RulePointer Compiler::additionalProperties(Position& at, const JsonObject& schema) {
  const auto removal = options_.ajv.removeAdditional.choice();
  const auto* additional = schema.if_contains("additionalProperties");
  const bool removesAll = removal == RemoveAdditional::All && (additional || schema.contains("properties"));
  if (!removesAll && (!additional || alwaysValid(at, *additional))) return nullptr;
  std::vector<std::string> names;
  if (const auto* properties = schema.if_contains("properties")) {
    for (const auto& property : properties->as_object()) names.emplace_back(property.key());
  }
  std::vector<RegexPointer> patterns;
  if (const auto* properties = schema.if_contains("patternProperties")) {
    for (const auto& property : properties->as_object()) patterns.push_back(regex(property.key()));
  }
  auto what = Additional::Check;
  NodePointer node;
  if (removesAll) {
    what = Additional::Remove;
  } else if (additional->is_bool()) {
    what = removal != RemoveAdditional::No ? Additional::Remove : Additional::Refuse;
  } else {
    auto position = childOf(at, "additionalProperties", *additional);
    if (removal == RemoveAdditional::Failing) {
      what = Additional::RemoveFailing;
      position.mode = {.composite = true, .allErrors = false, .silent = true};
    }
    node = compileNode(std::move(position));
  }
  return additionalPropertiesRule(site(at, "additionalProperties"), what, std::move(names), std::move(patterns),
                                  std::move(node));
}

RulePointer Compiler::dependencies(Position& at, const JsonObject& schema, const char* keyword) {
  std::vector<PropertyDependency> properties;
  std::vector<std::pair<std::string, NodePointer>> schemas;
  for (const auto& dependency : schema.at(keyword).as_object()) {
    const std::string name(dependency.key());
    if (const auto* needs = dependency.value().if_array()) {
      if (!needs->empty()) properties.push_back({name, textsOf(*needs)});
    } else if (!alwaysValid(at, dependency.value())) {
      schemas.emplace_back(name, compileNode(below(at, keyword, at.mode, dependency.value(), name)));
    }
  }
  return dependenciesRule(site(at, keyword), std::move(properties), std::move(schemas));
}

RulePointer Compiler::patternProperties(Position& at, const JsonObject& schema) {
  const auto& patterns = schema.at("patternProperties").as_object();
  if (std::ranges::all_of(patterns, [&](const auto& entry) { return alwaysValid(at, entry.value()); })) return nullptr;
  const auto* properties = schema.if_contains("properties");
  std::vector<std::pair<RegexPointer, NodePointer>> nodes;
  for (const auto& [pattern, partSchema] : patterns) {
    auto compiled = regex(pattern);
    if (properties) {
      for (const auto& property : properties->as_object()) {
        if (!compiled->matches(property.key())) continue;
        strict("property " + std::string(property.key()) + " matches pattern " + std::string(pattern) +
               " (use allowMatchingProperties)");
      }
    }
    if (alwaysValid(at, partSchema)) continue;
    nodes.emplace_back(std::move(compiled), compileNode(childOf(at, "patternProperties", partSchema, pattern)));
  }
  return patternPropertiesRule(site(at, "patternProperties"), std::move(nodes));
}

void Compiler::addDefaults(Node::Group& group, const Position& at, const JsonObject& schema) {
  if (!options_.ajv.useDefaults) return;
  const auto defaultOf = [&](const Json& part, const std::string& name) -> const Json* {
    const auto* object = part.if_object();
    const auto* value = object ? object->if_contains("default") : nullptr;
    if (!value || !at.mode.composite) return value;
    strict("default is ignored for: " + name);
    return nullptr;
  };
  const auto* properties = schema.if_contains("properties");
  if (group.type == Type::Object && properties) {
    for (const auto& property : properties->as_object()) {
      const auto* value = defaultOf(property.value(), dataMember(at, property.key()));
      if (value) group.memberDefaults.emplace_back(property.key(), *value);
    }
  }
  const auto* items = schema.if_contains(at.vocabulary->isAtLeast(Dialect::Draft202012) ? "prefixItems" : "items");
  const auto* tuple = items ? items->if_array() : nullptr;
  if (group.type != Type::Array || !tuple) return;
  for (std::size_t i = 0; i < tuple->size(); ++i) {
    const auto* value = defaultOf((*tuple)[i], at.dataName + "[" + std::to_string(i) + "]");
    if (value) group.itemDefaults.emplace_back(i, *value);
  }
}

Compiler::Resolved Compiler::resolve(const Position& at, const std::string& reference) const {
  auto resolved = references_->resolve(at.document, at.base, reference);
  if (resolved) return *resolved;
  throw SchemaError("can't resolve reference " + reference + " from id " + (at.base.empty() ? "#" : at.base));
}

// What refers to nothing itself is compiled in place, as often as it is referred to; the rest once.
RulePointer Compiler::referenceRule(Position& at, std::string_view keyword, const Json& reference) {
  const auto text = textOf(reference);
  const auto resolved = resolve(at, text);
  validateSchema(*resolved.target.schema);
  const bool isMetaSchema = resolved.target.schema == &draft07()->schema();
  if (isMetaSchema) return callRule(site(at, keyword), metaValidator(Formats::Ignored).program_->root);
  if (!hasReference(*resolved.target.schema)) {
    Position inlined{*resolved.target.schema,
                     *resolved.document,
                     &vocabularyOf(*resolved.document, resolved.target.base),
                     resolved.target.base,
                     text,
                     at.mode,
                     at.dataName,
                     {},
                     at.names,
                     true};
    auto node = compileNode(std::move(inlined));
    return node ? inlineRule(site(at, keyword), std::move(node)) : allOfRule(site(at, keyword), {});
  }
  return callRule(site(at, keyword), compileFunction(resolved));
}

// Where the schema that is meant at first has an anchor for it, resources around may mean another.
RulePointer Compiler::dynamicReferenceRule(Position& at, std::string_view keyword, const Json& reference) {
  const auto text = textOf(reference);
  const auto resolved = resolve(at, text);
  const std::string name(keyword == "$recursiveRef" ? std::string_view() : fragmentOf(text));
  const auto* anchors = resolved.document->dynamicAnchors(resolved.target.base);
  const auto anchor = anchors ? anchors->find(name) : Document::DynamicAnchors::const_iterator();
  const bool dynamic = anchors && anchor != anchors->end() && anchor->second == resolved.target.schema;
  if (!dynamic) return referenceRule(at, keyword, reference);
  return dynamicCallRule(site(at, keyword), compileFunction(resolved), name);
}

const Resource* Compiler::resourceOf(const Document& document, const std::string& base) {
  const auto* anchors = document.dynamicAnchors(base);
  if (!anchors) return nullptr;
  auto& resource = program_->resources[{&document, base}];
  if (resource) return resource.get();
  resource = std::make_unique<Resource>();
  auto* made = resource.get();
  for (const auto& [name, schema] : *anchors) {
    made->anchors[name] = compileFunction({{schema, base}, &document});
  }
  return made;
}

const Vocabulary& Compiler::vocabulary(Dialect dialect, bool validates) {
  const auto key = std::pair(dialect, validates);
  auto known = vocabularies_.find(key);
  if (known == vocabularies_.end()) {
    known = vocabularies_.emplace(key, Vocabulary(dialect, options_.ajv.keywords, validates)).first;
  }
  return known->second;
}

std::optional<std::pair<Dialect, bool>> Compiler::findDialect(std::string_view uri) const {
  const auto id = withoutEmptyFragment(uri);
  if (id == "http://json-schema.org/schema") return std::pair(Dialect::Draft07, true);
  for (const auto dialect : {Dialect::Draft07, Dialect::Draft201909, Dialect::Draft202012}) {
    if (id == withoutEmptyFragment(metaSchemaUri(dialect))) return std::pair(dialect, true);
  }
  // A meta-schema of the program's own, which says by `$schema` and `$vocabulary` what it is based on.
  const auto* own = registry_.find(id);
  const auto* object = own ? own->if_object() : nullptr;
  const auto* base = object ? object->if_contains("$schema") : nullptr;
  if (!base || !base->is_string() || std::string_view(base->get_string()) == uri) return std::nullopt;
  auto found = findDialect(base->get_string());
  const auto* vocabularies = object->if_contains("$vocabulary");
  if (!found || !vocabularies || !vocabularies->is_object()) return found;
  found->second = std::ranges::any_of(vocabularies->get_object(), [](const auto& member) {
    return std::string_view(member.key()).ends_with("/vocab/validation");
  });
  return found;
}

const Vocabulary* Compiler::vocabularyNamed(const Json& schema) {
  const auto* object = schema.if_object();
  const auto* uri = object ? object->if_contains("$schema") : nullptr;
  const auto dialect = uri && uri->is_string() ? findDialect(uri->get_string()) : std::nullopt;
  return dialect ? &vocabulary(dialect->first, dialect->second) : nullptr;
}

const Vocabulary& Compiler::vocabularyOf(const Document& document, std::string_view base) {
  if (const auto resource = document.find(base)) {
    if (const auto* own = vocabularyNamed(*resource->schema)) return *own;
  }
  if (const auto* own = vocabularyNamed(document.schema())) return *own;
  const auto* ofRoot = vocabularyNamed(*rootSchema_);
  return ofRoot ? *ofRoot : vocabulary(Dialect::Draft07, true);
}

Compiler::Position Compiler::below(Position& at, std::string_view keyword, Mode mode, const Json& schema,
                                   std::string_view part) {
  auto path = at.path + "/" + std::string(keyword);
  if (!part.empty() || schema.is_null()) path += "/" + ecmascript::encodeUriComponent(escapePointer(part));
  return {schema, at.document, at.vocabulary, at.base, std::move(path), mode, at.dataName, at.dataTypes, at.names};
}

// The same for a schema of an item or a member: its data is another.
Compiler::Position Compiler::childOf(Position& at, std::string_view keyword, const Json& schema,
                                     std::string_view part) {
  auto position = below(at, keyword, at.mode, schema, part);
  position.dataName = "data" + std::to_string(at.names++);
  position.dataTypes.clear();
  return position;
}

bool Compiler::alwaysValid(const Position& at, const Json& schema) const {
  if (const auto* verdict = schema.if_bool()) return *verdict;
  const auto& object = schema.as_object();
  if (object.empty()) return true;
  checkKnown(*at.vocabulary, object);
  return !at.vocabulary->hasRules(object);
}

void Compiler::checkKnown(const Vocabulary& vocabulary, const JsonObject& schema) const {
  if (!options_.ajv.strictSchema) return;
  for (const auto& member : schema) {
    const std::string_view key = member.key();
    if (vocabulary.has(key)) continue;
    strict("unknown keyword: \"" + std::string(key) + "\"");
  }
}

void Compiler::strict(const std::string& message) const {
  if (options_.ajv.strictSchema) throw SchemaError("strict mode: " + message);
}

void Compiler::note(const std::string& message) const {
  if (options_.warn) options_.warn(message);
}

std::vector<Type> Compiler::typesOf(const JsonObject& schema) const {
  std::vector<Type> types;
  const auto add = [&](const Json& name) {
    const auto type = findType(name.as_string());
    if (!type) throw SchemaError("type must be JSONType or JSONType[]: " + textOf(name));
    types.push_back(*type);
  };
  if (const auto* type = schema.if_contains("type")) {
    if (const auto* list = type->if_array()) {
      for (const auto& name : *list) add(name);
    } else {
      add(*type);
    }
  }
  const auto* nullable = schema.if_contains("nullable");
  const bool hasNull = std::ranges::find(types, Type::Null) != types.end();
  if (hasNull) {
    if (nullable && *nullable == false) throw SchemaError("type: null contradicts nullable: false");
    return types;
  }
  if (types.empty() && nullable) throw SchemaError("\"nullable\" cannot be used without \"type\"");
  if (nullable && *nullable == true) types.push_back(Type::Null);
  return types;
}

void Compiler::checkTypesAreStrict(Position& at, const JsonObject& schema, const std::vector<Type>& types) {
  const auto noteAt = [&](const std::string& message) {
    note("strict mode: " + message + " at \"" + at.base + at.path + "\" (strictTypes)");
  };
  const auto allows = [](const std::vector<Type>& known, Type type) {
    return std::ranges::find(known, type) != known.end() ||
           (type == Type::Integer && std::ranges::find(known, Type::Number) != known.end());
  };
  if (!types.empty() && at.dataTypes.empty()) {
    at.dataTypes = types;
  } else if (!types.empty()) {
    std::string context;
    for (const auto type : at.dataTypes) context += (context.empty() ? "" : ",") + std::string(nameOf(type));
    for (const auto type : types) {
      if (!allows(at.dataTypes, type))
        noteAt("type \"" + std::string(nameOf(type)) + "\" not allowed by context \"" + context + "\"");
    }
    std::vector<Type> narrowed;
    for (const auto type : at.dataTypes) {
      if (allows(types, type)) {
        narrowed.push_back(type);
      } else if (type == Type::Number && std::ranges::find(types, Type::Integer) != types.end()) {
        narrowed.push_back(Type::Integer);
      }
    }
    at.dataTypes = std::move(narrowed);
  }
  const bool nullableOne = types.size() == 2 && std::ranges::find(types, Type::Null) != types.end();
  if (types.size() > 1 && !nullableOne) noteAt("use allowUnionTypes to allow union type keyword");

  const auto isAllowed = [&](Type type) {
    return std::ranges::find(at.dataTypes, type) != at.dataTypes.end() ||
           (type == Type::Number && std::ranges::find(at.dataTypes, Type::Integer) != at.dataTypes.end());
  };
  for (const auto& keyword : at.vocabulary->keywords()) {
    if (!schema.contains(keyword.name)) continue;
    std::vector<Type> needed;
    if (keyword.scope == Scope::Number || keyword.scope == Scope::Text) needed.push_back(Type::Number);
    if (keyword.scope == Scope::String || keyword.scope == Scope::Text) needed.push_back(Type::String);
    if (keyword.scope == Scope::Array) needed.push_back(Type::Array);
    if (keyword.scope == Scope::Object) needed.push_back(Type::Object);
    if (needed.empty() || std::ranges::any_of(needed, isAllowed)) continue;
    std::string names;
    for (const auto type : needed) names += (names.empty() ? "" : ",") + std::string(nameOf(type));
    noteAt("missing type \"" + names + "\" for keyword \"" + std::string(keyword.name) + "\"");
  }
}

void Compiler::checkTupleIsStrict(const Position& at, const JsonObject& schema, std::size_t length) {
  const auto is = [&](const char* keyword) {
    const auto* value = schema.if_contains(keyword);
    return value && value->is_number() && numberOf(*value) == static_cast<double>(length);
  };
  const auto* more = schema.if_contains("additionalItems");
  const bool closed = more && more->is_bool() && !more->get_bool();
  if (is("minItems") && (is("maxItems") || closed)) return;
  note("strict mode: \"items\" is " + std::to_string(length) +
       "-tuple, but minItems or maxItems/additionalItems are not specified or different at path \"" + at.path + "\"");
}

RegexPointer Compiler::regex(std::string_view pattern) {
  if (const auto known = patterns_.find(pattern); known != patterns_.end()) return known->second;
  auto compiled = std::make_shared<const Regex>(pattern);
  patterns_.emplace(pattern, compiled);
  return compiled;
}

namespace {

std::shared_ptr<const Validator> compileMetaSchema(Formats formats, Dialect dialect) {
  ValidatorOptions options;
  options.ajv = unchangingOptions();
  options.ajv.validateFormats = formats == Formats::Checked;
  options.validateSchema = false;
  const auto uri = withoutEmptyFragment(metaSchemaUri(dialect));
  if (dialect == Dialect::Draft07) return compileValidator(draft07()->schema(), {}, options);
  const auto& documents = laterMetaSchemas();
  const auto found =
      std::ranges::find(documents, uri, [](const auto& document) -> std::string_view { return document->id(); });
  return compileValidator((*found)->schema(), {}, options);
}

}  // namespace

AjvOptions unchangingOptions() {
  AjvOptions options;
  options.removeAdditional = false;
  options.useDefaults = false;
  options.coerceTypes = CoerceTypes::No;
  options.strictSchema = false;
  return options;
}

std::string_view metaSchemaUri(Dialect dialect) noexcept {
  switch (dialect) {
    case Dialect::Draft201909: return "https://json-schema.org/draft/2019-09/schema";
    case Dialect::Draft202012: return "https://json-schema.org/draft/2020-12/schema";
    default: return "http://json-schema.org/draft-07/schema#";
  }
}

const Validator& metaValidator(Formats formats, Dialect dialect) {
  static std::mutex mutex;
  static std::map<std::pair<Formats, Dialect>, std::shared_ptr<const Validator>> compiled;
  std::lock_guard lock(mutex);
  auto& validator = compiled[{formats, dialect}];
  if (!validator) validator = compileMetaSchema(formats, dialect);
  return *validator;
}

void Compiler::validateSchema(const Json& schema) const {
  const auto* object = schema.if_object();
  if (!object || !options_.validateSchema) return;
  auto dialect = Dialect::Draft07;
  if (const auto* meta = object->if_contains("$schema")) {
    if (!meta->is_string()) throw SchemaError("$schema must be a string");
    const auto found = findDialect(meta->get_string());
    if (!found) throw SchemaError("no schema with key or ref \"" + textOf(*meta) + "\"");
    dialect = found->first;
  } else if (rootSchema_ && rootSchema_ != &schema) {
    const auto* root = rootSchema_->if_object();
    const auto* meta = root ? root->if_contains("$schema") : nullptr;
    if (meta && meta->is_string()) dialect = findDialect(meta->get_string()).value_or(std::pair(dialect, true)).first;
  }
  const auto failures = metaValidator(Formats::Ignored, dialect).check(schema);
  if (!failures.empty()) throw SchemaError("schema is invalid: " + failureText(failures, "data"));
}

std::shared_ptr<const Validator> compileValidator(const Json& schema, const SchemaRegistry& registry,
                                                  const ValidatorOptions& options) {
  // A schema with the $id of a shared one is that one (Fastify's ajv-compiler).
  const auto* object = schema.if_object();
  const auto* id = object ? object->if_contains("$id") : nullptr;
  const auto* shared = id && id->is_string() ? registry.find(id->get_string()) : nullptr;
  return Compiler(registry, options).compile(shared ? *shared : schema);
}

}  // namespace fastify::schema
