#include "schema/writer.hpp"

#include "schema/javascript_value.hpp"

#include <ecmascript/json_text.hpp>

#include <algorithm>
#include <cmath>

namespace fastify::schema {
namespace {

[[noreturn]] void refuseConversion(const Json& value, const char* to) {
  throw SerializationError("The value \"" + toText(value) + "\" cannot be converted to " + to + ".");
}

[[noreturn]] void refuseMismatch(const std::string& ref) {
  throw SerializationError("The value of '" + ref + "' does not match schema definition.");
}

class AnyWriter final : public Writer {
 public:
  void write(const Json& value, std::string& out, int) const override { ecmascript::appendJson(out, value); }
};

class NullWriter final : public Writer {
 public:
  void write(const Json&, std::string& out, int) const override { out += "null"; }
};

class TextWriter final : public Writer {
 public:
  void write(const Json& value, std::string& out, int) const override {
    if (const auto* text = value.if_string()) {
      ecmascript::appendQuoted(out, *text);
    } else if (value.is_null()) {
      out += "\"\"";
    } else {
      ecmascript::appendQuoted(out, toText(value));
    }
  }
};

class DateWriter final : public Writer {
 public:
  explicit DateWriter(std::string format) : format_("a " + std::move(format)) {}

  void write(const Json& value, std::string& out, int) const override {
    if (const auto* text = value.if_string()) return ecmascript::appendQuoted(out, *text);
    if (!value.is_null()) refuseConversion(value, format_.c_str());
    out += "\"\"";
  }

 private:
  std::string format_;
};

class UnsafeTextWriter final : public Writer {
 public:
  void write(const Json& value, std::string& out, int) const override { out += '"' + toText(value) + '"'; }
};

class IntegerWriter final : public Writer {
 public:
  explicit IntegerWriter(Rounding rounding) : rounding_(rounding) {}

  void write(const Json& value, std::string& out, int) const override {
    if (value.is_int64()) return ecmascript::appendJsonNumber(out, value.get_int64());
    if (value.is_uint64()) return ecmascript::appendJsonNumber(out, value.get_uint64());
    const double integer = rounded(toNumber(value));
    if (!std::isfinite(integer)) refuseConversion(value, "an integer");
    ecmascript::appendJsonNumber(out, integer);
  }

 private:
  double rounded(double number) const noexcept {
    switch (rounding_) {
      case Rounding::Trunc: return std::trunc(number);
      case Rounding::Floor: return std::floor(number);
      case Rounding::Ceil: return std::ceil(number);
      case Rounding::Round: return std::floor(number + 0.5);  // Math.round: halves go up
    }
    return number;
  }

  Rounding rounding_;
};

class NumberWriter final : public Writer {
 public:
  void write(const Json& value, std::string& out, int) const override {
    if (value.is_int64()) return ecmascript::appendJsonNumber(out, value.get_int64());
    if (value.is_uint64()) return ecmascript::appendJsonNumber(out, value.get_uint64());
    const double number = toNumber(value);
    if (std::isnan(number)) refuseConversion(value, "a number");
    ecmascript::appendJsonNumber(out, number);
  }
};

class BooleanWriter final : public Writer {
 public:
  void write(const Json& value, std::string& out, int) const override { out += toBoolean(value) ? "true" : "false"; }
};

class ConstWriter final : public Writer {
 public:
  ConstWriter(std::string text, bool keepsNull) : text_(std::move(text)), keepsNull_(keepsNull) {}

  void write(const Json& value, std::string& out, int) const override {
    out += keepsNull_ && value.is_null() ? std::string_view("null") : std::string_view(text_);
  }

 private:
  std::string text_;
  bool keepsNull_;
};

class ForwardWriter final : public Writer {
 public:
  explicit ForwardWriter(SlotPointer slot) : slot_(slot) {}
  void write(const Json& value, std::string& out, int depth) const override { writePart(slot_, value, out, depth); }

 private:
  SlotPointer slot_;
};

class NullableWriter final : public Writer {
 public:
  explicit NullableWriter(WriterPointer writer) : writer_(std::move(writer)) {}

  void write(const Json& value, std::string& out, int depth) const override {
    if (value.is_null()) {
      out += "null";
    } else {
      writer_->write(value, out, depth);
    }
  }

 private:
  WriterPointer writer_;
};

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>()(text); }
};

class ObjectWriter final : public Writer {
 public:
  explicit ObjectWriter(ObjectPlan plan) : plan_(std::move(plan)) {
    for (const auto& property : plan_.properties) names_.insert(property.key);
  }

