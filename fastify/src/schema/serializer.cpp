// From a response schema to its writers. References are made absolute first, so that schemas can be merged and moved.
#include "schema/serializer.hpp"

#include "schema/javascript_value.hpp"
#include "schema/merge.hpp"
#include "schema/meta_schema.hpp"
#include "schema/references.hpp"
#include "schema/rules.hpp"
#include "schema/uri.hpp"
#include "schema/writer.hpp"

#include <ecmascript/json_text.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace fastify::schema {
namespace {

// The id of a root without one. No scheme: "pet" seen from here is "pet".
constexpr std::string_view anonymousRoot = "__root__";

// What does not change the text: a $ref with only these beside it is nothing but a $ref.
constexpr std::array<std::string_view, 8> annotations{"$ref",     "$comment",   "title",    "description",
                                                      "examples", "deprecated", "readOnly", "writeOnly"};

constexpr std::pair<std::string_view, Type> typeByKeyword[] = {
    {"properties", Type::Object},        {"required", Type::Object},      {"additionalProperties", Type::Object},
    {"patternProperties", Type::Object}, {"maxProperties", Type::Object}, {"minProperties", Type::Object},
    {"dependencies", Type::Object},      {"items", Type::Array},          {"additionalItems", Type::Array},
    {"maxItems", Type::Array},           {"minItems", Type::Array},       {"uniqueItems", Type::Array},
    {"contains", Type::Array},           {"maxLength", Type::String},     {"minLength", Type::String},
    {"pattern", Type::String},           {"multipleOf", Type::Number},    {"maximum", Type::Number},
    {"exclusiveMaximum", Type::Number},  {"minimum", Type::Number},       {"exclusiveMinimum", Type::Number},
};

std::optional<Type> inferType(const JsonObject& schema) {
  for (const auto& [keyword, type] : typeByKeyword) {
    if (schema.contains(keyword)) return type;
  }
  return std::nullopt;
}

/// A schema that needs nothing around it: its references are absolute, and it has no $id of its own.
struct Part {
  Json schema;
  std::string ref;  // its place, as messages name it
};

Part partOf(const Part& whole, std::string_view keyword, const Json& schema) {
  return {schema, whole.ref + "/" + escapePointer(keyword)};
}

Json absolute(const Json& schema, const std::string& base);

JsonObject absoluteMembers(const JsonObject& object, const std::string& base) {
  JsonObject result;
  for (const auto& [key, value] : object) result[key] = absolute(value, base);
  return result;
}

// Values of these are data, not schemas: nothing in them is a reference.
bool isData(std::string_view keyword) noexcept {
  return keyword == "const" || keyword == "enum" || keyword == "default" || keyword == "examples" ||
         keyword == "example";
}

Json absolute(const Json& schema, const std::string& base) {
  if (const auto* array = schema.if_array()) {
    JsonArray result;
    for (const auto& item : *array) result.push_back(absolute(item, base));
    return result;
  }
  const auto* object = schema.if_object();
  if (!object) return schema;
  std::string ownBase = base;
  if (const auto* id = object->if_contains("$id"); id && id->is_string()) {
    ownBase = resolveUri(base, withoutEmptyFragment(id->get_string()));
  }
  JsonObject result;
  for (const auto& [key, value] : *object) {
    const std::string_view keyword = key;
    if (keyword == "$id" && value.is_string()) continue;
    if (keyword == "$ref" && value.is_string()) {
      const std::string_view reference = value.get_string();
      // What is no fragment is left as it is: References tries both what it means from here and by itself.
      result[key] = reference.starts_with('#') ? std::string(withoutFragment(ownBase)) + std::string(reference)
                                               : std::string(reference);
    } else if (isData(keyword)) {
      result[key] = value;
    } else if (keyword == "properties" || keyword == "patternProperties" || keyword == "definitions" ||
               keyword == "$defs") {
      result[key] = value.is_object() ? Json(absoluteMembers(value.get_object(), ownBase)) : value;
    } else {
      result[key] = absolute(value, ownBase);
    }
  }
  return result;
}

JsonObject without(const JsonObject& schema, std::initializer_list<std::string_view> keywords) {
  JsonObject rest;
  for (const auto& [key, value] : schema) {
    if (std::ranges::find(keywords, std::string_view(key)) == keywords.end()) rest[key] = value;
  }
  return rest;
}

bool isTrue(const JsonObject& schema, std::string_view keyword) {
  const auto* value = schema.if_contains(keyword);
  return value && *value == Json(true);
}

// JavaScript's truth of a keyword's value: it is there, and not false.
const Json* present(const JsonObject& schema, std::string_view keyword) {
  const auto* value = schema.if_contains(keyword);
  return value && toBoolean(*value) ? value : nullptr;
}

std::string textOf(const Json& text) { return std::string(std::string_view(text.as_string())); }

}  // namespace

struct Serializer::Program {
  std::vector<std::unique_ptr<WriterSlot>> slots;
  SlotPointer root = nullptr;
};

class SerializerCompiler {
 public:
  SerializerCompiler(const Json& schema, const SchemaRegistry& registry, const SerializerOptions& options)
      : options_(options), root_(schema, anonymousRoot), shared_(registry), references_(root_, shared_) {
    shared_.add(root_.id(), root_.schema());
  }

  std::shared_ptr<const Serializer> compile() {
    mustBeSchema(root_.schema(), "");
    program_->root = compile(Part{absolute(root_.schema(), root_.id()), "#"});
    return std::shared_ptr<const Serializer>(new Serializer(std::move(program_)));
  }

 private:
  static void mustBeSchema(const Json& schema, const std::string& name) {
    if (!schema.is_object() && !schema.is_bool())
      throw SchemaError(name + "schema is invalid: data must be object,boolean");
    const auto failures = metaValidator(Formats::Checked).check(schema);
    if (failures.empty()) return;
    throw SchemaError(name + "schema is invalid: data" + failures.front().instancePath + " " +
                      failures.front().message);
  }

  SlotPointer compile(const Part& part) {
    auto key = ecmascript::stringify(part.schema) + '\n' + part.ref;
    if (const auto known = compiled_.find(key); known != compiled_.end()) return known->second;
    auto* slot = program_->slots.emplace_back(std::make_unique<WriterSlot>()).get();
    compiled_.emplace(std::move(key), slot);
    constexpr int maxDepth = 200;
    if (++depth_ > maxDepth) throw SchemaError("schema exceeds maximum depth of 100");
    slot->writer = build(part);
    --depth_;
    return slot;
  }

  WriterPointer build(const Part& part) {
    const auto* object = part.schema.if_object();
    if (!object) return anyWriter();
    if (object->contains("$ref")) return forwardWriter(compile(resolve(part)));
    if (present(*object, "allOf")) return forwardWriter(compile(mergedAllOf(part, *object)));
    if (present(*object, "anyOf") || present(*object, "oneOf")) return branches(part, *object);
    if (present(*object, "if") && (present(*object, "then") || present(*object, "else")))
      return condition(part, *object);

    auto writer = withoutNull(part, *object);
    return isTrue(*object, "nullable") ? nullableWriter(std::move(writer)) : std::move(writer);
  }

  WriterPointer withoutNull(const Part& part, const JsonObject& schema) {
    const auto* type = schema.if_contains("type");
    if (const auto* value = schema.if_contains("const")) {
      const bool keepsNull =
          type && type->is_array() && std::ranges::find(type->get_array(), Json("null")) != type->get_array().end();
      return constWriter(ecmascript::stringify(*value), keepsNull);
    }
    if (type && type->is_array()) return multiType(part, schema, type->get_array());
    const auto single = type ? findType(type->as_string()) : inferType(schema);
    return single ? ofType(part, schema, *single) : anyWriter();
  }

  WriterPointer multiType(const Part& part, const JsonObject& schema, const JsonArray& names) {
    std::vector<std::pair<Type, WriterPointer>> types;
    for (const auto& name : names) {
      const auto type = findType(name.as_string());
      if (!type) throw SchemaError(textOf(name) + " unsupported");
      auto writer = ofType(part, schema, *type);
      types.insert(*type == Type::Null ? types.begin() : types.end(), {*type, std::move(writer)});
    }
    return multiTypeWriter(part.ref, std::move(types));
  }

  WriterPointer ofType(const Part& part, const JsonObject& schema, Type type) {
    switch (type) {
      case Type::Null: return nullWriter();
      case Type::String: return text(schema);
      case Type::Integer: return integerWriter(options_.rounding);
      case Type::Number: return numberWriter();
      case Type::Boolean: return booleanWriter();
      case Type::Object: return object(part, schema);
      case Type::Array: return array(part, schema);
    }
    return anyWriter();
  }

  static WriterPointer text(const JsonObject& schema) {
    const auto* format = schema.if_contains("format");
    const std::string_view name = format && format->is_string() ? std::string_view(format->get_string()) : "";
    if (name == "date-time" || name == "date" || name == "time") return dateWriter(std::string(name));
    return name == "unsafe" ? unsafeTextWriter() : textWriter();
  }