  void write(const Json& value, std::string& out, int depth) const override {
    static const JsonObject none;
    const auto* given = value.if_object();  // of anything else, JavaScript would find no members either
    const auto& object = given ? *given : none;
    if (value.is_null()) {
      out += "{}";
      return;
    }
    for (const auto& key : plan_.otherRequired) {
      if (!object.contains(key)) refuseMissing(key);
    }
    out += '{';
    const auto start = out.size();
    for (const auto& property : plan_.properties) writeProperty(property, object, start, out, depth);
    if (!plan_.patterns.empty() || plan_.additional) writeOthers(object, start, out, depth);
    out += '}';
  }

 private:
  [[noreturn]] static void refuseMissing(const std::string& key) {
    throw SerializationError('"' + key + "\" is required!");
  }

  static void separate(std::string& out, std::size_t start) {
    if (out.size() > start) out += ',';
  }

  static void writeProperty(const ObjectPlan::Property& property, const JsonObject& object, std::size_t start,
                            std::string& out, int depth) {
    const auto* value = object.if_contains(property.key);
    if (value) {
      separate(out, start);
      out += property.prefix;
      writePart(property.value, *value, out, depth);
    } else if (property.defaultText) {
      separate(out, start);
      out += property.prefix;
      out += *property.defaultText;
    } else if (property.required) {
      refuseMissing(property.key);
    }
  }

  void writeOthers(const JsonObject& object, std::size_t start, std::string& out, int depth) const {
    for (const auto& [key, value] : object) {
      if (names_.contains(std::string_view(key))) continue;
      const auto slot = slotFor(key);
      if (!slot) continue;
      separate(out, start);
      ecmascript::appendQuoted(out, key);
      out += ':';
      writePart(slot, value, out, depth);
    }
  }

  SlotPointer slotFor(std::string_view key) const {
    for (const auto& [pattern, slot] : plan_.patterns) {
      if (pattern->matches(key)) return slot;
    }
    return plan_.additional;
  }

  ObjectPlan plan_;
  std::unordered_set<std::string, TextHash, std::equal_to<>> names_;
};

class ArrayWriter final : public Writer {
 public:
  ArrayWriter(std::string ref, SlotPointer item) : ref_(std::move(ref)), item_(item) {}

  void write(const Json& value, std::string& out, int depth) const override {
    if (value.is_null()) {
      out += "[]";
      return;
    }
    const auto* array = value.if_array();
    if (!array) refuseMismatch(ref_);
    out += '[';
    const auto start = out.size();
    for (const auto& item : *array) {
      if (out.size() > start) out += ',';
      writePart(item_, item, out, depth);
    }
    out += ']';
  }

 private:
  std::string ref_;
  SlotPointer item_;
};

bool isPlainText(const Json& value) noexcept { return value.is_string() || value.is_null(); }

bool isInteger(const Json& value) noexcept { return isOfType(value, Type::Integer); }

class TupleWriter final : public Writer {
 public:
  TupleWriter(std::string ref, std::vector<TupleItem> items, bool moreItems)
      : ref_(std::move(ref)), items_(std::move(items)), moreItems_(moreItems) {}

  void write(const Json& value, std::string& out, int depth) const override {
    if (value.is_null()) {
      out += "[]";
      return;
    }
    const auto* array = value.if_array();
    if (!array) refuseMismatch(ref_);
    if (!moreItems_ && array->size() > items_.size()) refuseItem(items_.size());
    out += '[';
    for (std::size_t i = 0; i < array->size(); ++i) {
      if (i > 0) out += ',';
      if (i >= items_.size()) {
        ecmascript::appendJson(out, (*array)[i]);
      } else if (fits(items_[i], (*array)[i])) {
        writePart(items_[i].value, (*array)[i], out, depth);
      } else {
        refuseItem(i);
      }
    }
    out += ']';
  }

 private:
  [[noreturn]] static void refuseItem(std::size_t index) {
    throw SerializationError("Item at " + std::to_string(index) + " does not match schema definition.");
  }

  static bool fits(const TupleItem& item, const Json& value) {
    if (item.types.empty() || (item.nullable && value.is_null())) return true;
    return std::ranges::any_of(item.types, [&](Type type) {
      // null is a text and an array is one, too: both have JavaScript's toString.
      if (type == Type::String) return isPlainText(value) || value.is_array();
      return isOfType(value, type);
    });
  }

  std::string ref_;
  std::vector<TupleItem> items_;
  bool moreItems_;
};