  WriterPointer object(const Part& part, const JsonObject& schema) {
    std::set<std::string> required;
    ObjectPlan plan;
    const auto* properties = schema.if_contains("properties");
    const auto* names = schema.if_contains("required");
    if (names && names->is_array()) {
      for (const auto& name : names->get_array()) {
        if (!required.insert(textOf(name)).second) continue;
        if (!properties || !properties->get_object().contains(name.get_string()))
          plan.otherRequired.push_back(textOf(name));
      }
    }
    if (properties) {
      const auto place = partOf(part, "properties", *properties);
      for (const bool first : {true, false}) {
        for (const auto& [name, value] : properties->get_object()) {
          const bool isRequired = required.contains(std::string(name));
          if (isRequired == first)
            plan.properties.push_back(property(partOf(place, name, value), std::string(name), isRequired));
        }
      }
    }
    if (const auto* patterns = present(schema, "patternProperties")) {
      const auto place = partOf(part, "patternProperties", *patterns);
      for (const auto& [pattern, value] : patterns->get_object()) {
        plan.patterns.emplace_back(std::make_shared<const Regex>(pattern, regex::Dialect::Web),
                                   compile(partOf(place, pattern, value)));
      }
    }
    if (const auto* additional = present(schema, "additionalProperties")) {
      plan.additional = compile(partOf(part, "additionalProperties", *additional));
    }
    return objectWriter(std::move(plan));
  }

  ObjectPlan::Property property(Part part, std::string name, bool required) {
    ObjectPlan::Property property;
    if (const auto* object = part.schema.if_object(); object && object->contains("$ref")) part = resolve(part);
    if (const auto* object = part.schema.if_object()) {
      if (const auto* value = object->if_contains("default")) property.defaultText = ecmascript::stringify(*value);
    }
    ecmascript::appendQuoted(property.prefix, name);
    property.prefix += ':';
    property.value = compile(part);
    property.key = std::move(name);
    property.required = required;
    return property;
  }

  WriterPointer array(const Part& part, const JsonObject& schema) {
    const auto* items = schema.if_contains("items");
    if (!items || !items->is_array()) {
      return arrayWriter(part.ref, compile(partOf(part, "items", items ? *items : Json(JsonObject()))));
    }
    const auto place = partOf(part, "items", *items);
    std::vector<TupleItem> tuple;
    for (std::size_t i = 0; i < items->get_array().size(); ++i) {
      auto item = partOf(place, std::to_string(i), items->get_array()[i]);
      if (const auto* object = item.schema.if_object(); object && object->contains("$ref")) item = resolve(item);
      tuple.push_back(tupleItem(item));
    }
    return tupleWriter(part.ref, std::move(tuple), present(schema, "additionalItems") != nullptr);
  }

  TupleItem tupleItem(const Part& part) {
    TupleItem item;
    item.value = compile(part);
    const auto* schema = part.schema.if_object();
    if (!schema) return item;
    item.nullable = isTrue(*schema, "nullable");
    const auto* type = schema->if_contains("type");
    const auto add = [&](const Json& name) {
      if (const auto known = findType(name.as_string())) item.types.push_back(*known);
    };
    if (type && type->is_array()) {
      for (const auto& name : type->get_array()) add(name);
    } else if (type) {
      add(*type);
    } else if (const auto inferred = inferType(*schema)) {
      item.types.push_back(*inferred);
    }
    return item;
  }

  WriterPointer branches(const Part& part, const JsonObject& schema) {
    const std::string_view keyword = present(schema, "anyOf") ? "anyOf" : "oneOf";
    const Json siblings = without(schema, {keyword});
    const auto place = partOf(part, keyword, schema.at(keyword));
    std::vector<Branch> branches;
    std::size_t index = 0;
    for (const auto& option : schema.at(keyword).as_array()) {
      auto optionPart = partOf(place, std::to_string(index++), option);
      const auto* object = option.if_object();
      const bool isReference = object && object->contains("$ref");
      if (isReference) optionPart = resolve(optionPart);
      const bool alone = isReference && siblings.get_object().empty();
      const Part merged =
          alone ? optionPart : Part{mergeSchemas({siblings, schemaObject(optionPart.schema)}), part.ref};
      branches.push_back({validatorOf(option), compile(merged)});
    }
    return branchWriter(part.ref, std::move(branches));
  }

  WriterPointer condition(const Part& part, const JsonObject& schema) {
    const Json rest = without(schema, {"if", "then", "else"});
    const auto clause = [&](const char* keyword, bool always) {
      const auto* own = always ? schema.if_contains(keyword) : present(schema, keyword);
      if (!own) return compile({rest, part.ref});
      auto ownPart = partOf(part, keyword, *own);
      if (const auto* object = own->if_object(); object && object->contains("$ref")) ownPart = resolve(ownPart);
      return compile({mergeSchemas({rest, schemaObject(ownPart.schema)}), part.ref});
    };
    return conditionWriter(validatorOf(schema.at("if")), clause("then", true), clause("else", false));
  }

  // `true` and `false` say nothing of how to write a value.
  static Json schemaObject(const Json& schema) { return schema.is_object() ? schema : Json(JsonObject()); }

  Part mergedAllOf(const Part& part, const JsonObject& schema) {
    auto rest = without(schema, {"allOf"});
    const auto* additional = rest.if_contains("additionalProperties");
    const bool closed = additional && *additional == Json(false);
    if (closed) rest.erase("additionalProperties");
    std::vector<Json> schemas{rest};
    const auto place = partOf(part, "allOf", schema.at("allOf"));
    std::size_t index = 0;
    for (const auto& own : schema.at("allOf").as_array()) {
      auto ownPart = partOf(place, std::to_string(index++), own);
      if (const auto* object = own.if_object(); object && object->contains("$ref")) ownPart = resolve(ownPart);
      schemas.push_back(schemaObject(ownPart.schema));
    }
    auto merged = mergeSchemas(schemas);
    if (closed) merged.as_object()["additionalProperties"] = false;
    return {std::move(merged), part.ref};
  }

  // Follows $ref until there is none; what stands beside it is merged with where it leads.
  Part resolve(const Part& start) {
    Part part = start;
    std::set<std::string> seen;
    std::vector<Json> siblings;  // the innermost first
    while (true) {
      const auto* object = part.schema.if_object();
      const auto* reference = object ? object->if_contains("$ref") : nullptr;
      if (!reference || !reference->is_string()) break;
      const auto text = textOf(*reference);
      if (!seen.insert(text).second) throw SchemaError("Cannot resolve circular reference \"" + written(text) + "\"");
      JsonObject beside;
      for (const auto& [key, value] : *object) {
        if (std::ranges::find(annotations, std::string_view(key)) == annotations.end()) beside[key] = value;
      }
      if (!beside.empty()) siblings.insert(siblings.begin(), beside);
      part = follow(text);
    }
    if (siblings.empty()) return part;
    std::vector<Json> schemas{schemaObject(part.schema)};
    schemas.insert(schemas.end(), siblings.begin(), siblings.end());
    try {
      return {mergeSchemas(schemas), start.ref};
    } catch (const SchemaError&) {
      return part;  // what contradicts the target is left out
    }
  }

  Part follow(const std::string& reference) const {
    const auto found = references_.resolve(root_, root_.id(), reference);
    if (!found) {
      const auto id = withoutFragment(reference);
      const bool known = id.empty() || references_.findId(root_, id).has_value();
      if (known) throw SchemaError("Cannot find reference \"" + written(reference) + "\"");
      throw SchemaError("Cannot resolve ref \"" + reference + "\". Schema with id \"" + std::string(id) +
                        "\" is not found.");
    }
    if (found->document != &root_) mustBeSchema(*found->target.schema, '"' + found->document->id() + "\" ");
    auto ref = shown(reference);
    if (ref.find('#') == std::string::npos) ref += '#';
    return {absolute(*found->target.schema, found->target.base), std::move(ref)};
  }

  // A reference as the schema's author wrote it.
  std::string written(const std::string& reference) const {
    return root_.id() == anonymousRoot ? shown(reference) : reference;
  }

  // A place as messages name it: without the id of the root.
  std::string shown(const std::string& reference) const {
    return reference.starts_with(root_.id() + "#") ? reference.substr(root_.id().size()) : reference;
  }

  std::shared_ptr<const Validator> validatorOf(const Json& schema) const {
    ValidatorOptions options;
    options.ajv = unchangingOptions();
    options.ajv.formats = options_.formats;
    options.validateSchema = false;
    return compileValidator(schema, shared_, options);
  }

  const SerializerOptions& options_;
  Document root_;
  SchemaRegistry shared_;  // with the root
  References references_;
  std::unique_ptr<Serializer::Program> program_ = std::make_unique<Serializer::Program>();
  std::map<std::string, SlotPointer> compiled_;
  int depth_ = 0;
};

Serializer::Serializer(std::unique_ptr<const Program> program) : program_(std::move(program)) {}
Serializer::~Serializer() = default;

void Serializer::serialize(const Json& value, std::string& out) const {
  const auto before = out.size();
  try {
    writePart(program_->root, value, out, 0);
  } catch (...) {
    out.resize(before);
    throw;
  }
}

std::string Serializer::serialize(const Json& value) const {
  std::string text;
  serialize(value, text);
  return text;
}

std::shared_ptr<const Serializer> compileSerializer(const Json& schema, const SchemaRegistry& registry,
                                                    const SerializerOptions& options) {
  return SerializerCompiler(schema, registry, options).compile();
}

}  // namespace fastify::schema