class MultiTypeWriter final : public Writer {
 public:
  MultiTypeWriter(std::string ref, std::vector<std::pair<Type, WriterPointer>> types)
      : ref_(std::move(ref)), types_(std::move(types)) {}

  void write(const Json& value, std::string& out, int depth) const override {
    for (const auto& [type, writer] : types_) {
      if (fits(type, value)) return writer->write(value, out, depth);
    }
    refuseMismatch(ref_);
  }

 private:
  static bool fits(Type type, const Json& value) {
    switch (type) {
      case Type::Null: return value.is_null();
      case Type::String: return isPlainText(value) || value.is_array();  // an array has a text in JavaScript
      case Type::Array: return value.is_array();
      case Type::Integer: return isInteger(value) || value.is_null();
      case Type::Object: return value.is_object() || value.is_null();
      case Type::Number: return value.is_number() || value.is_null();
      case Type::Boolean: return value.is_bool() || value.is_null();
    }
    return false;
  }

  std::string ref_;
  std::vector<std::pair<Type, WriterPointer>> types_;
};

class BranchWriter final : public Writer {
 public:
  BranchWriter(std::string ref, std::vector<Branch> branches) : ref_(std::move(ref)), branches_(std::move(branches)) {}

  void write(const Json& value, std::string& out, int depth) const override {
    for (const auto& branch : branches_) {
      if (branch.accepts->accepts(value)) return writePart(branch.value, value, out, depth);
    }
    refuseMismatch(ref_);
  }

 private:
  std::string ref_;
  std::vector<Branch> branches_;
};

class ConditionWriter final : public Writer {
 public:
  ConditionWriter(std::shared_ptr<const Validator> condition, SlotPointer then, SlotPointer otherwise)
      : condition_(std::move(condition)), then_(then), otherwise_(otherwise) {}

  void write(const Json& value, std::string& out, int depth) const override {
    writePart(condition_->accepts(value) ? then_ : otherwise_, value, out, depth);
  }

 private:
  std::shared_ptr<const Validator> condition_;
  SlotPointer then_;
  SlotPointer otherwise_;
};

}  // namespace

void writePart(SlotPointer slot, const Json& value, std::string& out, int depth) {
  constexpr int maxDepth = 4000;
  if (depth >= maxDepth) throw SerializationError("Maximum depth of a serialized value exceeded");
  slot->writer->write(value, out, depth + 1);
}

WriterPointer anyWriter() { return std::make_unique<AnyWriter>(); }
WriterPointer nullWriter() { return std::make_unique<NullWriter>(); }
WriterPointer textWriter() { return std::make_unique<TextWriter>(); }
WriterPointer dateWriter(std::string format) { return std::make_unique<DateWriter>(std::move(format)); }
WriterPointer unsafeTextWriter() { return std::make_unique<UnsafeTextWriter>(); }
WriterPointer integerWriter(Rounding rounding) { return std::make_unique<IntegerWriter>(rounding); }
WriterPointer numberWriter() { return std::make_unique<NumberWriter>(); }
WriterPointer booleanWriter() { return std::make_unique<BooleanWriter>(); }
WriterPointer constWriter(std::string text, bool keepsNull) {
  return std::make_unique<ConstWriter>(std::move(text), keepsNull);
}
WriterPointer forwardWriter(SlotPointer slot) { return std::make_unique<ForwardWriter>(slot); }
WriterPointer nullableWriter(WriterPointer writer) { return std::make_unique<NullableWriter>(std::move(writer)); }
WriterPointer objectWriter(ObjectPlan plan) { return std::make_unique<ObjectWriter>(std::move(plan)); }
WriterPointer arrayWriter(std::string ref, SlotPointer item) {
  return std::make_unique<ArrayWriter>(std::move(ref), item);
}
WriterPointer tupleWriter(std::string ref, std::vector<TupleItem> items, bool moreItems) {
  return std::make_unique<TupleWriter>(std::move(ref), std::move(items), moreItems);
}
WriterPointer multiTypeWriter(std::string ref, std::vector<std::pair<Type, WriterPointer>> types) {
  return std::make_unique<MultiTypeWriter>(std::move(ref), std::move(types));
}
WriterPointer branchWriter(std::string ref, std::vector<Branch> branches) {
  return std::make_unique<BranchWriter>(std::move(ref), std::move(branches));
}
WriterPointer conditionWriter(std::shared_ptr<const Validator> condition, SlotPointer then, SlotPointer otherwise) {
  return std::make_unique<ConditionWriter>(std::move(condition), then, otherwise);
}

}  // namespace fastify::schema
